"""Numbers in running text: the numeral, 余, 多, 几 inside it and its scale."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import regex

from extractor.mention.numeral import ARABIC, DIGIT, LARGE, SMALL, TENS, Interval, parse_interval
from extractor.mention.qualifier import Qualifier, QualifierIndex
from extractor.mention.unit import Unit, UnitIndex
from extractor.mention.unit_sense import Sense

CJK_NUMBER = "".join([*DIGIT, *SMALL, *LARGE, *TENS])
RUN = regex.compile(
    rf"好?(?:{ARABIC}|[{CJK_NUMBER}几数])++(?:点[{''.join(DIGIT)}]+[{''.join(SMALL)}{''.join(LARGE)}]*)?"
)
SCALE = regex.compile(rf"[{''.join(SMALL)}{''.join(LARGE)}]*")


@dataclass(slots=True)
class Reader:
    """One text under reading. `floor` is where the last quantity ended: nothing before it is taken in."""

    text: str
    units: UnitIndex
    qualifiers: QualifierIndex
    senses: Mapping[str, tuple[Sense, ...]]
    floor: int = 0


@dataclass(frozen=True, slots=True)
class Number:
    start: int
    end: int  # behind the numeral, its inner qualifier and scale
    interval: Interval
    inner: Qualifier | None
    surface: str


@dataclass(frozen=True, slots=True)
class Draft:
    """A number with its unit, before the qualifiers outside."""

    start: int
    end: int
    interval: Interval
    inner: Qualifier | None
    unit: Unit | None
    spoken_range: bool = False
    rule: str = "quantity.unit"


def read_number(reader: Reader, start: int, limit: int) -> Number | None:
    text = reader.text
    run = RUN.match(text, start, limit)
    if run is None:
        return None
    end = run.end()
    if end - start > 60:
        return None
    for size in range(end, max(start, end - 6), -1):
        surface = text[start:size]
        if surface[-1] in "千仟百兆" and _begins_unit(reader, start, size, limit):
            continue
        interval = parse_interval(surface)
        if interval is None:
            continue
        inner = reader.qualifiers.inner.get(text[size : size + 1]) if size < limit else None
        if inner is not None and not interval.vague:
            tail = SCALE.match(text, size + 1, limit)
            scale = tail[0] if tail else ""
            scaled = parse_interval(surface + scale) if scale else interval
            if scaled is not None and _takes_inner(interval, inner.surface, surface):
                return Number(start, size + 1 + len(scale), scaled, inner, surface + scale)
        return Number(start, size, interval, None, surface)
    return None


def _begins_unit(reader: Reader, start: int, size: int, limit: int) -> bool:
    """Whether the 千 before `size` belongs to the unit: 三千瓦, 六百千瓦, 12千米, but 三千米."""
    matched = reader.units.match(reader.text, size - 1)
    if matched is None or matched[1] > limit or matched[1] <= size or size - start < 2:
        return False
    return (
        matched[0].surface[:2] not in ("千米", "千克")
        or not reader.text[size - 2].isalnum()
        or reader.text[size - 2] not in DIGIT
    )


def _takes_inner(interval: Interval, mark: str, surface: str) -> bool:
    if interval.vague or interval.low <= 0:
        return False
    if mark == "来":
        return interval.low % 10 == 0 and interval.low >= 10
    return interval.low >= 1 and (interval.low != interval.high or interval.low >= 10 or surface[-1] in LARGE or True)
