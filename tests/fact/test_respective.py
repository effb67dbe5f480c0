"""Figures in a row behind 分别 belong to the names in a row before it."""

from __future__ import annotations

import pytest

from extractor.fact.chunk import Chunk
from extractor.fact.respective import find_series, pair_series
from fact.case import read_facts, text_of, to_params

CASES = [
    ("小麦、玉米面积分别达12万亩和18万亩。", ["小麦", "玉米面积"]),
    ("小麦、玉米和大豆分别播种12万亩、18万亩和3万亩。", ["小麦", "玉米", "大豆"]),
    ("产值和利润分别达3.2亿元和4600万元。", ["产值", "利润"]),
    ("产值、利润、税金分别增长12%、18%和26%。", ["产值", "利润", "税金"]),
    ("粮食总产量和油料总产量分别为46万吨、3.2万吨。", ["粮食总产量|总产量", "油料总产量|总产量"]),
]


@pytest.mark.parametrize(("text", "expected"), to_params(CASES, 2))
def test_figures_take_the_names_in_their_order(text: str, expected: list[str]) -> None:
    got = [text_of(fact.indicator) for fact in read_facts(text)]
    assert len(got) == len(expected)
    assert all(one in options.split("|") for one, options in zip(got, expected, strict=True)), got


def chunks(spelled: str) -> list[Chunk]:
    """甲/NP 、/H 乙/NP 分别/D 3个/Q."""
    out, at = [], 0
    for piece in spelled.split():
        text, tag = piece.rsplit("/", 1)
        out.append(Chunk(text, tag, at, at + len(text)))
        at += len(text)
    return out


PAIRS = [
    ("甲/NP 、/H 乙/NP 分别/D 为/K 1个/Q 、/H 2个/Q", {5: 0, 7: 2}, {5: (0, 2), 7: (1, 2)}),
    (
        "甲/NP 、/H 乙/NP 和/C 丙/NP 分别/D 为/K 1个/Q 、/H 2个/Q 和/C 3个/Q",
        {7: 0, 9: 2, 11: 4},
        {7: (0, 3), 9: (1, 3), 11: (2, 3)},
    ),
    ("甲/L 和/C 乙/L 分别/D 修/V 1条/Q 和/C 2条/Q", {5: 0, 7: 2}, {5: (0, 2), 7: (1, 2)}),
    ("甲/NP 、/H 乙/NP 为/K 1个/Q 、/H 2个/Q", {}, {}),
    ("甲/NP 、/H 乙/NP 分别/D 为/K 1个/Q", {}, {}),
    ("甲/NP 、/H 乙/NP 分别/D 为/K 1个/Q 、/H 2个/Q 、/H 3个/Q", {}, {5: (0, 3), 7: (1, 3), 9: (2, 3)}),
    ("甲/NP 和/C 乙/L 分别/D 为/K 1个/Q 、/H 2个/Q", {}, {5: (0, 2), 7: (1, 2)}),
    ("甲/NP 分别/D 为/K 1个/Q 、/H 2个/Q", {}, {3: (0, 2), 5: (1, 2)}),
    ("", {}, {}),
]


@pytest.mark.parametrize(("spelled", "pairs", "rows"), PAIRS, ids=[pair[0] or "nothing" for pair in PAIRS])
def test_pairs(spelled: str, pairs: dict[int, int], rows: dict[int, tuple[int, int]]) -> None:
    row = chunks(spelled)
    assert (pair_series(row), find_series(row)) == (pairs, rows)
