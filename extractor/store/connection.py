"""One interface over the two databases. SQL is written for SQLite with `?` for parameters."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any, Literal, Protocol

from extractor.errors import StoreError, UsageError

Cells = tuple[Any, ...]


class Connection(Protocol):
    """An open database. All methods raise StoreError that names it."""

    dialect: Literal["sqlite", "postgres"]
    name: str  # as errors show it, without a password

    def execute(self, sql: str, parameters: Sequence[Any] = ()) -> int:
        """Runs one statement; the number of rows that it changed."""

    def query(self, sql: str, parameters: Sequence[Any] = ()) -> Iterator[Cells]:
        """The rows of a SELECT."""

    def script(self, sql: str) -> None:
        """Runs several statements."""

    def insert(self, table: str, columns: Sequence[str], rows: Sequence[Cells]) -> None:
        """Many rows at once."""

    def index(self, table: str, rows: Sequence[tuple[int, str, str]]) -> None:
        """Adds (number, words, chars) to a search table."""

    def unindex(self, table: str, rows: Sequence[tuple[int, str, str]]) -> None:
        """Takes (number, words, chars) out of a search table: what was put in, exactly."""

    def transaction(self) -> AbstractContextManager[None]:
        """All or nothing; other writers wait or get an error."""

    def lock(self) -> AbstractContextManager[None]:
        """Holds the one place of a bulk writer; StoreError where another holds it."""

    def interrupt(self) -> None:
        """Stops the query that runs, from another thread."""

    def close(self) -> None:
        """Ends the connection."""


def is_url(name: str) -> bool:
    """Whether `--db` names a PostgreSQL database."""
    return name.startswith(("postgresql://", "postgres://"))


def open_connection(name: str | Path, *, write: bool = False, create: bool = False) -> Connection:
    """Opens a SQLite file or a PostgreSQL URL. Raises StoreError, UsageError on another kind of URL."""
    text = str(name)
    if is_url(text):
        from extractor.store.postgres import PostgresConnection

        return PostgresConnection(text, write=write)
    if "://" in text:
        raise UsageError(f"--db {text}: expected a file or a postgresql:// address")
    from extractor.store.sqlite import SqliteConnection

    if not create and not Path(text).is_file():
        raise StoreError(f"{text}: no such database; govfacts run makes one")
    return SqliteConnection(Path(text), write=write or create)
