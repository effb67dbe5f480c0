"""The period tables, read once an overlay: words, parts of a year, events, holidays, plans, words behind a period."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import product
from pathlib import Path

from extractor.errors import LexiconError
from extractor.lexicon.table import Row, blame, compile_any, read_table
from extractor.mention.period_calendar import NOWHERE, Dates, Part, parse_part


@dataclass(frozen=True, slots=True)
class Word:
    surface: str
    kind: str
    value: str
    not_after: str
    not_before: str


@dataclass(frozen=True, slots=True)
class Event:
    """`part`: the stretch of every year that it takes, for those that come each year (春耕, 入冬). `bare`: yes, no, or
    opening where it is a period without a word behind only at the head of its clause."""

    surface: str
    dates: Dates
    bare: str
    part: Part | None = None


@dataclass(frozen=True, slots=True)
class Holiday:
    """`bare`: yes, or affix where only quotation marks or a word behind make the name a period."""

    surface: str
    calendar: str
    first: tuple[int, int]
    last: tuple[int, int]
    bare: str


@dataclass(frozen=True, slots=True)
class Affix:
    surface: str
    kind: str
    grains: frozenset[str]
    not_before: str


@dataclass(frozen=True, slots=True)
class PeriodTable:
    words: dict[str, Word]
    parts: dict[str, tuple[Part, str]]
    events: dict[str, Event]
    holidays: dict[str, Holiday]
    affixes: dict[str, Affix]
    plans: dict[str, tuple[int, int]]
    plan_order: tuple[str, ...]
    guard: re.Pattern[str]


_GROUP = re.compile(r"\(([^()]*)\)")


def expand(pattern: str) -> list[str]:
    """Every spelling of a surface with alternatives.

    >>> expand("(党的|)十八大")
    ['党的十八大', '十八大']
    """
    pieces = [part.split("|") for part in _GROUP.split(pattern)]
    return ["".join(choice) for choice in product(*pieces)]


def alternation(surfaces: list[str] | dict[str, object]) -> str:
    """A regular expression of the surfaces, the longest first."""
    return "|".join(map(re.escape, sorted(surfaces, key=lambda s: (-len(s), s)))) or "(?!)"


def _day(cell: str) -> date | None:
    return date.fromisoformat(cell) if cell else None


def _pair(cell: str) -> tuple[int, int]:
    month, _, day = cell.partition("-")
    return int(month), int(day)


def _event(surface: str, row: Row) -> Event:
    if len(row["start"]) == len("03-01"):
        return Event(surface, NOWHERE, row["bare"], parse_part(f"{row['start']}..{row['end']}"))
    return Event(surface, Dates(_day(row["start"]), _day(row["end"])), row["bare"])


def _part(row: Row) -> tuple[Part, str]:
    with blame(row):
        part = parse_part(row["dates"])
    if part is None:
        raise LexiconError(f"{row['_line']}: {row['dates']!r} is no month-day..month-day")
    return part, row["not_before"]


@lru_cache(maxsize=4)
def load_table(overlay: Path | None = None) -> PeriodTable:
    """Raises LexiconError where a table is wrong."""
    words = {
        surface: Word(surface, row["kind"], row["value"], row["not_after"], row["not_before"])
        for row in read_table("period_word.tsv", overlay)
        for surface in expand(row["surface"])
    }
    events: dict[str, Event] = {}
    for row in read_table("period_event.tsv", overlay):
        for surface in expand(row["surface"]):
            with blame(row):
                events.setdefault(surface, _event(surface, row))
    holidays: dict[str, Holiday] = {}
    for row in read_table("period_holiday.tsv", overlay):
        for surface in expand(row["surface"]):
            with blame(row):
                holidays[surface] = Holiday(
                    surface, row["calendar"], _pair(row["first"]), _pair(row["last"]), row["bare"]
                )
    plans: dict[str, tuple[int, int]] = {}
    for row in read_table("period_plan.tsv", overlay):
        with blame(row):
            plans[row["surface"]] = (int(row["first"]), int(row["last"]))
    return PeriodTable(
        words=words,
        parts={row["surface"]: _part(row) for row in read_table("period_part.tsv", overlay)},
        events=events,
        holidays=holidays,
        affixes={
            row["surface"]: Affix(row["surface"], row["kind"], frozenset(row["grains"].split(",")), row["not_before"])
            for row in read_table("period_affix.tsv", overlay)
        },
        plans=plans,
        plan_order=tuple(plans),
        guard=compile_any(read_table("period_guard.tsv", overlay), "pattern"),
    )
