"""A printed page as a reader hands it on: pieces of print with their places, rules, frames and pictures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple


class Edges(NamedTuple):
    """A rectangle in the page's unit, origin at the top left."""

    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Ink:
    """Characters set side by side (one above the other where `vertical`). `size`: of a character; `sure` 0..1."""

    text: str
    edges: Edges
    size: float
    vertical: bool = False
    sure: float | None = None


@dataclass(slots=True)
class Sheet:
    """One page. `order`: blocks of lines where the format tells them, in reading order; heads among them by role."""

    number: int
    width: float
    height: float
    inks: list[Ink] = field(default_factory=list)
    rules: list[Edges] = field(default_factory=list)
    frames: list[Edges] = field(default_factory=list)
    pictures: list[Edges] = field(default_factory=list)


@dataclass(slots=True)
class Cell:
    """An Ink in reading coordinates: lines run to the right, the next one stands below, whatever the writing.
    `across`: written at right angles to the page's text."""

    ink: Ink
    left: float
    top: float
    right: float
    bottom: float
    size: float
    across: bool = False

    @property
    def width(self) -> float:
        return self.right - self.left


@dataclass(slots=True)
class Row:
    """One printed line: its cells from left to right."""

    cells: list[Cell]

    @property
    def left(self) -> float:
        return self.cells[0].left

    @property
    def right(self) -> float:
        return max(cell.right for cell in self.cells)

    @property
    def top(self) -> float:
        return min(cell.top for cell in self.cells)

    @property
    def bottom(self) -> float:
        return max(cell.bottom for cell in self.cells)

    @property
    def text(self) -> str:
        return "".join(cell.ink.text for cell in self.cells)


@dataclass(slots=True)
class Block:
    """Rows that stand below each other. `role`: body, head, caption, table or furniture."""

    rows: list[Row]
    left: float
    top: float
    right: float
    bottom: float
    size: float
    role: str = "body"
    across: bool = False

    @property
    def text(self) -> str:
        return "".join(row.text for row in self.rows)


@dataclass(slots=True)
class Story:
    """One article of a page: headline rows and its blocks in reading order. `opened`: it begins on this page."""

    head: list[Row]
    blocks: list[Block]
    caption: bool = False

    def edges(self) -> Edges:
        parts: Sequence[Row | Block] = [*self.head, *self.blocks]
        return Edges(
            min(p.left for p in parts),
            min(p.top for p in parts),
            max(p.right for p in parts),
            max(p.bottom for p in parts),
        )


@dataclass(slots=True)
class Arranged:
    """A page's stories in reading order, and what is no story: `top` stands before, `foot` behind them."""

    number: int
    stories: list[Story]
    top: list[Row] = field(default_factory=list)
    foot: list[Row] = field(default_factory=list)


def to_cells(sheet: Sheet, vertical: bool) -> list[Cell]:
    """The sheet's print in reading coordinates; single characters go with the page's direction."""
    return [to_cell(ink, sheet, vertical) for ink in sheet.inks]


def to_cell(ink: Ink, sheet: Sheet, vertical: bool) -> Cell:
    edges = turn(ink.edges, sheet.width) if vertical else ink.edges
    across = ink.vertical != vertical and len(ink.text) > 1
    return Cell(ink, *edges, ink.size, across)


def turn(edges: Edges, width: float) -> Edges:
    """A rectangle of a page whose lines run downwards from the right, in reading coordinates."""
    return Edges(edges.top, width - edges.right, edges.bottom, width - edges.left)


def is_vertical(inks: Iterable[Ink]) -> bool:
    """True where most characters stand in lines that run downwards."""
    count: Counter[bool] = Counter()
    for ink in inks:
        count[ink.vertical] += len(ink.text) if len(ink.text) > 1 else 0
    return count[True] > count[False]


def find_body_size(inks: Iterable[Ink]) -> float:
    """The size of the page's text: the middle one of all characters."""
    weights = sorted((ink.size, len(ink.text)) for ink in inks)
    half = sum(weight for _, weight in weights) / 2
    for size, weight in weights:
        half -= weight
        if half <= 0:
            return size
    return 1.0


def overlap(a_start: float, a_end: float, b_start: float, b_end: float) -> float:
    """Length that two stretches share, below 0 the gap between them."""
    return min(a_end, b_end) - max(a_start, b_start)


def to_block(rows: list[Row], role: str = "body") -> Block:
    """A block around rows."""
    cells = [cell for row in rows for cell in row.cells]
    return Block(
        rows,
        min(c.left for c in cells),
        min(c.top for c in cells),
        max(c.right for c in cells),
        max(c.bottom for c in cells),
        find_body_size(replace(c.ink, size=c.size) for c in cells),
        role,
        all(c.across for c in cells),
    )
