"""One bulk writer, readers beside it, and writers that are killed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from extractor import StoreError
from extractor.store import Connection, migrate
from store_case import count_rows, dump, fill, read_all, read_rows, start
from support import ROOT

HOLD = """
import sys
sys.path[:0] = [{root!r}, {tests!r}]
from extractor.store import Writer, migrate, open_connection
from store_case import read_rows, start
connection = open_connection({name!r}, write=True, create=True)
migrate(connection)
with connection.lock():
    writer, run = start(connection, "2026-02-02T00:00:00Z")
    writer.save(run, [read_rows("water.txt")])
    with connection.transaction():
        writer._forget([("water.txt", 1)])
        writer._insert(run, [read_rows("cotton.txt")])
        print("ready", flush=True)
        sys.stdin.read()
"""


@contextmanager
def hold(name: str) -> Iterator[subprocess.Popen[bytes]]:
    """Another process in the middle of a save."""
    code = HOLD.format(root=str(ROOT), tests=str(ROOT / "tests"), name=name)
    with subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        try:
            assert process.stdout.readline() == b"ready\n"
            yield process
        finally:
            process.kill()


def test_a_second_writer_is_told_who_writes(name: str, connect) -> None:  # type: ignore[no-untyped-def]
    with hold(name) as process:
        connection = connect(name, write=True)
        message = rf"another govfacts run \(process {process.pid}\b"
        with pytest.raises(StoreError, match=message) as caught, connection.lock():
            pass
        assert str(caught.value).startswith(connection.name)


def test_a_killed_writer_leaves_no_lock_and_no_half(name: str, connect) -> None:  # type: ignore[no-untyped-def]
    with hold(name) as process:
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        connection = connect(name, write=True)
        with connection.lock():
            assert list(connection.query("SELECT doc FROM document")) == [("water.txt",)]
            assert migrate(connection) == []
            fill(connection)
            assert count_rows(connection, "document") == 3


def test_the_lock_is_free_again(database: Connection, name: str, connect) -> None:  # type: ignore[no-untyped-def]
    other = connect(name, write=True)
    for connection in (database, other, database):
        with pytest.raises(RuntimeError), connection.lock(), connection.transaction():
            raise RuntimeError
    with database.lock(), pytest.raises(StoreError, match="another govfacts run"), other.lock():
        pass
    with other.lock():
        pass


def test_readers_see_whole_documents_only(database: Connection, name: str, connect) -> None:  # type: ignore[no-untyped-def]
    fill(database, [read_rows("water.txt")])
    reader = connect(name)
    before = dump_facts(reader)
    writer, run = start(database, "2026-03-03T00:00:00Z")
    with database.transaction():
        writer._forget([("water.txt", 1)])
        writer._insert(run, read_all())
        assert dump_facts(reader) == before
    assert len(dump_facts(reader)) > len(before)


def dump_facts(connection: Connection) -> list[tuple[object, ...]]:
    return list(connection.query("SELECT doc, quantity_text, evidence FROM v_facts ORDER BY fact_pk"))


def test_a_reader_goes_on_with_what_it_began(database: Connection, name: str, connect) -> None:  # type: ignore[no-untyped-def]
    """A long result is that of one moment."""
    rows = [(number, f"{number}", "zone", f"{number}") for number in range(5000)]
    columns = ("place_pk", "name", "level", "path")
    database.insert("place", columns, rows)
    reader = connect(name)
    result = reader.query("SELECT place_pk FROM place ORDER BY place_pk")
    assert next(result) == (0,)
    database.execute("DELETE FROM place WHERE place_pk > 10")
    assert len(list(result)) == 4999
    assert count_rows(reader, "place") == 11


def test_results_may_be_read_side_by_side(database: Connection) -> None:
    database.insert("place", ("place_pk", "name", "level", "path"), [(i, f"{i}", "zone", "") for i in range(3000)])
    first = database.query("SELECT place_pk FROM place ORDER BY place_pk")
    assert next(first) == (0,)
    second = database.query("SELECT place_pk FROM place ORDER BY place_pk DESC")
    assert [next(second), next(first)] == [(2999,), (1,)]
    first.close()  # type: ignore[attr-defined]
    del second
    assert count_rows(database, "place") == 3000
    with database.transaction():
        third = database.query("SELECT place_pk FROM place")
        next(third)
        del third
        assert count_rows(database, "place") == 3000
        database.execute("DELETE FROM place WHERE place_pk = 0")
    assert count_rows(database, "place") == 2999


def test_a_reader_cannot_write(database: Connection, name: str, connect) -> None:  # type: ignore[no-untyped-def]
    fill(database)
    before = dump(database)
    reader = connect(name)
    with pytest.raises(StoreError, match=r"read-?only"):
        reader.execute("DELETE FROM fact")
    with pytest.raises(StoreError, match=r"read-?only"):
        reader.insert("place", ("place_pk", "name", "level", "path"), [(99_999, "a", "zone", "a")])
    assert dump(database) == before


def test_a_query_is_stopped_from_another_thread(database: Connection) -> None:
    endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"
    running = threading.Event()

    def interrupt() -> None:
        while not running.wait(0.05):
            database.interrupt()

    thread = threading.Thread(target=interrupt)
    thread.start()
    try:
        with pytest.raises(StoreError, match=r"interrupted|canceling"):
            list(database.query(endless))
    finally:
        running.set()
        thread.join()
    assert list(database.query("SELECT 1")) == [(1,)]


def test_a_closed_connection_says_so(database: Connection) -> None:
    database.close()
    with pytest.raises(StoreError, match="closed"):
        list(database.query("SELECT 1"))
