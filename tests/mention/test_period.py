"""Sentences, their publication date and the time expressions that they hold."""

from __future__ import annotations

from pathlib import Path

import pytest

from extractor.mention.period import find_periods
from extractor.model import Published

Expected = tuple[str, str | None, str | None]


def read_cases() -> list[tuple[str, str, list[Expected]]]:
    cases = []
    for line in Path(__file__).with_name("period_cases.tsv").read_text("utf-8").splitlines()[2:]:
        sentence, published, cell = [*line.split("\t"), "", ""][:3]
        expected: list[Expected] = []
        for part in filter(None, cell.split("; ")):
            text, _, dates = part.rpartition("=")
            start, _, end = dates.partition("..")
            expected.append((text, None if start == "-" else start, None if end == "-" else end))
        cases.append((sentence.replace("\\n", "\n"), published, expected))
    return cases


CASES = read_cases()

BASES = [
    ("产值比去年同期增长3%。", "去年同期"),
    ("产值较上年增长3%。", "上年"),
    ("产值同3月份相比增长3%。", "3月份"),
    ("产值与上年持平。", "上年"),
    ("总产比一九六四年增长三成。", "一九六四年"),
    ("产值是1978年的3倍。", "1978年"),
    ("产值相当于1978年的3倍。", "1978年"),
    ("产值超过去年30万元。", "去年"),
    ("在2010年的基础上翻一番。", "2010年"),
    ("比我县1957年多收300斤。", "1957年"),
]

GOVERNING = [
    "比重由2019年的5%升到8%。",
    "占比2023年达到8%。",
    "较好完成2023年任务。",
    "同2023年一样有30户。",
    "是2023年的3项任务。",
]


def read_published(cell: str) -> Published | None:
    return Published(*(int(n) for n in cell.split("-"))) if cell else None


@pytest.mark.parametrize(("sentence", "published", "expected"), CASES)
def test_periods_of_a_sentence(sentence: str, published: str, expected: list[Expected]) -> None:
    found = find_periods(sentence, read_published(published))
    assert [(p.text, p.start_date, p.end_date) for p in found] == expected


@pytest.mark.parametrize(("sentence", "base"), BASES)
def test_base_of_comparison_does_not_govern(sentence: str, base: str) -> None:
    [period] = find_periods(sentence, Published(2024, 6, 30))
    assert (period.text, period.governs, period.rule) == (base, False, "comparison")


@pytest.mark.parametrize("sentence", GOVERNING)
def test_words_that_only_look_like_a_comparison(sentence: str) -> None:
    assert all(p.governs for p in find_periods(sentence, Published(2024, 6, 30)))
    assert find_periods(sentence, Published(2024, 6, 30))


def test_base_of_comparison_names_no_year() -> None:
    *_, month = find_periods("产值比2019年增长3%，5月份增长4%。", Published(2024, 6, 30))
    assert (month.text, month.start_date) == ("5月份", "2024-05-01")


def test_base_year_gives_months_their_year() -> None:
    [month] = find_periods("5月份增长4%。", Published(2024, 6, 30), base_year=2020)
    assert (month.start_date, month.end_date) == ("2020-05-01", "2020-05-31")


def test_day_just_before_publication_is_of_its_year() -> None:
    *_, day = find_periods("去年全县脱贫摘帽。6月26日，记者到村里采访。", Published(2024, 6, 30))
    assert (day.text, day.start_date) == ("6月26日", "2024-06-26")
    *_, day = find_periods("去年开工，6月26日建成。", Published(2024, 6, 30))
    assert (day.text, day.start_date) == ("6月26日", "2023-06-26")


def test_target_year_is_no_base_for_days() -> None:
    *_, day = find_periods("到2030年建成水库3座，5月3日已开工。", Published(2024, 6, 30))
    assert (day.text, day.start_date) == ("5月3日", "2024-05-03")


@pytest.mark.parametrize(
    "sentence",
    [
        "30—50年不变。",
        "投资年限12—15年。",
        "公元前221年统一。",
        "历时3月完工。",
        "第58年见效。",
        "停产15日整改。",
        "每户每3月检查一次电表。",
        "近30年历史的老厂。",
        "15日以上的假期。",
    ],
)
def test_lengths_of_time_are_no_period(sentence: str) -> None:
    assert find_periods(sentence, Published(2024, 6, 30)) == []


@pytest.mark.parametrize(
    ("sentence", "text", "start", "end"),
    [
        ("1488年6月10日建城。", "1488年6月10日", "1488-06-10", "1488-06-10"),
        ("十一五初期，办厂3家。", "十一五初期", "2006-01-01", "2007-12-31"),
        ("“十一五”中期，办厂3家。", "“十一五”中期", "2008-01-01", "2008-12-31"),
        ("“十一五”后期，办厂3家。", "“十一五”后期", "2009-01-01", "2010-12-31"),
        ("“十一五”后两年，办厂3家。", "“十一五”后两年", "2009-01-01", "2010-12-31"),
        ("近十天降雨300毫米。", "近十天", "2024-06-20", "2024-06-30"),
        ("近三周降雨300毫米。", "近三周", "2024-06-09", "2024-06-30"),
        ("最近两个季度增收3万元。", "最近两个季度", "2023-12-30", "2024-06-30"),
        ("农历五月降雨300毫米。", "农历五月", "2024-06-06", "2024-07-05"),
        ("历史同期降雨300毫米。", "同期", None, None),
        ("将于8月5日开工。", "8月5日", "2024-08-05", "2024-08-05"),
        ("计划15日开工。", "15日", "2024-07-15", "2024-07-15"),
        ("2月30日开工。", "2月30日", None, None),
    ],
)
def test_dates_of_one_expression(sentence: str, text: str, start: str | None, end: str | None) -> None:
    [period] = find_periods(sentence, Published(2024, 6, 30))
    assert (period.text, period.start_date, period.end_date) == (text, start, end)


def test_publication_month_without_day() -> None:
    found = find_periods("本月修路3公里，昨天又修1公里，7月还修过2公里。", Published(2024, 6))
    assert [p.start_date for p in found] == ["2024-06-01", None, "2024-07-01"]


def test_same_period_moves_the_one_named_last() -> None:
    *_, base = find_periods("今年1至5月产值3亿元，比上年同期增长3%。", Published(2024, 6, 30))
    assert (base.start_date, base.end_date) == ("2023-01-01", "2023-05-31")


def test_recurrence_has_its_rule_and_no_dates() -> None:
    for period in find_periods("每年增收3万元，每天3次，每月检查3户，每年3月植树。", Published(2024, 6, 30)):
        assert (period.rule, period.start_date, period.end_date) == ("recurrence", None, None)


def test_offsets_count_the_text_as_given() -> None:
    text = "标题\n　　２０２３年底前，建成30户。"
    [period] = find_periods(text, None)
    assert text[period.span.start : period.span.end] == period.text == "２０２３年底前"


def test_text_without_time_is_empty() -> None:
    assert find_periods("", None) == []
    assert find_periods("村里有三百户人家。", None) == []
