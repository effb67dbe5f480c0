"""PostgreSQL: addresses, what errors show, parameters and the text search's vectors."""

from __future__ import annotations

import sys
import traceback
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor import StoreError
from extractor.store import Connection, migrate, open_connection
from extractor.store.address import load_psycopg, parse_address
from extractor.store.postgres import PostgresConnection, to_lexeme, to_placeholders, to_vector
from postgres_server import PASSWORD, Server
from store_case import count_rows, fill, read_rows, start


def show(error: BaseException) -> str:
    """All that a traceback would print."""
    return "".join(traceback.format_exception(error))


@pytest.fixture
def database(postgres_server: Server):  # type: ignore[no-untyped-def]
    with postgres_server.make_schema() as url:
        connection = open_connection(url, write=True)
        migrate(connection)
        yield connection
        connection.close()


def test_errors_name_host_and_database_but_no_password(postgres_server: Server) -> None:
    url = postgres_server.to_url("no_such_database")
    with pytest.raises(
        StoreError, match=rf"127\.0\.0\.1:{postgres_server.port}/no_such_database: .*does not exist"
    ) as caught:
        open_connection(url)
    connection = open_connection(postgres_server.to_url())
    with pytest.raises(StoreError, match=rf"127\.0\.0\.1:{postgres_server.port}/postgres: .*no_such_table") as second:
        list(connection.query("SELECT 1 FROM no_such_table"))
    connection.close()
    for error in (caught.value, second.value):
        assert PASSWORD not in show(error) and quote(PASSWORD, safe="") not in show(error)


def test_a_wrong_password(postgres_server: Server) -> None:
    url = f"postgresql://govfacts:hidden-words@127.0.0.1:{postgres_server.port}/postgres"
    with pytest.raises(StoreError, match="password authentication failed") as caught:
        open_connection(url)
    assert "hidden" not in show(caught.value)


def test_a_server_that_is_not_there() -> None:
    url = "postgresql://a:hidden@127.0.0.1:9/facts"
    with pytest.raises(StoreError, match=r"postgresql://127\.0\.0\.1:9/facts: .*refused") as caught:
        open_connection(url)
    assert "hidden" not in show(caught.value)


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://a:hid@den@host/facts",
        "postgresql://a:hid/den@host/facts",
        "postgresql://a:hid%zzden@host/facts",
        "postgresql://a:hid den@host/facts",
        "postgresql://a:hid#den@ho st/facts",
        "postgresql://a:hidden@host:port/facts",
        "postgresql://a:hidden@host/facts?no_such_option=1",
    ],
)
def test_a_wrong_address_is_not_shown(url: str) -> None:
    """Any piece of it could be one of a password."""
    with pytest.raises(StoreError, match="not a valid address") as caught:
        open_connection(url)
    assert "hid" not in show(caught.value) and "den" not in str(caught.value)


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("postgresql://a:b@host:5433/facts", "postgresql://host:5433/facts"),
        ("postgres://a@host/facts?password=hidden", "postgresql://host/facts"),
        ("postgresql:///facts?host=/run/postgresql", "postgresql:///run/postgresql/facts"),
        ("postgresql://a:b@one,two:5433/facts?target_session_attrs=any", "postgresql://one,two:,5433/facts"),
        ("postgresql://a:b@[::1]:5432/facts", "postgresql://::1:5432/facts"),
    ],
)
def test_names(url: str, name: str) -> None:
    address = parse_address(url)
    assert address.name == name
    assert "hidden" not in repr(address)


def test_options_of_the_address_hold(postgres_server: Server) -> None:
    options = quote("-cstatement_timeout=1234 -c default_transaction_read_only=off", safe="")
    connection = open_connection(f"{postgres_server.to_url()}?options={options}&application_name=mine")
    sql = "SELECT current_setting('statement_timeout'), current_setting('default_transaction_read_only')"
    assert list(connection.query(f"{sql}, current_setting('application_name')")) == [("1234ms", "on", "mine")]
    connection.close()


def test_a_statement_that_takes_too_long(postgres_server: Server) -> None:
    connection = PostgresConnection(postgres_server.to_url(), statement_timeout=100)
    with pytest.raises(StoreError, match="statement timeout"):
        list(connection.query("SELECT pg_sleep(60)"))
    assert list(connection.query("SELECT 1")) == [(1,)]
    connection.close()


def test_tables_stand_in_the_schema_of_the_address(postgres_server: Server) -> None:
    with postgres_server.make_schema() as first, postgres_server.make_schema() as second:
        one, two = open_connection(first, write=True), open_connection(second, write=True)
        migrate(one)
        migrate(two)
        with one.lock(), two.lock():
            fill(one)
        assert (count_rows(one, "document"), count_rows(two, "document")) == (3, 0)
        one.close()
        two.close()


def test_a_schema_that_is_not_there(postgres_server: Server) -> None:
    with pytest.raises(StoreError, match="no schema of its search path exists"):
        open_connection(postgres_server.to_url(schema="nowhere"))


def test_a_database_in_another_encoding(postgres_server: Server) -> None:
    postgres_server.run("CREATE DATABASE latin TEMPLATE template0 ENCODING 'LATIN1' LOCALE 'C'")
    with pytest.raises(StoreError, match="its encoding is LATIN1"):
        open_connection(postgres_server.to_url("latin"))
    postgres_server.run("DROP DATABASE latin")


def test_without_the_library(monkeypatch: pytest.MonkeyPatch) -> None:
    load_psycopg.cache_clear()
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(StoreError, match=r"pip install 'govfacts\[postgres\]'"):
        open_connection("postgresql://a:b@host/facts")
    load_psycopg.cache_clear()


def test_a_lost_connection(postgres_server: Server, database: Connection) -> None:
    """As when the server is started anew: an error, the lock is free, and a new connection finds what was saved."""
    writer, run = start(database)
    writer.save(run, [read_rows("water.txt")])
    ((pid,),) = database.query("SELECT pg_backend_pid()")
    with pytest.raises(StoreError), database.lock():
        postgres_server.run(f"SELECT pg_terminate_backend({pid}, 10000)")
        writer.save(run, [read_rows("cotton.txt")])


def test_sums_and_means_are_plain_numbers(database: Connection) -> None:
    fill(database)
    ((total, mean, whole),) = database.query("SELECT sum(counted), avg(year), sum(confidence) FROM fact")
    assert (type(total), type(mean), type(whole)) == (int, float, float)
    assert list(database.query("SELECT -1.50, 1e20::numeric, NULL::numeric, 'NaN'::numeric = 'NaN'")) == [
        (-1.5, 10**20, None, True)
    ]


@pytest.mark.parametrize(
    ("sql", "parameters", "rows"),
    [
        ("SELECT '?', ?::text", ("a",), [("?", "a")]),
        ("SELECT '%', 5 % ?::int", (3,), [("%", 2)]),
        ("SELECT 'it''s ? %s', ?::text", ("%s?",), [("it's ? %s", "%s?")]),
        ('SELECT 1 AS "a?b%" -- why? 5%\n WHERE 1 = ?::int', (1,), [(1,)]),
        ("SELECT /* what?\n100% */ ?::text", ("'",), [("'",)]),
        ("SELECT 'a' LIKE ?::text, 'x' LIKE '%x%'", ("%",), [(True, True)]),
        ("SELECT ?::text", (None,), [(None,)]),
    ],
)
def test_parameters(database: Connection, sql: str, parameters: tuple[object, ...], rows: list[object]) -> None:
    assert list(database.query(sql, parameters)) == rows


@given(st.lists(st.sampled_from(["?", "%", "'?%'", '"?%"', "-- ?%\n", "/* ? */", " ", "a"]), max_size=20))
def test_a_mark_outside_texts_and_comments_is_a_parameter(parts: list[str]) -> None:
    out = to_placeholders("".join(parts))
    assert out.count("%s") == parts.count("?")
    assert out.replace("%s", "?").replace("%%", "%") == "".join(parts)


TOKENS = st.lists(st.text(st.characters(exclude_categories=("Cs", "Cc", "Z")), min_size=1, max_size=4), max_size=30)


@given(TOKENS)
def test_vectors_hold_each_token_at_its_place(database_url: str, tokens: list[str]) -> None:
    """Read by the server itself."""
    connection = _vectors[database_url]
    tokens = " ".join(tokens).split()
    sql = "SELECT p.position, l.lexeme FROM unnest(?::tsvector) l, unnest(l.positions) AS p(position) ORDER BY 1"
    assert list(connection.query(sql, (to_vector(" ".join(tokens)),))) == list(enumerate(tokens, 1))
    for token in tokens:
        assert list(connection.query("SELECT ?::tsquery::text", (to_lexeme(token),))) == [(to_lexeme(token),)]


_vectors: dict[str, Connection] = {}


@pytest.fixture(scope="module")
def database_url(postgres_server: Server):  # type: ignore[no-untyped-def]
    url = postgres_server.to_url()
    _vectors[url] = open_connection(url)
    yield url
    _vectors.pop(url).close()


def test_limits_of_a_vector(database: Connection) -> None:
    long = "长" * 682  # 2046 bytes
    ((vector,),) = database.query("SELECT ?::tsvector::text", (to_vector(f"a {long} {long}长 b"),))
    assert vector == f"'a':1 'b':4 '{long}':2"
    ((vector,),) = database.query("SELECT ?::tsvector::text", (to_vector("修 " * 16_382 + "渠 路"),))
    assert vector.endswith("'渠':16383") and "路" not in vector


def test_a_phrase_is_found(database: Connection) -> None:
    fill(database)
    sql = "SELECT s.text FROM sentence_search i JOIN sentence s USING (sentence_pk) WHERE i.chars @@ ?::tsquery"
    phrase = " <-> ".join(map(to_lexeme, "126.5公里"))
    ((text,),) = database.query(sql, (phrase,))
    assert "126.5公里" in text
    assert list(database.query(sql, (" <-> ".join(map(to_lexeme, "1265公里")),))) == []
