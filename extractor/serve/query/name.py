"""Programs and time expressions of a question's facts, the most frequent first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from extractor.search.condition import Condition
from extractor.search.select import build_selection
from extractor.serve.query.cursor import parse_cursor, to_cursor
from extractor.serve.query.question import to_question
from extractor.store import Connection
from schemas.api import PeriodItem, PeriodPage, ProgramItem, ProgramPage
from schemas.query import PeriodQuery, ProgramQuery

CURSOR = ((int,), (str,), (str,), (str,))


class Grouping(NamedTuple):
    """`names`: columns of fact that tell one entry from another, three; `figures`: what is told of it beside its
    number of facts."""

    names: tuple[str, str, str]
    figures: tuple[str, ...]


PROGRAM = Grouping(("f.program_text", "f.program_type", "f.program_type"), ("min(f.year)", "max(f.year)"))
PERIOD = Grouping(("f.period_text", "f.period_start_date", "f.period_end_date"), ())


class Entry(NamedTuple):
    """A name: its cells, empty for null, its number of facts, and its figures."""

    names: tuple[str, str, str]
    facts: int
    figures: tuple[Any, ...]


def read_programs(connection: Connection, query: ProgramQuery) -> ProgramPage:
    """Programs from the cursor on. Raises UsageError, StoreError."""
    typed = [Condition("f.program_type = ?", (query.type,))] if query.type else []
    total, entries, cursor = _read(connection, query, PROGRAM, typed)
    programs = [
        ProgramItem.model_validate(
            {"text": entry.names[0], "type": entry.names[1], "facts": entry.facts}
            | dict(zip(("first_year", "last_year"), entry.figures, strict=True))
        )
        for entry in entries
    ]
    return ProgramPage(total=total, programs=tuple(programs), cursor=cursor)


def read_periods(connection: Connection, query: PeriodQuery) -> PeriodPage:
    """Time expressions from the cursor on. Raises UsageError, StoreError."""
    total, entries, cursor = _read(connection, query, PERIOD, [])
    periods = [
        PeriodItem(text=text, start_date=start or None, end_date=end or None, facts=facts)
        for (text, start, end), facts, _ in entries
    ]
    return PeriodPage(total=total, periods=tuple(periods), cursor=cursor)


def _read(
    connection: Connection, query: ProgramQuery | PeriodQuery, grouping: Grouping, more: Sequence[Condition]
) -> tuple[int, list[Entry], str | None]:
    selection = build_selection(connection, to_question(query), ranked=False)
    columns = ", ".join(f"coalesce({name}, '') AS n{number}" for number, name in enumerate(grouping.names))
    figures = "".join(f", {figure} AS f{number}" for number, figure in enumerate(grouping.figures))
    sql, values = selection.to_sql(
        f"{columns}, count(*) AS facts{figures}",
        f"GROUP BY {', '.join(dict.fromkeys(grouping.names))}",
        Condition(f"{grouping.names[0]} IS NOT NULL"),
        *more,
    )
    ((total,),) = connection.query(f"SELECT count(*) FROM ({sql}) entry", values)
    key = parse_cursor(query, query.cursor, CURSOR)
    behind = "" if key is None else "WHERE (-facts, n0, n1, n2) > (?, ?, ?, ?)"
    place = () if key is None else (-int(key[0] or 0), *key[1:])
    sql = f"SELECT * FROM ({sql}) entry {behind} ORDER BY facts DESC, n0, n1, n2 LIMIT {query.limit + 1}"
    rows = [Entry(tuple(row[:3]), row[3], tuple(row[4:])) for row in connection.query(sql, (*values, *place))]
    shown = rows[: query.limit]
    cursor = to_cursor(query, (shown[-1].facts, *shown[-1].names)) if len(rows) > query.limit else None
    return int(total), shown, cursor
