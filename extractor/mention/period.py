"""Time expressions: where they stand in a text and which days they mean.

One scan finds where an expression may begin (a number or a word of the tables); from there the readers go on. Words
before (截至, 到) and behind (以来, 底前, 期间) and a range's second half join the span.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path

from extractor.mention.period_calendar import NOWHERE, Dates, shift_months
from extractor.mention.period_context import Context, Point
from extractor.mention.period_point import PointReader
from extractor.mention.period_table import Affix
from extractor.mention.period_trigger import find_triggers
from extractor.mention.period_word import WordReader
from extractor.model import Period, Published
from extractor.text import BodySpan

_WIDE = {ord("０") + i: ord("0") + i for i in range(10)} | {
    ord(a): ord(b) for a, b in zip("－～．／：Ｏ", "-~./:O", strict=True)
}
_BLANKS = re.compile(r"\s+")
_DEADLINE = ("完成", "建成", "竣工", "投产", "到位", "实现", "交付", "落实", "开工", "通车", "达到", "结束")


def find_periods(
    text: str,
    published: Published | None,
    base_year: int | None = None,
    overlay: Path | None = None,
    names: Sequence[BodySpan] = (),
) -> list[Period]:
    """All time expressions, ascending and without overlap. `base_year` is the year that months without one belong
    to where their paragraph names none (else the publication decides). `names`: the spans of
    names that a clause with 以来 holds as a whole (“清河”工程启动以来).

    >>> [(p.text, p.start_date) for p in find_periods("到2019年底建成水库3座。", None)]
    [('到2019年底', None)]
    """
    return _Finder(text, published, base_year, overlay, {name.end: name.start for name in names}).find()


@lru_cache(maxsize=1)
def _patterns() -> tuple[re.Pattern[str], ...]:
    """Words before a period that join it, words before and behind that make it a base of comparison."""
    break_mark = r"[，。；：、！？\n0-9]"
    inner = break_mark.replace("[", "[^")
    number = r"[0-9一二两三四五六七八九十百][0-9.点一二三四五六七八九十百多余几]{0,5}"
    return (
        re.compile(
            r"(?:截[至止][到至]?(?:北京时间|当地时间)?|(?:^|(?<=[，。；：、！？（(“\s直将])|(?<=预计)|(?<=计划)|(?<=力争)|(?<=争取)|(?<=确保))"
            r"(?:到了?|至))\s?$"
        ),
        re.compile(
            rf"(?:(?<![占同环对无每好])比起?(?![重例率值赛武如方拼照对])|相当于|超过|高于|低于|多于|少于|优于|好于|接近|不及|不如){inner}{{0,6}}$"
            rf"|(?<!比)较(?![好大多快高低强为早晚长小少差]){inner}{{0,4}}$"
        ),
        re.compile(rf"(?:同|与|和|跟){inner}{{0,6}}$"),
        re.compile(r"[^，。；！？\n]{0,10}?(?:相比|比较|对比|持平|相当|比(?=[，,、增减提上下升翻])|基础上)"),
        re.compile(rf"(?:是|为|等于){inner}{{0,4}}$"),
        re.compile(rf"(?:同期|全年)?的{number}倍"),
    )


class _Finder:
    __slots__ = ("_context", "_out", "_points", "_previous", "_text", "_triggers", "_words")

    def __init__(
        self, text: str, published: Published | None, base_year: int | None, overlay: Path | None, names: dict[int, int]
    ) -> None:
        self._text = text
        plain = text.translate(_WIDE) if re.search("[０-９－～．／：Ｏ]", text) else text
        self._context = Context(published, base_year)
        self._points = PointReader(plain, self._context, overlay)
        self._triggers = find_triggers(plain, overlay)
        self._words = WordReader(self._points, names)
        self._out: list[Period] = []
        self._previous: Point | None = None

    def find(self) -> list[Period]:
        plain, context = self._points.plain, self._context
        guards = [match.span() for match in self._points.pattern.guard.finditer(plain)]
        starts = [start for start, _ in guards]
        line_end = plain.find("\n")
        number = self._points.pattern.number
        triggers, words, size = self._triggers, list(self._triggers), len(plain)
        i = 0
        next_word = words[0] if words else size
        next_number = number.search(plain)
        number_at = next_number.start() if next_number else size
        floor = 0
        while next_word < size or number_at < size:
            if next_word <= number_at:
                at, surface = next_word, triggers[next_word]
            else:
                at, surface = number_at, ""
            while 0 <= line_end < at:
                context.forget()
                line_end = plain.find("\n", line_end + 1)
            index = bisect_right(starts, at) - 1
            guarded = index >= 0 and at < guards[index][1]
            point = None if guarded else self._read(at, surface, floor)
            if point is not None:
                floor = self._finish(point, floor)
            rest = guards[index][1] if guarded else max(floor, at + 1)
            while i < len(words) and words[i] < rest:
                i += 1
            next_word = words[i] if i < len(words) else size
            if number_at < rest and not (surface and point is None and number_at == at):
                next_number = number.search(plain, rest)
                number_at = next_number.start() if next_number else size
        return self._out

    def _read(self, at: int, surface: str, floor: int, left: Point | None = None) -> Point | None:
        if surface:
            return self._words.read(at, surface, floor, left)
        point = self._points.read_number(at, left)
        if point is not None and point.grain == "year" and point.rule == "year":
            return self._words.read_behind_year(at, point.end, point.year) or point
        return point

    def _finish(self, point: Point, floor: int) -> int:
        """Range, words behind, words before, comparison; the index where the next expression may begin."""
        point = self._join_range(point)
        point, affix = self._take_affix(point)
        if affix is not None and affix.kind == "from":
            point = self._join_range(self._take_affix(point)[0], closed=False)
        point = self._join_holiday(self._join_year(point))
        floor = min(floor, point.start)
        head = self._points.plain[max(floor, point.start - 12) : point.start]
        lead = _patterns()[0].search(head) if point.grain not in ("recurrence", "window") else None
        start, dates = point.start, point.dates
        if lead is not None:
            start -= len(lead[0])
            dates = dates if point.rule == "range" else Dates(None, dates.end)
        governs = lead is not None or point.grain == "recurrence" or not self._is_base(head, point.end)
        surface = _BLANKS.sub("", self._text[start : point.end])
        rule = point.rule if governs else "comparison"
        span = BodySpan(start, point.end)
        self._out.append(Period(span, surface, _iso(dates.start), _iso(dates.end), rule, governs))
        self._previous = point
        if governs:  # a target year (到2025年) is no year for the months that follow
            self._context.note(replace(point, named=False) if lead is not None and lead[0][0] in "到至" else point)
        return point.end

    def _is_base(self, head: str, end: int) -> bool:
        """It only tells what is compared with (比去年, 与上年同期相比, 是1978年的3倍)."""
        _, before, pair, behind, equal, times = _patterns()
        plain = self._points.plain
        if before.search(head):
            return True
        after = behind.match(plain, end)
        if after is not None and (after[0].endswith("基础上") or pair.search(head)):
            return True
        return times.match(plain, end) is not None and equal.search(head) is not None

    def _join_year(self, point: Point) -> Point:
        """A year right before an event or a clause with 以来 (今年入汛以来, 2019年春运期间) belongs to it."""
        previous = self._previous
        if previous is None or previous.end != point.start or previous.grain != "year" or not self._out:
            return point
        if point.rule != "since_clause" and not point.rule.startswith("event:"):
            return point
        self._out.pop()
        dates = point.dates
        if dates.start is None:
            dates = previous.dates if dates.end is None else Dates(previous.dates.start, dates.end)
        return replace(point, start=previous.start, dates=dates)

    def _join_holiday(self, point: Point) -> Point:
        """Two holidays and the word behind them are one expression (元旦、春节期间)."""
        previous = self._previous
        if previous is None or not self._out or previous.grain != "holiday" or point.grain != "holiday":
            return point
        if (
            self._points.plain[previous.end : point.start] not in ("", "、", "和")
            or self._out[-1].span.end != previous.end
        ):
            return point
        start, end = previous.dates.start, point.dates.end
        if not point.open or (start is not None and end is not None and end < start):
            return point
        self._out.pop()
        dates = Dates(start, end) if start and end else NOWHERE
        return replace(point, start=previous.start, dates=dates)

    def _join_range(self, left: Point, closed: bool = True) -> Point:
        """The second half of a range (至2020年, 到五月, —8月22日)."""
        if left.grain in ("recurrence", "window", "plan") or (left.open and closed):
            return left
        match = self._points.pattern.connect.match(self._points.plain, left.end)
        if match is None:
            return left
        at = match.end()
        word = self._triggers.get(at)
        right = self._read(at, word, at, left) if word else None
        if right is None or right.start != at:
            right = self._read(at, "", at, left)
        if right is None or right.start != at or right.grain in ("recurrence", "window"):
            return left
        start, end = left.dates.start, right.dates.end
        if start is not None and end is not None and end < start:
            return left
        dates = Dates(start, end) if right.dates != NOWHERE or right.open else Dates(start, None)
        return Point(
            left.start, right.end, dates, right.grain, "range", right.year, right.month, right.named or left.named
        )

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
                return Dates(None, self._deadline(point)), False
            return Dates(None, start - timedelta(days=1) if start else None), True
        if affix.kind == "until":
            return Dates(start if point.rule == "range" else None, end), False
        if affix.kind in ("around", "eve"):
            return NOWHERE, True
        if affix.kind == "early":
            return Dates(
                start, start.replace(year=start.year + 4, month=1, day=1) - timedelta(days=1) if start else None
            ), True
        if point.grain == "holiday":
            holiday = self._points.table.holidays[point.rule.partition(":")[2]]
            return self._words.feasts.holiday_dates(holiday, point.year, whole=True), True
        return point.dates, point.open

    def _deadline(self, point: Point) -> date | None:
        """8月1日前完成, said in June: the day to come, where no year is named and nothing tells of the past."""
        end, today = point.dates.end, self._context.today
        if end is None or today is None or point.named or self._context.said_year is not None or end >= today:
            return end
        clause = re.split("[，。；！？\n]", self._points.plain[point.end : point.end + 24], maxsplit=1)[0]
        if not any(word in clause for word in _DEADLINE) or any(word in clause for word in "已了曾"):
            return end
        return shift_months(end, 12)


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day is not None else None
