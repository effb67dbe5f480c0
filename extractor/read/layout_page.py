"""A sheet of print -> its stories: furniture taken out, frames and tables apart, the rest by columns and headlines."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from extractor.layout_rule import find_role
from extractor.read.layout_block import find_blocks, join_broken, split_rows
from extractor.read.layout_head import join_spread
from extractor.read.layout_sheet import (
    Arranged,
    Cell,
    Edges,
    Ink,
    Row,
    Sheet,
    Story,
    find_body_size,
    is_vertical,
    overlap,
    to_cells,
    turn,
)
from extractor.read.layout_story import find_stories, order
from extractor.read.masthead import parse_masthead, parse_name

MARGIN = 0.16  # share of the page's height from its top where a masthead stands
FOOT = 0.1  # and from its bottom where page numbers do
LARGEST = 0.8  # share of the page's print that a frame may hold; more is the page's own border
ROW = 3.5  # type sizes of a table's row at most
MOST = 12_000  # pieces of print on one page; over it they are taken line by line
FURNITURE = {"folio", "masthead", "date", "label"}
DEEP = 3  # frames within frames


def arrange_page(sheet: Sheet, running: frozenset[str] = frozenset()) -> Arranged:
    """The sheet's stories in reading order. `running`: lines of its margins that other pages have as well."""
    vertical = is_vertical(sheet.inks)
    cells = to_cells(sheet, vertical)
    if vertical:
        rules, frames, pictures = (
            [turn(e, sheet.width) for e in part] for part in (sheet.rules, sheet.frames, sheet.pictures)
        )
        size = sheet.height, sheet.width
    else:
        rules, frames, pictures = sheet.rules, sheet.frames, sheet.pictures
        size = sheet.width, sheet.height
    if len(cells) > MOST:
        rows = split_rows(cells)
        return Arranged(sheet.number, [], rows)
    top, foot, cells = split_furniture(cells, size[1], running)
    stories = _arrange(cells, rules, frames, pictures, DEEP)
    return Arranged(sheet.number, stories, top, foot)


def _arrange(
    cells: Sequence[Cell], rules: Sequence[Edges], frames: Sequence[Edges], pictures: Sequence[Edges], deep: int
) -> list[Story]:
    """The stories of a page or a frame."""
    if not cells:
        return []
    tables = find_tables(rules, frames, find_body_size(_sized(cells)))
    stories: list[Story] = []
    rest = list(cells)
    inner = [f for f in frames if not any(_within(f, table) for table in tables)] if deep else []
    for frame in sorted(inner, key=_area, reverse=True):
        held = [cell for cell in rest if _holds(frame, cell)]
        if not held or len(held) > LARGEST * len(cells) or any(_cuts(frame, cell) for cell in rest):
            continue
        rest = [cell for cell in rest if not _holds(frame, cell)]
        parts = [[e for e in part if e != frame and _within(e, frame)] for part in (rules, inner, pictures)]
        stories += _arrange(held, parts[0], parts[1], parts[2], deep - 1)
    if rest:
        body = find_body_size(_sized(rest))
        walls = [rule for rule in rules if rule.bottom - rule.top > rule.right - rule.left]
        rest = join_broken(join_spread(rest, body, walls))
        own = [table for table in tables if any(_holds(table, cell) for cell in rest)]
        drawn = [r for r in rules if not any(_within(r, table) for table in own)]
        stories += find_stories(find_blocks(rest, drawn, own), drawn, pictures, body)
    return order(stories, lambda story: story.edges())


def _sized(cells: Sequence[Cell]) -> list[Ink]:
    return [cell.ink for cell in cells]


def _area(edges: Edges) -> float:
    return (edges.right - edges.left) * (edges.bottom - edges.top)


def _holds(edges: Edges, cell: Cell) -> bool:
    x, y = (cell.left + cell.right) / 2, (cell.top + cell.bottom) / 2
    return edges.left <= x <= edges.right and edges.top <= y <= edges.bottom


def _cuts(frame: Edges, cell: Cell) -> bool:
    """The frame's border runs through the cell."""
    if not _holds(frame, cell):
        return False
    slack = cell.size
    return cell.left < frame.left - slack or cell.right > frame.right + slack


def _within(inner: Edges, outer: Edges) -> bool:
    return (
        inner.left >= outer.left - 2 and inner.top >= outer.top - 2
        and inner.right <= outer.right + 2 and inner.bottom <= outer.bottom + 2
    )  # fmt: skip


def find_tables(rules: Sequence[Edges], frames: Sequence[Edges], body: float) -> list[Edges]:
    """Grids: at least three level rules of one width with an upright one inside, or a row of text apart; or frames
    side by side."""
    level = sorted(
        (r for r in rules if r.right - r.left > 3 * (r.bottom - r.top) and r.right - r.left > 20), key=lambda r: r.top
    )
    upright = [r for r in rules if r.bottom - r.top > 3 * (r.right - r.left)]
    found: list[Edges] = []
    for i, first in enumerate(level):
        if any(_within(first, table) for table in found):
            continue
        same = [r for r in level[i:] if abs(r.left - first.left) < 3 and abs(r.right - first.right) < 3]
        if len(same) < 3:
            continue
        table = Edges(first.left, first.top, first.right, same[-1].bottom)
        inner = [u for u in upright if table.left + 5 < u.left < table.right - 5 and _within(u, table)]
        steps = [b.top - a.top for a, b in pairwise(same)]
        if inner or max(steps) <= ROW * body:
            found.append(table)
    return found + _find_cells(frames, found)


def _find_cells(frames: Sequence[Edges], found: Sequence[Edges]) -> list[Edges]:
    """Grids drawn as frames side by side and below each other."""
    touching: list[list[Edges]] = []
    for frame in frames[:400]:
        if any(_within(frame, table) for table in found):
            continue
        homes = [group for group in touching if any(_touch(frame, other) for other in group)]
        merged = [frame, *(other for group in homes for other in group)]
        touching = [group for group in touching if not any(group is home for home in homes)]
        touching.append(merged)
    return [
        Edges(min(e.left for e in g), min(e.top for e in g), max(e.right for e in g), max(e.bottom for e in g))
        for g in touching
        if len(g) >= 4
    ]


def _touch(a: Edges, b: Edges) -> bool:
    """Two frames share a border."""
    beside = min(abs(a.right - b.left), abs(b.right - a.left)) < 2 and overlap(a.top, a.bottom, b.top, b.bottom) > 2
    stacked = min(abs(a.bottom - b.top), abs(b.bottom - a.top)) < 2 and overlap(a.left, a.right, b.left, b.right) > 2
    return beside or stacked


def split_furniture(
    cells: list[Cell], height: float, running: frozenset[str]
) -> tuple[list[Row], list[Row], list[Cell]]:
    """Lines of masthead and page number at the top, those at the foot, and the cells that are neither."""
    rows = split_rows(cells)
    taken = [is_furniture(row, height, running) for row in rows]
    for i, row in enumerate(rows):  # the paper's name near its date
        near = taken[max(0, i - 3) : i] + taken[i + 1 : i + 4]
        if not taken[i] and any(near) and row.top < MARGIN * height and _is_name(row):
            taken[i] = True
    middle = height / 2
    top = [row for row, is_taken in zip(rows, taken, strict=True) if is_taken and row.top < middle]
    foot = [row for row, is_taken in zip(rows, taken, strict=True) if is_taken and row.top >= middle]
    rest = [cell for row, is_taken in zip(rows, taken, strict=True) if not is_taken for cell in row.cells]
    return top, foot, rest


def is_furniture(row: Row, height: float, running: frozenset[str] = frozenset()) -> bool:
    """The row is a masthead's line, a page number or a running head in the page's margins."""
    if MARGIN * height < row.bottom and row.top < (1 - FOOT) * height:
        return False
    text = "\u3000".join(cell.ink.text for cell in row.cells)
    if fold_line(text) in running:
        return True
    return len(text) <= 120 and (find_role(text) in FURNITURE or parse_masthead(text) is not None)


def _is_name(row: Row) -> bool:
    text = row.text
    return len(row.cells) == 1 and (parse_name(text) or parse_name("\u3000".join(text))) is not None


def fold_line(text: str) -> str:
    """A margin's line without its page number, to know it again on other pages."""
    return "".join("0" if c.isdigit() else c for c in text if not c.isspace())


def find_running(sheets: Sequence[Sheet]) -> frozenset[str]:
    """Lines that stand in the margins of more than half of the pages (and two)."""
    counts: dict[str, int] = {}
    for sheet in sheets:
        seen = set()
        if len(sheet.inks) <= MOST:
            for row in split_rows(to_cells(sheet, False)):
                if row.bottom < 0.12 * sheet.height or row.top > (1 - FOOT) * sheet.height:
                    seen.add(fold_line("".join(cell.ink.text for cell in row.cells)))
        for line in seen:
            counts[line] = counts.get(line, 0) + 1
    return frozenset(line for line, count in counts.items() if count >= 2 and 2 * count > len(sheets))
