"""Named migrations: the files of migration/, in order, each once and whole.

A file `NNNN_name.sql` is written for SQLite and translated; `NNNN_name.DIALECT.sql` is taken as it stands.
"""

from __future__ import annotations

import re
from functools import lru_cache
from importlib import resources
from typing import NamedTuple

from extractor.errors import StoreError
from extractor.store.catalog import Table, find_tables
from extractor.store.connection import Connection

FILE = re.compile(r"(?P<number>\d{4})_(?P<name>\w+?)(?:\.(?P<dialect>sqlite|postgres))?\.sql")
LEDGER = """CREATE TABLE migration ( -- what made these tables
    number INTEGER PRIMARY KEY, -- number of the migration
    name TEXT NOT NULL -- name of the migration
);
"""
APPLICATION = 0x676F7666  # "govf": SQLite's application_id of our files
# Texts compare by code point, as in SQLite, whatever the language of the database is.
TYPES = {"INTEGER": "BIGINT", "REAL": "DOUBLE PRECISION", "BLOB": "BYTEA", "TEXT": 'TEXT COLLATE "C"'}
OURS = {"migration", "document", "fact"}


class Migration(NamedTuple):
    number: int
    name: str
    sql: str


@lru_cache(maxsize=1)
def load_tables() -> dict[str, Table]:
    """Every table and view that the migrations make, in their order, without the search indexes."""
    tables: dict[str, Table] = {table.name: table for table in find_tables(LEDGER, {})}
    for match, sql in _read_files():
        if match["dialect"] is None:
            tables.update((table.name, table) for table in find_tables(sql, tables))
    return tables


@lru_cache(maxsize=2)
def load_migrations(dialect: str) -> tuple[Migration, ...]:
    """All migrations for a dialect, in order."""
    found: list[Migration] = []
    for match, sql in _read_files():
        if match["dialect"] in (None, dialect):
            text = sql if match["dialect"] else _translate(sql, dialect)
            found.append(Migration(int(match["number"]), match["name"], text))
    return tuple(found)


def _read_files() -> list[tuple[re.Match[str], str]]:
    folder = resources.files("extractor.store.migration")
    files = sorted(folder.iterdir(), key=lambda entry: entry.name)
    return [(match, entry.read_text("utf-8")) for entry in files if (match := FILE.fullmatch(entry.name))]


def _translate(sql: str, dialect: str) -> str:
    return to_postgres(sql) if dialect == "postgres" else to_sqlite(sql)


def to_sqlite(sql: str) -> str:
    """Tables become STRICT: a text never stands in a number's column."""
    return re.sub(r"^\);", ") STRICT;", sql, flags=re.MULTILINE)


def to_postgres(sql: str) -> str:
    """Types of PostgreSQL, and the comments as statements."""
    comments: list[str] = []
    for table in find_tables(sql, load_tables()):  # as this migration makes them: a later one may make a view anew
        comments.append(f"COMMENT ON {table.kind} {table.name} IS {_quote(table.comment)};")
        comments += [
            f"COMMENT ON COLUMN {table.name}.{column.name} IS {_quote(column.comment)};" for column in table.columns
        ]
    plain = re.sub(r" --.*$", "", re.sub(r"^--.*\n", "", sql, flags=re.MULTILINE), flags=re.MULTILINE)
    for ours, theirs in TYPES.items():
        plain = re.sub(rf"\b{ours}\b", theirs, plain)
    return plain + "\n".join(comments) + "\n"


def _quote(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def migrate(connection: Connection) -> list[str]:
    """Brings a database up to date, all or nothing; the names of what was done. Raises StoreError where it is of a
    later version or another program's."""
    if not find_pending(connection):
        return []
    with connection.transaction():
        if connection.dialect == "postgres":
            connection.execute("SELECT pg_advisory_xact_lock(?)", (APPLICATION,))
        pending = find_pending(connection)  # again: another process may have done it while we waited
        if pending and pending[0].number == 1:
            connection.script(_translate(LEDGER, connection.dialect))
        for migration in pending:
            connection.script(migration.sql)
            connection.execute("INSERT INTO migration (number, name) VALUES (?, ?)", (migration.number, migration.name))
        if pending and connection.dialect == "sqlite":
            connection.execute(f"PRAGMA user_version = {load_migrations('sqlite')[-1].number}")
            connection.execute(f"PRAGMA application_id = {APPLICATION}")
    return [migration.name for migration in pending]


def check_current(connection: Connection) -> None:
    """Raises StoreError where a database is not ours or not up to date."""
    pending = find_pending(connection)
    if pending and pending[0].number == 1:
        raise StoreError(f"{connection.name}: holds no facts yet; govfacts run makes the tables")
    if pending:
        raise StoreError(f"{connection.name}: made by an earlier version; run `govfacts run --db` on it once")


def find_pending(connection: Connection) -> list[Migration]:
    """The migrations that a database lacks. Raises StoreError where it is not ours or of a later version."""
    migrations = load_migrations(connection.dialect)
    names = _find_names(connection)
    if not names:
        return list(migrations)
    if not names >= OURS or (connection.dialect == "sqlite" and _read_application(connection) != APPLICATION):
        raise StoreError(
            f"{connection.name}: holds tables of another program ({min(names - OURS, default='migration')})"
        )
    done = {number for (number,) in connection.query("SELECT number FROM migration")}
    if max(done, default=0) > migrations[-1].number:
        latest = migrations[-1].number
        raise StoreError(f"{connection.name}: made by a later version of govfacts (migration {max(done)} > {latest})")
    return [migration for migration in migrations if migration.number not in done]


def _read_application(connection: Connection) -> int:
    ((number,),) = connection.query("PRAGMA application_id")
    return int(number)


def _find_names(connection: Connection) -> set[str]:
    """The tables of the file or of the schema; those of PostgreSQL's extensions left out."""
    if connection.dialect == "sqlite":
        tables = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
    else:
        tables = (
            "SELECT c.relname FROM pg_class c WHERE c.relnamespace = current_schema()::regnamespace "
            "AND c.relkind IN ('r', 'p', 'f') AND NOT EXISTS (SELECT FROM pg_depend d "
            "WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')"
        )
    return {name for (name,) in connection.query(tables)}
