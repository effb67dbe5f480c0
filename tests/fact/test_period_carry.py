"""A year at the head of a sentence goes on to the next ones, where they plainly go on."""

from __future__ import annotations

import pytest

from extractor import extract

CASES = [
    ("一九六五年全社粮食总产86万斤。皮棉总产3万斤。", ["一九六五年", "一九六五年"]),
    ("2018年，全县新修水渠46公里。建成水窖120眼。", ["2018年", None]),  # begins with its verb
    ("2018年，全县新修水渠46公里。一是水窖建成120眼。", ["2018年", None]),  # a new item
    ("2018年，全县新修水渠46公里。2019年水窖建成120眼。", ["2018年", "2019年"]),
    ("2018年，全县新修水渠46公里，2019年又修18公里。水窖建成120眼。", ["2018年", "2019年", None]),
    ("今年以来，全县新修水渠46公里。水窖建成120眼。", ["今年以来", None]),  # no year told by number
    ("2018年，全县新修水渠46公里。\n水窖建成120眼。", ["2018年", None]),  # another paragraph
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_carry(text: str, expected: list[str | None]) -> None:
    facts = extract(text, date="2020-05-06").facts
    assert [fact.period.text if fact.period else None for fact in facts] == expected
