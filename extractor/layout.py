"""A page as lines and blocks: what the page stage makes and the article stage reads."""

from __future__ import annotations

from dataclasses import dataclass

from extractor.text import Span


@dataclass(slots=True)
class Line:
    """One physical line without its margins, or a part of one. `indent` and `width` (indent included) in display
    cells, a CJK character being two, `size` as width in characters; `blanks`: empty lines before it; `glued`: stands
    on the same physical line as the one before; `page`: 1-based, counted by form feeds."""

    span: Span
    indent: int
    width: int
    size: int
    blanks: int
    page: int
    glued: bool = False


@dataclass(frozen=True, slots=True)
class Block:
    """Lines that belong together. `role`: body (one paragraph), headline, byline, caption, separator, author, jump.
    `spans`: its text, a stretch a line, cut marks left out. `starts`: a report opens here (a dateline).
    `ends`: it closes a report (a reporters' credit, 下转第三版). `jump`: "to" where it goes on on another sheet, "from"
    where it comes from one; a block of the role jump has one of them."""

    role: str
    lines: tuple[Line, ...]
    spans: tuple[Span, ...]
    starts: bool = False
    ends: bool = False
    jump: str = ""

    @property
    def start(self) -> int:
        return self.spans[0].start


@dataclass(frozen=True, slots=True)
class Page:
    """All blocks of a source in reading order; furniture (mastheads, page numbers, source codes) is left out."""

    blocks: tuple[Block, ...]
    pages: int = 1
