"""What the executors write down of a document: the rows of all tables in one Arrow schema."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any

import pyarrow as pa

from extractor.export.parquet import PLAIN, to_arrays
from extractor.export.table import Table, list_tables
from extractor.spark.scratch import Cells, Lot, Print

# `row`: of one table; `article`: number of the article in the whole job, what `part`, `signature` and `figures` tell of
# it stands in its own row. `file` and `items`: how many rows of an input file were seen, in rows of the table INPUT.
INPUT = "inputs"
HEAD = (
    ("article", pa.int64()),
    ("part", pa.int64()),
    ("signature", pa.binary()),
    ("figures", pa.list_(pa.string())),
    ("file", pa.string()),
    ("items", pa.int64()),
)


def to_struct(table: Table) -> pa.DataType:
    """A table's row."""
    return pa.struct([pa.field(column.name, PLAIN[column.type]) for column in table.columns])


@lru_cache(maxsize=1)
def load_schema() -> pa.Schema:
    """`name` of the table, HEAD, and a struct a table, of which one is set."""
    structs = [(table.name, to_struct(table)) for table in list_tables()]
    return pa.schema([("name", pa.string()), *HEAD, *structs])


def to_batches(lot: Lot, base: int) -> Iterator[pa.RecordBatch]:
    """A lot's rows, a batch a table. `base`: is added to the numbers of articles."""
    for table in list_tables():
        rows = lot.rows.get(table.name, [])
        if rows:
            owners = [number for number, _ in rows]
            prints = [lot.prints[number] if number and table.name == "articles" else None for number in owners]
            yield _to_batch(table, [cells for _, cells in rows], _to_head(owners, prints, base))


def _to_head(owners: Sequence[int | None], prints: Sequence[Print | None], base: int) -> dict[str, list[Any]]:
    return {
        "article": [None if number is None else base + number for number in owners],
        "part": [told and told.part for told in prints],
        "signature": [told and told.signature for told in prints],
        "figures": [told and told.figures for told in prints],
    }


def _to_batch(table: Table, rows: Sequence[Cells], head: dict[str, list[Any]]) -> pa.RecordBatch:
    fields = to_struct(table)
    struct = pa.StructArray.from_arrays(to_arrays(table, rows, PLAIN), fields=list(fields))
    return _fill({"name": pa.array([table.name] * len(rows)), table.name: struct}, head, len(rows))


def to_input_batch(counts: dict[str, int]) -> pa.RecordBatch:
    """How many rows of each input file were seen."""
    head: dict[str, list[Any]] = {"file": list(counts), "items": list(counts.values())}
    return _fill({"name": pa.array([INPUT] * len(counts), pa.string())}, head, len(counts))


def _fill(arrays: dict[str, Any], head: dict[str, list[Any]], size: int) -> pa.RecordBatch:
    """A batch with the arrays and columns given, null elsewhere."""
    schema = load_schema()
    types = dict(HEAD)
    full = {**{key: pa.array(values, types[key]) for key, values in head.items()}, **arrays}
    return pa.RecordBatch.from_arrays(
        [full[field.name] if field.name in full else pa.nulls(size, field.type) for field in schema], schema=schema
    )
