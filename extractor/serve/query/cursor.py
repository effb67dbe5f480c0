"""Where a list ended, as an opaque text that fits only the question that gave it."""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
import math
from collections.abc import Sequence

from extractor.errors import UsageError
from schemas.base import Frozen

BROKEN = "--cursor: is none that such a list gave"
FREE = {"limit", "cursor"}  # what may differ from page to page
LARGEST = 2**63
Key = str | int | float | None


def to_cursor(query: Frozen, key: Sequence[Key]) -> str:
    """The cursor behind an entry with this sort key."""
    text = json.dumps([to_digest(query), *key], ensure_ascii=False, separators=(",", ":"))
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def parse_cursor(query: Frozen, cursor: str | None, types: Sequence[tuple[type, ...]]) -> tuple[Key, ...] | None:
    """The sort key that a cursor holds; None without one. `types`: of its cells. Raises UsageError."""
    if cursor is None:
        return None
    try:
        values = json.loads(base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True))
    except (binascii.Error, ValueError, RecursionError) as error:
        raise UsageError(BROKEN) from error
    if not isinstance(values, list) or len(values) != len(types) + 1:
        raise UsageError(BROKEN)
    digest, *key = values
    if digest != to_digest(query):
        raise UsageError("--cursor: belongs to another question; give the same options as before")
    if not all(_fits(cell, allowed) for cell, allowed in zip(key, types, strict=True)):
        raise UsageError(BROKEN)
    return tuple(key)


def _fits(cell: object, allowed: tuple[type, ...]) -> bool:
    if type(cell) not in allowed:
        return False
    if isinstance(cell, (int, float)):
        return math.isfinite(cell) and abs(cell) < LARGEST
    return not isinstance(cell, str) or not any("\ud800" <= character <= "\udfff" for character in cell)


def to_digest(query: Frozen) -> str:
    """What a question asks, without where its answer goes on."""
    asked = query.model_dump(mode="json", exclude=FREE)
    name = type(query).__name__
    return hashlib.sha256(json.dumps([name, asked], sort_keys=True).encode("utf-8")).hexdigest()[:12]
