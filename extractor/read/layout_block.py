"""Cells -> blocks: which pieces of print stand below each other in one column."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from extractor.read.layout_sheet import Block, Cell, Edges, Row, overlap, to_block

ALIKE = 1.13  # sizes of one block's lines differ less: type sizes step by 1.14 and more, OCR measures within 0.06
LEADING = 1.0  # sizes of white between two lines of a block at most; print has 0.3 to 0.8, typescripts 0.9
INDENT = 2.7  # sizes that a line may begin to the right of another: an indent is two
RAGGED = 1.6  # sizes that ends of full lines may differ by: a mark or half a number
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
