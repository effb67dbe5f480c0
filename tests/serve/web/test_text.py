"""Texts and numbers as the page shows them, and its languages."""

from __future__ import annotations

import doctest
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from extractor.errors import InternalError
from extractor.serve.web import language, number, text
from schemas import QuantityValue


@pytest.mark.parametrize("module", [language, number, text])
def test_examples(module: object) -> None:
    assert doctest.testmod(module).failed == 0  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("asked", "accepted", "chosen"),
    [
        ("en", "zh", "en"),
        ("zh", "en", "zh"),
        ("fr", "en-US,en;q=0.9", "en"),
        (None, None, "zh"),
        (None, "fr", "zh"),
        (None, "zh-TW;q=0.4, en;q=0.9", "en"),
        (None, "en;q=0, zh;q=0.1", "zh"),
        (None, ";;;,,q=1," + "x" * 10_000, "zh"),
    ],
)
def test_language(asked: str | None, accepted: str | None, chosen: str) -> None:
    assert language.choose_language(asked, accepted) == chosen


def test_one_and_many() -> None:
    translate = language.to_translator("en")
    assert translate("results.total", total="1") == "1 fact"
    assert translate("results.total", total="12") == "12 facts"
    with pytest.raises(InternalError, match=r"no\.such"):
        translate("no.such")


@given(st.text(alphabet=st.characters(codec=None), max_size=60))
def test_nothing_stays_hidden(surface: str) -> None:
    shown = text.to_visible(surface)
    assert text.HIDDEN.sub("", shown.replace("\ufffd", "")) == shown.replace("\ufffd", "")
    shown.encode("utf-8")
    assert text.finalize(Markup(surface)) == Markup(surface)


def test_plain_chinese_stays() -> None:
    plain = "全县投资3.5亿元，（其中）“民生”工程—占六成％；𠮷林\n第二行"
    assert text.to_visible(plain) == plain


@given(st.decimals(-(10**20), 10**20, allow_nan=False, places=3))
def test_grouped_numbers_are_the_same(value: Decimal) -> None:
    grouped = number.group(f"{value:f}")
    assert Decimal(grouped.replace(",", "")) == value
    assert all(len(part) == 3 for part in grouped.lstrip("-").partition(".")[0].split(",")[1:])


def test_long_number_is_cut() -> None:
    assert number.group("1" * 400) == "1" * 24 + "…"


def make_quantity(**cells: object) -> QuantityValue:
    given = {"text": "若干", "start_char": 0, "end_char": 2, "unit": "个", "modifier": "exact", "dimension": None}
    return QuantityValue.model_validate({**given, "value": None, "min_value": None, "max_value": None, **cells})


@pytest.mark.parametrize(
    ("cells", "zh", "en"),
    [
        ({"value": "32000000", "unit": "CNY"}, ("", "", "32,000,000", "元"), ("", "", "32,000,000", "yuan")),
        ({"value": "30", "modifier": "more_than"}, (">", "", "30", "个"), (">", "", "30", "个")),
        ({"min_value": "3", "max_value": "5", "modifier": "range"}, ("", "", "3–5", "个"), ("", "", "3–5", "个")),
        ({"min_value": "90", "unit": "%", "modifier": "range"}, ("≥", "", "90", "%"), ("≥", "", "90", "%")),
        ({"max_value": "9", "modifier": "range"}, ("≤", "", "9", "个"), ("≤", "", "9", "个")),
        ({"value": "3", "unit": "第"}, ("", "第", "3", ""), ("", "no.", "3", "")),
        ({"text": "数目不详"}, ("", "", "数目不详", ""), ("", "", "数目不详", "")),
    ],
)
def test_figures(cells: dict[str, str], zh: tuple[str, ...], en: tuple[str, ...]) -> None:
    assert number.to_figure(make_quantity(**cells), "zh") == zh
    assert number.to_figure(make_quantity(**cells), "en") == en


@pytest.mark.parametrize(
    ("value", "zh", "en"),
    [
        (None, "", ""),
        (0.0, "0", "0"),
        (12.5, "12.5", "12.5"),
        (9_999.0, "9,999", "9,999"),
        (26_000_000.0, "2,600万", "26 million"),
        (1.5e13, "15万亿", "15 trillion"),
        (1e30, "1e+18万亿", "1e+18 trillion"),
    ],
)
def test_short_numbers(value: float | None, zh: str, en: str) -> None:
    assert number.to_short(value, "zh") == zh
    assert number.to_short(value, "en") == en
