"""Plain text."""

from __future__ import annotations

from extractor.read.decoded import Decoded
from extractor.read.encoding import decode_text
from extractor.settings import Settings


def read_plain(data: bytes, doc: str, settings: Settings) -> Decoded:
    """Text and encoding. Raises UndecodableError."""
    return Decoded(*decode_text(data, doc))
