"""The tables and views that stand in a database."""

from __future__ import annotations

import sqlite3

import pytest

from extractor import StoreError
from extractor.store import Connection, migrate, open_connection
from extractor.store.migrate import load_tables
from extractor.store.row import COLUMNS
from extractor.store.total import KEYS
from store_case import fill

THEIRS = {"INTEGER": "bigint", "REAL": "double precision", "TEXT": "text", "BLOB": "bytea"}
TABLES = [table.name for table in load_tables().values() if table.kind == "TABLE"]
VIEWS = [table.name for table in load_tables().values() if table.kind == "VIEW"]


def read_columns(connection: Connection, table: str) -> list[tuple[str, str]]:
    """(name, type) as the database has it."""
    if connection.dialect == "sqlite":
        return list(connection.query("SELECT name, type FROM pragma_table_xinfo(?)", (table,)))
    sql = (
        "SELECT column_name, data_type FROM information_schema.columns "
        "WHERE table_schema = current_schema() AND table_name = ? ORDER BY ordinal_position"
    )
    return list(connection.query(sql, (table,)))


@pytest.mark.parametrize("table", sorted(COLUMNS))
def test_the_writer_fills_every_column(database: Connection, table: str) -> None:
    assert set(COLUMNS[table]) == {name for name, _ in read_columns(database, table)}


@pytest.mark.parametrize("table", [*TABLES, *VIEWS])
def test_what_the_catalog_says_is_so(database: Connection, table: str) -> None:
    """Names, order, types; SQLite gives no type of an expression."""
    expected = [(column.name, column.type) for column in load_tables()[table].columns]
    if database.dialect == "postgres":
        expected = [(name, THEIRS[kind]) for name, kind in expected]
    columns = read_columns(database, table)
    assert [(name, kind or dict(expected)[name]) for name, kind in columns] == expected
    assert len(expected) >= 2


@pytest.mark.parametrize("table", [*TABLES, *VIEWS, "sentence_search", "article_search"])
def test_tables_and_columns_of_postgres_have_comments(postgres_server, table: str) -> None:  # type: ignore[no-untyped-def]
    with postgres_server.make_schema() as url:
        connection = open_connection(url, write=True)
        migrate(connection)
        ((comment,),) = connection.query("SELECT obj_description(?::regclass, 'pg_class')", (table,))
        sql = "SELECT attname, col_description(attrelid, attnum) FROM pg_attribute "
        columns = dict(connection.query(sql + "WHERE attrelid = ?::regclass AND attnum > 0", (table,)))
        connection.close()
    assert comment and columns and all(columns.values()), columns
    known = load_tables().get(table)
    if known is not None:
        assert comment == known.comment
        assert columns == {column.name: column.comment for column in known.columns}


def test_every_relation_is_in_the_catalog(database: Connection) -> None:
    if database.dialect == "sqlite":
        sql = "SELECT name FROM sqlite_master WHERE type IN ('table', 'view') AND sql NOT LIKE '%fts5%'"
        sql += " AND name NOT LIKE '%\\_search\\_%' ESCAPE '\\' AND name NOT LIKE 'sqlite_%'"
        names = {name for (name,) in database.query(sql)}
    else:
        sql = "SELECT table_name FROM information_schema.tables WHERE table_schema = current_schema()"
        names = {name for (name,) in database.query(sql)} - {"sentence_search", "article_search"}
    assert names == {*TABLES, *VIEWS}


def test_tables_of_sqlite_are_strict(tmp_path) -> None:  # type: ignore[no-untyped-def]
    connection = open_connection(tmp_path / "facts.db", create=True)
    migrate(connection)
    strict = dict(connection.query("SELECT name, strict FROM pragma_table_list WHERE type = 'table'"))
    connection.close()
    assert {name for name in TABLES if not strict[name]} == set()


def test_a_text_never_stands_in_a_numbers_column(database: Connection) -> None:
    fill(database)
    with pytest.raises(StoreError):
        database.execute("UPDATE fact SET year = 'soon'")


@pytest.mark.parametrize(
    "sql",
    [
        "INSERT INTO place_mention VALUES (999999, 0, 1, 'x', 1, 'only')",
        "INSERT INTO failure SELECT 'x', 1, sha256, 'read', 'E', 'x', 1, 999999 FROM document LIMIT 1",
        "UPDATE fact SET sentence_pk = 999999",
        "DELETE FROM place",
        "DELETE FROM run",
    ],
)
def test_foreign_keys_hold(database: Connection, sql: str) -> None:
    fill(database)
    with pytest.raises(StoreError, match=r"(?i)foreign key"):
        database.execute(sql)


def test_foreign_keys_of_the_catalog_are_those_of_the_database(tmp_path) -> None:  # type: ignore[no-untyped-def]
    connection = open_connection(tmp_path / "facts.db", create=True)
    migrate(connection)
    for table in TABLES:
        sql = 'SELECT "from", "table", "to" FROM pragma_foreign_key_list(?)'
        there = {(name, (target, column)) for name, target, column in connection.query(sql, (table,))}
        assert there == {
            (column.name, column.references) for column in load_tables()[table].columns if column.references
        }
    connection.close()


def test_every_foreign_key_has_an_index(tmp_path) -> None:  # type: ignore[no-untyped-def]
    """Else taking a document out reads whole tables."""
    connection = open_connection(tmp_path / "facts.db", create=True)
    migrate(connection)
    first = "SELECT i.name FROM pragma_index_list(?) l, pragma_index_info(l.name) i WHERE i.seqno = 0"
    for table in TABLES:
        leading = {name for (name,) in connection.query(first, (table,))}
        for column in load_tables()[table].columns:
            assert column.references is None or column.name in leading, (table, column.name)
    connection.close()


def test_facts_in_one_view(database: Connection) -> None:
    fill(database)
    names = [column.name for column in load_tables()["v_facts"].columns]
    facts = [dict(zip(names, cells, strict=True)) for cells in database.query("SELECT * FROM v_facts")]
    by_text = {(fact["doc"], fact["quantity_text"]): fact for fact in facts}
    funds = by_text["canal.txt", "约3200万元"]
    assert (funds["kind"], funds["unit"], funds["value"], funds["yuan"]) == ("money", "CNY", "32000000", 32_000_000.0)
    assert funds["place"] == "全椒县" and funds["province"] == "安徽省" and funds["province_code"] == "340000"
    assert "约3200万元" in funds["evidence"]
    assert (funds["published"], funds["year"], funds["counted"]) == ("2024-07-15", 2024, 1)
    for fact in facts:
        assert isinstance(fact["confidence"], float) and isinstance(fact["evidence_start"], int)
        assert fact["yuan"] is None or (fact["kind"] == "money" and isinstance(fact["yuan"], float))


def test_old_yuan_are_shown_in_todays(database: Connection) -> None:
    fill(database)
    sql = "SELECT value, unit, yuan FROM v_facts WHERE doc = 'cotton.txt' AND kind = 'money'"
    assert list(database.query(sql)) == [("3500000000", "CNY_1948", 350_000.0)]


def test_a_figure_said_twice_counts_once(database: Connection) -> None:
    fill(database)
    sql = "SELECT counted, repeat_of IS NULL FROM v_facts WHERE doc = 'water.txt' AND value = '120000000' ORDER BY 1"
    assert list(database.query(sql)) == [(0, False), (1, True)]


@pytest.mark.parametrize("view", VIEWS)
def test_views_have_a_row_each(database: Connection, view: str) -> None:
    fill(database).save(1, [], [("a.pdf", 1, None, "read", "UndecodableError", "a.pdf: no text")])
    tables = {"v_facts": "fact", "v_articles": "article", "v_sources": "document", "v_failures": "failure"}
    tables |= {f"v_{name}s": name for name in KEYS} | {"v_figures": "fact"}
    table = tables.get(view, view[2:-1] + "_mention")
    ((rows,),) = database.query(f"SELECT count(*) FROM {view}")
    assert list(database.query(f"SELECT count(*) FROM {table}")) == [(rows,)] and rows > 0


def test_texts_are_ordered_by_code_point(tmp_path, postgres_server) -> None:  # type: ignore[no-untyped-def]
    """Whatever the language of the server's database is: a cursor of one goes on in the other."""
    icu = "SELECT 1 FROM pg_collation WHERE collname = 'zh-x-icu'"
    if not postgres_server.run(icu) or postgres_server.run("SHOW server_version_num")[0][0] < "150000":  # type: ignore[operator]
        pytest.skip("this server has no database by ICU")
    make = "CREATE DATABASE chinese TEMPLATE template0 ENCODING 'UTF8' LOCALE_PROVIDER icu ICU_LOCALE 'zh' LOCALE 'C'"
    postgres_server.run(make)
    words = ["乙", "甲", "一", "b", "B", "a", "Z", "１", "1", "亜", "𠮷"]
    assert postgres_server.run("SELECT 'a' < 'Z', '甲' < '一'", "chinese") != [(False, False)]
    orders = []
    for name in (str(tmp_path / "facts.db"), postgres_server.to_url("chinese")):
        connection = open_connection(name, write=True, create=True)
        migrate(connection)
        connection.insert(
            "place", ("place_pk", "name", "level", "path"), [(i, w, "zone", w) for i, w in enumerate(words)]
        )
        orders.append([word for (word,) in connection.query("SELECT name FROM place ORDER BY name")])
        connection.close()
    postgres_server.run("DROP DATABASE chinese")
    assert orders[0] == orders[1] == sorted(words)


def test_sqlite_is_late_enough() -> None:
    from extractor.store.sqlite import LEAST

    assert sqlite3.sqlite_version_info >= LEAST
