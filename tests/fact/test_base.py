"""What a figure is compared with."""

from __future__ import annotations

import pytest

from extractor import extract

CASES = [
    ("全县财政收入3.2亿元，比去年同期增长8.5%。", [None, "去年同期"]),
    ("工业增加值同比增长11%。", ["同比"]),
    ("用电量环比下降2%。", ["环比"]),
    ("新修水渠18公里。", [None]),
    ("粮食总产较上年增加86万公斤，油料总产26万公斤。", ["上年", None]),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_base(text: str, expected: list[str | None]) -> None:
    facts = extract(text, date="2023-10-20").facts
    assert [fact.base.text if fact.base else None for fact in facts] == expected
