"""Mastheads with names set apart, on one line, at the foot of a page."""

from __future__ import annotations

import pytest

from extractor.read import read_text
from extractor.read.masthead import find_masthead
from extractor.settings import Settings


@pytest.mark.parametrize(
    ("text", "newspaper", "iso"),
    [
        ("海　滨　日　报\n1958年8月3日　　第二版\n\n渠成。", "海滨日报", "1958-08-03"),
        ("山 城 农 民\n第四一期\n一九五二年六月四日　星期三\n\n渠成。", "山城农民", "1952-06-04"),
        ("海 滨 新 闻\n1986年5月1日\n\n渠成。", "海滨新闻", "1986-05-01"),
        ("海　滨　日　报　　1958年8月3日　第二版\n\n渠成。", "海滨日报", "1958-08-03"),
        ("第二版　　山　城　报　　一九五八年八月三日\n\n渠成。", "山城报", "1958-08-03"),
        ("山城报　一九七二年六月三日　第二版\n\n渠成。", "山城报", "1972-06-03"),
        ("海滨日报      2015年10月8日 星期四      第3版 县区\n\n渠成。", "海滨日报", "2015-10-08"),
        ("渠成。\n\n海滨日报 2016年4月3日 第3版 责任编辑：甲乙\n", "海滨日报", "2016-04-03"),
        ("渠成。\n\n2024年4月8日 星期一 责任编辑：甲乙 版式：丙丁 3 综合\n", None, "2024-04-08"),
        ("渠成。\n\n责编：甲乙　校对：丙丁　　海滨日报　县区新闻　3\n", "海滨日报", None),
    ],
)
def test_masthead(text: str, newspaper: str | None, iso: str | None) -> None:
    source = read_text(text, "-", Settings())
    assert source.newspaper == newspaper
    assert (source.published.iso() if source.published else None) == iso


@pytest.mark.parametrize(
    "text",
    [
        "捷报频传 2011年3月2日\n渠成。",
        "山 城 战 报\n渠成。\n桥成。\n井成。\n1960年3月1日\n",
        "县 域 新 闻\n2011年3月2日\n渠成。",
        "县委公报 2019年3月2日\n渠成。",
        "今年以来 修渠三公里 2015年10月8日\n渠成。",
    ],
)
def test_no_newspaper(text: str) -> None:
    assert read_text(text, "-", Settings()).newspaper is None


def test_a_date_under_the_text_is_no_masthead() -> None:
    source = read_text("关于检修的通知\n\n定于5月8日检修线路。\n河口供电所\n2013年5月6日\n", "-", Settings())
    assert (source.published, source.hidden) == (None, ())


@pytest.mark.parametrize("text", ["海滨日报 2018年6月5日 第3版", "\ufeff2018年6月5日 星期二\n"])
def test_a_text_of_a_masthead_alone_is_not_hidden(text: str) -> None:
    source = read_text(text, "-", Settings())
    assert source.published is not None
    assert "".join(text[s.start : s.end] for s in source.hidden).strip("\ufeff") == ""


@pytest.mark.parametrize(
    ("line", "paper", "day"),
    [
        ("淮上战报　1969年12月4日　第一版", "淮上战报", "1969-12-04"),
        ("公历一九五一年十二月五日　星期三　皖东报", "皖东报", "1951-12-05"),
        ("淮上晨报 2003年6月3日 星期二 B2 县域经济 责编/赵 敏 版式/李 倩", "淮上晨报", "2003-06-03"),
        ("皖东报　2018年9月14日　星期五　第6版　市州新闻　责编：李　娜", "皖东报", "2018-09-14"),
        ("淮上日报　2023年6月21日　农历癸卯年五月初四　A07　县域", "淮上日报", "2023-06-21"),
        ("淮上日报\nHUAISHANG RIBAO\n1982年6月3日 星期四 第二版", "淮上日报", "1982-06-03"),
        ("淮上日报　二OO四年六月三日　星期四", "淮上日报", "2004-06-03"),
        ("04 要闻 2024/06/21 编辑 赵敏 Tel:8123456 淮上日报", "淮上日报", "2024-06-21"),
    ],
)
def test_more_mastheads(line: str, paper: str, day: str) -> None:
    head = find_masthead(f"{line}\n\n　　全乡修渠三公里。\n")
    assert head.newspaper == paper and head.published is not None and head.published.iso() == day
    assert len(head.hidden) == len(line.split("\n"))


@pytest.mark.parametrize("line", ["秋收战报　全乡收稻三万斤", "全县春耕战报", "第三版", "白石乡喜报　1969年12月4日"])
def test_a_bulletin_s_name_alone_is_no_paper(line: str) -> None:
    assert find_masthead(f"{line}\n\n　　全乡修渠三公里。\n").newspaper is None


@pytest.mark.parametrize(("year", "paper"), [("一九五二", "山城工人"), ("1958", "山城工人"), ("2018", None)])
def test_a_plain_name_right_over_its_day(year: str, paper: str | None) -> None:
    head = find_masthead(
        f"山城工人\n公元{year}年4月3日\n\n　　全乡修渠三公里。\n".replace("一九五二年4月3日", "一九五二年四月三日")
    )
    assert head.newspaper == paper and head.published is not None


def test_the_day_under_a_report_s_headline_is_read_and_stays_its_headline() -> None:
    line = "——2014年1月15日在青石县第九届人民代表大会第三次会议上"
    head = find_masthead(f"政府工作报告\n{line}\n\n各位代表：\n　　全县去年修渠三公里。\n")
    assert head.published is not None and head.published.iso() == "2014-01-15" and not head.hidden
    assert find_masthead("在青石县第九届人民代表大会第三次会议上\n\n　　全县去年修渠三公里。\n").published is None
