"""Why nothing was found, where the question tells."""

from __future__ import annotations

from extractor.search.place import resolve_place, to_condition
from extractor.search.question import Question
from extractor.store import Connection


def find_notes(connection: Connection, question: Question) -> tuple[str, ...]:
    """What one should know of a question without hits."""
    notes: list[str] = []
    if question.place is not None:
        target = resolve_place(question.place)
        if not target.identities and not target.townships:
            inside = to_condition(target)
            known = list(connection.query(f"SELECT 1 FROM place WHERE {inside.sql} LIMIT 1", inside.values))
            if not known:
                notes.append(f"neither the gazetteer nor the database knows a place {question.place}")
    return tuple(notes)
