"""Ranks: the rank is the value, the unit 第."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor import extract
from extractor.mention.rank import find_ranks
from mention.case import read_cases, read_quantities, show_all
from support import ROOT

CASES = read_cases(ROOT / "tests" / "mention" / "rank_cases.tsv")


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_case(text: str, expected: str) -> None:
    assert show_all(read_quantities(text)) == expected


@given(st.integers(1, 9999), st.sampled_from(["位", "名", ""]), st.sampled_from(["居", "列", "排名", "位列", "跃居"]))
def test_any_rank_is_read(rank: int, ending: str, verb: str) -> None:
    [quantity] = find_ranks(f"粮食单产{verb}全省第{rank}{ending}。")
    assert (quantity.text, quantity.bounds) == (f"第{rank}{ending}", (rank, rank, rank, "exact"))
    assert (quantity.kind, quantity.unit, quantity.dimension) == ("rank", "第", None)


@given(st.integers(2, 9999))
def test_the_first_places_are_open_below(rank: int) -> None:
    [quantity] = find_ranks(f"综合考评进入全省前{rank}名。")
    assert quantity.bounds == (rank, None, rank, "equal_or_less")


def test_a_rank_is_a_fact() -> None:
    [fact] = extract("全县粮食单产居全省第3位。").facts
    quantity = fact.quantity
    assert (fact.kind, quantity.value, quantity.unit, quantity.modifier) == ("rank", "3", "第", "exact")
    assert (quantity.dimension, quantity.standard_value, quantity.value_cny) == (None, None, None)
