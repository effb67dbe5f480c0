"""Named migrations: the files of migration/, in order, each once and whole.

A file `NNNN_name.sql` is written for SQLite and translated; `NNNN_name.DIALECT.sql` is taken as it stands.
"""

from __future__ import annotations

import re
from functools import lru_cache
from importlib import resources
from typing import NamedTuple

from extractor.errors import StoreError
from extractor.store.connection import Connection

FILE = re.compile(r"(?P<number>\d{4})_(?P<name>\w+?)(?:\.(?P<dialect>sqlite|postgres))?\.sql")
LEDGER = "CREATE TABLE IF NOT EXISTS migration (number INTEGER PRIMARY KEY, name TEXT NOT NULL)"
APPLICATION = 0x676F7666  # "govf": SQLite's application_id of our files
COLUMN = re.compile(r"^    (?P<column>\w+) (?P<rest>[A-Z][^-\n]*?),? -- (?P<comment>.+)$", re.MULTILINE)
TABLE = re.compile(r"^CREATE (?P<kind>TABLE|VIEW) (?P<table>\w+) (?:\(|AS) -- (?P<comment>.+)$", re.MULTILINE)
TYPES = {"INTEGER": "BIGINT", "REAL": "DOUBLE PRECISION", "BLOB": "BYTEA"}


class Migration(NamedTuple):
    number: int
    name: str
    sql: str


@lru_cache(maxsize=2)
def load_migrations(dialect: str) -> tuple[Migration, ...]:
    """All migrations for a dialect, in order."""
    found: list[Migration] = []
    for entry in resources.files("extractor.store.migration").iterdir():
        match = FILE.fullmatch(entry.name)
        if match is None or match["dialect"] not in (None, dialect):
            continue
        sql = entry.read_text("utf-8")
        if match["dialect"] is None:
            sql = to_postgres(sql) if dialect == "postgres" else to_sqlite(sql)
        found.append(Migration(int(match["number"]), match["name"], sql))
    return tuple(sorted(found))


def to_sqlite(sql: str) -> str:
    """Tables become STRICT: a text never stands in a number's column."""
    return re.sub(r"^\);", ") STRICT;", sql, flags=re.MULTILINE)


def to_postgres(sql: str) -> str:
    """Types of PostgreSQL, and the comments as statements."""
    comments: list[str] = []
    for table, kind, comment, body in find_tables(sql):
        comments.append(f"COMMENT ON {kind} {table} IS {_quote(comment)};")
        comments += [
            f"COMMENT ON COLUMN {table}.{match['column']} IS {_quote(match['comment'])};"
            for match in COLUMN.finditer(body)
        ]
    plain = re.sub(r" --.*$", "", re.sub(r"^--.*\n", "", sql, flags=re.MULTILINE), flags=re.MULTILINE)
    for ours, theirs in TYPES.items():
        plain = re.sub(rf"\b{ours}\b", theirs, plain)
    return plain + "\n".join(comments) + "\n"


def find_tables(sql: str) -> list[tuple[str, str, str, str]]:
    """Name, kind (TABLE, VIEW), comment and body of each table and view that a migration makes."""
    heads = list(TABLE.finditer(sql))
    return [
        (head["table"], head["kind"], head["comment"], sql[head.end() : sql.index(";\n", head.end())]) for head in heads
    ]


def _quote(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def migrate(connection: Connection) -> list[str]:
    """Brings a database up to date; the names of what was done. Raises StoreError where it is of a later version or
    another program's."""
    check_ours(connection)
    connection.execute(LEDGER)
    done = {number for number, _ in connection.query("SELECT number, name FROM migration")}
    migrations = load_migrations(connection.dialect)
    latest = migrations[-1].number
    if done and max(done) > latest:
        raise StoreError(f"{connection.name}: made by a later version of govfacts (migration {max(done)} > {latest})")
    names: list[str] = []
    for migration in migrations:
        if migration.number in done:
            continue
        with connection.transaction():
            connection.script(migration.sql)
            connection.execute("INSERT INTO migration (number, name) VALUES (?, ?)", (migration.number, migration.name))
            if connection.dialect == "sqlite":
                connection.execute(f"PRAGMA user_version = {migration.number}")
                connection.execute(f"PRAGMA application_id = {APPLICATION}")
        names.append(migration.name)
    return names


def check_current(connection: Connection) -> None:
    """Raises StoreError where a database is not ours or not up to date."""
    check_ours(connection)
    latest = load_migrations(connection.dialect)[-1].number
    at = max((number for (number,) in connection.query("SELECT number FROM migration")), default=0)
    if at < latest:
        raise StoreError(f"{connection.name}: made by an earlier version; run `govfacts run --db` on it once")
    if at > latest:
        raise StoreError(f"{connection.name}: made by a later version of govfacts (migration {at} > {latest})")


def check_ours(connection: Connection) -> None:
    """Raises StoreError for a database with tables that are not ours."""
    if connection.dialect == "sqlite":
        tables = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
    else:
        tables = "SELECT table_name FROM information_schema.tables WHERE table_schema = current_schema()"
    names = {name for (name,) in connection.query(tables)}
    if names and "migration" not in names:
        raise StoreError(f"{connection.name}: holds tables of another program ({min(names)})")
