"""The form that corrects a fact: its fields as texts, what was changed, and what is wrong with it, field by field."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple, get_args

from extractor.errors import RecordError
from extractor.review.correct import correct
from extractor.review.sentence import Sentence
from schemas import FactRecord
from schemas.fact import Kind, Modifier
from schemas.program import ProgramType


class Field(NamedTuple):
    """An input: `name` on the page, the record's field and the part of it; `choices` of a list."""

    name: str
    record: str
    part: str = ""
    choices: tuple[str, ...] = ()


SPANS = ("indicator", "action", "subject", "base")
FIELDS = (
    Field("kind", "kind", "", get_args(Kind)),
    Field("quantity", "quantity", "text"),
    Field("modifier", "quantity", "modifier", get_args(Modifier)),
    Field("value", "quantity", "value"),
    Field("min_value", "quantity", "min_value"),
    Field("max_value", "quantity", "max_value"),
    Field("unit", "quantity", "unit"),
    Field("indicator", "indicator", "text"),
    Field("indicator_id", "indicator_id"),
    Field("action", "action", "text"),
    Field("subject", "subject", "text"),
    Field("place", "place"),
    Field("program", "program", "text"),
    Field("program_type", "program", "type", get_args(ProgramType)),
    Field("period", "period", "text"),
    Field("start_date", "period", "start_date"),
    Field("end_date", "period", "end_date"),
    Field("base", "base", "text"),
)
KEPT = ("unit",)  # an empty text says something


def to_texts(fact: FactRecord) -> dict[str, str]:
    """What the form shows of a fact."""
    texts: dict[str, str] = {}
    for field in FIELDS:
        value: Any = getattr(fact, field.record)
        if field.record == "place":
            value = "/".join(value.path or (value.name,)) if value is not None else None
        elif field.part and value is not None:
            value = getattr(value, field.part)
        texts[field.name] = "" if value is None else str(value)
    return texts


def find_changes(fact: FactRecord, form: Mapping[str, str]) -> dict[str, Any]:
    """The fields that the form changes, as `decide` takes them; a field that it does not hold stays."""
    before = to_texts(fact)
    changed = {
        field: form[field.name].strip()
        for field in FIELDS
        if field.name in form and form[field.name].strip() != before[field.name]
    }
    changes: dict[str, Any] = {}
    for field, text in changed.items():
        value = text if text or field.name in KEPT else None
        if not field.part:
            changes[field.record] = value
        elif field.part == "text" and value is None and field.record != "quantity":
            changes[field.record] = None
        elif changes.get(field.record, {}) is not None:
            changes.setdefault(field.record, {})[field.part] = value
    for name in SPANS:
        if isinstance(changes.get(name), dict):
            changes[name] = changes[name]["text"]
    return changes


def find_errors(fact: FactRecord, changes: Mapping[str, Any], sentence: Sentence) -> dict[str, str]:
    """By input: why the records' models refuse what was written there; every changed field is looked at alone, then all
    together."""
    errors: dict[str, str] = {}
    for name, value in changes.items():
        errors.update(_check(fact, {name: value}, sentence))
    return errors or _check(fact, changes, sentence)


def _check(fact: FactRecord, changes: Mapping[str, Any], sentence: Sentence) -> dict[str, str]:
    try:
        correct(fact, changes, sentence)
    except RecordError as error:
        where, _, reason = str(error).partition(": ")
        record, _, part = where.partition(".")
        return {_to_input(record, part, changes): reason or where}
    return {}


def _to_input(record: str, part: str, changes: Mapping[str, Any]) -> str:
    """The input that holds a record's field; where the part is derived, the first one that was changed."""
    own = [field for field in FIELDS if field.record == record]
    exact = next((field.name for field in own if field.part == part), None)
    given = changes.get(record)
    touched = next((field.name for field in own if isinstance(given, dict) and field.part in given), None)
    return exact or touched or (own[0].name if own else "kind")
