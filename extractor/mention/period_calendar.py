"""Dates of years, months, weeks and lunar days. All ends are inclusive."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from typing import NamedTuple


class Dates(NamedTuple):
    """First and last day; None where open or not resolvable."""

    start: date | None
    end: date | None


class Part(NamedTuple):
    """A part of a year. `last_month` over 12 lies in the next year; `last_day` 0 is the month's last day."""

    first_month: int
    first_day: int
    last_month: int
    last_day: int


NOWHERE = Dates(None, None)
WHOLE_YEAR = Part(1, 1, 12, 31)


def to_day(year: int, month: int, day: int) -> date | None:
    """The day; months count on over the year's end (14 is February of the next), day 0 is the month's last."""
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    if not 1 <= year <= 9998:
        return None
    size = monthrange(year, month)[1]
    return date(year, month, day or size) if day <= size else None


def to_dates(year: int, part: Part) -> Dates:
    """The part's dates in a year; both None where one of them is no day of the calendar."""
    start = to_day(year, part.first_month, part.first_day)
    end = to_day(year, part.last_month, part.last_day)
    return NOWHERE if start is None or end is None else Dates(start, end)


def parse_part(cell: str) -> Part | None:
    """A table cell such as 03-01..05-00 or 12-01..14-00; None where it holds no dates."""
    first, _, last = cell.partition("..")
    if not last:
        return None
    numbers = [int(n) for n in (*first.split("-"), *last.split("-"))]
    return Part(*numbers)


def month_dates(year: int, month: int, months: int = 1) -> Dates:
    return to_dates(year, Part(month, 1, month + months - 1, 0))


def shift_months(day: date, months: int) -> date:
    """The same day so many months on, the month's last where it has no such day."""
    index = day.year * 12 + day.month - 1 + months
    year, month = max(1, index // 12), index % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def shift_years(dates: Dates, years: int) -> Dates:
    """The same stretch so many years on; a month's last day stays the last."""

    def shift(day: date | None) -> date | None:
        if day is None:
            return None
        moved = shift_months(day, 12 * years)
        return to_day(moved.year, moved.month, 0) if day.day == monthrange(day.year, day.month)[1] else moved

    return Dates(shift(dates.start), shift(dates.end))


def week_dates(today: date, weeks: int, weekday: int | None = None) -> Dates:
    """A week from Monday to Sunday, or one weekday (0 is Monday) of it."""
    monday = today - timedelta(days=today.weekday()) + timedelta(weeks=weeks)
    if weekday is not None:
        day = monday + timedelta(days=weekday)
        return Dates(day, day)
    return Dates(monday, monday + timedelta(days=6))


def lunar_dates(year: int, month: int, day: int | None) -> Dates:
    """A day or (day None) a month of the lunar year; both None outside 1900..2099. Day 0 is the month's last."""
    if not 1901 <= year <= 2097:
        return NOWHERE
    from lunardate import LunarDate

    try:
        following = LunarDate(year + month // 12, month % 12 + 1, 1).to_solar_date()
        first = LunarDate(year, month, day or 1).to_solar_date()
    except ValueError:
        return NOWHERE
    if day:
        return Dates(first, first)
    last = following - timedelta(days=1)
    if LunarDate.leap_month_for_year(year) == month:
        last = LunarDate(year, month, 1, True).to_solar_date() - timedelta(days=1)
    return Dates(last if day == 0 else first, last)


def clear_brightness(year: int) -> Dates:
    """Qingming (清明), from the mean tropical year; right for 1900..2099."""
    base = 5.59 if year < 2000 else 4.81
    index = year % 100
    return to_dates(year, Part(4, int(index * 0.2422 + base) - index // 4, 4, int(index * 0.2422 + base) - index // 4))
