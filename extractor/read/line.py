"""Physical lines with their place in the source; CRLF, CR and LF end them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from extractor.text import Span

LINE = re.compile(r"[^\r\n]+")


class Line(NamedTuple):
    """A line that is not empty, without its newline."""

    text: str
    start: int

    def strip(self, start: int = 0) -> Span | None:
        """The source stretch of the line's text from character `start` on without outer blanks; None if blank."""
        rest = self.text[start:]
        core = rest.strip()
        if not core:
            return None
        begin = self.start + start + len(rest) - len(rest.lstrip())
        return Span(begin, begin + len(core))


def find_lines(text: str, start: int = 0, end: int | None = None) -> Iterator[Line]:
    """The lines of text[start:end] that are not blank."""
    for match in LINE.finditer(text, start, len(text) if end is None else end):
        line = match.group()
        if not line.isspace():
            yield Line(line, match.start())
