"""A database to files of one format with their manifest."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from extractor.errors import ExportError
from extractor.export.manifest import File, write_manifest
from extractor.export.table import NEEDED, Cells, Choice, Table, list_tables, read_rows
from extractor.store import Connection

FORMATS = ("parquet", "csv", "jsonl", "xlsx")
EXTRA = "pip install 'govfacts[export]'"


@contextmanager
def hold_snapshot(connection: Connection) -> Iterator[None]:
    """All that is read within is of one moment, whatever others write meanwhile."""
    kind = "" if connection.dialect == "sqlite" else " ISOLATION LEVEL REPEATABLE READ READ ONLY"
    connection.execute(f"BEGIN{kind}")
    try:
        yield
    finally:
        connection.execute("ROLLBACK")


def export_database(
    connection: Connection,
    form: str,
    folder: Path,
    *,
    facts: Choice | None = None,
    search: Mapping[str, Any] | str | None = None,
    mark: bool = False,
) -> list[File]:
    """Writes all tables, or only some facts with the articles, places, programs, periods and sources that they need
    (`search`: what found them, for the manifest).

    Raises ExportError where the folder refuses or a library is not installed.
    """
    tables = [table for table in list_tables() if facts is None or table.name in NEEDED]
    parts = [(table, read_rows(connection, table, facts)) for table in tables]
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if form == "xlsx":
            files = [_write_book(folder / "govfacts.xlsx", parts)]
        else:
            write = _writer(form, mark)
            files = [
                File(path, form, [(table, _write_whole(path, table, rows, write))])
                for table, rows in parts
                for path in (folder / f"{table.name}.{form}",)
            ]
        runs = [run for (run,) in connection.query("SELECT run_id FROM run ORDER BY run_pk")]
        write_manifest(folder, connection.name, runs, files, search)
    except OSError as error:
        raise ExportError(f"{folder}: {error.strerror or error}") from error
    except ModuleNotFoundError as error:
        raise ExportError(f"{form} needs {error.name}: {EXTRA}") from error
    return files


def _writer(form: str, mark: bool) -> Callable[[Path, Table, Iterable[Cells]], int]:
    if form == "parquet":
        from extractor.export.parquet import write_parquet

        return write_parquet
    if form == "csv":
        from extractor.export.delimited import write_csv

        return lambda path, table, rows: write_csv(path, table, rows, mark=mark)
    from extractor.export.lines import write_lines

    return write_lines


def _write_whole(
    path: Path, table: Table, rows: Iterable[Cells], write: Callable[[Path, Table, Iterable[Cells]], int]
) -> int:
    """A file takes its name when it is whole."""
    partial = path.with_name(path.name + ".partial")
    try:
        count = write(partial, table, rows)
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)
    return count


def _write_book(path: Path, parts: Sequence[tuple[Table, Iterable[Cells]]]) -> File:
    from extractor.export.workbook import write_workbook

    partial = path.with_name(path.name + ".partial")
    try:
        counts = write_workbook(partial, parts)
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)
    return File(path, "xlsx", [(table, counts[table.name]) for table, _ in parts])
