"""Why nothing was found, where the question tells."""

from __future__ import annotations

from typing import NamedTuple

from extractor.search.place import resolve_place, to_condition
from extractor.search.question import Question
from extractor.store import Connection

NOTES = {"place": "neither the gazetteer nor the database knows a place {value}"}


class Unknown(NamedTuple):
    """An option whose value nothing has."""

    option: str
    value: str


def find_unknown(connection: Connection, question: Question) -> tuple[Unknown, ...]:
    """What a question without hits names in vain."""
    if question.place is None:
        return ()
    target = resolve_place(question.place)
    if target.identities or target.townships:
        return ()
    inside = to_condition(target)
    known = list(connection.query(f"SELECT 1 FROM place WHERE {inside.sql} LIMIT 1", inside.values))
    return () if known else (Unknown("place", question.place),)


def find_notes(connection: Connection, question: Question) -> tuple[str, ...]:
    """What one should know of a question without hits."""
    return tuple(NOTES[option].format(value=value) for option, value in find_unknown(connection, question))
