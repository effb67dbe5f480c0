"""Quantities with their qualifiers, bounds and units as the contract rules them, through `extract`."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor import extract
from extractor.mention.quantity import Blocked, find_quantities
from mention.case import read_cases, read_quantities, show_all, show_fact
from support import ROOT

CASES = read_cases(ROOT / "tests" / "mention" / "quantity_cases.tsv")


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_case(text: str, expected: str) -> None:
    assert ("; ".join(map(show_fact, extract(text).facts)) or "-") == expected


def test_cases_are_many() -> None:
    assert len(CASES) >= 240


PER = [
    ("每亩施肥40公斤。", "亩"),
    ("每户补助300元。", "户"),
    ("每人分口粮450斤。", "人"),
    ("每公斤售价6元。", "公斤"),
    ("单价为6元/公斤。", "公斤"),
    ("亩产600公斤／亩。", "亩"),
    ("修渠6公里。", None),
    ("每亩增产，全队多收6000斤。", None),
]


@pytest.mark.parametrize(("text", "per"), PER)
def test_rate(text: str, per: str | None) -> None:
    [quantity] = read_quantities(text)
    assert quantity.per == per


OLD_YUAN = [
    ("1952-06-14", "CNY_1948", "350"),
    ("1955-02-28", "CNY_1948", "350"),
    ("1955-02", "CNY_1948", "350"),
    ("1954", "CNY_1948", "350"),
    ("1949-12-01", "CNY_1948", "350"),
    ("1955-03-01", "CNY", "3500000"),
    ("1955-03", "CNY", "3500000"),
    ("1955", "CNY", "3500000"),
    ("1956", "CNY", "3500000"),
    ("2024-01-02", "CNY", "3500000"),
    (None, "CNY", "3500000"),
]


@pytest.mark.parametrize(("date", "unit", "today"), OLD_YUAN)
def test_old_yuan_before_march_1955(date: str | None, unit: str, today: str) -> None:
    [fact] = extract("全县发放耕牛贷款三百五十万元。", date=date).facts
    quantity = fact.quantity
    assert (quantity.unit, quantity.value, quantity.value_cny) == (unit, "3500000", today)


def test_old_yuan_ranges_and_foreign_money() -> None:
    [loan, gift] = extract("每户贷款20万到30万元，侨胞捐助500美元。", date="1953-05-01").facts
    assert (loan.quantity.unit, loan.quantity.min_value, loan.quantity.max_value) == ("CNY_1948", "200000", "300000")
    assert (loan.quantity.value, loan.quantity.value_cny) == (None, None)
    assert (gift.quantity.unit, gift.quantity.value_cny) == ("USD", None)


STANDARD = [
    ("改土3亩。", "亩", "2000", "m2"),
    ("改土2公顷。", "公顷", "20000", "m2"),
    ("治理1.5平方公里。", "平方公里", "1500000", "m2"),
    ("修路8公里。", "公里", "8000", "m"),
    ("步行10里。", "里", "5000", "m"),
    ("收棉6吨。", "吨", "6000", "kg"),
    ("收棉600斤。", "斤", "300", "kg"),
    ("收棉600市斤。", "市斤", "300", "kg"),
    ("收棉600公斤。", "公斤", "600", "kg"),
    ("土方45立方米。", "立方米", "45", "m3"),
    ("学习2小时。", "小时", "7200", "s"),
    ("用电3千瓦时。", "千瓦时", "10800000", "J"),
    ("装机12千瓦。", "千瓦", "12000", "W"),
    ("开荒420垧。", "垧", None, None),
]


@pytest.mark.parametrize(("text", "unit", "value", "standard"), STANDARD)
def test_standard_units_compare(text: str, unit: str, value: str | None, standard: str | None) -> None:
    [fact] = extract(text).facts
    quantity = fact.quantity
    assert (quantity.unit, quantity.standard_value, quantity.standard_unit) == (unit, value, standard)


DIMENSIONS = [
    ("改土3亩。", "area"),
    ("修路8公里。", "length"),
    ("收棉6吨。", "mass"),
    ("土方45立方米。", "volume"),
    ("学习2小时。", "duration"),
    ("他今年68岁。", "duration"),
    ("用电3千瓦时。", "energy"),
    ("装机12千瓦。", "power"),
    ("气温28℃。", "temperature"),
    ("车速80公里/小时。", "speed"),
    ("存储量20TB。", "data"),
    ("坡度大于15度。", "other"),
    ("办班12期。", None),
    ("集资12元。", None),
    ("完成95%。", None),
]


@pytest.mark.parametrize(("text", "dimension"), DIMENSIONS)
def test_dimension(text: str, dimension: str | None) -> None:
    [fact] = extract(text).facts
    assert fact.quantity.dimension == dimension


def blocked(text: str, *words: str) -> Sequence[Blocked]:
    return [Blocked(text.index(word), text.index(word) + len(word), "test") for word in words]


def test_blocked_stretches_are_not_read() -> None:
    text = "三里村修渠3公里，五里村打井20眼。"
    found = find_quantities(text, blocked(text, "三里村", "五里村"))
    assert [q.text for q in found] == ["3公里", "20眼"]


def test_a_blocked_stretch_ends_the_number_before_it() -> None:
    text = "打井20眼村路。"
    assert show_all(list(find_quantities(text, blocked(text, "眼村")))) == "-"


def test_spans_hold_the_text() -> None:
    text = "种草12万亩，约300万株果树，近400余户受益，六成以上入股。"
    found = read_quantities(text)
    assert [text[q.span.start : q.span.end] for q in found] == [q.text for q in found]
    assert [q.text for q in found] == ["12万亩", "约300万株", "近400余户", "六成以上"]


@given(
    st.lists(st.sampled_from("三百万亿两半几多余近约个元年第成分之%，。、至—～0123456789.个公斤里亩户名 "), max_size=40)
)
def test_quantities_ascend_and_do_not_overlap(pieces: list[str]) -> None:
    text = "".join(pieces)
    at = 0
    for quantity in find_quantities(text):
        assert at <= quantity.span.start < quantity.span.end <= len(text)
        assert text[quantity.span.start : quantity.span.end] == quantity.text
        at = quantity.span.end
        value, low, high, modifier = quantity.bounds
        assert modifier == "range" or value is not None or modifier == "approx"
        assert value is None or low is None or low <= value
        assert value is None or high is None or value <= high
        assert low is None or high is None or low <= high


@given(st.decimals("0.01", "99999", places=2), st.sampled_from(["", "万", "亿"]), st.sampled_from(["亩", "吨", "元"]))
def test_value_is_number_times_scale(number: Decimal, scale: str, unit: str) -> None:
    [quantity] = read_quantities(f"共完成{number}{scale}{unit}。")
    assert quantity.bounds.value == number * {"": 1, "万": 10**4, "亿": 10**8}[scale]
