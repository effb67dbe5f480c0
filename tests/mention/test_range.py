"""Ranges of two numbers, spoken ranges among them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mention.case import read_cases, read_quantities, show_all
from support import ROOT

CASES = read_cases(ROOT / "tests" / "mention" / "range_cases.tsv")
MARKS = ["—", "–", "－", "-", "~", "～", "——", "--", "至", "到"]
SCALES = {"": 1, "万": 10**4, "亿": 10**8}


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_case(text: str, expected: str) -> None:
    assert show_all(read_quantities(text)) == expected


@given(st.integers(1, 99), st.integers(1, 99), st.sampled_from(MARKS), st.sampled_from(["", "万", "亿"]), st.booleans())
def test_both_ends_are_read(low: int, more: int, mark: str, scale: str, repeated: bool) -> None:
    first, second = low * 10, (low + more) * 10
    text = f"总量{first}{scale}{'吨' * repeated}{mark}{second}{scale}吨。"
    [quantity] = read_quantities(text)
    assert quantity.text == text[2:-1]
    assert quantity.bounds == (None, first * SCALES[scale], second * SCALES[scale], "range")


@given(st.integers(2, 9), st.sampled_from(["十", "百", "千", "万", "亿"]))
def test_two_digits_that_follow_each_other_are_a_range(low: int, unit: str) -> None:
    if low == 9:
        low = 8
    digits = "零一两三四五六七八九"
    surface = f"{digits[low]}{'零一二三四五六七八九'[low + 1]}{unit}"
    [quantity] = read_quantities(f"收到来信{surface}封。")
    step = Decimal({"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}[unit])
    assert quantity.bounds == (None, low * step, (low + 1) * step, "range")


@given(st.integers(2, 500), st.integers(1, 500))
def test_falling_numbers_are_no_range(high: int, less: int) -> None:
    low = max(1, high - less)
    found = read_quantities(f"收到来信{high}—{low}封。")
    assert all(q.bounds.modifier != "range" for q in found) or low > high
    assert [q.bounds.value for q in found][-1:] == [Decimal(low)]
