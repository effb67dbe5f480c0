"""Inputs to sources: dates, header blocks, mastheads, errors."""

from __future__ import annotations

import datetime
import io
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.errors import OversizedError, UndecodableError, UnreadableError, UsageError
from extractor.read import read_source, read_text
from extractor.read.date import find_date, parse_option
from extractor.settings import Settings

SETTINGS = Settings()
ARCHIVE = """【 日  期 】１９８６０４１１
【 版  号 】2
【 标  题 】山区修起盘山渠
    三个公社受益
【 作  者 】甲乙
【 正  文 】
    本报讯　山区人民修渠八公里。
【注意】明日有雨。
    字库未存字注释：
    ＠①左石右开

"""


def test_header_block() -> None:
    source = read_text(ARCHIVE, "-", SETTINGS)
    assert source.published is not None
    assert (source.published.iso(), source.published.basis) == ("1986-04-11", "header")
    assert [source.text[span.start : span.end] for span in source.titles] == ["山区修起盘山渠", "三个公社受益"]
    shown = "".join(c for i, c in enumerate(ARCHIVE) if not any(s.start <= i < s.end for s in source.hidden))
    assert shown == "\n    本报讯　山区人民修渠八公里。\n【注意】明日有雨。\n"


def test_two_items_in_a_file() -> None:
    source = read_text(ARCHIVE + ARCHIVE.replace("山区", "库区"), "-", SETTINGS)
    titles = [source.text[span.start : span.end] for span in source.titles]
    assert titles == ["山区修起盘山渠", "三个公社受益", "库区修起盘山渠", "三个公社受益"]
    assert len(source.hidden) == 3  # the first glossary and the second block touch


def test_block_without_body_label() -> None:
    source = read_text("【标题】秋收开镰\n【日期】1979年9月2日\n今年全社秋收早。\n", "-", SETTINGS)
    assert source.published is not None
    assert source.published.iso() == "1979-09-02"
    assert source.text[source.hidden[0].end :] == "今年全社秋收早。\n"


def test_a_headline_in_brackets_is_no_header() -> None:
    assert read_text("【记者观察】\n今年全社秋收早。\n【导读】\n渠成。\n", "-", SETTINGS).hidden == ()


@pytest.mark.parametrize(
    ("line", "iso", "newspaper"),
    [
        ("海滨日报 2021年5月6日 星期四 第2版", "2021-05-06", "海滨日报"),
        ("２００９年１２月１日　星期二　农历己丑年十月十五　A3版　责编：甲乙", "2009-12-01", None),
        ("海滨晚报│1999.10.1│要闻", "1999-10-01", "海滨晚报"),
        ("一九六三年十一月二十五日 第一版", "1963-11-25", None),
        ("发布时间：2018-11-20 09:15 来源：海滨日报 浏览次数：17", "2018-11-20", "海滨日报"),
        ("2011-02-03 16:08:29", "2011-02-03", None),
        ("省人民政府文件1983-6-7", "1983-06-07", None),
    ],
)
def test_masthead(line: str, iso: str, newspaper: str | None) -> None:
    source = read_text(f"{line}\r\n\r\n今年全社秋收早。", "-", SETTINGS)
    assert source.published is not None
    assert (source.published.iso(), source.published.basis) == (iso, "masthead")
    assert source.newspaper == newspaper
    assert [source.text[span.start : span.end] for span in source.hidden] == [line]


@pytest.mark.parametrize(
    ("top", "newspaper"),
    [
        ("海　滨　日　报\n1961年8月9日", "海滨日报"),
        ("海 滨 农 民\n第一〇三期\n一九五三年八月九日　第一版", "海滨农民"),
        ("山城报\n1961年8月9日　星期三", "山城报"),
        ("海滨日报数字报\n2011年10月7日 星期五\n当前版：第04版：县区新闻　　上一版　下一版", "海滨日报"),
        ("2023年3月28日  星期二     海滨日报     要闻  02", "海滨日报"),
        ("海滨日报\n2003年7月9日\n责任编辑：甲乙　电话：0999-1234567", "海滨日报"),
    ],
)
def test_masthead_of_several_lines(top: str, newspaper: str) -> None:
    source = read_text(f"{top}\n\n全社秋收早\n作者：甲乙\n今年全社秋收早。\n", "-", SETTINGS)
    assert source.newspaper == newspaper
    assert source.published is not None
    shown = "".join(c for i, c in enumerate(source.text) if not any(s.start <= i < s.end for s in source.hidden))
    assert shown.split() == ["全社秋收早", "作者：甲乙", "今年全社秋收早。"]


def test_a_name_without_a_date_near_is_text() -> None:
    assert read_text("喜报\n全社秋收早。\n渠成。\n井成。\n2003年7月9日\n", "-", SETTINGS).newspaper is None


@pytest.mark.parametrize(
    "line",
    [
        "2017年，全县计划造林三千亩。",
        "截至2008年9月3日8时，共修渠六条",
        "要闻",
        "2021年2月30日",
        "2016年：计划搬迁12户",
    ],
)
def test_text_is_no_masthead(line: str) -> None:
    source = read_text(f"{line}\n今年全社秋收早。\n", "-", SETTINGS)
    assert (source.published, source.hidden) == (None, ())


def test_a_masthead_far_down_is_text() -> None:
    assert read_text("渠成。\n" * 20 + "2021年5月6日\n", "-", SETTINGS).published is None


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("rmrb19640705.txt", "1964-07-05"),
        ("page-2024-07-15-02.txt", "2024-07-15"),
        ("海滨日报2024年7月15日第2版.txt", "2024-07-15"),
        ("2024071502.txt", "2024-07-15"),
        ("a_2003_11_02.txt", "2003-11-02"),
        ("1958年.txt", "1958"),
        ("20241345.txt", None),
        ("123456789.txt", None),
        ("tel13800138000.txt", None),
        ("plain.txt", None),
    ],
)
def test_date_of_a_file_name(name: str, expected: str | None, tmp_path: Path) -> None:
    path = tmp_path / "2001-01-01" / name
    path.parent.mkdir()
    path.write_text("今年全社秋收早。", encoding="utf-8")
    date = read_source(str(path), SETTINGS).published
    told = None if date is None else "-".join(f"{n:02d}" for n in (date.year, date.month, date.day) if n is not None)
    assert told == expected
    assert date is None or date.basis == "file_name"


def test_option_beats_header_beats_masthead() -> None:
    text = ARCHIVE.replace("    本报讯", "2001-02-03\n    本报讯")
    assert read_text(text, "-", SETTINGS, date="1990").published == parse_option("1990")
    header = read_text(text, "-", SETTINGS).published
    assert header is not None
    assert header.basis == "header"


@pytest.mark.parametrize("date", ["2024-07-15", "2024年7月15日", "２０２４-07-15", "2024-7-15"])
def test_option_day(date: str) -> None:
    assert parse_option(date).iso() == "2024-07-15"


def test_option_month_and_year() -> None:
    month, year = parse_option("1974-07"), parse_option("1958")
    assert (month.year, month.month, month.day, month.iso()) == (1974, 7, None, None)
    assert (year.year, year.month) == (1958, None)


@pytest.mark.parametrize("date", ["", "昨天", "2024-13-01", "2023-02-29", "15.07.2024", "99999", "2024-07-15x", "0958"])
def test_wrong_option(date: str) -> None:
    with pytest.raises(UsageError, match="is no date"):
        read_text("渠成。", "-", SETTINGS, date=date)


@given(st.dates(min_value=datetime.date(1900, 1, 1), max_value=datetime.date(2100, 12, 31)))
def test_dates_round_trip(day: object) -> None:
    iso = str(day)
    year, month, date = iso.split("-")
    for form in (iso, iso.replace("-", ""), f"{year}年{int(month)}月{int(date)}日", iso.replace("-", ".")):
        found = find_date(f"版面{form}", "header", "header")
        assert found is not None
        assert found.iso() == iso


def test_offsets_count_behind_the_mark_and_newlines_stay(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("\ufeff渠成。\r\n井成。\r".encode())
    source = read_source(str(path), SETTINGS)
    assert source.text == "渠成。\r\n井成。\r"
    assert source.bytes == len(path.read_bytes())


def test_inputs_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError, match="no such file"):
        read_source(str(tmp_path / "none.txt"), SETTINGS)
    with pytest.raises(UnreadableError, match="is a folder"):
        read_source(str(tmp_path), SETTINGS)
    with pytest.raises(UnreadableError):
        read_source("a\0b", SETTINGS)
    with pytest.raises(UnreadableError):
        read_source("x" * 5000, SETTINGS)
    big = tmp_path / "big.txt"
    big.write_bytes(b"a" * 11)
    with pytest.raises(OversizedError, match="10 bytes"):
        read_source(str(big), Settings(max_bytes=10))
    with pytest.raises(OversizedError):
        read_source("-", Settings(max_bytes=10), data=b"a" * 11)


def test_no_permission(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(UnreadableError, match="no permission"):
        read_source(str(tmp_path / "a.txt"), SETTINGS)


def test_a_block_at_the_end_without_text() -> None:
    source = read_text("渠成。\n【标题】秋收开镰\n【日期】1979年9月2日", "-", SETTINGS)
    assert source.text[: source.hidden[0].start] == "渠成。\n"
    assert source.hidden[0].end == len(source.text)


def test_a_glossary_word_in_a_sentence_is_text() -> None:
    assert read_text("字库未存字注释者三人。\n渠成。\n", "-", SETTINGS).hidden == ()


def test_a_title_in_a_line_of_labels() -> None:
    source = read_text("标题：秋收开镰 日期：1979-09-02\n今年全社秋收早。\n", "-", SETTINGS)
    assert [source.text[span.start : span.end] for span in source.titles] == ["秋收开镰"]


@pytest.mark.parametrize(
    ("name", "data", "form"),
    [
        ("a.rtf", b"{\\rtf1 ", "RTF"),
        ("-", b"Rar!\x1a\x07\x00", "RAR"),
        ("a.pptx", b"PK\x03\x04....", "Office"),
        ("a.bin", b"PK\x03\x04....", "ZIP"),
        ("a.txt", b"GIF89a\0", "GIF"),
    ],
)
def test_formats_without_a_reader(name: str, data: bytes, form: str) -> None:
    with pytest.raises(UndecodableError, match=form):
        read_source(name, SETTINGS, data=data)


def test_stdin(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO("渠成。".encode("gb18030"))))
    source = read_source("-", SETTINGS)
    assert (source.doc, source.text, source.encoding) == ("-", "渠成。", "gb18030")


def test_newspaper_of_the_settings_wins() -> None:
    assert read_text("海滨日报\n渠成。", "-", Settings(newspaper="山城日报")).newspaper == "山城日报"


@pytest.mark.parametrize(
    "text", ["【" * 50_000, "【标题】\n" * 20_000, "字库未存字注释：" * 10_000, "1" * 100_000, "日报" * 50_000]
)
def test_hostile_text_in_linear_time(text: str) -> None:
    assert read_text(text, "-", SETTINGS).text == text


def test_a_lone_surrogate_is_named() -> None:
    with pytest.raises(UndecodableError, match="U\\+D800 at 2"):
        read_text("渠成\ud800", "-", SETTINGS)
