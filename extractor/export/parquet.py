"""Parquet: typed columns, decimals as decimal128, texts of few values dictionary-encoded."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from decimal import Context, Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from extractor.export.table import Cells, Column, Table

BATCH = 50_000  # rows of a row group
PRECISION, SCALE = 38, 10
EXACT = Context(prec=PRECISION)
STEP = Decimal(1).scaleb(-SCALE)
LARGEST = Decimal(10) ** (PRECISION - SCALE)  # beyond it a number is left out of the decimal column
TYPES = {
    "text": pa.string(),
    "label": pa.dictionary(pa.int32(), pa.string()),
    "date": pa.date32(),
    "integer": pa.int64(),
    "number": pa.float64(),
    "decimal": pa.decimal128(PRECISION, SCALE),
    "flag": pa.bool_(),
}
PLAIN = {**TYPES, "label": pa.string()}  # for those who know no dictionaries


def to_schema(table: Table) -> pa.Schema:
    """The Arrow schema of a table; comments as metadata of the fields."""
    return pa.schema(
        [pa.field(c.name, TYPES[c.type], metadata={"comment": c.comment}) for c in table.columns],
        metadata={"table": table.name},
    )


def to_arrow(column: Column, cells: Sequence[Any], types: Mapping[str, pa.DataType] = TYPES) -> pa.Array:
    """One column of a batch. A number too large for the decimal type is null."""
    values: Sequence[Any] = cells
    if column.type == "decimal":
        values = [to_decimal(cell) for cell in cells]
    elif column.type == "date":
        values = [None if cell is None else datetime.date.fromisoformat(cell) for cell in cells]
    elif column.type == "flag":
        values = [None if cell is None else bool(cell) for cell in cells]
    return pa.array(values, type=types[column.type])


def to_arrays(table: Table, rows: Sequence[Cells], types: Mapping[str, pa.DataType] = TYPES) -> list[pa.Array]:
    """The columns of some rows."""
    columns = zip(*rows, strict=True) if rows else ((),) * len(table.columns)
    return [to_arrow(column, cells, types) for column, cells in zip(table.columns, columns, strict=True)]


def to_decimal(text: str | None) -> Decimal | None:
    """A plain decimal at ten places; None for none and for what 28 digits before the point cannot hold."""
    if text is None:
        return None
    value = Decimal(text)
    return value.quantize(STEP, context=EXACT) if abs(value) < LARGEST else None


def write_parquet(path: Path, table: Table, rows: Iterable[Cells]) -> int:
    """Writes one file; the number of rows."""
    schema = to_schema(table)
    count = 0
    with pq.ParquetWriter(path, schema, compression="zstd") as writer:
        for batch in batches(rows, BATCH):
            writer.write_batch(pa.RecordBatch.from_arrays(to_arrays(table, batch), schema=schema))
            count += len(batch)
    return count


def batches(rows: Iterable[Cells], size: int) -> Iterable[list[Cells]]:
    """The rows in lists of at most `size`."""
    batch: list[Cells] = []
    for row in rows:
        batch.append(row)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch
