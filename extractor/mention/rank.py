"""Ranks: 居全省第3位, 进入前10名."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import regex

from extractor.lexicon.table import read_table
from extractor.mention.numeral import parse_numeral
from extractor.model import Bounds, Quantity
from extractor.text import BodySpan


@lru_cache(maxsize=4)
def _rank_patterns(overlay: Path | None) -> tuple[tuple[str, str, regex.Pattern[str]], ...]:
    return tuple(
        (f"rank.{row['rule']}", row["modifier"], regex.compile(row["pattern"]))
        for row in read_table("rank.tsv", overlay)
    )


def find_ranks(text: str, overlay: Path | None = None) -> list[Quantity]:
    """居全省第3位, 进入前10名: the rank is the value, the unit 第."""
    out: list[Quantity] = []
    if "第" not in text and "前" not in text:
        return out
    for rule, modifier, pattern in _rank_patterns(overlay):
        for match in pattern.finditer(text):
            value = parse_numeral(match["n"])
            if value is not None:
                low = None if modifier == "equal_or_less" else value
                span = BodySpan(*match.span("q"))
                out.append(
                    Quantity(span, match["q"], "rank", Bounds(value, low, value, modifier), "第", None, rule, "第")
                )
    out.sort(key=lambda q: q.span)
    return out
