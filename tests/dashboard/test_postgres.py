"""The queries of docs/dashboards.md on a PostgreSQL server, with the macros of the dashboards put in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest

from dashboard.guide import Block, print_rows, read_guide
from support import ROOT, run_govfacts

BLOCKS = [block for block in read_guide("dashboards.md") if block.language in ("postgres", "sql")]
(VIEW,) = [block for block in BLOCKS if block.code.startswith("CREATE VIEW")]
(ROLE,) = [block for block in BLOCKS if block.code.startswith("CREATE ROLE")]
QUERIES = [block for block in BLOCKS if block.code.startswith("SELECT")]
RANGE = "{0} BETWEEN '2019-01-01T00:00:00Z' AND '2026-01-01T00:00:00Z'"
# As Grafana's and Metabase's documents say what their macros and variables become.
MACROS = (
    (re.compile(r"\$__timeFilter\((\w+)\)"), lambda m: RANGE.format(m[1])),
    (
        re.compile(r"\$__timeGroupAlias\((\w+), '365d'\)"),
        lambda m: f'floor(extract(epoch from {m[1]})/31536000)*31536000 AS "time"',
    ),
    (re.compile(r"\$\{program\}"), lambda m: "清流润田工程"),
    (re.compile(r"\{\{indicator\}\}"), lambda m: "'water_channels'"),
    (re.compile(r"\[\[(.*?)\]\]"), lambda m: m[1]),
    (re.compile(r"\{\{place\}\}"), lambda m: "'凤阳县'"),
)


def put_in(sql: str) -> str:
    for pattern, value in MACROS:
        sql = pattern.sub(value, sql)
    return sql


@pytest.fixture(scope="module")
def url(postgres_server: Any) -> Iterator[str]:
    """A database of its own with the sample pages and the dashboards' view."""
    postgres_server.run("CREATE DATABASE dashboard ENCODING 'UTF8' TEMPLATE template0")
    url = postgres_server.to_url("dashboard")
    done = run_govfacts("run", "docs/sample", "--db", url, "--quiet")
    assert done.returncode == 0, done.stderr.decode()
    postgres_server.run(VIEW.code, "dashboard")
    yield url
    postgres_server.run("DROP DATABASE dashboard WITH (FORCE)")


def ask(url: str, sql: str) -> tuple[list[str], list[tuple[Any, ...]]]:
    with psycopg.connect(url) as connection:
        cursor = connection.execute(sql.encode())
        return [column.name for column in cursor.description or ()], cursor.fetchall()


@pytest.mark.parametrize("block", [b for b in QUERIES if b.shown], ids=lambda block: " ".join(block.code.split())[:60])
def test_queries_print_what_is_shown(url: str, block: Block) -> None:
    assert print_rows(*ask(url, put_in(block.code))) == block.shown


def test_there_are_queries() -> None:
    assert len([block for block in QUERIES if block.shown]) >= 5
    assert not [block.code for block in QUERIES if re.search(r"\$__|\{\{|\[\[", put_in(block.code))]


def test_the_time_series(url: str) -> None:
    (block,) = [block for block in QUERIES if "timeGroupAlias" in block.code]
    columns, rows = ask(url, put_in(block.code))
    assert columns == ["time", "metric", "value"]
    assert {row[1] for row in rows} == {"全椒县", "凤阳县", "兴国县"}
    assert sum(row[2] for row in rows) == 291_000_000
    assert [row[0] for row in rows] == sorted(row[0] for row in rows)


def test_the_variable_of_the_guide(url: str) -> None:
    text = (ROOT / "docs" / "dashboards.md").read_text("utf-8")
    (query,) = re.findall(r"`(SELECT DISTINCT program .*?)`", text)
    assert ask(url, query)[1] == [("清流润田工程",)]


def test_the_types_of_the_view(url: str) -> None:
    sql = "SELECT pg_typeof(value), pg_typeof(day), pg_typeof(time), pg_typeof(yuan) FROM dashboard_facts LIMIT 1"
    (types,) = ask(url, sql)[1]
    assert types == ("numeric", "date", "timestamp with time zone", "double precision")


def test_the_role_reads_and_writes_nothing(url: str, postgres_server: Any) -> None:
    postgres_server.run(ROLE.code, "dashboard")
    try:
        postgres_server.run("ALTER ROLE dashboard PASSWORD 'reader'", "dashboard")
        own = re.sub(r"//[^@]*@", "//dashboard:reader@", url)
        assert ask(own, "SELECT count(*) FROM dashboard_facts")[1] == [(22,)]
        with pytest.raises(psycopg.errors.ReadOnlySqlTransaction):
            ask(own, "CREATE TABLE other (x int)")
        with pytest.raises(psycopg.Error):
            ask(own, "SET default_transaction_read_only = off; DELETE FROM fact")
    finally:
        postgres_server.run("DROP OWNED BY dashboard; DROP ROLE dashboard", "dashboard")


def test_a_second_run_leaves_the_view_alone(url: str) -> None:
    done = run_govfacts("run", "docs/sample", "--db", url, "--quiet")
    assert done.returncode == 0, done.stderr.decode()
    assert ask(url, "SELECT count(*) FROM dashboard_facts")[1] == [(22,)]
