"""Plain text."""

from __future__ import annotations

from extractor.read.encoding import decode_text


def read_plain(data: bytes, doc: str) -> tuple[str, str]:
    """Text and encoding. Raises UndecodableError."""
    return decode_text(data, doc)
