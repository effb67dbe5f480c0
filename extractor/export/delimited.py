"""CSV that a spreadsheet opens without running anything."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from extractor.export.table import Cells, Table

FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")  # what begins a formula, full width too


def defuse(cell: Any) -> Any:
    """A text that a spreadsheet would run gets an apostrophe before it; the NUL that CSV cannot hold goes."""
    if not isinstance(cell, str):
        return cell
    plain = cell.replace("\0", "")
    return "'" + plain if plain.lstrip(" \u3000").startswith(FORMULA) else plain


def write_csv(path: Path, table: Table, rows: Iterable[Cells], *, mark: bool = False) -> int:
    """Writes one file (UTF-8, CRLF, RFC 4180); its rows. `mark`: with the byte order mark that Excel needs."""
    numeric = {i for i, column in enumerate(table.columns) if column.type in ("decimal", "number", "integer", "flag")}
    count = 0
    with path.open("w", encoding="utf-8-sig" if mark else "utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([column.name for column in table.columns])
        for row in rows:
            writer.writerow([cell if i in numeric else defuse(cell) for i, cell in enumerate(row)])
            count += 1
    return count
