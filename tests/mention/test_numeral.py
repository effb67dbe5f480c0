"""Numerals in all spellings, ranges and vague numbers."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.mention.numeral import parse_interval, parse_numeral, step_of, to_plain
from mention.case import read_cases
from support import ROOT

CASES = read_cases(ROOT / "tests" / "mention" / "numeral_cases.tsv")
CHARACTERS = "〇零一二两三四五六七八九十百千万亿廿卅壹贰佰仟点几数好0123456789０１.．,，·"


def show(text: str) -> str:
    interval = parse_interval(text)
    if interval is None:
        return "-"
    low, high = to_plain(interval.low), to_plain(interval.high)
    return low if low == high else f"{low}..{high}" + " ~" * interval.vague


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_case(text: str, expected: str) -> None:
    assert show(text) == (to_plain(Decimal(expected)) if expected[0].isdigit() and ".." not in expected else expected)


@pytest.mark.parametrize(("text", "expected"), [case for case in CASES if ".." not in str(case.values[1])])
def test_an_exact_numeral_has_one_value(text: str, expected: str) -> None:
    assert parse_numeral(text) == (None if expected == "-" else Decimal(expected))


def test_cases_are_many() -> None:
    assert len(CASES) >= 150


@pytest.mark.parametrize("text", ["", "个", "三个", "3,25万", "1..5", "3.", "abc", "九" * 200])
def test_what_is_no_numeral(text: str) -> None:
    assert parse_numeral(text) is None


@given(st.text(alphabet=CHARACTERS, max_size=30))
def test_any_characters_are_read_or_refused(text: str) -> None:
    interval = parse_interval(text)
    if interval is not None:
        assert 0 <= interval.low <= interval.high
        assert interval.vague <= (interval.low < interval.high)


@given(st.integers(1, 10**12), st.integers(0, 6))
def test_step_is_the_last_place_that_is_not_zero(head: int, zeros: int) -> None:
    value = Decimal(head * 10**zeros)
    step = step_of(value)
    assert value % step == 0
    assert value % (step * 10) != 0


@pytest.mark.parametrize(
    ("value", "step"), [("30", "10"), ("2200", "100"), ("1.2", "0.1"), ("0", "1"), ("105", "1"), ("3.50", "0.1")]
)
def test_step(value: str, step: str) -> None:
    assert step_of(Decimal(value)) == Decimal(step)


@pytest.mark.parametrize(
    ("value", "text"), [("1E+3", "1000"), ("3.50", "3.5"), ("100", "100"), ("0.10", "0.1"), ("0", "0"), ("5.0", "5")]
)
def test_plain_decimal(value: str, text: str) -> None:
    assert to_plain(Decimal(value)) == text
