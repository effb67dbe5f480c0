"""Columns that a text has side by side on its lines (a printed page read row by row), taken apart."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from extractor.layout import Line
from extractor.table_line import is_figure
from extractor.text import Span

_BLANKS = r" \u3000\xa0|｜│┃┆┊"
_GAP = re.compile(rf"[{_BLANKS}]{{2,}}|[|｜│┃┆┊]")
_BLANK = re.compile(rf"[{_BLANKS}]+")
_PAUSE = re.compile(r"[，。；、：！？]")
LEAST_ROWS = 3  # lines that hold print of several columns, of a stretch of columns
LEAST_EDGES = 3  # lines whose print begins at a column's left edge
LEAST_WIDTH = 12  # cells of a column
WIDEST = 240  # characters of a line that is looked at
INDENT = 4  # cells by which a paragraph opens
_EDGE = 0.25  # of the lines with gaps have print that begins at a column's left edge
_ACROSS = 0.2  # of the lines of columns may have ink across one edge
_PROSE = 0.3  # of the pieces hold a mark of the sentence
_FULL = 0.3  # of the pieces reach the right edge of their column
_SLACK = 5  # cells by which a full line may be short
_FIGURES = 0.2  # of the pieces may be bare figures, no more: a table


class Piece(NamedTuple):
    """Ink of a line that no wide gap parts: its span, first cell and the cell behind its last."""

    span: Span
    left: int
    right: int


Row = list[Piece]


def unweave(text: str, lines: list[Line]) -> list[Line]:
    """The lines, those of columns side by side one column behind the other."""
    if sum(1 for line in lines if _is_parted(text, line)) < LEAST_EDGES:
        return lines
    out: list[Line] = []
    for _, sheet in groupby(lines, key=lambda line: line.page):
        run = list(sheet)
        out += _unweave(text, run, [find_pieces(text, line) for line in run], 0)
    return out


def _is_parted(text: str, line: Line) -> bool:
    return line.size <= WIDEST and _GAP.search(text, *line.span) is not None


def find_pieces(text: str, line: Line) -> Row:
    """The pieces of a line that wide gaps or bars part.

    >>> [p.left for p in find_pieces("修渠  打井", Line(Span(0, 6), 0, 10, 6, 0, 1))]
    [0, 6]
    """
    if line.size > WIDEST:
        return [Piece(line.span, line.indent, line.width)]
    row: Row = []
    at, cell = line.span.start, line.indent
    for gap in _GAP.finditer(text, *line.span):
        cell = _add(row, text, at, gap.start(), cell) + _cells(text, *gap.span())
        at = gap.end()
    _add(row, text, at, line.span.end, cell)
    return row


def _add(row: Row, text: str, start: int, end: int, cell: int) -> int:
    right = cell + _cells(text, start, end)
    if end > start:
        row.append(Piece(Span(start, end), cell, right))
    return right


def _cells(text: str, start: int, end: int) -> int:
    part = text[start:end]
    return 2 * len(part) - len(part.encode("ascii", "ignore"))


_DEEPEST = 4  # kinds of columns on one page


def _unweave(text: str, run: list[Line], rows: list[Row], depth: int) -> list[Line]:
    """Stretches that fit the clearest columns are read by column, the others looked at again."""
    edges = _find_edges(rows) if depth < _DEEPEST else []
    if len(edges) < 2:
        return run
    fitted = [_fit(text, row, edges) for row in rows]
    out: list[Line] = []
    for fits, stretch in groupby(range(len(run)), key=lambda i: fitted[i] is not None):
        part = list(stretch)
        lines = [run[i] for i in part]
        if fits and _is_prose(text, columns := _to_columns([fitted[i] or [] for i in part], edges)):
            out += _read_columns(lines, columns, edges)
        elif len(part) < len(run):
            out += _unweave(text, lines, [rows[i] for i in part], depth + 1)
        else:
            out += lines
    return out


def _find_edges(rows: Sequence[Row]) -> list[int]:
    """The left edges of the columns, the first one's included; fewer than two where there are no columns."""
    parted = [row for row in rows if len(row) > 1]
    if len(parted) < LEAST_ROWS:
        return []
    starts = Counter(piece.left for row in parted for piece in row[1:])
    support = {left: starts[left] + starts[left + INDENT] for left in starts if starts[left] > 1}
    least = max(LEAST_EDGES, _EDGE * len(parted))
    first = min(row[0].left for row in rows if row)
    edges = [first]
    for left in sorted(support, key=lambda left: (-support[left], left)):
        apart = all(abs(left - edge) >= LEAST_WIDTH for edge in edges)
        if support[left] >= least and apart and _agrees(rows, left, edges[1:]):
            edges.append(left)
    return sorted(edges)


def _agrees(rows: Sequence[Row], left: int, edges: Sequence[int]) -> bool:
    """No ink stands across the edge on most lines that have the other ones."""
    fitting = [row for row in rows if any(piece.left in (edge, edge + INDENT) for piece in row for edge in edges)]
    across = sum(any(piece.left < left - 1 and left + 1 < piece.right for piece in row) for row in fitting)
    return across <= _ACROSS * len(fitting)


def _fit(text: str, row: Row, edges: Sequence[int]) -> Row | None:
    """The row's pieces with those that reach over an edge cut there; None where ink stands across one."""
    out: Row = []
    for piece in row:
        rest = piece
        while (k := _column(rest, edges)) + 1 < len(edges) and rest.right > edges[k + 1]:
            cut = _cut(text, rest, edges[k + 1])
            if cut is None:
                return None
            out.append(cut[0])
            rest = cut[1]
        out.append(rest)
    return out


def _cut(text: str, piece: Piece, edge: int) -> tuple[Piece, Piece] | None:
    """The piece in two where one blank stands before the edge: a mark hangs into the gutter."""
    for gap in _BLANK.finditer(text, *piece.span):
        right = piece.left + _cells(text, piece.span.start, gap.end())
        if right in (edge, edge + INDENT):
            before = Piece(Span(piece.span.start, gap.start()), piece.left, right - _cells(text, *gap.span()))
            return before, Piece(Span(gap.end(), piece.span.end), right, piece.right)
    return None


def _column(piece: Piece, edges: Sequence[int]) -> int:
    return max(bisect_right(edges, piece.left) - 1, 0)


def _to_columns(rows: Sequence[Row], edges: Sequence[int]) -> list[list[Row]]:
    """By column, the pieces of every row that stand in it."""
    columns: list[list[Row]] = [[[] for _ in rows] for _ in edges]
    for number, row in enumerate(rows):
        for piece in row:
            columns[_column(piece, edges)][number].append(piece)
    return columns


def _is_prose(text: str, columns: Sequence[Sequence[Row]]) -> bool:
    """Lines of sentences that fill their columns, not a table."""
    together = sum(sum(bool(row) for row in rows) > 1 for rows in zip(*columns, strict=True))
    if together < LEAST_ROWS:
        return False
    pieces = [text[piece.span.start : piece.span.end] for piece in _flatten(columns)]
    prose = sum(_PAUSE.search(piece) is not None for piece in pieces)
    if not all(any(_PAUSE.search(text, *piece.span) for row in column for piece in row) for column in columns):
        return False  # a list of names, each with what is said of it
    figures = sum(map(is_figure, pieces))
    full = [_count_full(column) for column in columns]
    return (
        prose >= _PROSE * len(pieces)
        and figures <= _FIGURES * len(pieces)
        and min(full) > 0
        and sum(full) >= _FULL * sum(1 for column in columns for row in column if row)
    )


def _flatten(columns: Sequence[Sequence[Row]]) -> Iterator[Piece]:
    return (piece for column in columns for row in column for piece in row)


def _count_full(column: Sequence[Row]) -> int:
    """Rows that reach the column's right edge."""
    ends = [row[-1].right for row in column if row]
    return sum(end >= max(ends) - _SLACK for end in ends) if len(ends) > 1 else 0


def _read_columns(lines: Sequence[Line], columns: Sequence[Sequence[Row]], edges: Sequence[int]) -> list[Line]:
    out: list[Line] = []
    for edge, column in zip(edges, columns, strict=True):
        empty = 0
        first = True
        for line, row in zip(lines, column, strict=True):
            if not row:
                empty += 1 + line.blanks
                continue
            blanks = line.blanks + empty
            out.append(_to_line(row, edge, line, max(blanks, 1) if first and out else blanks))
            empty, first = 0, False
    return out


def _to_line(row: Row, edge: int, line: Line, blanks: int) -> Line:
    span = Span(row[0].span.start, row[-1].span.end)
    indent = max(row[0].left - edge, 0)
    return Line(span, indent, row[-1].right - edge, span.end - span.start + indent // 2, blanks, line.page)
