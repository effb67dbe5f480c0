"""Holidays, lunar days and the events and eras that date other things."""

from __future__ import annotations

from datetime import timedelta

from extractor.mention.period_calendar import NOWHERE, Dates, Part, clear_brightness, lunar_dates, to_dates
from extractor.mention.period_context import Context, Point
from extractor.mention.period_pattern import parse_count
from extractor.mention.period_point import PointReader
from extractor.mention.period_table import Event, Holiday

_LUNAR_MONTH = {"正": 1, "冬": 11, "腊": 12}
_NAMES = ("联欢", "晚会", "路", "广场", "公园", "村", "乡", "镇", "街", "区", "县", "水库", "公社", "大队")


class FeastReader:
    """Reads a holiday, a lunar day or an event at a place of the text."""

    __slots__ = ("context", "pattern", "plain", "table")

    def __init__(self, points: PointReader) -> None:
        self.plain = points.plain
        self.context: Context = points.context
        self.pattern = points.pattern
        self.table = points.table

    def read_feast(self, at: int, end: int, year: int | None) -> Point | None:
        """A holiday or a lunar day at `end` that belongs to a year before it (2024年春节, 今年正月初八)."""
        skip = end + (self.plain[end : end + 1] == "的")
        match = self.pattern.holiday.match(self.plain, skip)
        if match is not None:
            quoted = match[0][0] in '“"「'
            surface = match[0][1:] if quoted and match[0] not in self.table.holidays else match[0]
            holiday = self.table.holidays[surface]
            point = self.read_holiday(match.end() - len(surface), holiday, year)
            return (
                None
                if point is None
                else Point(at, point.end, point.dates, "holiday", point.rule, year, None, year is not None)
            )
        if self.plain.startswith(("农历", "阴历", "旧历", "正月", "腊月", "冬月"), skip):
            point = self.read_lunar(skip, year)
            return (
                None
                if point is None
                else Point(at, point.end, point.dates, "day", "lunar", year, None, year is not None)
            )
        return None

    def read_lunar(self, at: int, year: int | None) -> Point | None:
        match = self.pattern.lunar.match(self.plain, at)
        if match is None or match.end() == at or not match["m"]:
            return None
        if not match["h"] and match["m"] not in "正腊冬":
            return None
        month = _LUNAR_MONTH.get(match["m"]) or parse_count(match["m"]) or 1
        cell = match["c"] or match["d"]
        day = parse_count(cell) if cell else None
        return Point(at, match.end(), self._place_lunar(month, day, year), "day" if day else "month", "lunar")

    def _place_lunar(self, month: int, day: int | None, year: int | None) -> Dates:
        """With a year its lunar day; without one that of the publication year, if it had begun."""
        if year is not None:
            return lunar_dates(year, month, day)
        context = self.context
        if context.said_year is not None:
            return lunar_dates(context.said_year, month, day)
        if context.year is None:
            return NOWHERE
        for lunar_year in (context.year, context.year - 1):
            dates = lunar_dates(lunar_year, month, day)
            if dates.start is None or dates.start.year != context.year:
                continue
            if context.today is None or dates.start <= context.today:
                return dates
        return NOWHERE

    def read_holiday(self, at: int, holiday: Holiday, year: int | None) -> Point | None:
        text, start, end = self.plain, at, at + len(holiday.surface)
        quoted = bool(at) and text[at - 1] in '“"「' and text[end : end + 1] in ("”", '"', "」")
        if quoted:
            start, end = at - 1, end + 1
        if holiday.bare != "yes":
            affix = self.pattern.affix.match(text, end)
            behind = affix is not None and self._fits_holiday(affix[0])
            if not behind and not (quoted and text[end : end + 1] in tuple("，。、；等和及")):
                return None
            if not quoted and at and text[at - 1] in "0123456789一二三四五六七八九十百第":
                return None
        elif text.startswith(_NAMES, end) or "周年" in text[end : end + 5]:
            return None
        return Point(start, end, self.holiday_dates(holiday, year), "holiday", f"holiday:{holiday.surface}")

    def _fits_holiday(self, surface: str) -> bool:
        affix = self.table.affixes[surface]
        return "holiday" in affix.grains or surface in ("期间", "前后", "以来", "以后", "之前", "以前", "之后")

    def holiday_dates(self, holiday: Holiday, year: int | None, whole: bool = False) -> Dates:
        """The holiday itself, or (`whole`) all its days; without a year only if it had begun by publication."""
        context = self.context
        said = year if year is not None else context.said_year
        known = said if said is not None else context.year
        if known is None:
            return NOWHERE
        month, day = holiday.first
        if holiday.calendar == "lunar":
            dates = lunar_dates(known - (month == 12), month, day)
        elif holiday.calendar == "qingming":
            dates = clear_brightness(known)
        else:
            dates = to_dates(known, Part(month, day, month, day))
        if dates.start is None or (said is None and context.today is not None and dates.start > context.today):
            return NOWHERE
        size = holiday.last[1] - holiday.first[1]
        return Dates(dates.start, dates.start + timedelta(days=size)) if whole else dates

    def read_event(self, at: int, event: Event) -> Point | None:
        text, start, end = self.plain, at, at + len(event.surface)
        if at and text[at - 1] in '“"「' and text[end : end + 1] in ("”", '"', "」"):
            start, end = at - 1, end + 1
        window = self.pattern.window.match(text, end)
        if window is not None and window["u"] == "年" and (window["t2"] or "") in ("来", "以来", "间"):
            return Point(
                start,
                window.end(),
                Dates(event.dates.start, self.context.today),
                "window",
                f"event:{event.surface}",
                open=True,
            )
        affix = self.pattern.affix.match(text, end)
        opens = at == 0 or text[at - 1] in "，。；：、！？\n在年"
        if affix is None and (event.bare == "no" or (event.bare == "opening" and not opens)):
            return None
        dates = event.dates
        if event.part is not None:
            year = self.context.year_of(event.part)
            dates = to_dates(year, event.part) if year is not None else NOWHERE
        return Point(start, end, dates, "event", f"event:{event.surface}", open=True)
