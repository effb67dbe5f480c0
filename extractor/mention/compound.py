"""Quantities said in two or three units (五斤六两), and digits alone behind a unit (一米七八)."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import regex

from extractor.lexicon.table import active_overlay, read_table
from extractor.mention.number import CJK_NUMBER, Reader
from extractor.mention.numeral import DIGIT, Interval, parse_numeral

_PLACES = Decimal("0.000001")
LONGEST = 5  # characters of a part's number
_BOUND = r"(?=$|[\s，。；、！？：）)的]|左右|上下|以上|以下)"


class Part(NamedTuple):
    """`share`: how many parts make one unit."""

    surface: str
    share: Decimal


@lru_cache(maxsize=4)
def _load(overlay: Path | None) -> tuple[dict[str, tuple[Part, ...]], dict[str, int]]:
    parts: dict[str, tuple[Part, ...]] = {}
    tails: dict[str, int] = {}
    for row in read_table("unit_part.tsv", overlay):
        unit = row["unit"]
        parts[unit] = (*parts.get(unit, ()), Part(row["part"], Decimal(row["share"])))
        tails[unit] = max(tails.get(unit, 0), int(row["tail"]))
    return parts, tails


@lru_cache(maxsize=4)
def _tail_pattern(length: int) -> regex.Pattern[str]:
    return regex.compile(rf"([{''.join(DIGIT)}]{{1,{length}}}){_BOUND}")


def read_parts(
    reader: Reader, interval: Interval, unit: str, span: tuple[int, int], limit: int
) -> tuple[Interval, int]:
    """The value with the parts behind it, in `unit`, and where they end. `span`: of the number and its unit."""
    parts, tails = _load(active_overlay())
    if interval.vague or interval.low != interval.high or unit not in parts:
        return interval, span[1]
    text, end = reader.text, span[1]
    share, current, added = Decimal(1), unit, Decimal(0)
    while (found := _read_part(reader, parts.get(current, ()), end, limit)) is not None:
        part, number, end = found
        share *= part.share
        added += number / share
        current = part.surface
    if added:
        added = added.quantize(_PLACES).normalize()
        return Interval(interval.low + added, interval.high + added), end
    if tails[unit] and all(c in CJK_NUMBER for c in text[span[0] : span[0] + 1]):
        tail = _tail_pattern(tails[unit]).match(text, end, limit)
        if tail is not None:
            digits = "".join(str(DIGIT[c]) for c in tail[1])
            tenths = Decimal(digits).scaleb(-len(digits))
            return Interval(interval.low + tenths, interval.high + tenths), tail.end()
    return interval, end


def _read_part(reader: Reader, parts: tuple[Part, ...], at: int, limit: int) -> tuple[Part, Decimal, int] | None:
    text = reader.text
    if text[at : at + 1] in ("零", "又"):
        at += 1
    if not parts or at >= limit or not (text[at].isdigit() or text[at] in CJK_NUMBER):
        return None
    for part in sorted(parts, key=lambda part: -len(part.surface)):
        behind = text.find(part.surface, at + 1, min(limit, at + LONGEST + len(part.surface)))
        value = parse_numeral(text[at:behind]) if behind > at else None
        end = behind + len(part.surface)
        if value is None or value >= part.share or text[end : end + 1] == "之":  # 三亩二分之一
            continue
        unit = reader.units.match(text, behind)
        if unit is None or unit[1] == end:
            return part, value, end
    return None
