"""A stream of bytes as a stream of text."""

from __future__ import annotations

import io
from typing import BinaryIO

from extractor.errors import OversizedError, UndecodableError
from extractor.read.encoding import find_encoding
from extractor.read.stream import Entry, peek

SAMPLE = 1 << 20  # bytes by which the encoding is told


class TextStream:
    """Lines of text. Bytes that are no characters come as lone surrogates (PEP 383), so that they spoil one line."""

    def __init__(self, stream: BinaryIO, entry: Entry) -> None:
        head, rest = peek(stream, SAMPLE)
        if not head:
            raise UndecodableError(entry.doc, "the input is empty")
        found = find_encoding(head, entry.doc, errors=entry.settings.errors, whole=len(head) < SAMPLE)
        rest.read(found.mark)
        self.encoding = found.name
        self.number = 0
        self._entry = entry
        self._limit = entry.settings.max_bytes
        self._file = io.TextIOWrapper(rest, found.name, "surrogateescape", newline="\n")

    def __iter__(self) -> TextStream:
        return self

    def __next__(self) -> str:
        """The next line with its line end. Raises OversizedError on one over `max_bytes` characters."""
        try:
            line = self._file.readline(self._limit + 1)
        except UnicodeDecodeError as error:
            reason = f"not {self.encoding.upper()} after line {self.number} ({error.reason})"
            raise UndecodableError(self._entry.doc, reason) from error
        if not line:
            raise StopIteration
        self.number += 1
        if len(line) > self._limit:
            reason = f"line {self.number} has more than {self._limit} characters (max_bytes)"
            raise OversizedError(self._entry.doc, reason)
        return line
