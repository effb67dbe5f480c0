"""The columns of a table, by all rows of its header."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from extractor.mention.table_grid import Row, Table
from extractor.mention.table_head import Head, parse_head, parse_unit
from extractor.model import Period, Published
from extractor.table_line import is_blank, is_figure, is_year

_BODY_ROWS = 40  # rows by which a column is judged
_TIME = re.compile(
    r"[0-9]{4}\s?年度?|[〇○零一二三四五六七八九]{4}年|[0-9]{1,2}月份?|[一二三四]季度|[一二三四五六七八九十]{1,2}月份?"
)
_ENTITY = re.compile(
    r"(?:公社|人民公社|大队|生产队|乡|镇|村|街道|县|市|区|州|盟|旗|省|厂|公司|学校|小学|中学|医院|局|委|办|社|站|场|合作社|农场|合计|总计|全县|全市|全省)$"
)


@dataclass(frozen=True, slots=True)
class Column(Head):
    """What one column's figures are, by all its header cells. `role`: serial, unit, text, growth, share, rate or
    empty; `relative`: a rate of change by its own words."""

    relative: bool = False


@dataclass(frozen=True, slots=True)
class Columns:
    """`name`: the column of the rows' names; `unit`: that of their units; `time`: that of their years (which is the
    name's where there is no other); `names_figures`: the rows' names are indicators, not who or what the figures are
    about."""

    columns: tuple[Column, ...]
    name: int | None
    unit: int | None
    names_figures: bool
    time: int | None = None

    def near(self, column: Column) -> Period | None:
        """The time of the columns before a growth's; a column that names a figure has none of them."""
        if column.role not in ("growth", "share"):
            return None
        at = self.columns.index(column)
        return next((c.period for c in reversed(self.columns[:at]) if c.period is not None), None)


def find_columns(
    text: str, table: Table, published: Published | None, overlay: Path | None, year: int | None = None
) -> Columns:
    """The columns of a table."""
    width = max(len(row.cells) for row in (*table.heads, *table.rows[:_BODY_ROWS]))
    heads = [
        _spread(text, row, published, overlay, year, width if row is not table.heads[-1] else 0) for row in table.heads
    ]
    columns = [_merge([row[k] for row in heads if k < len(row) and row[k] is not None]) for k in range(width)]
    unit = _find_unit(text, table, columns, overlay)
    time = _find_time(text, table, columns)
    name, role = _find_name(text, table, columns, unit, time)
    for k in range(width):
        if k == unit:
            columns[k] = replace(columns[k], role="unit")
        elif columns[k].role in ("indicator", "entity", "item", "unit") and k != name:
            columns[k] = replace(columns[k], role="")
    if name is None:
        return Columns(tuple(columns), time, unit, False, time)
    return Columns(tuple(columns), name, unit, _names_figures(text, table, columns, name, role, unit), time)


def _spread(
    text: str, row: Row, published: Published | None, overlay: Path | None, year: int | None, width: int
) -> list[Head | None]:
    """The cells of a header row; in the upper ones (they have a `width`) a cell stands for the empty ones behind."""
    out: list[Head | None] = []
    told = sum(span is not None for span in row.cells)
    missing = width - len(row.cells) if told > 1 else 0  # the last cell's columns, which no tab parts
    for span in (*row.cells, *[None] * missing):
        if span is not None:
            out.append(parse_head(text[span.start : span.end], span.start, published, overlay, year))
        else:
            out.append(out[-1] if width and out and out[-1] is not None and out[-1].role != "unit" else None)
    return out


def _merge(cells: Sequence[Head | None]) -> Column:
    """One column of its header cells from the top: the lowest that says something decides."""
    heads = [head for head in cells if head is not None]
    last = heads[::-1]
    role = next((head.role for head in last if head.role not in ("", "generic")), "")
    if heads and role in ("indicator", "entity", "item") and last[0].role == "generic":
        role = ""
    names = [head.name for head in last if head.name is not None and head.role not in ("indicator", "entity", "item")]
    return Column(
        " ".join(head.text for head in heads),
        role,
        next((head.unit for head in last if head.unit is not None), None),
        next((head.period for head in last if head.period is not None), None),
        names[0] if names else None,
        next((head.verb for head in last if head.verb is not None), None),
        next((head.base for head in last if head.base is not None), None),
        any(head.counts for head in last),
        next((head.label for head in last if head.label is not None), None),
        next((head.counted for head in last if head.counted is not None), None),
        any(c in head.text for head in last[:1] for c in "率速幅%％±"),
    )


def _cells(text: str, table: Table, k: int) -> list[str]:
    spans = [row.cells[k] for row in table.rows[:_BODY_ROWS] if k < len(row.cells)]
    return [text[span.start : span.end] for span in spans if span is not None]


def _find_unit(text: str, table: Table, columns: Sequence[Column], overlay: Path | None) -> int | None:
    """The column whose cells are units."""
    for k, column in enumerate(columns):
        cells = _cells(text, table, k)
        units = sum(1 for cell in cells if parse_unit(cell, overlay))
        if cells and units * 3 >= len(cells) * 2 and (column.role == "unit" or not column.text or len(columns) > 2):
            return k
    return None


def _find_time(text: str, table: Table, columns: Sequence[Column]) -> int | None:
    """The first column, where its header or its cells say that the rows are years or months."""
    cells = _cells(text, table, 0)
    times = sum(is_year(cell) or _TIME.fullmatch(cell) is not None for cell in cells)
    return 0 if cells and times * 3 >= len(cells) * 2 and columns else None


def _find_name(
    text: str, table: Table, columns: Sequence[Column], unit: int | None, time: int | None
) -> tuple[int | None, str]:
    """The first column of words, and what its header says it is."""
    for k, column in enumerate(columns):
        if k in (unit, time) or column.role == "serial":
            continue
        cells = _cells(text, table, k)
        words = sum(1 for cell in cells if not is_figure(cell) and not is_blank(cell))
        if cells and words * 2 > len(cells):
            return k, "entity" if column.role == "unit" else column.role
    return None, ""


def _names_figures(text: str, table: Table, columns: Sequence[Column], name: int, role: str, unit: int | None) -> bool:
    """Whether the rows' names are indicators: their header says so, or each row has its own unit, or no column
    names a figure."""
    if role == "indicator" or unit is not None:
        return True
    others = [c for k, c in enumerate(columns) if k != name and c.role not in ("serial", "unit")]
    if all(column.name is None for column in others):
        return True
    if role == "entity":
        return False
    cells = _cells(text, table, name)
    owned = Counter(bool(_ENTITY.search(cell)) for cell in cells)
    if owned[True] * 2 > len(cells):
        return False
    return any(column.role == "growth" and column.name is None for column in others) and len(others) <= 2
