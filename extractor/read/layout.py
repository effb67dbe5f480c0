"""Printed pages -> Decoded: the lines in reading order, headlines, articles and where each line stands."""

from __future__ import annotations

from collections.abc import Sequence

from extractor.layout_rule import find_dateline, is_role
from extractor.model import Box
from extractor.read.decoded import Decoded
from extractor.read.layout_page import arrange_page, find_running
from extractor.read.layout_sheet import Arranged, Block, Row, Sheet, Story
from extractor.text import Span

GAP = 0.6  # type sizes between two pieces of one line from which white space stands for it
WIDEST = 12  # blanks for the widest gap
INDENT = 1.2  # type sizes from which a line counts as indented
OPENING = 2  # characters of indent that a story without a headline opens with
DEEPEST = 20  # characters of indent
PARTED = 1.2  # sizes between two blocks of a column from which an empty line stands for it
CLOSED = ("。", "！", "？", "”", "）", ")", "…")


def to_decoded(sheets: Sequence[Sheet], encoding: str, **more: object) -> Decoded:
    """The pages' print. `more`: further fields of Decoded."""
    running = find_running(sheets) if len(sheets) > 1 else frozenset()
    return write_pages([arrange_page(sheet, running) for sheet in sheets], encoding, **more)


def write_pages(pages: Sequence[Arranged], encoding: str, **more: object) -> Decoded:
    """Pages whose stories are known, each page behind a form feed. Articles are told where a page has headlines."""
    writer = _Writer()
    headed = any(story.head for page in pages for story in page.stories)
    for at, page in enumerate(pages):
        writer.open_page(page.number, first=at == 0)
        hidden = len(pages) > 1 and at > 0
        writer.write_rows(page.top, hidden=hidden)
        for number, story in enumerate(page.stories):
            writer.write_story(story, goes_on=at > 0 and number == 0 and writer.goes_on(story))
        writer.write_rows(page.foot, hidden=len(pages) > 1 and at + 1 < len(pages))
    return Decoded(
        text=writer.text(),
        encoding=encoding,
        titles=tuple(writer.titles),
        hidden=tuple(writer.hidden),
        items=tuple(writer.items) if headed else (),
        boxes=tuple(writer.boxes),
        pages=tuple(writer.pages),
        **more,  # type: ignore[arg-type]
    )


class _Writer:
    """The text while it is written, and what stands where in it."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._size = 0
        self._page = 1
        self._last = ""
        self.titles: list[Span] = []
        self.hidden: list[Span] = []
        self.items: list[Span] = []
        self.boxes: list[Box] = []
        self.pages: list[int] = []

    def text(self) -> str:
        return "".join(self._parts)

    def _put(self, text: str) -> None:
        self._parts.append(text)
        self._size += len(text)

    def open_page(self, number: int, *, first: bool) -> None:
        if not first:
            self._put("\f")
        self._page = number
        self.pages.append(self._size)

    def write_rows(self, rows: Sequence[Row], *, hidden: bool = False) -> None:
        """Lines that belong to no story, an empty one behind them."""
        start = self._size
        for row in rows:
            self._write_row(row, "")
            self._put("\n")
        if rows:
            if hidden:
                self.hidden.append(Span(start, self._size))
            self._put("\n")

    def goes_on(self, story: Story) -> bool:
        """The story at the head of a page is the rest of the one before."""
        if story.head or story.caption or not self.items or not story.blocks:
            return False
        first = story.blocks[0].rows[0].text
        return find_dateline(first, 0, len(first)) is None

    def write_story(self, story: Story, *, goes_on: bool) -> None:
        start = self._size
        for row in story.head:
            span = self._write_row(row, "")
            self._put("\n\n" if _is_kicker(row.text) else "\n")
            self.titles.append(span)
        if any(_is_kicker(row.text) for row in story.head):
            del self.titles[len(self.titles) - len(story.head) :]  # the article stage tells kicker from headline
        if story.head:
            self._put("\n")
        for number, block in enumerate(story.blocks):
            if number:
                self._put("\n" if _is_apart(story.blocks[number - 1], block) else "")
            least = 0 if number or story.head or goes_on else OPENING  # it goes on with nothing before it
            self._write_block(block, _find_margin(block, story.blocks), least)
        end = self._size
        if goes_on:
            self.items[-1] = Span(self.items[-1].start, end)
        elif end > start:
            self.items.append(Span(start, end))
        self._put("\n")

    def _write_block(self, block: Block, margin: float, least: int) -> None:
        for number, row in enumerate(block.rows):
            cell = row.cells[0]
            depth = (row.left - margin) / block.size if block.role != "table" else 0.0
            deep = min(round(depth), DEEPEST) if depth >= INDENT and not cell.across else 0
            indent = "\u3000" * max(deep, 0 if number else least)
            self._write_row(row, indent, least=3 if block.role == "table" else 0)
            self._put("\n")

    def _write_row(self, row: Row, indent: str, least: int = 0) -> Span:
        """One printed line and its box."""
        self._put(indent)
        start = self._size
        for number, cell in enumerate(row.cells):
            if number:
                gap = (cell.left - row.cells[number - 1].right) / cell.size
                self._put("\u3000" * max(min(round(gap), WIDEST), least, int(gap >= GAP)))
            self._put(cell.ink.text)
        edges = [cell.ink.edges for cell in row.cells]
        left, top = min(e.left for e in edges), min(e.top for e in edges)
        right, bottom = max(e.right for e in edges), max(e.bottom for e in edges)
        self.boxes.append(Box(start, self._size, self._page, *(round(v, 2) for v in (left, top, right, bottom))))
        return Span(start, self._size)


def _is_kicker(text: str) -> bool:
    return is_role(text, "rubric") or (len(text) <= 10 and is_role(text, "place"))


def _find_margin(block: Block, blocks: Sequence[Block]) -> float:
    """The left edge of the block's column."""
    size = block.size
    return min(
        b.left
        for b in blocks
        if b is block or (b.role == block.role and b.left <= block.left and b.right >= block.right - size)
    )


def _is_apart(above: Block, below: Block) -> bool:
    """White as of an empty line stands between two blocks of one column."""
    if below.role != above.role:
        return True
    return below.top >= above.bottom and below.top - above.bottom >= PARTED * below.size
