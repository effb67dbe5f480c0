"""Plain texts of any length: decoded as they come, in parts that hold whole lines."""

from __future__ import annotations

import codecs
import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import BinaryIO

from extractor.errors import UndecodableError
from extractor.read.decoded import Decoded
from extractor.read.document import Input
from extractor.read.encoding import check_text, find_encoding, measure_quality, to_reason
from extractor.read.origin import find_origin
from extractor.read.stream import Entry, read_full

CHUNK = 1 << 20  # bytes decoded at once
BLANK_LINE = re.compile(r"\n[ \t\r\u3000]*\n")
SENTENCE_END = "。！？；"


def find_parts(stream: BinaryIO, entry: Entry) -> Iterator[Input]:
    """The text as one document, or, over `settings.part_characters`, in parts. Raises InputError."""
    limit = entry.settings.part_characters
    if entry.path is not None and entry.size <= limit:  # a character takes a byte at least
        yield Input(entry.doc, path=entry.path, bytes=entry.size, name=entry.name)
        return
    head = read_full(stream, limit + 1)
    if len(head) <= limit:
        yield Input(entry.doc, data=head, bytes=len(head), name=entry.name, dates=entry.dates, uri=entry.uri)
        return
    decoder = Decoder(entry.doc, entry.settings.errors)
    first: Input | None = None
    offset = 0
    for number, text in enumerate(_split(decoder.read(head, stream), limit), 1):
        part = _to_part(text, decoder.encoding, entry, first)
        if not text.isspace():
            check_text(text, entry.doc)
            first = first or _complete(part, entry)
        yield replace(part, offset=offset, part=number)
        offset += len(text)
    if first is None:
        raise UndecodableError(entry.doc, "the input holds no text, only white space")


def _to_part(text: str, encoding: str, entry: Entry, first: Input | None) -> Input:
    decoded = Decoded(text, encoding, quality=measure_quality(text))
    return Input(
        entry.doc,
        decoded=decoded,
        bytes=len(text.encode("utf-8", "replace")),
        name=entry.name,
        format="text",
        dates=entry.dates,
        uri=entry.uri,
        published=first.published if first else None,
        newspaper=first.newspaper if first else None,
    )


def _complete(part: Input, entry: Entry) -> Input:
    """The first part with the date and paper that hold for the others, without its text."""
    assert part.decoded is not None
    origin = find_origin(part.decoded, part, entry.settings)
    return replace(part, decoded=None, published=origin.published, newspaper=origin.newspaper)


def _split(pieces: Iterator[str], limit: int) -> Iterator[str]:
    """The text in parts of at most `limit` characters."""
    held = ""
    for piece in pieces:
        held += piece
        while len(held) > limit:
            cut = find_cut(held, limit)
            yield held[:cut]
            held = held[cut:]
    if held:
        yield held


def find_cut(text: str, limit: int) -> int:
    """Where a text is best cut at `limit` or before: behind a form feed or an empty line of its second half, else
    behind a line, else behind a sentence, else at `limit`."""
    half = limit // 2
    if (feed := text.rfind("\f", half, limit)) >= 0:
        return feed + 1
    if blank := deque(BLANK_LINE.finditer(text, half, limit), 1):
        return blank[0].end()
    ends = [text.rfind("\n", 0, limit), text.rfind("\r", 0, limit)]
    if text[ends[1] + 1 : ends[1] + 2] == "\n":
        ends[1] = -1  # half of a line end, the other half may lie behind the limit
    if (line := max(ends)) >= 0:
        return line + 1
    sentence = max(text.rfind(mark, 0, limit) for mark in SENTENCE_END)
    if sentence >= 0:
        return sentence + 1
    return limit - 1 if limit > 1 and text[limit - 1 : limit + 1] == "\r\n" else limit


@dataclass(slots=True)
class Decoder:
    """Decodes a stream. As long as it is ASCII its encoding is open."""

    doc: str
    errors: str
    encoding: str = "utf-8"
    _codec: codecs.IncrementalDecoder | None = None
    _fed: int = 0  # bytes given to the codec and before

    def read(self, head: bytes, rest: BinaryIO) -> Iterator[str]:
        """The text of the bytes read ahead and of the rest of their stream. Raises UndecodableError."""
        data = head
        while data:
            yield self._decode(data, final=False)
            data = read_full(rest, CHUNK)
        yield self._decode(b"", final=True)

    def _decode(self, data: bytes, *, final: bool) -> str:
        if self._codec is None:
            if data.isascii() and b"\0" not in data:
                self._fed += len(data)
                return data.decode("ascii")
            found = find_encoding(data, self.doc, errors=self.errors, whole=False)
            self.encoding = found.name
            self._codec = codecs.getincrementaldecoder(found.name)(self.errors)
            data = data[found.mark :]
            self._fed += found.mark
        pending = len(self._codec.getstate()[0])
        try:
            text = self._codec.decode(data, final)
        except UnicodeDecodeError as error:
            raise UndecodableError(self.doc, to_reason(data, error, self.encoding, self._fed - pending)) from error
        self._fed += len(data)
        return text
