"""docs/queries.md: every question runs on both databases, gives what it should, and by indexes."""

from __future__ import annotations

import contextlib
import math
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest

from extractor.batch import Options, run_batch
from extractor.settings import Settings
from extractor.store import Connection, open_connection
from extractor.store.connection import is_url
from extractor.store.postgres import to_placeholders
from postgres_server import postgres_server
from support import ROOT

__all__ = ["postgres_server"]
TEXT = (ROOT / "docs" / "queries.md").read_text("utf-8")
BLOCK = re.compile(r"^## (?P<title>[^\n]+)\n(?P<body>.*?)(?=^## |\Z)", re.MULTILINE | re.DOTALL)
SQL = re.compile(r"^```sql\n(.*?);\n```$", re.MULTILINE | re.DOTALL)
QUERIES = [
    pytest.param(sql, id=f"{match['title']} {number}")
    for match in BLOCK.finditer(TEXT)
    for number, sql in enumerate(SQL.findall(match["body"]), 1)
]
LARGE = ("fact", "article", "sentence", "document")
SHORT = {"f": "fact", "a": "article", "s": "sentence", "d": "document", "p": "place", "t": "total"}


@pytest.fixture(scope="module", params=("sqlite", "postgres"))
def name(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """What --db names: the sample pages."""
    with contextlib.ExitStack() as stack:
        name = str(tmp_path_factory.mktemp("queries") / "facts.db")
        if request.param == "postgres":
            name = stack.enter_context(request.getfixturevalue("postgres_server").make_schema())
        assert not run_batch([str(ROOT / "corpora" / "pages")], name, Settings(), Options()).failures
        yield name


@pytest.fixture(scope="module")
def pages(name: str) -> Iterator[Connection]:
    with contextlib.closing(open_connection(name)) as connection:
        yield connection


def find_query(title: str) -> str:
    (match,) = [match for match in BLOCK.finditer(TEXT) if match["title"] == title]
    found = SQL.findall(match["body"])
    return str(found[0])


def test_they_are_many() -> None:
    assert len(QUERIES) >= 16


@pytest.mark.parametrize("sql", QUERIES)
def test_it_runs(pages: Connection, sql: str) -> None:
    rows = list(pages.query(sql))
    assert rows or "0123456789abcdef" in sql


@pytest.mark.parametrize("sql", QUERIES)
def test_no_large_table_is_read_whole(name: str, sql: str) -> None:
    steps = find_steps(name, sql)
    assert not [step for step in steps if reads_whole(step)], steps
    plan = " ".join(steps)
    assert re.search("INDEX|PRIMARY KEY|Index", plan) or re.search(r"\b(?:SCAN|Seq Scan on) \w*total\b", plan), steps


def find_steps(name: str, sql: str) -> list[str]:
    """The plan; PostgreSQL's as for tables that are too large to be read whole, where an index lets it."""
    if is_url(name):
        with psycopg.connect(name) as connection:
            connection.execute("SET enable_seqscan = off")
            return [row[0].strip() for row in connection.execute(f"EXPLAIN {to_placeholders(sql)}".encode())]
    with contextlib.closing(open_connection(name)) as database:
        return [to_table(step) for *_, step in database.query(f"EXPLAIN QUERY PLAN {sql}")]


def to_table(step: str) -> str:
    """A step with the table's name instead of the short one that the views give it."""
    return re.sub(r"^(SCAN|SEARCH) (\w+)", lambda match: f"{match[1]} {SHORT.get(match[2], match[2])}", step)


def reads_whole(step: str) -> bool:
    """Also where it is an index that is read from end to end."""
    names = "|".join(LARGE)
    return bool(re.search(rf"^SCAN (?:{names})\b|Seq Scan on (?:{names})\b", step))


@pytest.mark.parametrize(
    ("sql", "whole"),
    [
        ("SELECT count(*) FROM v_figures WHERE quantity_text = 'x'", True),
        ("SELECT count(*) FROM sentence WHERE text = 'x'", True),
        ("SELECT evidence FROM v_facts WHERE fact_id = 'x'", False),
    ],
)
def test_the_check_sees_a_whole_table(name: str, sql: str, whole: bool) -> None:
    assert any(map(reads_whole, find_steps(name, sql))) == whole


def test_kinds_and_years(pages: Connection) -> None:
    plain = "SELECT kind, year, count(*) FROM fact WHERE counted = 1 GROUP BY kind, year"
    assert set(pages.query(find_query("How many facts of each kind there are, by year"))) == set(pages.query(plain))


def test_money(pages: Connection) -> None:
    found = {(row[0], row[1]): row[2:] for row in pages.query(find_query("Money by year and province"))}
    plain: dict[Any, list[float]] = {}
    for province, year, yuan in pages.query(
        "SELECT province, year, yuan FROM v_facts WHERE counted = 1 AND yuan IS NOT NULL AND year BETWEEN 2015 AND 2024"
    ):
        plain.setdefault((province, year), []).append(yuan)
    assert {key: (len(all_), pytest.approx(math.fsum(all_))) for key, all_ in plain.items()} == found and found


def test_quartiles(pages: Connection) -> None:
    """By the definition: the least amount that so many are no larger than."""
    for indicator in ("output_value", "household_income_gain", "funds"):
        sql = find_query("Median and quartiles of an indicator by year").replace("output_value", indicator)
        sql = sql.replace("BETWEEN 2020 AND 2024", "BETWEEN 1949 AND 2024")
        plain: dict[int, list[float]] = {}
        for year, amount in pages.query(
            "SELECT year, amount FROM v_facts WHERE indicator_id = ? AND amount_unit = 'CNY' AND counted = 1 "
            "AND amount IS NOT NULL AND year BETWEEN 1949 AND 2024",
            (indicator,),
        ):
            plain.setdefault(year, []).append(amount)
        expected = [
            (year, len(all_), *(sorted(all_)[math.ceil(len(all_) * share) - 1] for share in (0.25, 0.5, 0.75)))
            for year, all_ in sorted(plain.items())
        ]
        assert list(pages.query(sql)) == expected and expected


def test_papers(pages: Connection) -> None:
    rows = list(pages.query(find_query("How much was read of each paper, and how many facts that gave")))
    ((articles, characters),) = pages.query("SELECT count(*), sum(characters) FROM article WHERE duplicate_of IS NULL")
    assert sum(row[2] for row in rows) == articles and sum(row[3] for row in rows) == characters
    ((facts,),) = pages.query("SELECT count(*) FROM fact WHERE counted = 1")
    assert sum(row[5] for row in rows) == facts


def test_a_plan(pages: Connection) -> None:
    found = list(pages.query(find_query("What happened in a place during a plan")))
    assert found and all(row[0] <= "2020-12-31" and row[1] >= "2016-01-01" for row in found)


def test_where_a_figure_stands(pages: Connection) -> None:
    ((fact, doc),) = pages.query("SELECT fact_id, doc FROM v_facts ORDER BY doc, fact_id LIMIT 1")
    rows = list(pages.query(find_query("Where a figure stands").replace("0123456789abcdef", fact)))
    assert [row[0] for row in rows] == [doc]


def test_the_views_that_the_guide_names_are_there() -> None:
    from extractor.store.migrate import load_tables

    assert set(re.findall(r"\bv_\w+", TEXT)) <= set(load_tables())
    assert Path(ROOT / "docs" / "scale.md").is_file()
