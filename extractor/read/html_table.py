"""Tables of a page that hold data -> lines of cells parted by tabs."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

LONGEST_CELL = 60  # characters; longer ones are text set in a table
MOST_COLUMNS = 60
_BLANKS = re.compile(r"\s+")
_HAN = re.compile(r"(?<=[\u2e80-\uffef])\s+(?=[\u2e80-\uffef])")
_DIGIT = re.compile(r"[0-9０-９〇一二三四五六七八九十百千万]")


def _rows(table: Element) -> list[Element]:
    """The table's own rows."""
    out: list[Element] = []
    for child in table:
        if child.tag == "tr":
            out.append(child)
        elif child.tag in ("tbody", "thead", "tfoot"):
            out += [row for row in child if row.tag == "tr"]
    return out


def _cells(row: Element) -> list[Element]:
    return [cell for cell in row if cell.tag in ("td", "th")]


def _text(cell: Element) -> str:
    text = _BLANKS.sub(" ", "".join(cell.itertext())).strip(" \u3000")
    return _HAN.sub("", text)


def is_data_table(table: Element) -> bool:
    """Rows of short cells in columns, no table inside, no list of links."""
    rows = _rows(table)
    if len(rows) < 2 or any(True for _ in table.iterdescendants("table")):
        return False
    cells = [[_text(cell) for cell in _cells(row)] for row in rows]
    wide = [row for row in cells if sum(map(bool, row)) >= 2]
    texts = [cell for row in cells for cell in row if cell]
    if len(wide) * 3 < len(rows) * 2 or not texts or max(map(len, texts)) > 2 * LONGEST_CELL:
        return False
    long = sum(len(cell) > LONGEST_CELL for cell in texts)
    linked = sum(1 for _ in table.iterdescendants("a"))
    figures = sum(1 for cell in texts if _DIGIT.search(cell))
    return long * 10 <= len(texts) and linked * 3 <= len(texts) and figures * 5 >= len(texts)


def render_table(table: Element) -> list[str]:
    """One line a row; a cell over several columns or rows is followed by empty ones."""
    lines = []
    caption = next(iter(table.iterchildren("caption")), None)
    if caption is not None and _text(caption):
        lines.append(_text(caption))
    held: dict[int, int] = {}  # column -> rows that a cell above still covers
    for row in _rows(table):
        out: list[str] = []
        for cell in _cells(row):
            _fill(out, held)
            high, wide = _span(cell, "rowspan"), _span(cell, "colspan")
            for i in range(min(wide, MOST_COLUMNS - len(out))):
                if high > 1:
                    held[len(out)] = high - 1
                out.append("" if i else _text(cell))
        _fill(out, held)
        line = "\t".join(out)
        if line.strip():
            lines.append(line.rstrip("\t"))
    return lines


def _fill(out: list[str], held: dict[int, int]) -> None:
    while held.get(len(out), 0) and len(out) < MOST_COLUMNS:
        held[len(out)] -= 1
        out.append("")


def _span(cell: Element, name: str) -> int:
    value = (cell.get(name) or "1").strip()
    return min(max(int(value), 1), MOST_COLUMNS) if value.isascii() and value.isdigit() and len(value) < 5 else 1
