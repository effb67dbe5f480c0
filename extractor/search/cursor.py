"""Where a page ended, as an opaque text that fits only the question that gave it."""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
import math
from dataclasses import asdict
from typing import NamedTuple

from extractor.errors import UsageError
from extractor.search.question import Question

LONGEST = 500
LARGEST = 2**63
BROKEN = "--cursor: is none that a search gave"


class Place(NamedTuple):
    """The last hit of a page: its sort key (None where it has none) and its fact_pk."""

    key: float | str | None
    fact: int


def to_cursor(question: Question, place: Place) -> str:
    """The cursor behind a hit."""
    text = json.dumps([_to_digest(question), place.key, place.fact], separators=(",", ":"))
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def parse_cursor(question: Question) -> Place | None:
    """Where the question's cursor stands; None without one. Raises UsageError on a broken or another question's."""
    cursor = question.cursor
    if cursor is None:
        return None
    if len(cursor) > LONGEST or not cursor.isascii():
        raise UsageError(BROKEN)
    try:
        data = base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True)
        values = json.loads(data)
    except (binascii.Error, ValueError, RecursionError) as error:
        raise UsageError(BROKEN) from error
    if not isinstance(values, list) or len(values) != 3:
        raise UsageError(BROKEN)
    digest, key, fact = values
    if digest != _to_digest(question):
        raise UsageError("--cursor: belongs to another question; give the same options as before")
    if type(fact) is not int or not -LARGEST < fact < LARGEST or not _is_key(key, question.order):
        raise UsageError(BROKEN)
    return Place(key, fact)


def _is_key(key: object, order: str) -> bool:
    if key is None:
        return order != "relevance"
    if order == "date":
        return isinstance(key, str) and len(key) == 10 and key.isprintable()
    return type(key) in (int, float) and math.isfinite(key)  # type: ignore[arg-type]


def _to_digest(question: Question) -> str:
    asked = {name: value for name, value in asdict(question).items() if name not in ("limit", "cursor")}
    asked["sort"] = question.order
    return hashlib.sha256(json.dumps(asked, sort_keys=True).encode()).hexdigest()[:12]
