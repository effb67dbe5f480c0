"""Extension attributes.

A Doc's attributes are plain values in its `user_data`, where spaCy keeps such attributes: they go with it into bytes,
DocBin and other processes. A Span's are read from those of its Doc each time.
"""

from __future__ import annotations

import datetime
from functools import partial
from typing import Any

from spacy.tokens import Doc, Span

from extractor.errors import UsageError
from extractor.spacy_component.span import Plain, to_key

LISTS = ("articles", "facts", "places", "programs", "periods")


def to_name(records: str) -> str:
    """The attribute that holds a list of records."""
    return "govfacts" if records == "facts" else f"govfacts_{records}"


RESULTS = (*map(to_name, LISTS), "govfacts_index")


def register_extensions() -> None:
    """Makes the attributes known to spaCy; may be called again."""
    for name in RESULTS:
        Doc.set_extension(name, getter=partial(get_value, name), setter=partial(set_value, name), force=True)
    Doc.set_extension("govfacts_date", getter=partial(get_value, "govfacts_date"), setter=set_date, force=True)
    Doc.set_extension("govfacts_source", getter=partial(get_value, "govfacts_source"), setter=set_source, force=True)
    Span.set_extension("govfacts_record", getter=get_record, force=True)
    Span.set_extension("govfacts_facts", getter=get_facts, force=True)
    Span.set_extension("govfacts_fact", getter=get_fact, force=True)


def get_value(name: str, doc: Doc) -> Any:
    """An attribute's value; None before the component has run."""
    value = to_store(doc).get(to_slot(name))
    if isinstance(value, tuple):  # DocBin gives lists back as tuples
        value = to_store(doc)[to_slot(name)] = to_lists(value)
    return value


def set_value(name: str, doc: Doc, value: Any) -> None:
    to_store(doc)[to_slot(name)] = value


def to_store(doc: Doc) -> dict[Any, Any]:
    return doc.user_data


def to_slot(name: str) -> tuple[str, str, None, None]:
    """The key under which spaCy itself keeps a Doc's attribute."""
    return "._.", name, None, None


def set_date(doc: Doc, value: Any) -> None:
    """Takes what `extract` takes as a date, or a datetime.date; None takes it away. Raises UsageError."""
    if isinstance(value, datetime.date):
        value = f"{value.year:04d}-{value.month:02d}-{value.day:02d}"
    set_value("govfacts_date", doc, check_text("govfacts_date", value, "such as '2024-07-15'"))


def set_source(doc: Doc, value: Any) -> None:
    """Takes the name that the records carry as `doc`; None takes it away. Raises UsageError."""
    set_value("govfacts_source", doc, check_text("govfacts_source", value, "that names the text"))


def check_text(name: str, value: Any, meaning: str) -> str | None:
    if value is None or isinstance(value, str):
        return value
    raise UsageError(f"doc._.{name} was set to {value!r}: expected a string {meaning}, or None")


def to_lists(node: Any) -> Any:
    """The same value with lists for its tuples."""
    if isinstance(node, dict):
        return {key: to_lists(value) for key, value in node.items()}
    if isinstance(node, (tuple, list)):
        return [to_lists(item) for item in node]
    return node


def get_record(span: Span) -> Plain | None:
    """What a span of `facts`, `places`, `programs` or `periods` shows; None for all others."""
    entry = find_entry(span)
    if entry is None or entry["record"] is None:
        return None
    name, at = entry["record"]
    record: Plain = get_value(to_name(name), span.doc)[at]
    return record


def get_facts(span: Span) -> list[Plain]:
    """The facts that a span of our groups is a part of."""
    entry = find_entry(span)
    if entry is None:
        return []
    facts = get_value("govfacts", span.doc)
    return [facts[at] for at in entry["facts"]]


def get_fact(span: Span) -> Plain | None:
    """The fact whose quantity a span of `facts` is; None for all others."""
    record = get_record(span)
    return record if record is not None and record["record"] == "fact" else None


def find_entry(span: Span) -> Plain | None:
    index: dict[str, Plain] = to_store(span.doc).get(to_slot("govfacts_index")) or {}
    return index.get(to_key(span))
