"""Long time expressions: five-year plans, decades, centuries, windows that end or begin with the publication."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from extractor.mention.period_calendar import NOWHERE, Dates, shift_months
from extractor.mention.period_context import Context, Point
from extractor.mention.period_pattern import Pattern, load_pattern, parse_count
from extractor.mention.period_table import PeriodTable, load_table

_MARKS = {"“": "”", '"': '"', "「": "」", "『": "』", "‘": "’"}
_EFFORT = (
    "历史",
    "的历史",
    "的努力",
    "的奋斗",
    "的奋战",
    "的时间",
    "的建设",
    "的积累",
    "之久",
    "的老",
    "的艰苦",
    "的苦战",
    "的施工",
)
_DECADE_YEARS = {
    "初": (0, 2),
    "前": (0, 4),
    "中": (3, 6),
    "末": (7, 9),
    "后": (5, 9),
    "中后": (4, 9),
    "中前": (0, 6),
    "中末": (4, 9),
}
_CENTURY_YEARS = {"初": (1, 10), "前": (1, 30), "中": (41, 60), "末": (91, 100), "后": (51, 100)}


class StretchReader:
    """Reads one expression at a place of `plain`, the text with ASCII digits."""

    __slots__ = ("context", "pattern", "plain", "table")

    def __init__(self, plain: str, context: Context, overlay: Path | None = None) -> None:
        self.plain = plain
        self.context = context
        self.pattern: Pattern = load_pattern(overlay)
        self.table: PeriodTable = load_table(overlay)

    def read_plan(self, at: int) -> Point | None:
        match = self.pattern.plan.match(self.plain, at)
        if match is None:
            return None
        first, last = self.table.plans[match["p"]]
        return self._plan_point(
            at, match.end(), first, last, match["w"] or match["e"] or (match["s"] + match["c"]), f"plan:{match['p']}"
        )

    def read_nth_plan(self, at: int) -> Point | None:
        """第一个五年计划."""
        match = self.pattern.nth_plan.match(self.plain, at)
        number = parse_count(match["n"]) if match else None
        if match is None or number is None or not 1 <= number <= len(self.table.plan_order):
            return None
        name = self.table.plan_order[number - 1]
        first, last = self.table.plans[name]
        return self._plan_point(
            at, match.end(), first, last, match["w"] or (match["s"] or "") + (match["c"] or ""), f"plan:{name}"
        )

    def _plan_point(self, at: int, end: int, first: int, last: int, word: str, rule: str) -> Point:
        opening = self.plain[at - 1 : at]
        if opening in _MARKS and _MARKS[opening] in self.plain[at:end]:
            at -= 1
        dates = Dates(date(first, 1, 1), date(last, 12, 31))
        if word == "以来":
            return Point(at, end, Dates(dates.start, self.context.today), "plan", rule, open=True)
        count = parse_count(word[1:]) if len(word) == 2 else None
        if count:
            dates = (
                Dates(date(last - count + 1, 1, 1), dates.end)
                if word[0] == "后"
                else Dates(dates.start, date(first + count - 1, 12, 31))
            )
        elif word.startswith(("初", "前")):
            dates = Dates(dates.start, date(first + 1, 12, 31))
        elif word.startswith("中"):
            dates = Dates(date(first + 2, 1, 1), date(first + 2, 12, 31))
        elif word.startswith("后"):
            dates = Dates(date(last - 1, 1, 1), dates.end)
        elif "末" in word:
            dates = Dates(date(last, 1, 1), dates.end)
        return Point(at, end, dates, "plan", rule)

    def read_decade(self, at: int, century: int | None = None) -> Point | None:
        match = self.pattern.decade.match(self.plain, at)
        if match is None:
            return None
        last = parse_count(match["d"]) or 0
        first = parse_count(match["a"]) or 0 if match["a"] else last
        first = first * 10 if first < 10 else first
        if first > last or first % 10 or (at and self.plain[at - 1] in "0123456789.第"):
            return None
        base = century * 100 if century is not None else self.context.two_digit_year(last) - last
        low, high = _DECADE_YEARS.get((match["e"] or "").removesuffix("期").removesuffix("叶"), (0, 9))
        dates = Dates(date(base + first + low, 1, 1), date(base + last + high, 12, 31))
        return Point(at, match.end(), dates, "decade", "decade")

    def read_century(self, at: int, end: int, first: int, rule: str) -> Point:
        """A century whose first year is `first`, its decade or its part behind it (上世纪80年代, 本世纪初)."""
        decade = self.read_decade(end + (self.plain[end : end + 1] == "的"), (first - 1) // 100)
        if decade is not None:
            return Point(at, decade.end, decade.dates, "decade", "decade")
        match = self.pattern.edge.match(self.plain, end)
        low, high = _CENTURY_YEARS[match[0].removesuffix("期").removesuffix("叶")] if match else (1, 100)
        dates = Dates(date(first + low - 1, 1, 1), date(first + high - 1, 12, 31))
        return Point(at, match.end() if match else end, dates, "decade", rule)

    def read_numbered_century(self, at: int) -> Point | None:
        match = self.pattern.century.match(self.plain, at)
        number = parse_count(match["n"]) if match else None
        if match is None or number is None:
            return None
        return self.read_century(at, match.end("n") + 2, 100 * (number - 1) + 1, "century")

    def read_since_window(self, at: int) -> Point | None:
        """三年来, 十多年来."""
        match = self.pattern.window.match(self.plain, at)
        if match is None or (match["t2"] or "") not in ("来", "以来"):
            return None
        if at and self.plain[at - 1] in "第每近0123456789.十百千万几数":
            return None
        return Point(
            at,
            match.end(),
            self.window_dates(match["n"], match["m"] or match["m2"], match["u"], -1),
            "window",
            "window",
            open=True,
        )

    def read_window(self, at: int, number_at: int, direction: int) -> Point | None:
        """近三年, 未来五年: `direction` 0 gives no dates."""
        match = self.pattern.window.match(self.plain, number_at)
        if match is None or match["t"] or self.plain.startswith(_EFFORT, match.end()):
            return None
        dates = self.window_dates(match["n"], match["m"] or match["m2"], match["u"], direction)
        return Point(at, match.end(), dates, "window", "window", open=True)

    def window_dates(self, number: str, more: str | None, unit: str, direction: int) -> Dates:
        today = self.context.today
        count = parse_count(number)
        if today is None or not direction:
            return NOWHERE
        if more or (count is None and number != "半"):
            return Dates(None, today) if direction < 0 else Dates(today, None)
        if number == "半":
            months, days = (6, 0) if unit == "年" else (0, 15)
        elif unit == "年":
            months, days = 12 * (count or 0), 0
        elif "季" in unit:
            months, days = 3 * (count or 0), 0
        elif "月" in unit:
            months, days = count or 0, 0
        else:
            months, days = 0, (count or 0) * (1 if unit in "天日" else 7)
        other = shift_months(today, direction * months) + timedelta(days=direction * days)
        return Dates(other, today) if direction < 0 else Dates(today, other)
