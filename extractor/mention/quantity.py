"""Quantities: a numeral, its qualifiers and its unit, read into value, bounds, modifier and kind."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import regex

from extractor.mention.fixed import FRACTION, ROMAN, SLASH, read_fixed, read_fraction, read_half, read_roman, read_some
from extractor.mention.number import CJK_NUMBER, RUN, Reader, read_number
from extractor.mention.qualified import finish_quantity
from extractor.mention.qualifier import load_qualifiers
from extractor.mention.range import read_range
from extractor.mention.unit import load_units
from extractor.mention.unit_sense import load_senses
from extractor.mention.united import read_unit
from extractor.model import Quantity

_TRIGGER = regex.compile(rf"[0-9０-９{CJK_NUMBER}几数半翻过若ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ]")


class Blocked(NamedTuple):
    """A stretch whose numerals are not read."""

    start: int
    end: int
    rule: str


class _Scanner:
    def __init__(self, reader: Reader, blocked: Sequence[Blocked]) -> None:
        self.reader = reader
        self.blocked = blocked

    def scan(self) -> list[Quantity]:
        out: list[Quantity] = []
        at, which = 0, 0
        text, blocked = self.reader.text, self.blocked
        while True:
            match = _TRIGGER.search(text, at)
            if match is None:
                return out
            start = match.start()
            while which < len(blocked) and blocked[which].end <= start:
                which += 1
            if which < len(blocked) and blocked[which].start <= start:
                at = blocked[which].end
                continue
            limit = blocked[which].start if which < len(blocked) else len(text)
            if text[start] == "几" and start > self.reader.floor and text[start - 1] == "好":
                start -= 1
            found = self.read(start, limit, self.reader.floor)
            if found is None:
                run = None if text[start] == "数" else RUN.match(text, start, limit)  # 户数1200户: the noun's end
                at = run.end() if run is not None and run.end() > start else start + 1
                continue
            out.append(found)
            at = self.reader.floor = max(found.span.end, start + 1)

    def read(self, start: int, limit: int, floor: int) -> Quantity | None:
        """The quantity whose numeral begins at `start`, or None. Nothing before `floor` is taken in."""
        text = self.reader.text
        first = text[start]
        if first in "翻过":
            return read_fixed(self.reader, start, limit)
        if first in ROMAN:
            return read_roman(self.reader, start)
        fraction = (
            (text.find("分之", start, start + 30) > 0 and FRACTION.match(text, start, limit))
            or (first.isdigit() and SLASH.match(text, start, limit))
            or None
        )
        if fraction:
            return read_fraction(self.reader, fraction, floor)
        if first in "一半" or text.startswith("大半", start):
            fixed = read_fixed(self.reader, start, limit, floor)
            if fixed is not None:
                return fixed
        if first == "半":
            return read_half(self.reader, start, limit, floor)
        if text.startswith("若干", start):
            return read_some(self.reader, start, limit, floor)
        number = read_number(self.reader, start, limit)
        if number is None:
            return None
        draft = read_range(self.reader, number, limit) or read_unit(self.reader, number, limit)
        if draft is None:
            return None
        return finish_quantity(self.reader, draft, floor)


def find_quantities(text: str, blocked: Sequence[Blocked] = (), overlay: Path | None = None) -> list[Quantity]:
    """All quantities outside `blocked` (ascending, not overlapping), ascending. Values in base units."""
    return _Scanner(Reader(text, load_units(overlay), load_qualifiers(overlay), load_senses(overlay)), blocked).scan()
