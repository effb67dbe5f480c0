"""One input to a Source: bytes, text, publication date, what of it is metadata."""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path

from extractor.errors import OversizedError, UndecodableError, UnreadableError
from extractor.model import Published, Source
from extractor.read.date import find_date, parse_option
from extractor.read.decoded import Decoded
from extractor.read.format import read_format
from extractor.read.header import find_header
from extractor.read.masthead import find_masthead
from extractor.settings import Settings
from extractor.text import Span


def read_source(name: str, settings: Settings, *, data: bytes | None = None, date: str | None = None) -> Source:
    """Reads a file, or `-` for standard input; `data` are its bytes where the caller has them.

    Raises UsageError on a wrong `date`, UnreadableError, UndecodableError, OversizedError on the input.
    """
    option = None if date is None else parse_option(date)
    doc = name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")  # names may hold bytes that are no UTF-8
    if data is None:
        data = _read_bytes(name, doc, settings.max_bytes)
    if len(data) > settings.max_bytes:
        raise OversizedError(doc, f"more than {settings.max_bytes} bytes")
    decoded, form = read_format(data, name, doc, settings)
    return _assemble(doc, decoded, data, form, option, settings)


def read_text(text: str, doc: str, settings: Settings, *, date: str | None = None) -> Source:
    """A Source of a text that is decoded already; an empty one is fine, a byte order mark keeps its place.

    Raises UsageError on a wrong `date`, UndecodableError on a lone surrogate.
    """
    option = None if date is None else parse_option(date)
    try:
        data = text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise UndecodableError(doc, f"lone surrogate U+{ord(text[error.start]):04X} at {error.start}") from error
    return _assemble(doc, Decoded(text, "utf-8"), data, "text", option, settings)


def _read_bytes(name: str, doc: str, limit: int) -> bytes:
    if name == "-":
        return sys.stdin.buffer.read(limit + 1)
    try:
        path = Path(name)
        if path.is_dir():
            raise UnreadableError(doc, "is a folder")
        with path.open("rb") as file:
            return file.read(limit + 1)
    except FileNotFoundError as error:
        raise UnreadableError(doc, "no such file") from error
    except PermissionError as error:
        raise UnreadableError(doc, "no permission to read it") from error
    except (OSError, ValueError) as error:
        raise UnreadableError(doc, getattr(error, "strerror", None) or str(error)) from error


def _assemble(
    doc: str, decoded: Decoded, data: bytes, form: str, option: Published | None, settings: Settings
) -> Source:
    overlay, text = settings.lexicon, decoded.text
    header = find_header(text, overlay)
    masthead = find_masthead(text, overlay)
    dates = (
        *((value, "metadata") for value in decoded.dates),
        *((value, "header") for value in header.dates),
    )
    published = (
        option
        or next((date for value, basis in dates if (date := find_date(value, "header", basis, overlay))), None)
        or masthead.published
        or find_date(Path(doc).name, "name", "file_name", overlay)
    )
    mark = [Span(0, 1)] if text.startswith("\ufeff") else []
    return Source(
        doc=doc,
        text=text,
        sha256=hashlib.sha256(data).hexdigest(),
        bytes=len(data),
        encoding=decoded.encoding,
        format=form,
        published=published,
        titles=tuple(sorted({*decoded.titles, *header.titles, *masthead.titles})),
        hidden=_merge([*decoded.hidden, *header.hidden, *masthead.hidden, *mark]),
        newspaper=settings.newspaper or decoded.newspaper or next(iter(header.papers), None) or masthead.newspaper,
        byline=decoded.byline,
        items=decoded.items,
        boxes=decoded.boxes,
        pages=decoded.pages,
        uri=decoded.uri,
        quality=decoded.quality,
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
