"""The rows of a few documents as the export gives them: through the same tables and views, in memory."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from extractor.batch.job import Failure
from extractor.export.table import VIEWS, Table, list_tables
from extractor.store import DocumentRows, Writer, migrate
from extractor.store.sqlite import SqliteConnection
from schemas import RunRecord

Cells = tuple[Any, ...]
BLANK = "\x1f"  # between the cells of a figure
# Which article of the database a row belongs to, for the tables that a reprint changes.
OWNERS = {
    "articles": "v.article_pk",
    "facts": "(SELECT f.article_pk FROM fact f WHERE f.fact_pk = v.fact_pk)",
}


class Scratch(SqliteConnection):
    """A database in memory that nobody searches."""

    def __init__(self) -> None:
        self.path = Path(":memory:")
        self.name = ":memory:"
        self._database = sqlite3.connect(":memory:", isolation_level=None)

    def index(self, table: str, rows: Sequence[tuple[int, str, str]]) -> None:
        """Nothing."""


@dataclass(slots=True)
class Print:
    """What reprints are found by: of one article."""

    part: int
    signature: bytes | None
    figures: list[str]


@dataclass(slots=True)
class Lot:
    """Rows of some documents: by table, its rows with the number of their article (None for other tables); and by that
    number, from 1, the articles' prints."""

    rows: dict[str, list[tuple[int | None, Cells]]] = field(default_factory=dict)
    prints: dict[int, Print] = field(default_factory=dict)


def to_lot(documents: Sequence[DocumentRows], failures: Sequence[Failure], run: RunRecord) -> Lot:
    """The rows that an export of a database with these documents and failures would have."""
    connection = Scratch()
    try:
        migrate(connection)
        writer = Writer(connection)
        writer.save(writer.start_run(run, "{}", ""), documents, failures)
        return Lot(
            {table.name: _find_rows(connection, table) for table in list_tables()},
            _find_prints(connection),
        )
    finally:
        connection.close()


def _find_rows(connection: Scratch, table: Table) -> list[tuple[int | None, Cells]]:
    columns = ", ".join(f"v.{column.name}" for column in table.columns)
    owner = OWNERS.get(table.name, "NULL")
    sql = f"SELECT {owner}, {columns} FROM {VIEWS[table.name][0]} v ORDER BY {table.order}"
    return [(cells[0], cells[1:]) for cells in connection.query(sql)]


def _find_prints(connection: Scratch) -> dict[int, Print]:
    rows = connection.query(
        "SELECT a.article_pk, d.part, a.signature FROM article a JOIN document d ON d.document_pk = a.document_pk"
    )
    prints = {number: Print(part, signature, []) for number, part, signature in rows}
    for number, *cells in connection.query(
        "SELECT DISTINCT article_pk, kind, value, min_value, max_value, unit FROM fact"
    ):
        prints[number].figures.append(BLANK.join(cell or "" for cell in cells))
    return prints
