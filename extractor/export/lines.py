"""JSON Lines: one object a row, numbers as numbers, decimals as the contract's strings."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from extractor.export.table import Cells, Table


def write_lines(path: Path, table: Table, rows: Iterable[Cells]) -> int:
    """Writes one file (UTF-8); the number of rows."""
    names = [column.name for column in table.columns]
    flags = {i for i, column in enumerate(table.columns) if column.type == "flag"}
    count = 0
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for row in rows:
            cells = [bool(cell) if i in flags and cell is not None else cell for i, cell in enumerate(row)]
            file.write(json.dumps(dict(zip(names, cells, strict=True)), ensure_ascii=False) + "\n")
            count += 1
    return count
