"""Speed of the store: facts a second into a database, beside the plainest way to write the same cells.

usage: scripts/bench store [FACTS] [--postgres ADDRESS]    (default: 100,000 facts, SQLite alone)

The schema `govfacts_bench` of the PostgreSQL database is made and dropped.
"""

from __future__ import annotations

import argparse
import copy
import sqlite3
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from rich.console import Console
from rich.table import Table

from extractor.pipeline import read_articles
from extractor.read import read_source
from extractor.record import to_records, to_run_record, to_source_record
from extractor.settings import Settings
from extractor.store import Connection, DocumentRows, Writer, migrate, open_connection, to_document_rows
from extractor.store.row import COLUMNS

ROOT = Path(__file__).resolve().parents[1]
FACTS = 100_000
SCHEMA = "govfacts_bench"
STARTED = "2026-01-01T00:00:00Z"
Rows = list[tuple[object, ...]]


def read_documents(facts: int) -> list[DocumentRows]:
    """The pages of corpora, again and again under other names, until they hold so many facts."""
    settings, pages = Settings(), []
    for path in sorted((ROOT / "corpora" / "pages").glob("*.txt")):
        source = read_source(str(path), settings)
        records = to_records(source, read_articles(source, settings))
        pages.append(to_document_rows(to_source_record(source), len(source.text), records))
    out: list[DocumentRows] = []
    held = 0
    while held < facts:
        rows = copy.copy(pages[len(out) % len(pages)])
        rows.doc = f"{len(out)}.txt"
        rows.document = (rows.doc, *rows.document[1:])
        out.append(rows)
        held += len(rows.facts)
    return out


def to_cells(documents: list[DocumentRows]) -> dict[str, Rows]:
    """The cells that the writer inserts, by table."""
    names = {table: "facts" if table == "fact" else f"{table}s" for table in COLUMNS if table != "document"}
    cells = {table: [row for rows in documents for row in getattr(rows, name)] for table, name in names.items()}
    cells["document"] = [rows.document for rows in documents]
    for table in ("sentence", "article"):
        cells[f"{table}_tokens"] = [tuple(tokens) for rows in documents for tokens in getattr(rows, f"{table}_tokens")]
    return cells


@contextmanager
def open_bare(folder: Path, name: str) -> Iterator[sqlite3.Connection]:
    database = sqlite3.connect(folder / name, isolation_level=None)
    database.execute("PRAGMA journal_mode = WAL")
    database.execute("PRAGMA synchronous = NORMAL")
    yield database
    database.close()


def write_bare(folder: Path, cells: dict[str, Rows]) -> float:
    """Seconds of `executemany` in one transaction into bare tables without keys, indexes and search."""
    with open_bare(folder, f"bare-{len(cells)}.db") as database:
        for table, rows in cells.items():
            database.execute(f"CREATE TABLE {table} ({','.join(f'c{at}' for at in range(len(rows[0])))})")
        start = time.perf_counter()
        database.execute("BEGIN")
        for table, rows in cells.items():
            database.executemany(f"INSERT INTO {table} VALUES ({','.join('?' * len(rows[0]))})", rows)
        database.execute("COMMIT")
        return time.perf_counter() - start


def write_store(connection: Connection, documents: list[DocumentRows]) -> float:
    """Seconds of one `save` of all documents."""
    migrate(connection)
    with connection.lock():
        writer = Writer(connection)
        run = writer.start_run(to_run_record(Settings(), STARTED), "{}", "bench")
        start = time.perf_counter()
        writer.save(run, documents)
        return time.perf_counter() - start


@contextmanager
def open_postgres(url: str) -> Iterator[Connection]:
    """A connection to an empty schema, dropped afterwards."""
    owner = open_connection(url, write=True)
    owner.script(f"DROP SCHEMA IF EXISTS {SCHEMA} CASCADE; CREATE SCHEMA {SCHEMA}")
    mark = "&" if "?" in url else "?"
    connection = open_connection(f"{url}{mark}options={quote(f'-csearch_path={SCHEMA}', safe='')}", write=True)
    try:
        yield connection
    finally:
        connection.close()
        owner.script(f"DROP SCHEMA {SCHEMA} CASCADE")
        owner.close()


def measure(folder: Path, documents: list[DocumentRows], postgres: str | None) -> dict[str, float]:
    """Seconds by what was done."""
    cells = to_cells(documents)
    seconds = {
        "executemany, the fact rows alone into one bare table": write_bare(folder, {"fact": cells["fact"]}),
        "executemany, the rows of all tables into bare ones": write_bare(folder, cells),
    }
    connection = open_connection(folder / "facts.db", create=True)
    seconds["the store in SQLite: keys, indexes, search"] = write_store(connection, documents)
    connection.close()
    if postgres:
        with open_postgres(postgres) as connection:
            seconds["the store in PostgreSQL"] = write_store(connection, documents)
    return seconds


def main(argv: Sequence[str] | None = None) -> int:
    """Prints one table."""
    parser = argparse.ArgumentParser(prog="scripts/bench store", description="Facts a second into a database.")
    parser.add_argument("facts", metavar="FACTS", type=int, nargs="?", default=FACTS)
    parser.add_argument("--postgres", metavar="ADDRESS", help="also into this PostgreSQL database")
    arguments = parser.parse_args(argv)
    documents = read_documents(arguments.facts)
    held = sum(len(rows.facts) for rows in documents)
    with tempfile.TemporaryDirectory() as folder:
        seconds = measure(Path(folder), documents, arguments.postgres)
    table = Table("one transaction", "facts a second", "times the first", title=f"{held:,} facts into a database")
    first = next(iter(seconds.values()))
    for name, took in seconds.items():
        table.add_row(name, f"{held / took:,.0f}", f"{took / first:.1f}")
    Console().print(table)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
