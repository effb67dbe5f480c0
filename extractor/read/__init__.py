"""Stage 1, bytes -> Source: encodings, formats, header blocks, mastheads, dates."""

from extractor.read.source import read_source, read_text

__all__ = ["read_source", "read_text"]
