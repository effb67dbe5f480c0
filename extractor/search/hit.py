"""Rows of the database to hits."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from pydantic import ValidationError

from extractor.errors import StoreError
from extractor.search.highlight import find_quantity, find_terms
from extractor.search.question import Question
from extractor.store import Connection
from extractor.store.row import COLUMNS
from schemas.search import SearchHit

SIZE = 400  # facts read at once
FACT = COLUMNS["fact"]
OTHER = {
    "doc": "d.doc",
    "newspaper": "d.newspaper",
    "source_uri": "d.source_uri",
    "article_id": "a.article_id",
    "title": "a.title",
    "kicker": "a.kicker",
    "article_kind": "a.kind",
    "published": "a.published",
    "article_page": "a.page",
    "text_quality": "a.text_quality",
    "duplicate_of": "a.duplicate_of",
    "evidence_text": "s.text",
    "evidence_start": "s.start_char",
    "evidence_end": "s.end_char",
    "evidence_page": "s.page",
    "evidence_bbox": "s.bbox",
    "place_adcode": "p.adcode",
    "place_id": "p.place_id",
    "place_name": "p.name",
    "place_level": "p.level",
    "place_path": "p.path",
}
NAMES = (*FACT, *OTHER)
SOURCE = (
    "fact f JOIN sentence s ON s.sentence_pk = f.sentence_pk JOIN article a ON a.article_pk = f.article_pk "
    "JOIN document d ON d.document_pk = a.document_pk LEFT JOIN place p ON p.place_pk = f.place_pk"
)
Cells = dict[str, Any]


def read_hits(
    connection: Connection, question: Question, facts: Sequence[int], scores: Mapping[int, Any]
) -> list[SearchHit]:
    """The hits of these facts (fact_pk), in their order. Raises StoreError where a row breaks the contract."""
    columns = ", ".join([*(f"f.{name}" for name in FACT), *OTHER.values()])
    terms = [term.text for term in question.terms if not term.excluded]
    found: dict[int, SearchHit] = {}
    for at in range(0, len(facts), SIZE):
        some = facts[at : at + SIZE]
        marks = ",".join("?" * len(some))
        for row in connection.query(f"SELECT {columns} FROM {SOURCE} WHERE f.fact_pk IN ({marks})", some):
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
            "score": score,
            "highlight": {
                "quantity": find_quantity(text, start, end, cells["quantity_text"], cells["quantity_start"]),
                "terms": find_terms(text, terms),
                "title": find_terms(title or "", terms),
                "kicker": find_terms(kicker or "", terms),
            },
        }
    )


def to_fact(cells: Cells) -> Cells:
    """The fact's record as plain values."""
    quantity = ("value", "min_value", "max_value", "modifier", "unit", "dimension", "value_cny", "standard_value")
    period = to_span(cells, "period")
    program = to_span(cells, "program")
    bbox = cells["evidence_bbox"]
    return {
        "doc": cells["doc"],
        **{name: cells[name] for name in ("fact_id", "article_id", "kind", "indicator_id", "part_of", "repeat_of")},
        **{name: cells[name] for name in ("rule", "confidence")},
        "quantity": {
            **(to_span(cells, "quantity") or {}),
            **{name: cells[name] for name in (*quantity, "standard_unit", "per", "amount_unit")},
            "amount": to_decimal(cells["amount"]),
        },
        **{name: to_span(cells, name) for name in ("indicator", "action", "subject", "base")},
        "place": to_place(cells),
        "program": None if program is None else {**program, "type": cells["program_type"]},
        "period": period and {**period, "start_date": cells["period_start_date"], "end_date": cells["period_end_date"]},
        "evidence": {
            "text": cells["evidence_text"],
            "start_char": cells["evidence_start"],
            "end_char": cells["evidence_end"],
            "page": cells["evidence_page"],
            "bbox": None if bbox is None else json.loads(bbox),
        },
    }


def to_span(cells: Cells, name: str) -> Cells | None:
    """The text and the offsets of a part of a fact; None where it has none."""
    if cells[f"{name}_text"] is None:
        return None
    return {
        "text": cells[f"{name}_text"],
        "start_char": cells[f"{name}_start"],
        "end_char": cells[f"{name}_end"],
    }


def to_place(cells: Cells) -> Cells | None:
    """The place of a fact."""
    if cells["place_name"] is None:
        return None
    return {
        "adcode": cells["place_adcode"],
        "place_id": cells["place_id"],
        "name": cells["place_name"],
        "level": cells["place_level"],
        "path": tuple(cells["place_path"].split("/")) if cells["place_path"] else (),
        "basis": cells["place_basis"],
    }


def to_decimal(amount: float | None) -> str | None:
    """A number as a plain decimal."""
    if amount is None:
        return None
    text = format(Decimal(repr(amount)), "f")
    return (text.rstrip("0").rstrip(".") if "." in text else text) or "0"
