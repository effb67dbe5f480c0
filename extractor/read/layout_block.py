"""Cells -> blocks: which pieces of print stand below each other in one column."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from extractor.read.layout_sheet import Block, Cell, Edges, Row, overlap, to_block

ALIKE = 1.13  # sizes of one block's lines differ less: type sizes step by 1.14 and more, OCR measures within 0.06
LEADING = 1.0  # sizes of white between two lines of a block at most; print has 0.3 to 0.8, typescripts 0.9
INDENT = 2.7  # sizes that a line may begin to the right of another: an indent is two
RAGGED = 1.6  # sizes that ends of full lines may differ by: a mark or half a number
BROKEN = 2.2  # sizes of white inside a line: a mark, a full-width space and a quote
LONG = 5.0  # sizes: shorter pieces side by side are words of a table, longer ones columns


def find_blocks(cells: Sequence[Cell], rules: Sequence[Edges], tables: Sequence[Edges]) -> list[Block]:
    """The cells as blocks, no rule between two lines of one; cells of a table are one block."""
    inside = [next((t for t, table in enumerate(tables) if _holds(table, cell)), -1) for cell in cells]
    blocks = [
        to_block(split_rows([cell for cell, t in zip(cells, inside, strict=True) if t == number]), "table")
        for number in range(len(tables))
        if number in inside
    ]
    free = sorted((cell for cell, t in zip(cells, inside, strict=True) if t < 0), key=lambda c: (c.top, c.left))
    for group in _link(free, rules):
        blocks.append(to_block(split_rows(group)))
    return blocks


def join_broken(cells: Sequence[Cell]) -> list[Cell]:
    """Neighbours on one line drawn together where lines above and below run on over the white between them."""
    ordered = sorted(cells, key=lambda c: (c.top, c.left))
    tops = [cell.top for cell in ordered]
    gone: set[int] = set()
    for i in range(len(ordered)):
        while i not in gone and (j := _find_next(i, ordered, tops, gone)) is not None:
            pair = sorted((ordered[i], ordered[j]), key=lambda c: c.left)
            if not _runs_on(pair[0].right, pair[1].left, ordered[i], ordered, tops):
                break
            ordered[i] = merge_cells(pair)
            gone.add(j)
    return [cell for k, cell in enumerate(ordered) if k not in gone]


def _find_next(i: int, cells: Sequence[Cell], tops: Sequence[float], gone: set[int]) -> int | None:
    """The nearest cell behind cell `i` on its line."""
    cell = cells[i]
    half = 0.5 * cell.size
    best: int | None = None
    for j in range(bisect_left(tops, cell.top - half), bisect_right(tops, cell.top + half)):
        other = cells[j]
        if (
            j in (i, *gone)
            or cell.across
            or other.across
            or max(cell.size, other.size) > ALIKE * min(cell.size, other.size)
        ):
            continue
        if -0.5 * cell.size <= other.left - cell.right <= BROKEN * cell.size and (
            best is None or other.left < cells[best].left
        ):
            best = j
    return best


def _runs_on(left: float, right: float, cell: Cell, cells: Sequence[Cell], tops: Sequence[float]) -> bool:
    """More of the lines near by run over the white from `left` to `right` than stop at it."""
    middle, size = (left + right) / 2, cell.size
    over = before = behind = 0
    for j in range(bisect_left(tops, cell.top - 4 * size), bisect_right(tops, cell.top + 4 * size)):
        other = cells[j]
        if abs(other.top - cell.top) <= 0.5 * size or max(size, other.size) > ALIKE * min(size, other.size):
            continue
        if other.left < middle - size and other.right > middle + size:
            over += 1
        elif 0 <= middle - other.right <= 2 * size:
            before += 1
        elif 0 <= other.left - middle <= 2 * size:
            behind += 1
    return over > 0 and over >= min(before, behind)


def merge_cells(row: Sequence[Cell]) -> Cell:
    """Cells of one line as one, white space between them written."""
    inks = [cell.ink for cell in row]
    edges = Edges(
        min(k.edges.left for k in inks), min(k.edges.top for k in inks),
        max(k.edges.right for k in inks), max(k.edges.bottom for k in inks),
    )  # fmt: skip
    text = inks[0].text
    for before, after in pairwise(row):
        single = len(before.ink.text) == len(after.ink.text) == 1
        text += ("" if single or after.left - before.right < 0.6 * after.size else "\u3000") + after.ink.text
    sure = [(k.sure, len(k.text)) for k in inks if k.sure is not None]
    mean = sum(s * n for s, n in sure) / sum(n for _, n in sure) if sure else None
    ink = replace(inks[0], text=text, edges=edges, sure=mean)
    low = max(c.bottom for c in row)
    return Cell(ink, row[0].left, min(c.top for c in row), row[-1].right, low, row[0].size, row[0].across)


def split_rows(cells: Sequence[Cell]) -> list[Row]:
    """Cells as printed lines: those that stand at one height, from left to right."""
    rows: list[list[Cell]] = []
    for cell in sorted(cells, key=lambda c: (c.top + c.bottom, c.left)):
        last = rows[-1][-1] if rows else None
        if last is not None and overlap(last.top, last.bottom, cell.top, cell.bottom) > 0.5 * min(
            last.bottom - last.top, cell.bottom - cell.top
        ):
            rows[-1].append(cell)
        else:
            rows.append([cell])
    return [Row(sorted(row, key=lambda c: c.left)) for row in rows]


def _holds(edges: Edges, cell: Cell) -> bool:
    x, y = (cell.left + cell.right) / 2, (cell.top + cell.bottom) / 2
    return edges.left <= x <= edges.right and edges.top <= y <= edges.bottom


def _link(cells: Sequence[Cell], rules: Sequence[Edges]) -> list[list[Cell]]:
    """Groups of cells that follow each other downwards. `cells` are sorted by their top."""
    parent = list(range(len(cells)))

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    tops = [cell.top for cell in cells]
    mates = _find_mates(cells, tops)
    for i, cell in enumerate(cells):
        reach = cell.bottom + LEADING * cell.size
        for j in range(bisect_left(tops, cell.top + 0.5 * cell.size), bisect_right(tops, reach)):
            if root(i) != root(j) and _follows(cell, cells[j]) and not _parted(cell, cells[j], rules):
                if _bridges(cell, cells[j], mates[j], cells) or _bridges(cells[j], cell, mates[i], cells):
                    continue
                parent[root(j)] = root(i)
    for i, row in enumerate(mates):
        if len(row) >= 2 and all(cells[k].width < LONG * cells[k].size for k in (i, *row)):
            for k in row:  # three and more short words at one height: a row of a table without rules
                parent[root(k)] = root(i)
    groups: dict[int, list[Cell]] = {}
    for i, cell in enumerate(cells):
        groups.setdefault(root(i), []).append(cell)
    return list(groups.values())


def _follows(above: Cell, below: Cell) -> bool:
    """`below` may be the line after `above` in one column."""
    if above.across or below.across:
        return False
    size = max(above.size, below.size)
    if size > ALIKE * min(above.size, below.size):
        return False
    if overlap(above.left, above.right, below.left, below.right) <= 0:
        return False
    if abs(above.left - below.left) <= INDENT * size or abs(above.right - below.right) <= RAGGED * size:
        return True
    return abs(above.left + above.right - below.left - below.right) <= 2 * size  # both in the middle


def _parted(above: Cell, below: Cell, rules: Sequence[Edges]) -> bool:
    """A rule runs between the two lines."""
    return any(
        above.bottom - 0.3 * above.size <= rule.top <= below.top + 0.3 * below.size
        and overlap(rule.left, rule.right, max(above.left, below.left), min(above.right, below.right)) > 0
        and rule.right - rule.left > rule.bottom - rule.top
        for rule in rules
    )


def _find_mates(cells: Sequence[Cell], tops: Sequence[float]) -> list[list[int]]:
    """The cells at the same height as each."""
    mates: list[list[int]] = []
    for cell in cells:
        half = 0.5 * cell.size
        window = range(bisect_left(tops, cell.top - half), bisect_right(tops, cell.top + half))
        mates.append([j for j in window if cells[j] is not cell and not cells[j].across])
    return mates


def _bridges(wide: Cell, narrow: Cell, beside: Sequence[int], cells: Sequence[Cell]) -> bool:
    """`wide` runs over `narrow` and over another long piece beside it: it belongs to neither's column."""
    if narrow.width < LONG * narrow.size:
        return False
    return any(
        cells[j].width >= LONG * cells[j].size
        and overlap(wide.left, wide.right, cells[j].left, cells[j].right) > 2 * wide.size
        and overlap(wide.left, wide.right, narrow.left, narrow.right) > 2 * wide.size
        for j in beside
    )
