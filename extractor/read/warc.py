"""Web archives (WARC): the pages and texts that servers gave."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any, BinaryIO, cast

from extractor.errors import UnreadableError
from extractor.read.container import find_member
from extractor.read.document import Input
from extractor.read.html_meta import parse_url_day
from extractor.read.stream import DAMAGED, Entry, Guarded, find_prompt, to_buffered

SUFFIXES = {"text/html": ".html", "application/xhtml+xml": ".html", "text/plain": ".txt"}  # by media type
GOOD = range(200, 300)  # statuses of responses with a page
KINDS = ("response", "resource")


def find_responses(stream: BinaryIO, entry: Entry) -> Iterator[Input]:
    """The HTML pages and texts of a web archive, with address and a day: that in the address, else that of capture.

    Raises InputError.
    """
    from warcio.archiveiterator import ArchiveIterator
    from warcio.exceptions import ArchiveLoadFailed

    known = False
    try:
        for record in ArchiveIterator(Prompt(stream)):
            known = known or record.rec_type is not None
            suffix = _find_suffix(record)
            if suffix is None:
                continue
            uri = str(record.rec_headers.get_header("WARC-Target-URI") or "").strip("<> ")
            date = str(record.rec_headers.get_header("WARC-Date") or "")
            dates = (*filter(None, [parse_url_day(uri)]), date[:10])
            member = entry.member(uri, suffix=suffix, dates=dates, uri=uri or None)
            yield from find_member(partial(_open, record, member), member)
            if entry.budget.spent:
                return
    except (ArchiveLoadFailed, *DAMAGED) as error:
        raise UnreadableError(entry.doc, f"damaged WARC ({error})") from error
    if not known:
        raise UnreadableError(entry.doc, "holds no WARC record")


class Prompt:
    """A stream that gives what it has, so that the records before a fault are read."""

    def __init__(self, stream: BinaryIO) -> None:
        self.read = find_prompt(stream)


def _find_suffix(record: Any) -> str | None:
    """The suffix of a record's format; None for what is no page or text."""
    headers = record.http_headers
    if record.rec_type not in KINDS:
        return None
    if headers is None:
        kind = record.content_type or record.rec_headers.get_header("Content-Type") or ""
    else:
        status = headers.get_statuscode() or ""
        if not status.isdecimal() or int(status) not in GOOD:
            return None
        kind = headers.get_header("Content-Type") or ""
    return SUFFIXES.get(kind.partition(";")[0].strip().lower())


def _open(record: Any, member: Entry) -> BinaryIO:
    return cast(BinaryIO, to_buffered(Guarded(record.content_stream(), member, total=True)))
