"""One input to a Source: bytes, text, publication date, what of it is metadata."""

from __future__ import annotations

import hashlib
from pathlib import Path

from extractor.errors import OversizedError, UndecodableError, UnreadableError
from extractor.model import Published, Source
from extractor.read.date import parse_option
from extractor.read.decoded import Decoded
from extractor.read.document import Input
from extractor.read.format import read_format
from extractor.read.input import read_stdin, to_doc, to_unreadable
from extractor.read.origin import find_origin
from extractor.settings import Settings
from extractor.text import Span


def read_source(
    document: Input | str, settings: Settings, *, data: bytes | None = None, date: str | None = None
) -> Source:
    """Reads a document of `find_inputs`; or the file of that name, `-` for standard input; `data` are its bytes where
    the caller has them.

    Raises UsageError on a wrong `date`, InputError (also the document's own failure) on the input.
    """
    option = None if date is None else parse_option(date)
    item = _to_input(document, data, settings) if isinstance(document, str) else document
    if item.failure is not None:
        raise item.failure
    if item.decoded is not None:
        return _assemble(item, item.decoded, _encode(item.decoded.text, item.doc), item.format, option, settings)
    raw = item.data if item.data is not None else _read_bytes(item, settings.max_bytes)
    if len(raw) > settings.max_bytes:
        raise OversizedError(item.doc, f"more than {settings.max_bytes} bytes (max_bytes)")
    decoded, form = read_format(raw, item.name or item.doc, item.doc, settings)
    return _assemble(item, decoded, raw, form, option, settings)


def read_text(text: str, doc: str, settings: Settings, *, date: str | None = None) -> Source:
    """A Source of a text that is decoded already; an empty one is fine, a byte order mark keeps its place.

    Raises UsageError on a wrong `date`, UndecodableError on a lone surrogate.
    """
    option = None if date is None else parse_option(date)
    return _assemble(Input(doc), Decoded(text, "utf-8"), _encode(text, doc), "text", option, settings)


def _encode(text: str, doc: str) -> bytes:
    try:
        return text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise UndecodableError(doc, f"lone surrogate U+{ord(text[error.start]):04X} at {error.start}") from error


def _to_input(name: str, data: bytes | None, settings: Settings) -> Input:
    if data is not None:
        return Input(to_doc(name), data=data, bytes=len(data))
    return read_stdin(settings) if name == "-" else Input(to_doc(name), path=Path(name), name=name)


def _read_bytes(item: Input, limit: int) -> bytes:
    path = item.path
    if path is None:
        raise UnreadableError(item.doc, "the input holds nothing to read")
    try:
        if path.is_dir():
            raise UnreadableError(item.doc, "is a folder")
        with path.open("rb") as file:
            return file.read(limit + 1)
    except (OSError, ValueError) as error:
        raise to_unreadable(item.doc, error) from error


def _assemble(
    item: Input, decoded: Decoded, data: bytes, form: str, option: Published | None, settings: Settings
) -> Source:
    text = decoded.text
    origin = find_origin(decoded, item, settings)
    mark = [Span(0, 1)] if text.startswith("\ufeff") else []
    return Source(
        doc=item.doc,
        text=text,
        sha256=hashlib.sha256(data).hexdigest(),
        bytes=len(data),
        encoding=decoded.encoding,
        format=form,
        published=option or origin.published,
        titles=tuple(sorted({*decoded.titles, *origin.titles})),
        hidden=_merge([*decoded.hidden, *origin.hidden, *mark]),
        newspaper=settings.newspaper or origin.newspaper,
        byline=decoded.byline,
        items=decoded.items,
        boxes=decoded.boxes,
        pages=decoded.pages,
        uri=decoded.uri or item.uri,
        quality=decoded.quality,
        offset=item.offset,
        part=item.part,
    )


def _merge(spans: list[Span]) -> tuple[Span, ...]:
    """The spans in order, overlapping ones joined."""
    merged: list[Span] = []
    for span in sorted(spans):
        if merged and span.start <= merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
        else:
            merged.append(span)
    return tuple(merged)
