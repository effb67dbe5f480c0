"""Counts of a question's facts by what one could ask next."""

from __future__ import annotations

from typing import NamedTuple

from extractor.errors import UsageError
from extractor.search.question import Question
from extractor.search.select import build_selection
from extractor.store import Connection

MOST = 1_000
# Each facet's columns: the value to ask for, and what tells it apart for a reader.
FACETS = {
    "kind": "f.kind",
    "unit": "f.amount_unit",
    "year": "f.year",
    "province": "p.province",
    "place": "p.path",
    "program": "f.program_text",
    "indicator": "f.indicator_id",
    "newspaper": "d.newspaper",
}
JOINS = {
    "p": " JOIN place p ON p.place_pk = f.place_pk",
    "d": " JOIN article a ON a.article_pk = f.article_pk JOIN document d ON d.document_pk = a.document_pk",
}


class FacetCount(NamedTuple):
    """How many of a question's facts have a value."""

    value: str | int
    facts: int


def count_facets(
    connection: Connection, question: Question, names: tuple[str, ...] = tuple(FACETS), limit: int = 20
) -> dict[str, tuple[FacetCount, ...]]:
    """The most frequent values of each facet; facts without a value are left out. Raises UsageError."""
    if not 1 <= limit <= MOST:
        raise UsageError(f"--limit {limit}: expected 1 to {MOST}")
    unknown = [name for name in names if name not in FACETS]
    if unknown:
        raise UsageError(f"{unknown[0]!r}: no such facet; there are {', '.join(FACETS)}")
    selection = build_selection(connection, question, ranked=False)
    counts: dict[str, tuple[FacetCount, ...]] = {}
    for name in names:
        column = FACETS[name]
        joined = selection._replace(source=selection.source + JOINS.get(column[0], ""))
        known = f"AND {column} IS NOT NULL AND CAST({column} AS TEXT) <> ''"
        sql, values = joined.to_sql(
            f"{column}, count(*)", f"{known} GROUP BY {column} ORDER BY 2 DESC, 1 LIMIT {limit}"
        )
        counts[name] = tuple(FacetCount(*row) for row in connection.query(sql, values))
    return counts
