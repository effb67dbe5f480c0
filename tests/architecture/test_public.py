"""`extractor` says what is public, and nothing else is."""

from __future__ import annotations

import extractor

PUBLIC = (
    "ExportError",
    "GovfactsError",
    "InputError",
    "InternalError",
    "LexiconError",
    "OversizedError",
    "RecordError",
    "Settings",
    "StoreError",
    "UndecodableError",
    "UnreadableError",
    "UsageError",
    "extract",
)


def test_public_names_are_pinned() -> None:
    assert tuple(sorted(extractor.__all__)) == PUBLIC
    assert all(hasattr(extractor, name) for name in PUBLIC)
