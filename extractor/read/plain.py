"""Plain text."""

from __future__ import annotations

from extractor.read.decoded import Decoded
from extractor.read.encoding import decode_text, measure_quality
from extractor.read.upright import to_level
from extractor.settings import Settings


def read_plain(data: bytes, doc: str, settings: Settings) -> Decoded:
    """Text and encoding, and the share of good characters where bad bytes are replaced. Vertical print typed in columns
    is given as lines in reading order, which its offsets then count in. Raises UndecodableError."""
    text, encoding = decode_text(data, doc, errors=settings.errors)
    level = to_level(text)
    form = None if level is None else "vertical text"
    return Decoded(text if level is None else level, encoding, quality=measure_quality(text), format=form)
