"""Migrations: each once, all or nothing, and never on what is not ours."""

from __future__ import annotations

import sys
import threading

import pytest

from extractor import StoreError
from extractor.store import Connection, check_current, migrate, open_connection
from extractor.store.migrate import APPLICATION, Migration, find_pending, load_migrations
from store_case import count_rows, dump, fill

MODULE = sys.modules[migrate.__module__]  # its name in the package is the function


def find_tables(connection: Connection) -> list[str]:
    if connection.dialect == "sqlite":
        return [name for (name,) in connection.query("SELECT name FROM sqlite_master")]
    sql = "SELECT relname FROM pg_class WHERE relnamespace = current_schema()::regnamespace"
    return [name for (name,) in connection.query(sql)]


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch) -> None:
    """One more migration, the second statement of which is wrong."""
    real = load_migrations
    one_more = Migration(999, "broken", "CREATE TABLE begun (a INTEGER);\nINSERT INTO no_such_table VALUES (1);\n")
    monkeypatch.setattr(MODULE, "load_migrations", lambda dialect: (*real(dialect), one_more))


def test_each_migration_is_done_once_and_in_order(empty: Connection) -> None:
    migrations = load_migrations(empty.dialect)
    assert migrate(empty) == [migration.name for migration in migrations]
    assert list(empty.query("SELECT number, name FROM migration ORDER BY number")) == [m[:2] for m in migrations]
    before = find_tables(empty)
    assert migrate(empty) == []
    assert find_tables(empty) == before
    check_current(empty)


def test_numbers_are_the_same_for_both() -> None:
    numbers = [migration[:2] for migration in load_migrations("sqlite")]
    assert numbers == [migration[:2] for migration in load_migrations("postgres")]
    assert numbers[0] == (1, "tables") and len(dict(numbers)) == len(numbers)


def test_a_file_says_what_it_is(tmp_path) -> None:  # type: ignore[no-untyped-def]
    connection = open_connection(tmp_path / "facts.db", create=True)
    migrate(connection)
    assert list(connection.query("PRAGMA user_version")) == [(load_migrations("sqlite")[-1].number,)]
    assert list(connection.query("PRAGMA application_id")) == [(APPLICATION,)]
    connection.close()


def test_a_later_version_is_refused(database: Connection) -> None:
    fill(database)
    before = dump(database)
    database.execute("INSERT INTO migration (number, name) VALUES (998, 'of tomorrow')")
    for check in (migrate, check_current):
        with pytest.raises(StoreError, match=r"later version of govfacts \(migration 998"):
            check(database)
    assert dump(database) == before


@pytest.mark.parametrize("table", ["invoice", "migration", "document"])
def test_another_programs_database_is_refused(empty: Connection, table: str) -> None:
    empty.script(f"CREATE TABLE {table} (number INTEGER, name TEXT); INSERT INTO {table} VALUES (1, 'theirs');")
    for check in (migrate, check_current):
        with pytest.raises(StoreError, match="tables of another program"):
            check(empty)
    assert find_tables(empty) == [table]
    assert list(empty.query(f"SELECT name FROM {table}")) == [("theirs",)]


def test_another_programs_file_with_the_same_names_is_refused(tmp_path) -> None:  # type: ignore[no-untyped-def]
    connection = open_connection(tmp_path / "theirs.db", create=True)
    connection.script("CREATE TABLE migration (a); CREATE TABLE document (a); CREATE TABLE fact (a);")
    with pytest.raises(StoreError, match="tables of another program"):
        migrate(connection)
    connection.close()


def test_an_extension_of_the_server_is_no_other_program(postgres_server) -> None:  # type: ignore[no-untyped-def]
    with postgres_server.make_schema() as url:
        connection = open_connection(url, write=True)
        found = connection.query("SELECT count(*) FROM pg_available_extensions WHERE name = 'pg_stat_statements'")
        if next(found) == (0,):
            connection.close()
            pytest.skip("this server has no extension that makes relations")
        connection.script("CREATE EXTENSION pg_stat_statements")
        assert migrate(connection)
        connection.script("DROP EXTENSION pg_stat_statements")
        connection.close()


def test_a_broken_migration_leaves_nothing(empty: Connection, broken: None) -> None:
    with pytest.raises(StoreError, match="no_such_table"):
        migrate(empty)
    assert find_tables(empty) == []
    with pytest.raises(StoreError, match="holds no facts yet"):
        check_current(empty)


def test_a_broken_migration_leaves_an_older_database_as_it_was(
    database: Connection, request: pytest.FixtureRequest
) -> None:
    fill(database)
    before, tables = dump(database), find_tables(database)
    request.getfixturevalue("broken")
    assert [migration.name for migration in find_pending(database)] == ["broken"]
    with pytest.raises(StoreError, match="earlier version"):
        check_current(database)
    with pytest.raises(StoreError, match="no_such_table"):
        migrate(database)
    assert (dump(database), find_tables(database)) == (before, tables)
    assert count_rows(database, "migration") == len(load_migrations(database.dialect))


def test_two_processes_at_once(name: str, connect) -> None:  # type: ignore[no-untyped-def]
    """The one that waits finds the work done."""
    barrier, done = threading.Barrier(3), []

    def run() -> None:
        connection = connect(name, write=True, create=True)
        barrier.wait()
        done.append(migrate(connection))

    threads = [threading.Thread(target=run) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(map(len, done)) == [0, 0, len(load_migrations("sqlite"))]
