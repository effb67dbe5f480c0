"""Table rows to records: the way back of row.py."""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from extractor.store.row import COLUMNS

FACT = COLUMNS["fact"]
OTHER = {
    "doc": "d.doc",
    "article_id": "a.article_id",
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
COLUMN_LIST = ", ".join([*(f"f.{name}" for name in FACT), *OTHER.values()])
JOINS = (
    "JOIN sentence s ON s.sentence_pk = f.sentence_pk JOIN article a ON a.article_pk = f.article_pk "
    "JOIN document d ON d.document_pk = a.document_pk LEFT JOIN place p ON p.place_pk = f.place_pk"
)
Plain = dict[str, Any]
QUANTITY = (
    *("value", "min_value", "max_value", "modifier", "unit", "dimension", "value_cny", "standard_value"),
    *("standard_unit", "per", "amount_unit", "as_read"),
)


def to_fact(cells: Mapping[str, Any]) -> Plain:
    """A fact's record as plain values, from its cells by NAMES."""
    period, program = to_span(cells, "period"), to_span(cells, "program")
    bbox = cells["evidence_bbox"]
    return {
        "doc": cells["doc"],
        **{name: cells[name] for name in ("fact_id", "article_id", "kind", "indicator_id", "part_of", "repeat_of")},
        **{name: cells[name] for name in ("rule", "confidence")},
        "quantity": {
            **(to_span(cells, "quantity") or {}),
            **{name: cells[name] for name in QUANTITY},
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


def to_span(cells: Mapping[str, Any], name: str) -> Plain | None:
    """The text and the offsets of a part of a fact; None where it has none."""
    if cells[f"{name}_text"] is None:
        return None
    return {
        "text": cells[f"{name}_text"],
        "start_char": cells[f"{name}_start"],
        "end_char": cells[f"{name}_end"],
    }


def to_place(cells: Mapping[str, Any]) -> Plain | None:
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
