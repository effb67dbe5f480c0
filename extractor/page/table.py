"""Lines of tables among a page's lines: they stay lines."""

from __future__ import annotations

from collections.abc import Sequence

from extractor.layout import Line
from extractor.table_line import LONGEST, find_grids


def find_table_lines(text: str, lines: Sequence[Line]) -> set[int]:
    """Indices of the lines that are a table's header or rows (single cells between rows too)."""
    found: set[int] = set()
    bare = [text[line.span.start : min(line.span.end, line.span.start + LONGEST + 1)] for line in lines]
    if not any("\t" in piece or "  " in piece or "\u3000" in piece or "|" in piece or "│" in piece for piece in bare):
        return found
    for grid in find_grids(bare):
        found.update(range(grid.head, grid.end))
    return found
