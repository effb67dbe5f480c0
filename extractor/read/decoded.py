"""What a format's reader makes of an input's bytes: the text and what the format itself tells about it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from extractor.model import Box
from extractor.settings import Settings
from extractor.text import Span


@dataclass(frozen=True, slots=True)
class Decoded:
    """`text` is what all offsets count in. Everything else is optional; spans and offsets are into `text`.

    `dates` are date expressions of the metadata, best first; `titles` headlines known by the format (markup, type
    size); `hidden` stretches that are no page text; `items` stretches of one article each; `boxes` printed lines in
    text order; `pages` where each page begins; `quality` 0..1 how sure the characters are.
    """

    text: str
    encoding: str
    dates: tuple[str, ...] = ()
    newspaper: str | None = None
    byline: tuple[str, ...] = ()
    titles: tuple[Span, ...] = ()
    hidden: tuple[Span, ...] = ()
    items: tuple[Span, ...] = ()
    boxes: tuple[Box, ...] = ()
    pages: tuple[int, ...] = ()
    uri: str | None = None
    quality: float | None = None
    format: str | None = None  # where it is another than that of the reader


Reader = Callable[[bytes, str, Settings], Decoded]  # an input's bytes and name; raises InputError
