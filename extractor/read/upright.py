"""Vertical print typed as it stands on paper: columns from right to left, each read downward, told by how they read."""

from __future__ import annotations

import re
from itertools import groupby

from extractor.legibility import share_joined

LEAST_ROWS, LEAST_COLUMNS, LEAST_INK = 4, 2, 16
MOST_WIDTH = 160  # cells of a row; a page of print has 60 to 80 columns
MOST_ROWS = 400
# A block is upright where few of its rows' characters make words, and many of its columns': shares of 0.1 to 0.4 and of
# 0.6 to 0.9 in our pages set upright.
ROWS, COLUMNS, APART = 0.45, 0.5, 0.2
EDGE = 0.02  # how much better a less likely arrangement of the columns must read
SAMPLE = 1_000
_HAN = re.compile("[\u3400-\u9fff]")
_BLANK = re.compile(r"[\s|│┃]+")
_BREAK = re.compile(r"\r\n?|\n")

Row = dict[int, str]  # characters by their cell, full-width ones take two


def to_level(text: str) -> str | None:
    """The text with its upright blocks as lines, one a column, in reading order; None where there are none."""
    lines = _BREAK.split(text)
    out: list[str] = []
    found = False
    for blank, group in groupby(lines, lambda line: not line.strip()):
        block = list(group)
        columns = None if blank else find_columns(block)
        found = found or columns is not None
        out += block if columns is None else columns
    return "\n".join(out) if found else None


def find_columns(block: list[str]) -> list[str] | None:
    """The columns of an upright block from right to left, blanks at their heads kept; None for other blocks."""
    if not LEAST_ROWS <= len(block) <= MOST_ROWS or max(map(len, block)) > MOST_WIDTH:
        return None
    ink = _BLANK.sub("", "".join(block))
    if len(ink) < LEAST_INK or 2 * len(_HAN.findall(ink)) < len(ink):
        return None
    level = _share(ink)
    if level > ROWS:
        return None
    columns, best = [""], 0.0
    for rows in _arrange(block):
        other = _read(rows)
        share = _share("".join(other))
        if share > best + EDGE:
            columns, best = other, share
    return columns if best >= max(COLUMNS, level + APART) else None


def _share(text: str) -> float:
    return share_joined(_BLANK.sub("", text)[:SAMPLE])


def _arrange(block: list[str]) -> list[list[Row]]:
    """The rows' cells counted from the left edge above the first full row, where the first column is indented, and from
    the right one below it, where the last column has ended; all from the left; all from the right."""
    left: list[Row] = []
    ends: list[int] = []
    for line in block:
        row: Row = {}
        at = 0
        for char in line.rstrip():
            if not _BLANK.match(char):
                row[at] = char
            at += 8 - at % 8 if char == "\t" else 1 if char.isascii() else 2
        left.append(row)
        ends.append(at)
    width = max(ends)
    right = [{cell + width - end: char for cell, char in row.items()} for row, end in zip(left, ends, strict=True)]
    full = ends.index(width)
    return [left[:full] + right[full:], left, right]


def _read(rows: list[Row]) -> list[str]:
    """The columns from right to left; empty where the characters do not stand in columns."""
    cells = sorted({cell for row in rows for cell in row}, reverse=True)
    if len(cells) < LEAST_COLUMNS or len(cells) > 1.5 * max(map(len, rows)):
        return []
    return ["".join(row.get(cell, "\u3000") for row in rows).rstrip() for cell in cells]
