"""The column a line stands in: its width and its left edge, from the lines around it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from extractor.layout import Line

_REACH = 6  # lines looked at on each side where a run is too short to speak for itself
_RUN = 4
_WIDEST = 300  # cells; over it lines are paragraphs, not columns


@dataclass(frozen=True, slots=True)
class Column:
    """`width` in cells, 0 where lines are not wrapped at one; `size`: the same where lines are cut at a number of
    characters, whatever their width; `edge`: the margin that paragraphs' later lines have."""

    width: int
    size: int
    edge: int


def slack(width: int) -> int:
    """Cells by which a full line may be short: a mark may not open the next line nor a bracket end this (two
    characters), and in wide columns digits and narrow marks are set to more or less than a cell."""
    return 4 if width < 60 else 10 if width >= 120 else width // 12


def find_columns(lines: Sequence[Line]) -> list[Column]:
    """One column a line."""
    columns: list[Column] = []
    start = 0
    total = len(lines)
    while start < total:
        end = start + 1
        while end < total and lines[end].blanks == 0:
            end += 1
        run = lines[start:end]
        column = _column(run) if len(run) >= _RUN else None
        if column and (column.width or column.size):
            columns += [column] * len(run)
        else:
            columns += [_around(lines, i) for i in range(start, end)]
        start = end
    return columns


def _around(lines: Sequence[Line], i: int) -> Column:
    return _column(lines[max(0, i - _REACH) : i + _REACH + 1])


def _column(lines: Sequence[Line]) -> Column:
    edge = min((line.indent for line in lines if not line.glued), default=0)
    return Column(find_width([line.width for line in lines]), _find_size([line.size for line in lines]), edge)


def _find_size(sizes: list[int]) -> int:
    """The size that a third of the lines (and two) have to the character, no more than a quarter being longer."""
    sizes.sort(reverse=True)
    need = max(2, (len(sizes) + 2) // 3)
    longer = 0
    while longer <= max(1, len(sizes) // 4) and longer < len(sizes):
        count = sizes.count(sizes[longer])
        if count >= need:
            return sizes[longer] if sizes[longer] <= _WIDEST else 0
        longer += count
    return 0


def find_width(widths: list[int]) -> int:
    """The middle of the widest widths that a third of the lines (and two) share within the slack, no more than a
    quarter of the lines being wider; 0 where there are none."""
    widths.sort()
    need = max(2, (len(widths) + 2) // 3)
    wider = max(1, len(widths) // 4)
    for low in range(len(widths) - need, max(-1, len(widths) - need - wider - 1), -1):
        top = widths[low + need - 1]
        least = top - slack(top)
        if widths[low] >= least:
            full = [w for w in widths if least <= w <= top]
            return full[len(full) // 2] if top <= _WIDEST else 0  # the widest hang a mark over the edge
    return 0
