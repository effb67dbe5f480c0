"""Tables in text: lines of cells, and which lines make one table with its header."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

LONGEST = 400  # characters of a row
LONGEST_CELL = 40
MOST_HEADS = 3  # rows of a header
LEAST_ROWS = 2  # rows of figures of a table whose columns are parted by spaces alone
_TAB = re.compile(r"[ \u3000\xa0]*\t[ \u3000\xa0]*")
_BAR = re.compile(r"[\s\u3000\xa0]*[|｜│┃┆┊][\s\u3000\xa0]*")
_GAP = re.compile(r"[ \u3000\xa0]{2,}|(?<=[0-9０-９.%％])\u3000|\u3000(?=[-－0-9０-９])")
_RULE = re.compile(r"[\s|｜│┃:+\-—=─━┄┌┐└┘├┤┬┴┼╔╗╚╝╠╣╦╩╬═]+")
_CJK_DIGIT = "〇○零一二三四五六七八九十百千万亿两"
_FIGURE = re.compile(
    rf"(?:约|近|[-－−﹣+＋±])?\s?(?:[0-9０-９][0-9０-９,，.．·\s]*|(?:[{_CJK_DIGIT}]{{2,}}|[{_CJK_DIGIT}](?=$))(?:点[{_CJK_DIGIT}]+)?)[^\d\s]{{0,6}}"
)
_PERIOD = re.compile(r"[年月日季旬]|[0-9]{4}[—–-][0-9]{2,4}")
_YEAR = re.compile(r"(?:1[89]|20)[0-9]{2}(?:[-—.][0-9]{1,2})?")
_NONE = re.compile(r"[-－—–─…/／.·*]*|无|空")
_DECLARES = re.compile(r"[（(]?(?:计量)?单\s*位\s*[:：].*")
_SENTENCE = re.compile(r"[。；！？]")


class Cell(NamedTuple):
    """Where a cell stands in its line; `start == end` for an empty one."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Grid:
    """Lines [head, body) are the header, [body, end) the rows; `heads` and `rows` list those that hold cells."""

    head: int
    body: int
    end: int
    heads: tuple[int, ...]
    rows: tuple[int, ...]


def split_cells(line: str) -> list[Cell]:
    """The cells of a line, parted by tabs, bars or wide gaps; one where there are none.

    >>> [("甲　乙  12"[c.start:c.end]) for c in split_cells("甲　乙  12")]
    ['甲　乙', '12']
    """
    if "\t" in line:
        return _cut(line, _TAB)
    if _BAR.search(line):
        cells = _cut(line, _BAR)
        while cells and cells[0].start == cells[0].end:
            del cells[0]
        while cells and cells[-1].start == cells[-1].end:
            del cells[-1]
        return cells
    return _close_up(line, [cell for cell in _cut(line, _GAP) if cell.start < cell.end])


def _cut(line: str, mark: re.Pattern[str]) -> list[Cell]:
    cells: list[Cell] = []
    at = 0
    for match in mark.finditer(line):
        cells.append(_trim(line, at, match.start()))
        at = match.end()
    cells.append(_trim(line, at, len(line)))
    return cells


def _trim(line: str, start: int, end: int) -> Cell:
    while start < end and line[start] in " \u3000\xa0\r\n":
        start += 1
    while end > start and line[end - 1] in " \u3000\xa0\r\n":
        end -= 1
    return Cell(start, end)


def _close_up(line: str, cells: list[Cell]) -> list[Cell]:
    """Characters set apart are one word: 合    计."""
    out: list[Cell] = []
    for cell in cells:
        single = cell.end - cell.start == 1 and "\u4e00" <= line[cell.start] <= "\u9fff"
        before = out[-1] if out else None
        if single and before and before.end - before.start == 1 and "\u4e00" <= line[before.start] <= "\u9fff":
            out[-1] = Cell(before.start, cell.end)
        else:
            out.append(cell)
    return out


def is_figure(text: str) -> bool:
    """A cell that holds a number (23.4, 12万, 三百二十), not a year or a span of time."""
    if not text or len(text) > 20:
        return False
    match = _FIGURE.fullmatch(text)
    return match is not None and not _PERIOD.search(text)


def is_year(text: str) -> bool:
    return _YEAR.fullmatch(text) is not None


def is_blank(text: str) -> bool:
    """A cell without a value: empty, —, …"""
    return _NONE.fullmatch(text) is not None


def find_grids(lines: Sequence[str]) -> list[Grid]:
    """The tables among lines, each with a header row and rows of figures."""
    cells = [_cells(line) for line in lines]
    grids: list[Grid] = []
    start = 0
    while start < len(lines):
        if len(cells[start]) < 2:
            start += 1
            continue
        end = _run_end(lines, cells, start)
        grids += _split_run(lines, cells, start, end)
        start = end
    return grids


def _cells(line: str) -> list[str]:
    """The cells' texts; none for a line that is no row."""
    if len(line) > LONGEST or _SENTENCE.search(line):
        return []
    texts = [line[cell.start : cell.end] for cell in split_cells(line)]
    caption = any(_DECLARES.fullmatch(text) for text in texts)  # 截至八月底　　单位：亩
    return [] if caption or any(len(text) > LONGEST_CELL for text in texts) else texts


def _run_end(lines: Sequence[str], cells: list[list[str]], start: int) -> int:
    """Behind the last of the rows that begin at `start`; rules and single short cells may stand among them."""
    end = at = start + 1
    while at < len(lines) and at - end < 2:
        if len(cells[at]) >= 2:
            end = at + 1
        elif not (_RULE.fullmatch(lines[at]) or len(cells[at]) == 1):
            break
        at += 1
    return end


def _split_run(lines: Sequence[str], cells: list[list[str]], start: int, end: int) -> list[Grid]:
    rows = [i for i in range(start, end) if len(cells[i]) >= 2 and not _RULE.fullmatch(lines[i])]
    grids: list[Grid] = []
    at = 0
    while at < len(rows):
        first = next((k for k in range(at, len(rows)) if _has_figures(cells[rows[k]])), None)
        if first is None:
            break
        last = first
        while last < len(rows) and not _heads(cells, rows, last):
            last += 1
        heads = rows[max(at, first - MOST_HEADS) : first]
        body = rows[first:last]
        if heads and _is_grid(lines, cells, heads, body):
            grids.append(Grid(heads[0], body[0], body[-1] + 1, tuple(heads), tuple(body)))
        at = max(last, first + 1)
    return grids


def _has_figures(row: list[str]) -> bool:
    """A figure behind the row's name; a row of years alone is a header."""
    return any(is_figure(text) and not is_year(text) for text in row[1:])


def _heads(cells: list[list[str]], rows: list[int], k: int) -> bool:
    """Row `k` has neither figures nor places left for them: another header begins."""
    row = cells[rows[k]]
    return not _has_figures(row) and sum(map(is_blank, row[1:])) * 2 < len(row) - 1


def _is_grid(lines: Sequence[str], cells: list[list[str]], heads: list[int], body: list[int]) -> bool:
    columns = max(len(cells[i]) for i in heads)
    if columns < 2:
        return False
    if all("\t" in lines[i] or _BAR.search(lines[i]) for i in (*heads, *body)):
        return True
    fitting = sum(len(cells[i]) == len(cells[heads[-1]]) for i in body)
    return len(body) >= LEAST_ROWS and fitting * 3 >= len(body) * 2
