"""XLSX: one sheet a table, more where a sheet is full."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from extractor.export.table import Cells, Column, Table

FULL = 1_000_000  # rows of a sheet; Excel ends at 1,048,576
LONGEST = 32_767  # characters of a cell
ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def to_cell(column: Column, cell: Any) -> Any:
    """A cell as Excel takes it; decimals stay text where a double would lose digits."""
    if cell is None:
        return None
    if column.type == "decimal":
        number = float(cell)
        return number if len(cell.replace(".", "").replace("-", "")) <= 15 else cell
    if column.type == "flag":
        return bool(cell)
    return ILLEGAL.sub("", cell)[:LONGEST] if isinstance(cell, str) else cell


def write_workbook(path: Path, tables: Iterable[tuple[Table, Iterable[Cells]]]) -> dict[str, int]:
    """Writes one file with all tables; the number of rows of each."""
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell

    book = Workbook(write_only=True)
    counts: dict[str, int] = {}
    for table, rows in tables:
        names = [column.name for column in table.columns]
        counts[table.name] = 0
        sheet = book.create_sheet(table.name)
        sheet.append(names)
        for row in rows:
            number, at = divmod(counts[table.name], FULL)
            if number and not at:
                sheet = book.create_sheet(f"{table.name} {number + 1}")
                sheet.append(names)
            cells = []
            for column, value in zip(table.columns, row, strict=True):
                cell = WriteOnlyCell(sheet, to_cell(column, value))
                if isinstance(cell.value, str):
                    cell.data_type = "s"  # never a formula
                cells.append(cell)
            sheet.append(cells)
            counts[table.name] += 1
    book.save(path)
    return counts
