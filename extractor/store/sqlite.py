"""SQLite: one file, write-ahead log, one bulk writer, any number of readers."""

from __future__ import annotations

import os
import re
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Literal, TextIO

from extractor.errors import StoreError
from extractor.store.connection import Cells

LEAST = (3, 37, 0)  # STRICT tables
PAGES = 8_000  # of the log (4 KiB each) before it is written back: fewer write the same index pages again and again
CACHE = 64_000  # KiB
PATIENCE = 30_000  # ms that a short writer waits for another


class SqliteConnection:
    """A SQLite file."""

    dialect: Literal["sqlite", "postgres"] = "sqlite"

    def __init__(self, path: Path, *, write: bool = False) -> None:
        self.path, self.name = path, str(path)
        if sqlite3.sqlite_version_info < LEAST:
            raise StoreError(f"SQLite {sqlite3.sqlite_version} is too old, 3.37 or later is needed")
        mode = "rwc" if write else "ro"
        if write and not path.absolute().parent.is_dir():
            raise StoreError(f"{self.name}: there is no folder {path.parent}")
        with self._errors():
            uri = f"{path.absolute().as_uri()}?mode={mode}{'' if write else _to_immutable(path)}"
            self._database = sqlite3.connect(uri, uri=True, isolation_level=None, check_same_thread=False)
        try:
            self._prepare(write)
        except StoreError:
            self.close()
            raise

    def _prepare(self, write: bool) -> None:
        pragmas = ["foreign_keys = ON", f"busy_timeout = {PATIENCE}", f"cache_size = -{CACHE}"]
        if write:
            pragmas += ["journal_mode = WAL", "synchronous = NORMAL", f"wal_autocheckpoint = {PAGES}"]
        else:
            pragmas.append("query_only = ON")
        for pragma in pragmas:
            self.execute(f"PRAGMA {pragma}")
        list(self.query("SELECT count(*) FROM sqlite_master"))

    def execute(self, sql: str, parameters: Sequence[Any] = ()) -> int:
        with self._errors():
            return self._database.execute(sql, parameters).rowcount

    def query(self, sql: str, parameters: Sequence[Any] = ()) -> Iterator[Cells]:
        with self._errors():
            cursor = self._database.execute(sql, parameters)
        while True:
            with self._errors():
                rows = cursor.fetchmany(1000)
            if not rows:
                return
            yield from rows

    def script(self, sql: str) -> None:
        with self._errors():
            for statement in split_statements(sql):
                self._database.execute(statement)

    def insert(self, table: str, columns: Sequence[str], rows: Sequence[Cells]) -> None:
        if not rows:
            return
        marks = ",".join("?" * len(columns))
        with self._errors():
            self._database.executemany(f"INSERT INTO {table} ({','.join(columns)}) VALUES ({marks})", rows)

    def index(self, table: str, rows: Sequence[tuple[int, str, str]]) -> None:
        with self._errors():
            self._database.executemany(f"INSERT INTO {table} (rowid, words, chars) VALUES (?, ?, ?)", rows)

    def unindex(self, table: str, rows: Sequence[tuple[int, str, str]]) -> None:
        sql = f"INSERT INTO {table} ({table}, rowid, words, chars) VALUES ('delete', ?, ?, ?)"
        with self._errors():
            self._database.executemany(sql, rows)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        with self._errors():
            self._database.execute("BEGIN IMMEDIATE")
        try:
            yield
            with self._errors():
                self._database.execute("COMMIT")
        except BaseException:
            if self._database.in_transaction:  # a full disk may have ended it
                with self._errors():
                    self._database.execute("ROLLBACK")
            raise

    @contextmanager
    def lock(self) -> Iterator[None]:
        """The lock is a file beside the database, held by the operating system: a killed writer leaves none."""

        path = self.path.with_name(self.path.name + "-writer")
        with self._open_lock(path) as file:
            try:
                with suppress(OSError):  # the lock holds without the number in it, on a full disk too
                    os.ftruncate(file.fileno(), 0)
                    os.write(file.fileno(), f"{os.getpid()}\n".encode())
                yield
            finally:
                path.unlink(missing_ok=True)

    def _open_lock(self, path: Path) -> TextIO:
        import fcntl

        while True:
            try:
                file = path.open("a+")
            except OSError as error:
                raise StoreError(f"{self.name}: cannot make {path.name}: {error.strerror}") from error
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError as error:
                file.seek(0)
                holder = file.read(20).strip() or "unknown"
                file.close()
                raise StoreError(f"{self.name}: another govfacts run (process {holder}) is writing to it") from error
            with suppress(FileNotFoundError):
                if os.path.samestat(path.stat(), os.fstat(file.fileno())):
                    return file
            file.close()  # its holder took the file away between our open and our lock

    def interrupt(self) -> None:
        self._database.interrupt()

    def close(self) -> None:
        self._database.close()

    @contextmanager
    def _errors(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            raise StoreError(f"{self.name}: {error}") from error
        except (UnicodeError, OverflowError) as error:
            raise StoreError(f"{self.name}: a value cannot be stored: {error}") from error


def _to_immutable(path: Path) -> str:
    """In a folder that may not be written, such as on a medium, SQLite cannot make the files that it reads a database
    with; without them it reads one that nobody else has open."""
    log = path.with_name(path.name + "-wal")
    return "" if os.access(path.absolute().parent, os.W_OK) or log.exists() else "&immutable=1"


def split_statements(sql: str) -> Iterator[str]:
    """The statements of a script, comments kept."""
    pending = ""
    for piece in re.split("(?<=;)", sql):  # a semicolon may stand in a text, so it need not end one
        pending += piece
        if sqlite3.complete_statement(pending):
            if pending.strip():
                yield pending
            pending = ""
    if pending.strip():
        yield pending
