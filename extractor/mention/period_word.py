"""Time expressions that begin with a word: relative years, months, weeks, days, now, recurrence, events, holidays."""

from __future__ import annotations

import re
from datetime import timedelta

from extractor.mention.period_calendar import (
    NOWHERE,
    WHOLE_YEAR,
    Dates,
    Part,
    month_dates,
    shift_years,
    to_dates,
    to_day,
    week_dates,
)
from extractor.mention.period_context import Context, Point
from extractor.mention.period_feast import FeastReader
from extractor.mention.period_pattern import parse_count
from extractor.mention.period_point import PointReader
from extractor.mention.period_table import Word

_MONTH_EDGE = {
    "初": (1, 10),
    "底": (21, 0),
    "末": (21, 0),
    "上": (1, 10),
    "中": (11, 20),
    "下": (21, 0),
    "上中": (1, 20),
    "中下": (11, 0),
}
_ERA_YEAR = re.compile("([0-9]{1,2}|元|[二三四五六]?十?[一二三四五六七八九]|[二三四五六]?十)年")
_BREAK = frozenset("，。；：、！？（）()\n“”《》 　,;")


class WordReader:
    """Reads the expression that a word of the tables begins."""

    __slots__ = ("context", "feasts", "names", "plain", "points")

    def __init__(self, points: PointReader, names: dict[int, int]) -> None:
        self.points = points
        self.names = names  # where names end and begin
        self.plain = points.plain
        self.context: Context = points.context
        self.feasts = FeastReader(points)

    def read(self, at: int, surface: str, floor: int, left: Point | None = None) -> Point | None:
        """The expression at a word found at `at`; `floor` is where the last one ended."""
        table = self.points.table
        word = table.words.get(surface)
        if word is not None:
            point = self._word(at, word, floor, left)
            if point is not None:
                return point
        holiday = table.holidays.get(surface)
        if holiday is not None:
            return self.feasts.read_holiday(at, holiday, None)
        event = table.events.get(surface)
        return self.feasts.read_event(at, event) if event is not None else None

    def _word(self, at: int, word: Word, floor: int, left: Point | None) -> Point | None:
        text, end = self.plain, at + len(word.surface)
        if at and text[at - 1] in word.not_after and not self._allowed(at, word):
            return None
        if text[end : end + 1] in tuple(word.not_before):
            return None
        rule = f"word:{word.surface}"
        kind, value = word.kind, word.value
        if kind in ("tail", "first"):
            if text[at] == "第" and (point := self.points.read_nth_plan(at)):
                return point
            return self.points.read_tail(at, left)
        if kind == "window":
            before = text[at - 2 : at] if at > 1 else ""
            return None if before == "最近" else self.points.read_window(at, end, -1)
        if kind == "window_ahead":
            return self.points.read_window(at, end, 1)
        if kind == "window_vague":
            return self.points.read_window(at, end, 0)
        if kind == "lunar":
            return self.feasts.read_lunar(at, None)
        if kind == "since":
            return self._since(at, end, floor)
        if kind == "century":
            if self.context.year is None:
                return (
                    self.points.read_century(at, end, 1901 + (100 if value == "0" else 0), rule)
                    if value != "1"
                    else None
                )
            return self.points.read_century(at, end, (self.context.year - 1) // 100 * 100 + 1 + 100 * int(value), rule)
        if kind in ("recurrence", "vague", "past", "ahead", "now", "until"):
            return self._loose(at, end, word, rule)
        if kind in ("day", "said_day"):
            return self._day(at, end, word, rule)
        if kind == "week":
            return self._week(at, end, int(value), rule)
        if kind.endswith(("month", "month_edge", "month_third")):
            return self._month(at, end, word, rule, left)
        if kind == "quarter":
            return self._quarter(at, end, int(value), rule)
        if kind == "season":
            part = parse_part_offset(value)
            dates = to_dates(self.context.year, part) if self.context.year is not None else NOWHERE
            return Point(at, end, dates, "part", rule, self.context.year)
        if kind == "part":
            entry, follow = self.points.table.parts.get(word.surface), text[end : end + 1]
            if entry is None or (follow not in _BREAK and follow not in value and end < len(text)):
                return None
            return self.points.make(at, end, entry[0], "part", rule, left, None)
        if kind == "same":
            return self._same(at, end, rule)
        return self._era(at, end, int(value)) if kind == "era" else self._year(at, end, word, rule, left)

    def _allowed(self, at: int, word: Word) -> bool:
        """超过去年: the character before belongs to a longer word."""
        return word.surface == "去年" and self.plain[at - 2 : at] in ("超过", "胜过", "赛过", "赶过", "压过")

    # --- years ---

    def _era(self, at: int, end: int, base: int) -> Point | None:
        """民国三十七年: counted from the year before the era."""
        match = _ERA_YEAR.match(self.plain, end)
        number = parse_count(match[1].replace("元", "一")) if match else None
        if match is None or number is None:
            return None
        return self.points.extend_year(at, match.end(), base + number, "era")

    def _year(self, at: int, end: int, word: Word, rule: str, left: Point | None) -> Point | None:
        context = self.context
        year = context.year
        if word.kind == "named_year":
            year = context.said_year if context.said_year is not None else year
        elif word.kind == "said_year":
            year = left.year if left is not None and left.year is not None else context.said_year
        elif word.kind == "whole_year":
            year = context.said_year
            if year is None and context.month is None:
                year = context.year
            dates = to_dates(year, WHOLE_YEAR) if year is not None else NOWHERE
            return Point(at, end, dates, "year", rule, year)
        elif word.kind == "rest_year":
            return Point(at, end, to_dates(year, WHOLE_YEAR) if year is not None else NOWHERE, "year", rule, year)
        elif word.kind == "year_edge":
            year = context.said_year
            if year is None and word.value == "初":
                year = context.year
            key = "年" + word.value
            part = self.points.table.parts[key][0] if key in self.points.table.parts else Part(12, 1, 12, 0)
            dates = to_dates(year, part) if year is not None else NOWHERE
            return Point(at, end, dates, "part", rule, year)
        closed = self.plain.startswith("度", end)
        stop = end + closed
        if year is not None:
            year += int(word.value)
        if not closed:
            longer = self.read_behind_year(at, stop, year)
            if longer is not None:
                return longer
        if year is None:
            tail = self.points.read_tail(stop, None, 2000) if not closed else None
            if tail is not None:
                return Point(at, tail.end, NOWHERE, tail.grain, tail.rule)
            return Point(at, stop, NOWHERE, "year", rule)
        return self.points.extend_year(at, stop, year, rule, closed)

    def read_behind_year(self, at: int, end: int, year: int | None) -> Point | None:
        """同期, a holiday or a lunar day behind a year."""
        if self.plain.startswith(("同期", "同月", "同季度", "同时期"), end):
            size = 3 if self.plain.startswith(("同季度", "同时期"), end) else 2
            return Point(at, end + size, self._same_dates(year), "part", "same", year, open=True)
        return self.feasts.read_feast(at, end, year)

    def _same(self, at: int, end: int, rule: str) -> Point:
        base = self.plain[max(0, at - 2) : at]
        dates = NOWHERE if base in ("历史", "历年", "往年") else self.context.last
        return Point(at, end, dates, "part", rule, open=True)

    def _same_dates(self, year: int | None) -> Dates:
        """The stretch named last, moved to `year`."""
        last = self.context.last
        if year is None or last.start is None or last.end is None or last.start.year != last.end.year:
            return NOWHERE
        return shift_years(last, year - last.start.year)

    # --- months, weeks, days ---

    def _month(self, at: int, end: int, word: Word, rule: str, left: Point | None) -> Point | None:
        context, kind = self.context, word.kind
        year, month = context.named_month or (None, None)
        dates = NOWHERE
        if kind in ("month", "named_month") and not (kind == "named_month" and month is not None and year is not None):
            dates = context.month_of(int(word.value))
        elif kind in ("named_month", "said_month") and month is not None and year is not None:
            dates = month_dates(year, month + int(word.value))
        elif kind in ("month_edge", "month_third"):
            first, last = _MONTH_EDGE[word.value]
            if left is not None and left.year is not None and left.month is not None:
                month, year = left.month, left.year
            if month is not None and year is not None:
                dates = to_dates(year, Part(month, first, month, last))
            return Point(at, end, dates, "part", rule)
        if self.plain.startswith("份", end):
            end += 1
        start = dates.start
        text = self.plain
        edge = text[end : end + 1]
        third = self.points.pattern.third.match(text, end)
        day = self.points.pattern.day.match(text, end)
        if third is not None or (edge in ("初", "底", "末") and text[end : end + 2] not in ("初步", "末端")):
            first, last = _MONTH_EDGE[third["x"] if third else edge]
            part = to_dates(start.year, Part(start.month, first, start.month, last)) if start else NOWHERE
            return Point(at, third.end() if third else end + 1, part, "part", rule, start.year if start else None)
        if day is not None and (number := parse_count(day["d1"])):
            found = to_day(start.year, start.month, number) if start else None
            last_day = to_day(start.year, start.month, parse_count(day["d2"]) or 1) if start and day["d2"] else found
            return Point(
                at,
                self.points.skip_clock(day.end()),
                Dates(found, last_day),
                "day",
                rule,
                start.year if start else None,
                start.month if start else None,
                start is not None,
            )
        if start is None:
            return Point(at, end, NOWHERE, "month", rule)
        return Point(at, end, dates, "month", rule, start.year, start.month, kind == "month")

    def _quarter(self, at: int, end: int, offset: int, rule: str) -> Point:
        context = self.context
        if context.year is None or context.month is None:
            return Point(at, end, NOWHERE, "part", rule)
        first = (context.month - 1) // 3 * 3 + 1 + 3 * offset
        return Point(at, end, month_dates(context.year, first, 3), "part", rule)

    def _week(self, at: int, end: int, offset: int, rule: str) -> Point:
        match = self.points.pattern.weekday.match(self.plain, end)
        weekday = "一二三四五六日".index(match[0].replace("天", "日")) if match else None
        stop = self.points.skip_clock(end + 1) if match else end
        dates = week_dates(self.context.today, offset, weekday) if self.context.today else NOWHERE
        return Point(at, stop, dates, "day" if match else "word", rule)

    def _day(self, at: int, end: int, word: Word, rule: str) -> Point:
        today = self.context.today if word.kind == "day" else self.context.named_day
        day = today + timedelta(days=int(word.value)) if today else None
        named = day is not None and word.kind == "day"
        year, month = (day.year, day.month) if day and word.kind == "day" else (None, None)
        stop = (
            end
            if word.surface in ("即日", "今日") and self.plain.startswith("起", end)
            else self.points.skip_clock(end)
        )
        return Point(at, stop, Dates(day, day), "day", rule, None if not named else year, month)

    # --- loose words ---

    def _loose(self, at: int, end: int, word: Word, rule: str) -> Point | None:
        text, today = self.plain, self.context.today
        if word.kind == "recurrence":
            return Point(at, self._recurring_end(end, word.surface), NOWHERE, "recurrence", "recurrence")
        if word.surface in ("过去", "最近", "今后", "近期"):
            direction = 1 if word.surface == "今后" else -1
            skip = end + (text[end : end + 1] == "的")
            window = self.points.read_window(at, skip, direction)
            if window is not None:
                return window
        if word.kind == "past":
            if at and text[at - 1] not in _BREAK:
                return None
            return Point(at, end, NOWHERE, "word", rule, open=True)
        if word.kind == "now":
            return Point(at, end, Dates(today, today), "word", rule, open=True)
        if word.kind == "until":
            return Point(at, end, Dates(None, today), "word", rule, open=True)
        if word.kind == "ahead":
            return Point(at, end, Dates(today, None), "word", rule, open=True)
        return Point(at, end, NOWHERE, "word", rule, open=True)

    def _recurring_end(self, end: int, surface: str) -> int:
        """The end with the part of each year or month (每年6月至9月, 每月15日)."""
        points, pattern, text = self.points, self.points.pattern, self.plain
        if surface == "每年":
            tail = points.read_tail(end, None, 2000)
            if tail is None:
                match = pattern.event.match(text, end + (text[end : end + 1] == "的"))
                return match.end() if match else end
            link = pattern.connect.match(text, tail.end)
            other = points.read_tail(link.end(), None, 2000) if link else None
            return other.end if other else tail.end
        if surface in ("每月", "每个月"):
            match = pattern.third.match(text, end) or pattern.day.match(text, end)
            return match.end() if match else end
        return end

    def _since(self, at: int, end: int, floor: int) -> Point | None:
        """A clause that 以来 closes (入社以来, 实施改造以来): it began some day and lasts to the publication."""
        text, start = self.plain, at
        limit = max(floor, at - 14)
        while start > limit:
            name = self.names.get(start, -1)
            if name >= floor:
                limit = max(floor, limit - (start - name))
                start = name
            elif text[start - 1] in _BREAK:
                break
            else:
                start -= 1
        if start not in (0, floor) and text[start - 1] not in _BREAK:
            return None
        if text[start] in "自从" and at - start > 2:
            start += 2 if text.startswith("自从", start) else 1
        if at - start < 2 or any(c in "0123456789" for c in text[start:at]):
            return None
        return Point(start, end, Dates(None, self.context.today), "word", "since_clause", open=True)


def parse_part_offset(cell: str) -> Part:
    """A season's cell, months counted from January of the publication year (0-01..05-00, -3-01..-1-00)."""
    first, _, last = cell.partition("..")
    first_month, _, first_day = first.rpartition("-")
    last_month, _, last_day = last.rpartition("-")
    return Part(int(first_month), int(first_day), int(last_month), int(last_day))
