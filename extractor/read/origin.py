"""When and where a text was printed: what its format, its header blocks, its masthead and its name say."""

from __future__ import annotations

from dataclasses import dataclass

from extractor.matching import to_matching
from extractor.model import Published
from extractor.read.date import find_date
from extractor.read.decoded import Decoded
from extractor.read.document import Input
from extractor.read.header import find_header
from extractor.read.masthead import find_masthead
from extractor.settings import Settings
from extractor.text import Span


@dataclass(frozen=True, slots=True)
class Origin:
    """`titles` and `hidden` are stretches of the text that header blocks and masthead take."""

    published: Published | None
    newspaper: str | None
    titles: tuple[Span, ...]
    hidden: tuple[Span, ...]


def find_origin(decoded: Decoded, item: Input, settings: Settings) -> Origin:
    """The origin of a text, what tells most exactly first: first part, metadata, header, masthead, name, container."""
    overlay = settings.lexicon
    text = to_matching(decoded.text)
    header = find_header(text, overlay)
    masthead = find_masthead(text, overlay)
    name = to_matching(item.name or item.doc).replace("\\", "/").rpartition("/")[2]
    dates = [*((value, "metadata") for value in decoded.dates), *((value, "header") for value in header.dates)]
    published = (
        item.published
        or next((date for value, basis in dates if (date := find_date(value, "header", basis, overlay))), None)
        or masthead.published
        or find_date(name, "name", "file_name", overlay)
        or next((date for value in item.dates if (date := find_date(value, "header", "metadata", overlay))), None)
    )
    paper = item.newspaper or decoded.newspaper or next(iter(header.papers), None) or masthead.newspaper
    titles = tuple(sorted({*header.titles, *masthead.titles}))
    return Origin(published, paper, titles, (*header.hidden, *masthead.hidden))
