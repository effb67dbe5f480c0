"""Parameters of an address as a question of the search."""

from __future__ import annotations

from extractor.search import OPTIONS, Question
from schemas.query import FactQuery, QuestionQuery

NAMES = {option.replace("-", "_"): name for name, option in OPTIONS.items()}
PAGE = {"limit", "cursor"}


def to_question(query: QuestionQuery) -> Question:
    """The question; what only lists of facts take (order, cursor) is left out of the others. Raises UsageError."""
    known = set(QuestionQuery.model_fields) | (set(FactQuery.model_fields) if isinstance(query, FactQuery) else set())
    cells = query.model_dump(include=known)
    return Question(**{NAMES[name.rstrip("_")]: value for name, value in cells.items()})
