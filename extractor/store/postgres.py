"""PostgreSQL: one schema of a database, one bulk writer, any number of readers."""

from __future__ import annotations

import hashlib
import re
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Literal

from extractor.errors import StoreError
from extractor.store.address import load_psycopg, parse_address
from extractor.store.connection import Cells

if TYPE_CHECKING:
    import psycopg

LEAST = 12  # release of the server: what the tests run on is later
ROWS = 1_000  # fetched at once
PATIENCE = 2.0  # seconds until the server has noticed that the last writer was killed
TOKEN = re.compile(r"""'(?:[^']|'')*'|"[^"]*"|--[^\n]*|/\*.*?\*/|[?%]""", re.DOTALL)
LAST_POSITION, LONGEST_LEXEME = 16_383, 2_046  # of a tsvector; the latter in bytes
HOLDER = """
SELECT l.pid, a.application_name, host(a.client_addr) FROM pg_locks l LEFT JOIN pg_stat_activity a ON a.pid = l.pid
WHERE l.locktype = 'advisory' AND l.granted AND l.objsubid = 1
AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
AND (l.classid::bigint << 32) | l.objid::bigint = ?
"""


class PostgresConnection:
    """A database on a server; its tables stand in the first schema of the search path."""

    dialect: Literal["sqlite", "postgres"] = "postgres"

    def __init__(self, url: str, *, write: bool = False, statement_timeout: int | None = None) -> None:
        """`statement_timeout`: milliseconds after which a statement is stopped; the address may hold one too."""
        address = parse_address(url)
        self.name = address.name
        self._opening = threading.RLock()
        self._cursors = 0
        self._left: list[str] = []  # cursors whose reader went away
        self._connection = _connect(
            address.name, address.to_parameters(write=write, statement_timeout=statement_timeout)
        )
        try:
            self._schema = self._check_server()
        except StoreError:
            self.close()
            raise

    def _check_server(self) -> str:
        """The schema of the tables; StoreError where the server cannot hold them."""
        release = self._connection.info.server_version // 10_000
        if release < LEAST:
            raise StoreError(f"{self.name}: PostgreSQL {release} is too old, {LEAST} or later is needed")
        schema, encoding = next(self.query("SELECT current_schema(), current_setting('server_encoding')"))
        if encoding != "UTF8":
            raise StoreError(f"{self.name}: its encoding is {encoding}; make one with ENCODING 'UTF8'")
        if schema is None:
            raise StoreError(f"{self.name}: no schema of its search path exists; CREATE SCHEMA makes one")
        return str(schema)

    def execute(self, sql: str, parameters: Sequence[Any] = ()) -> int:
        return self._run(to_placeholders(sql), parameters).rowcount

    def query(self, sql: str, parameters: Sequence[Any] = ()) -> Iterator[Cells]:
        """Through a cursor on the server: a large result never stands in memory, and other statements may run while it
        is read. A time limit holds for the first rows."""
        with self._opening:
            self._drop_cursors()
            self._cursors += 1
            name = f"govfacts_{self._cursors}"
            if self._in_transaction():
                return self._fetch(name, self._open(name, "WITHOUT", sql, parameters))
            with self.transaction():  # at its end the server keeps the rest, which no time limit stops
                rows = self._open(name, "WITH", sql, parameters)
            return self._fetch(name, rows)

    def _open(self, name: str, hold: str, sql: str, parameters: Sequence[Any]) -> list[Cells]:
        """The first rows."""
        self._run(f"DECLARE {name} NO SCROLL CURSOR {hold} HOLD FOR {to_placeholders(sql)}", parameters)
        return self._fetch_some(name)

    def _fetch(self, name: str, rows: list[Cells]) -> Iterator[Cells]:
        more = len(rows) == ROWS
        try:
            yield from rows
            while more:
                rows = self._fetch_some(name)
                more = len(rows) == ROWS
                yield from rows
        finally:
            # A generator may be cleaned up while another statement runs, so the cursor is closed before the next one.
            if more:
                self._left.append(name)

    def _fetch_some(self, name: str) -> list[Cells]:
        """The last rows close the cursor."""
        cursor = self._run(f"FETCH FORWARD {ROWS} FROM {name}")
        with self._errors():
            rows = cursor.fetchall()
        if len(rows) < ROWS:
            self._run(f"CLOSE {name}")
        return rows

    def _drop_cursors(self) -> None:
        while self._left:
            name = self._left.pop()
            if self._run("SELECT FROM pg_cursors WHERE name = %s", (name,)).rowcount:
                self._run(f"CLOSE {name}")

    def _in_transaction(self) -> bool:
        return self._connection.info.transaction_status.name != "IDLE"

    def script(self, sql: str) -> None:
        with self._errors():
            self._connection.execute(sql.encode())

    def insert(self, table: str, columns: Sequence[str], rows: Sequence[Cells]) -> None:
        if not rows:
            return
        command = f"COPY {table} ({','.join(columns)}) FROM STDIN"
        with self._errors(), self._connection.cursor() as cursor, cursor.copy(command.encode()) as copy:
            for row in rows:
                copy.write_row(row)

    def index(self, table: str, rows: Sequence[tuple[int, str, str]]) -> None:
        columns = (f"{table.removesuffix('_search')}_pk", "words", "chars")
        self.insert(table, columns, [(number, to_vector(words), to_vector(chars)) for number, words, chars in rows])

    def unindex(self, table: str, rows: Sequence[tuple[int, str, str]]) -> None:
        """Nothing to do: an index row goes with the row that it is of."""

    @contextmanager
    def transaction(self) -> Iterator[None]:
        self._drop_cursors()
        try:
            with self._connection.transaction():
                yield
        except load_psycopg().Error as error:
            raise StoreError(f"{self.name}: {_describe(error)}") from error

    @contextmanager
    def lock(self) -> Iterator[None]:
        """The lock is the session's: a killed writer leaves none."""
        key = to_lock_key(self._schema)
        self._take_lock(key)
        try:
            yield
        finally:
            with suppress(StoreError):  # a lost connection has lost its lock
                self.execute("SELECT pg_advisory_unlock(?)", (key,))

    def _take_lock(self, key: int) -> None:
        end = time.monotonic() + PATIENCE
        while True:
            ((taken,),) = self.query("SELECT pg_try_advisory_lock(?)", (key,))
            if taken:
                return
            if time.monotonic() > end:
                break
            time.sleep(0.1)
        holder = "an unknown process"
        for pid, program, host in self.query(HOLDER, (key,)):
            process = (program or "unknown").removeprefix("govfacts ")
            holder = f"process {process} on {host or 'the same machine'}, server process {pid}"
        raise StoreError(f"{self.name}: another govfacts run ({holder}) is writing to it")

    def interrupt(self) -> None:
        with self._errors():
            self._connection.cancel_safe(timeout=5)

    def close(self) -> None:
        self._connection.close()

    def _run(self, sql: str, parameters: Sequence[Any] = ()) -> psycopg.Cursor[Cells]:
        with self._errors():
            return self._connection.execute(sql.encode(), parameters)

    @contextmanager
    def _errors(self) -> Iterator[None]:
        try:
            yield
        except load_psycopg().Error as error:
            raise StoreError(f"{self.name}: {_describe(error)}") from error
        except UnicodeError as error:
            raise StoreError(f"{self.name}: a text is not Unicode: {error}") from error


def _connect(name: str, parameters: dict[str, Any]) -> psycopg.Connection[Cells]:
    library = load_psycopg()
    try:
        connection: psycopg.Connection[Cells] = library.connect(**parameters, autocommit=True)
    except library.Error as error:
        reason = f"{name}: {_describe(error)}"
    else:
        _load_plain_numbers(connection)
        return connection
    raise StoreError(reason)  # out here: the library's own error holds the whole address


def _load_plain_numbers(connection: psycopg.Connection[Cells]) -> None:
    """Sums and means as int and float, texts with a NUL, that the server refuses, with U+FFFD in its place."""
    from psycopg.types.numeric import NumericLoader
    from psycopg.types.string import StrDumper

    class PlainLoader(NumericLoader):
        def load(self, data: Any) -> Any:
            text = bytes(data)
            return int(text) if text.lstrip(b"-").isdigit() else float(text)

    class PlainDumper(StrDumper):
        def dump(self, obj: str) -> Any:
            return super().dump(obj.replace("\0", "\ufffd") if "\0" in obj else obj)

    connection.adapters.register_loader("numeric", PlainLoader)
    connection.adapters.register_dumper(str, PlainDumper)


def _describe(error: Exception) -> str:
    """What the server said, without the row that it was about."""
    primary = getattr(getattr(error, "diag", None), "message_primary", None)
    return str(primary or " ".join(str(error).split()) or type(error).__name__)


@lru_cache(maxsize=512)
def to_placeholders(sql: str) -> str:
    """SQL with `?` for its parameters as psycopg takes it; those within quotation marks and comments stay.

    >>> to_placeholders("SELECT '?' WHERE a LIKE '%x' AND b = ?")
    "SELECT '?' WHERE a LIKE '%%x' AND b = %s"
    """
    return TOKEN.sub(lambda match: "%s" if match[0] == "?" else match[0].replace("%", "%%"), sql)


def to_vector(tokens: str) -> str:
    """Space-separated tokens as the text of a tsvector, each with its positions.

    >>> to_vector("修 渠 修 '")
    "'修':1,3 '渠':2 '''':4"
    """
    places: dict[str, list[str]] = {}
    for position, token in enumerate(tokens.split()[:LAST_POSITION], 1):
        if len(token.encode()) <= LONGEST_LEXEME:
            places.setdefault(token, []).append(str(position))
    return " ".join(f"{to_lexeme(token)}:{','.join(positions)}" for token, positions in places.items())


def to_lexeme(token: str) -> str:
    """A token as tsvector and tsquery write it."""
    return "'" + token.replace("\\", "\\\\").replace("'", "''") + "'"


def to_lock_key(schema: str) -> int:
    """The advisory lock of a schema's one bulk writer; a database has its own."""
    return int.from_bytes(hashlib.sha256(f"govfacts {schema}".encode()).digest()[:8], "big", signed=True)
