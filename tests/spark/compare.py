"""What a job wrote and what an export wrote, in one form: a line of bytes a row, sorted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from extractor.batch import Options, run_batch
from extractor.export import export_database
from extractor.export.parquet import PLAIN
from extractor.export.table import Table, list_tables
from extractor.settings import Settings
from extractor.store import open_connection

OWN = ("run_id",)  # of the invocation

Rows = dict[str, list[bytes]]  # of each table


def run_single(inputs: Iterable[Path], folder: Path, settings: Settings | None = None, date: str | None = None) -> Rows:
    """`govfacts run` and `govfacts export` on the inputs."""
    database = folder / "facts.db"
    run_batch([str(path) for path in inputs], str(database), settings or Settings(), Options(date=date))
    connection = open_connection(database)
    export_database(connection, "parquet", folder / "single")
    connection.close()
    return read_tables(folder / "single")


def read_tables(folder: Path) -> Rows:
    """The rows of all tables in a folder: of NAME.parquet, or of the files below NAME."""
    return {table.name: sorted(_to_lines(table, folder)) for table in list_tables()}


def find_files(folder: Path, table: Table) -> list[Path]:
    whole = folder / f"{table.name}.parquet"
    return [whole] if whole.exists() else sorted((folder / table.name).rglob("*.parquet"))


def _to_lines(table: Table, folder: Path) -> Iterable[bytes]:
    schema = pa.schema([pa.field(column.name, PLAIN[column.type]) for column in table.columns])
    for path in find_files(folder, table):
        with pq.ParquetFile(path) as file:  # alone: without what the names of folders tell
            read = file.read()
        assert read.schema.names == schema.names, path
        plain = read.cast(schema)
        yield from map(to_line, plain.to_pylist())


def to_line(row: Mapping[str, Any]) -> bytes:
    """A row without what is the invocation's own."""
    return "\x1f".join(repr(value) for name, value in row.items() if name not in OWN).encode()
