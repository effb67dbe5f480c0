"""Time expressions: where they stand in a text and which days they mean.

One scan finds where an expression may begin (a number or a word of the tables); from there the readers go on. Words
before (截至, 到) and behind (以来, 底前, 期间) and a range's second half join the span.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import replace
from datetime import timedelta
from functools import lru_cache

from extractor.mention.period_calendar import NOWHERE, Dates
from extractor.mention.period_context import Context, Point
from extractor.mention.period_pattern import load_pattern
from extractor.mention.period_point import PointReader
from extractor.mention.period_table import Affix
from extractor.mention.period_word import WordReader
from extractor.model import Period, Published
from extractor.text import BodySpan

_WIDE = {ord("０") + i: ord("0") + i for i in range(10)} | {
    ord(a): ord(b) for a, b in zip("－～．／：Ｏ", "-~./:O", strict=True)
}
_BLANKS = re.compile(r"\s+")


def find_periods(text: str, published: Published | None, base_year: int | None = None) -> list[Period]:
    """All time expressions, ascending and without overlap. `base_year` is the year that months without one belong
    to where their paragraph names none (else the publication decides).

    >>> [(p.text, p.start_date) for p in find_periods("到2019年底建成水库3座。", None)]
    [('到2019年底', None)]
    """
    return _Finder(text, published, base_year).find()


@lru_cache(maxsize=1)
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """Words before a period that join it, words before and behind that make it a base of comparison."""
    return (
        re.compile(r"(?:截[至止](?:[到至])?|(?:(?<=^)|(?<=[，。；：、！？（(“\s]))(?:到了?|至))\s?$"),
        re.compile(r"(?:(?<![占同环对无每好])比起?|较|相当于|超过|高于|低于|多于|少于|优于|好于|接近|不及|不如)[^，。；：、！？\n0-9]{0,6}$"),
        re.compile(r"(?:同|与|和|跟)[^，。；：、！？\n0-9]{0,6}$"),
        re.compile(r"[^，。；！？\n]{0,10}?(?:相比|比较|对比|持平|相当|比(?=[，,、增减提上下升翻])|的基础上|基础上)"),
    )


class _Finder:
    __slots__ = ("_context", "_out", "_points", "_text", "_words")

    def __init__(self, text: str, published: Published | None, base_year: int | None) -> None:
        self._text = text
        plain = text.translate(_WIDE) if re.search("[０-９－～．／：Ｏ]", text) else text
        self._context = Context(published, base_year)
        self._points = PointReader(plain, self._context)
        self._words = WordReader(self._points)
        self._out: list[Period] = []

    def find(self) -> list[Period]:
        plain, context = self._points.plain, self._context
        guards = [match.span() for match in load_pattern().guard.finditer(plain)]
        starts = [start for start, _ in guards]
        line_end = plain.find("\n")
        word, number = load_pattern().word, load_pattern().number
        next_word, next_number = word.search(plain), number.search(plain)
        floor = 0
        while next_word or next_number:
            if next_word and (not next_number or next_word.start() <= next_number.start()):
                at, surface = next_word.start(), next_word[0]
            else:
                assert next_number is not None
                at, surface = next_number.start(), ""
            while 0 <= line_end < at:
                context.forget()
                line_end = plain.find("\n", line_end + 1)
            index = bisect_right(starts, at) - 1
            guarded = index >= 0 and at < guards[index][1]
            point = None if guarded else self._read(at, surface, floor)
            if point is not None:
                floor = self._finish(point, floor)
            rest = guards[index][1] if guarded else max(floor, at + 1)
            if next_word and next_word.start() < rest:
                next_word = word.search(plain, rest)
            if next_number and next_number.start() < rest and not (surface and point is None and next_number.start() == at):
                next_number = number.search(plain, rest)
        return self._out

    def _read(self, at: int, surface: str, floor: int, left: Point | None = None) -> Point | None:
        if surface:
            return self._words.read(at, surface, floor, left)
        point = self._points.read_number(at, left)
        if point is not None and point.grain == "year" and point.rule == "year":
            return self._words.read_feast(at, point.end, point.year) or self._read_same(point)
        return point

    def _read_same(self, point: Point) -> Point:
        return self._words._behind_year(point.start, point.end, point.year) or point

    def _finish(self, point: Point, floor: int) -> int:
        """Range, words behind, words before, comparison; the index where the next expression may begin."""
        point = self._join_range(point)
        point, affix = self._take_affix(point)
        if affix is not None and affix.kind == "from":
            longer = self._join_range(replace(point, end=point.end))
            if longer is not point and longer.end > point.end:
                point = longer
        start, dates = point.start, point.dates
        before, base_before, base_pair, base_after = _patterns()
        plain = self._points.plain
        head = plain[max(floor, start - 12) : start]
        lead = before.search(head[-5:] if max(floor, start - 12) < start - 5 or max(floor, start - 12) else "\n" + head[-5:])
        if lead is not None and point.grain not in ("recurrence", "window"):
            start -= min(len(lead[0]), start - floor)
            if point.rule != "range":
                dates = Dates(None, dates.end)
        governs = True
        if lead is None and point.grain != "recurrence":
            governs = not (
                base_before.search(head) or (base_pair.search(head) and base_after.match(plain, point.end))
            )
        if governs and "基础上" in plain[point.end : point.end + 12]:
            governs = base_after.match(plain, point.end) is None
        surface = _BLANKS.sub("", self._text[start : point.end])
        rule = point.rule if governs else "comparison"
        span = BodySpan(start, point.end)
        self._out.append(Period(span, surface, _iso(dates.start), _iso(dates.end), rule, governs))
        if governs:
            self._context.note(point)
        return point.end

    def _join_range(self, left: Point) -> Point:
        """The second half of a range (至2020年, 到五月, —8月22日)."""
        if left.grain in ("recurrence", "window", "plan") or (left.open and left.grain != "from"):
            return left
        match = self._points.pattern.connect.match(self._points.plain, left.end)
        if match is None:
            return left
        at = match.end()
        word = self._points.pattern.word.match(self._points.plain, at)
        right = self._read(at, word[0], at, left) if word else None
        if right is None or right.start != at:
            right = self._read(at, "", at, left)
        if right is None or right.start != at or right.grain in ("recurrence", "window"):
            return left
        start, end = left.dates.start, right.dates.end
        if start is not None and end is not None and end < start:
            return left
        dates = Dates(start, end) if right.dates != NOWHERE or right.open else Dates(start, None)
        return Point(left.start, right.end, dates, right.grain, "range", right.year, right.month, right.named or left.named)

    def _take_affix(self, point: Point) -> tuple[Point, Affix | None]:
        plain = self._points.plain
        match = self._points.pattern.affix.match(plain, point.end)
        if match is None or point.grain == "recurrence":
            return point, None
        affix = self._points.table.affixes[match[0]]
        if "*" not in affix.grains and point.grain not in affix.grains:
            return point, None
        if plain[match.end() : match.end() + 1] in tuple(affix.not_before):
            return point, None
        dates, open_ended = self._affix_dates(point, affix)
        return replace(point, end=match.end(), dates=dates, open=open_ended), affix

    def _affix_dates(self, point: Point, affix: Affix) -> tuple[Dates, bool]:
        start, end = point.dates
        if affix.kind == "since":
            return Dates(start, self._context.today), True
        if affix.kind in ("from", "after"):
            return Dates(start, None), True
        if affix.kind == "before":
            if point.grain in ("month", "day", "part"):
                return Dates(None, end), False
            return Dates(None, start - timedelta(days=1) if start else None), True
        if affix.kind == "until":
            return Dates(start if point.rule == "range" else None, end), False
        if affix.kind in ("around", "eve"):
            return NOWHERE, True
        if affix.kind == "early":
            return Dates(start, start.replace(year=start.year + 4, month=1, day=1) - timedelta(days=1) if start else None), True
        if point.grain == "holiday":
            holiday = self._points.table.holidays[point.rule.partition(":")[2]]
            return self._words.holiday_dates(holiday, point.year, whole=True), True
        return point.dates, point.open


def _iso(day: object) -> str | None:
    return str(day) if day is not None else None
