"""Plain text."""

from __future__ import annotations

from extractor.read.decoded import Decoded
from extractor.read.encoding import decode_text, measure_quality
from extractor.settings import Settings


def read_plain(data: bytes, doc: str, settings: Settings) -> Decoded:
    """Text and encoding, and the share of good characters where bad bytes are replaced. Raises UndecodableError."""
    text, encoding = decode_text(data, doc, errors=settings.errors)
    return Decoded(text, encoding, quality=measure_quality(text))
