"""Rows of the database to hits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import ValidationError

from extractor.errors import StoreError
from extractor.search.highlight import find_quantity, find_terms
from extractor.search.question import Question
from extractor.search.select import to_table
from extractor.store import Connection
from extractor.store.record import COLUMN_LIST, JOINS, to_fact
from extractor.store.record import NAMES as FACT_NAMES
from schemas.search import SearchHit

SIZE = 400  # facts read at once
OTHER = {
    "newspaper": "d.newspaper",
    "source_uri": "d.source_uri",
    "title": "a.title",
    "kicker": "a.kicker",
    "article_kind": "a.kind",
    "published": "a.published",
    "article_page": "a.page",
    "text_quality": "a.text_quality",
    "duplicate_of": "a.duplicate_of",
    "verdict": "v.verdict",
    "origin": "v.origin",
}
NAMES = (*FACT_NAMES, *OTHER)
Cells = dict[str, Any]


def read_hits(
    connection: Connection, question: Question, facts: Sequence[int], scores: Mapping[int, Any]
) -> list[SearchHit]:
    """The hits of these facts (fact_pk), in their order. Raises StoreError where a row breaks the contract."""
    columns = f"{COLUMN_LIST}, {', '.join(OTHER.values())}"
    source = f"{to_table(question)} f {JOINS} LEFT JOIN fact_review v ON v.fact_pk = f.fact_pk"
    terms = [term.text for term in question.terms if not term.excluded]
    found: dict[int, SearchHit] = {}
    for at in range(0, len(facts), SIZE):
        some = facts[at : at + SIZE]
        marks = ",".join("?" * len(some))
        for row in connection.query(f"SELECT {columns} FROM {source} WHERE f.fact_pk IN ({marks})", some):
            cells = dict(zip(NAMES, row, strict=True))
            number = cells["fact_pk"]
            try:
                found[number] = to_hit(cells, terms, scores.get(number))
            except ValidationError as error:
                reason = error.errors()[0]
                where = ".".join(map(str, reason["loc"]))
                raise StoreError(f"{connection.name}: fact {number} is damaged: {where}: {reason['msg']}") from error
    return [found[number] for number in facts if number in found]


def to_hit(cells: Cells, terms: Sequence[str], score: float | None) -> SearchHit:
    """One row as a hit."""
    text, start, end = cells["evidence_text"], cells["evidence_start"], cells["evidence_end"]
    title, kicker = cells["title"], cells["kicker"]
    return SearchHit.model_validate(
        {
            "fact": to_fact(cells),
            "article": {
                **{name: cells[name] for name in ("article_id", "title", "kicker", "published", "newspaper")},
                **{name: cells[name] for name in ("source_uri", "text_quality", "duplicate_of")},
                "kind": cells["article_kind"],
                "page": cells["article_page"],
            },
            "year": cells["year"],
            "day": cells["day"],
            "counted": bool(cells["counted"]),
            "verdict": cells["verdict"],
            "origin": cells["origin"] or "machine",
            "score": score,
            "highlight": {
                "quantity": find_quantity(text, start, end, cells["quantity_text"], cells["quantity_start"]),
                "terms": find_terms(text, terms),
                "title": find_terms(title or "", terms),
                "kicker": find_terms(kicker or "", terms),
            },
        }
    )
