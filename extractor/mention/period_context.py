"""What a text has said about time so far, and the year or month that an expression without one means."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from extractor.mention.period_calendar import NOWHERE, Dates, Part, month_dates, to_day
from extractor.model import Published

_RECENT_DAYS = 10


@dataclass(frozen=True, slots=True)
class Point:
    """One time expression without the words before and behind it. `named`: it carries its own year, so months
    that follow belong to that year. `open`: it has no fixed end (以来, 前后) and names no year for others."""

    start: int
    end: int
    dates: Dates
    grain: str  # year, part, month, day, decade, plan, event, holiday, word, window, recurrence
    rule: str
    year: int | None = None
    month: int | None = None
    named: bool = False
    open: bool = False


class Context:
    """`today` is None where the publication day is unknown. The named year lasts to the end of its paragraph."""

    __slots__ = ("base_year", "last", "month", "named_at", "named_day", "named_month", "named_year", "today", "year")

    def __init__(self, published: Published | None, base_year: int | None) -> None:
        self.today: date | None = None
        self.year = published.year if published else None
        self.month = published.month if published else None
        if published and published.month and published.day:
            self.today = to_day(published.year, published.month, published.day)
        self.base_year = base_year
        self.forget()

    def forget(self) -> None:
        """A new paragraph begins."""
        self.named_year: int | None = None
        self.named_at = 0  # where the expression that named it ends
        self.named_month: tuple[int, int] | None = None  # year, month
        self.named_day: date | None = None
        self.last = NOWHERE

    def note(self, point: Point) -> None:
        """Remembers what a governing expression named."""
        if point.grain == "recurrence" or point.open:
            return
        if point.dates != NOWHERE:
            self.last = point.dates
        if point.named and point.year is not None:
            if point.year != self.named_year and point.month is None:
                self.named_month = None
            self.named_year = point.year
            self.named_at = point.end
        if point.month is not None and point.year is not None:
            self.named_month = (point.year, (point.month - 1) % 12 + 1)
        if point.grain == "day" and point.dates.start is not None and point.dates.start == point.dates.end:
            self.named_day = point.dates.start

    @property
    def said_year(self) -> int | None:
        return self.named_year if self.named_year is not None else self.base_year

    def year_of(self, part: Part, ahead: bool = False, named: bool = True) -> int | None:
        """The year of a part named without one: the paragraph's, else the latest that had begun.

        `ahead` takes the next to come; parts that run from January are reports, their last month must have begun;
        `named` False passes over the paragraph's year."""
        if named and self.said_year is not None:
            return self.said_year
        if self.year is None or self.month is None:
            return self.year
        whole = part.first_month == 1 and part.first_day == 1 and part.last_month not in (6, 12)
        month = min(part.last_month, 12) if whole else part.first_month
        day = 1 if whole else part.first_day or 28
        now = (self.month, self.today.day if self.today else 31)
        if ahead:
            return self.year if (part.last_month, part.last_day or 31) >= now else self.year + 1
        return self.year if (month, day) <= now else self.year - 1

    def is_recent(self, month: int, day: int) -> bool:
        """The day lies in the days before publication, as datelines do."""
        if self.today is None:
            return False
        found = to_day(self.today.year - (month > self.today.month), month, day)
        return found is not None and 0 <= (self.today - found).days <= _RECENT_DAYS

    def day_of(self, day: int, ahead: bool = False) -> date | None:
        """The day of a month named without one."""
        if self.named_month is not None:
            return to_day(*self.named_month, day)
        if self.today is None:
            return None
        months = range(3) if ahead else range(0, -3, -1)
        for month in months:
            found = to_day(self.today.year, self.today.month + month, day)
            if found is not None and (found >= self.today if ahead else found <= self.today):
                return found
        return None

    def month_of(self, offset: int) -> Dates:
        """本月, 上月, counted from the publication month."""
        if self.year is None or self.month is None:
            return NOWHERE
        return month_dates(self.year, self.month + offset)

    def two_digit_year(self, value: int, century: int | None = None) -> int:
        """The latest year with these last digits that is not far after publication."""
        if century is not None:
            return century * 100 + value
        limit = self.year + 5 if self.year is not None else 2030
        return limit - (limit - value) % 100
