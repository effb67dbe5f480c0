"""A row a filter: what an option of a question asks of a fact."""

from __future__ import annotations

import calendar
from collections.abc import Callable, Sequence
from typing import NamedTuple

from extractor.errors import UsageError
from extractor.fold import to_simplified
from extractor.lexicon.table import active_overlay, read_table
from extractor.search.amount import resolve_range
from extractor.search.condition import NONE, Condition, all_of, any_of, one_of
from extractor.search.name import build_inside, find_indicator_texts, find_programs
from extractor.search.place import resolve_place, to_condition
from extractor.search.question import OPTIONS, Question
from extractor.store import Connection

MOST_NAMES = 20_000  # SQLite takes 32,766 values in a statement


class Filter(NamedTuple):
    """`names`: fields of a question. `build`: the condition on row f of table fact, where one of them is set.
    `indexed`: whether an index finds these facts, where they are few."""

    names: tuple[str, ...]
    build: Callable[[Connection, Question], Condition]
    indexed: bool = False


def _kind(connection: Connection, question: Question) -> Condition:
    return Condition("f.kind = ?", (question.kind,))


def _amount(connection: Connection, question: Question) -> Condition:
    scale, low, high = resolve_range(question.minimum, question.maximum, question.unit)
    parts: list[Condition] = []
    if scale is not None:
        parts.append(Condition("f.amount_unit = ?", (scale.amount_unit,)))
        if scale.unit is not None:
            parts.append(Condition("f.unit = ?", (scale.unit,)))
    if low is not None:
        parts.append(Condition("f.amount >= ?", (low,)))
    if high is not None:
        parts.append(Condition("f.amount <= ?", (high,)))
    return all_of(parts)


def _place(connection: Connection, question: Question) -> Condition:
    inside = to_condition(resolve_place(question.place or ""))
    return Condition(f"f.place_pk IN (SELECT place_pk FROM place WHERE {inside.sql})", inside.values)


def _first_day(connection: Connection, question: Question) -> Condition:
    return Condition("f.day >= ?", (parse_day("first_day", question.first_day or "")[0],))


def _last_day(connection: Connection, question: Question) -> Condition:
    return Condition("f.day <= ?", (parse_day("last_day", question.last_day or "")[1],))


def _program(connection: Connection, question: Question) -> Condition:
    return _named("f.program_text", "program", find_programs(connection, question.program or ""))


def _indicator(connection: Connection, question: Question) -> Condition:
    text = question.indicator or ""
    identity = find_indicator(to_simplified(text.strip()))
    inside = build_inside(connection, text)
    named = _named("f.indicator_text", "indicator", find_indicator_texts(connection, text))
    parts = [all_of([inside, named])]
    if identity is not None:
        parts.append(Condition("f.indicator_id = ?", (identity,)))
    return any_of(parts)


def _newspaper(connection: Connection, question: Question) -> Condition:
    names = to_spellings(question.newspaper or "")
    marks = ",".join("?" * len(names))
    return Condition(
        "f.article_pk IN (SELECT a.article_pk FROM document d JOIN article a ON a.document_pk = d.document_pk "
        f"WHERE d.newspaper IN ({marks}))",
        names,
    )


def _quality(connection: Connection, question: Question) -> Condition:
    return Condition(
        "EXISTS (SELECT 1 FROM article a WHERE a.article_pk = f.article_pk AND a.text_quality >= ?)",
        (question.min_quality,),
    )


def _confidence(connection: Connection, question: Question) -> Condition:
    return Condition("f.confidence >= ?", (question.min_confidence,))


FILTERS = (
    Filter(("place",), _place, indexed=True),
    Filter(("kind",), _kind),
    Filter(("minimum", "maximum", "unit"), _amount, indexed=True),
    Filter(("first_day",), _first_day, indexed=True),
    Filter(("last_day",), _last_day, indexed=True),
    Filter(("program",), _program, indexed=True),
    Filter(("indicator",), _indicator, indexed=True),
    Filter(("newspaper",), _newspaper, indexed=True),
    Filter(("min_quality",), _quality),
    Filter(("min_confidence",), _confidence),
)


def build_filters(connection: Connection, question: Question) -> list[Condition]:
    """The conditions on row f of table fact, without those of the text. Raises UsageError."""
    asked = [row for row in FILTERS if any(getattr(question, name) is not None for name in row.names)]
    conditions = [row.build(connection, question) for row in asked]
    return conditions if question.repeats or question.rejected else [*conditions, Condition("f.counted = 1")]


def has_indexed(question: Question) -> bool:
    """Whether an index may find a question's facts without its text."""
    return any(row.indexed and any(getattr(question, name) is not None for name in row.names) for row in FILTERS)


def parse_day(name: str, text: str) -> tuple[str, str]:
    """First and last day of a day, a month or a year. Raises UsageError that names the option."""
    from extractor.read.date import parse_option

    try:
        date = parse_option(text)
    except UsageError as error:
        raise UsageError(f"--{OPTIONS[name]} {error}") from error
    first, last = date.month or 1, date.month or 12
    end = date.day or calendar.monthrange(date.year, last)[1]
    return f"{date.year:04d}-{first:02d}-{date.day or 1:02d}", f"{date.year:04d}-{last:02d}-{end:02d}"


def find_indicator(text: str) -> str | None:
    """The canonical indicator of an id, a name or a form; None where the tables know none."""
    for row in read_table("indicator.tsv", active_overlay()):
        if text in (row["id"], row["form"], row["name"]):
            return row["id"]
    return None


def to_spellings(text: str) -> tuple[str, ...]:
    """A text as given and in simplified characters."""
    plain = text.strip()
    return tuple(dict.fromkeys((plain, to_simplified(plain))))


def _named(column: str, name: str, names: Sequence[str]) -> Condition:
    if len(names) > MOST_NAMES:
        raise UsageError(f"--{OPTIONS[name]}: fits {len(names)} names, at most {MOST_NAMES}; write more of it")
    return one_of(column, names) if names else NONE
