"""Searching by reading everything: what the indexes are held to."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from extractor.fold import fold
from extractor.search import Question, search
from extractor.store import Connection

SQL = """
SELECT f.fact_pk, f.fact_id, f.kind, f.amount, f.amount_unit, f.unit, f.day, f.year, f.program_text, f.indicator_text,
    f.indicator_id, f.confidence, f.counted, s.text, a.title, a.kicker, a.text_quality, d.newspaper, p.path, p.adcode
FROM fact f JOIN sentence s ON s.sentence_pk = f.sentence_pk JOIN article a ON a.article_pk = f.article_pk
JOIN document d ON d.document_pk = a.document_pk LEFT JOIN place p ON p.place_pk = f.place_pk
"""


class Row(NamedTuple):
    """A fact with all that it is searched by."""

    pk: int
    fact_id: str
    kind: str
    amount: float | None
    amount_unit: str
    unit: str
    day: str | None
    year: int | None
    program: str | None
    indicator: str | None
    indicator_id: str | None
    confidence: float
    counted: int
    text: str
    title: str | None
    kicker: str | None
    quality: float | None
    newspaper: str | None
    path: str | None
    adcode: str | None


class Rows(list[Row]):
    """Facts; a failing test shows how many instead of all of them."""

    def __repr__(self) -> str:
        return f"<{len(self)} facts>"


def read_rows(connection: Connection) -> Rows:
    return Rows(Row(*row) for row in connection.query(SQL))


def bare(text: str | None) -> str:
    return fold("".join((text or "").split()))


def holds(row: Row, term: str) -> bool:
    """Whether a term stands in the sentence or in its headline."""
    part = bare(term)
    head = bare(" ".join(filter(None, (row.kicker, row.title))))
    return part in bare(row.text) or part in head


def find_all(connection: Connection, **fields: Any) -> list[str]:
    """All hits of a question, page by page."""
    found: list[str] = []
    cursor = None
    while True:
        page = search(connection, Question(**{"limit": 1000, **fields, "cursor": cursor}))
        found += [hit.fact.fact_id for hit in page.hits]
        cursor = page.cursor
        if cursor is None:
            assert len(found) == page.total
            return found


def ids(rows: Iterable[Row]) -> list[str]:
    return sorted(row.fact_id for row in rows)


def find_texts(rows: Sequence[Row]) -> list[str]:
    """Sentences and headlines, each once."""
    texts = [text for row in rows for text in (row.text, row.title, row.kicker) if text]
    return list(dict.fromkeys(texts))
