"""Export of a search: exactly the facts that the search finds, with what they need, on both databases."""

from __future__ import annotations

import contextlib
import json
import tracemalloc
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from extractor.batch import Options, run_batch
from extractor.cli.main import main
from extractor.export import Choice, export_database, hold_snapshot
from extractor.export.table import NEEDED, list_tables, read_rows
from extractor.search import Question, search
from extractor.settings import Settings
from extractor.store import Connection, open_connection
from postgres_server import postgres_server
from support import ROOT

__all__ = ["postgres_server"]
# The options of the command line and the question that they ask.
ASKED: list[tuple[list[str], dict[str, Any]]] = [
    (["资金"], {"text": "资金"}),
    (["資金 -驻村"], {"text": "資金 -驻村"}),
    (["%_'\" OR 1=1"], {"text": "%_'\" OR 1=1"}),
    (["年", "--kind", "money"], {"text": "年", "kind": "money"}),
    (["-村"], {"text": "-村"}),
    (["--place", "山东省"], {"place": "山东省"}),
    (["--place", "37", "--repeats"], {"place": "37", "repeats": True}),
    (["--kind", "ratio"], {"kind": "ratio"}),
    (["--unit", "亩", "--min", "100"], {"unit": "亩", "minimum": "100"}),
    (["--min", "10万元", "--max", "3.5亿元"], {"minimum": "10万元", "maximum": "3.5亿元"}),
    (["--unit", "CNY_1948"], {"unit": "CNY_1948"}),
    (["--from", "1958", "--to", "1990-06"], {"first_day": "1958", "last_day": "1990-06"}),
    (["--program", "行动"], {"program": "行动"}),
    (["--indicator", "总投资"], {"indicator": "总投资"}),
    (["--min-quality", "0.9"], {"min_quality": 0.9}),
    (["--min-confidence", "0.8", "水"], {"min_confidence": 0.8, "text": "水"}),
    (["--newspaper", "无此报"], {"newspaper": "无此报"}),
    (["--repeats"], {"repeats": True}),
]


@pytest.fixture(scope="module", params=("sqlite", "postgres"))
def name(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """What --db names: the sample pages, some of them twice."""
    folder = tmp_path_factory.mktemp("search")
    if request.param == "sqlite":
        fill(str(folder / "facts.db"), folder)
        yield str(folder / "facts.db")
        return
    with request.getfixturevalue("postgres_server").make_schema() as url:
        fill(url, folder)
        yield url


def fill(name: str, folder: Path) -> None:
    pages = sorted((ROOT / "corpora" / "pages").glob("*.txt"))
    twice = folder / "twice"
    twice.mkdir()
    for page in pages[:3]:
        (twice / page.name).write_bytes(page.read_bytes())
    assert not run_batch([str(ROOT / "corpora" / "pages"), str(twice)], name, Settings(), Options()).failures


@pytest.fixture
def connection(name: str) -> Iterator[Connection]:
    with contextlib.closing(open_connection(name)) as connection:
        yield connection


def read_lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def find_all(connection: Connection, question: Question) -> list[tuple[str, str, int]]:
    """All hits of a question, page by page."""
    from dataclasses import replace

    page = search(connection, question)
    hits = list(page.hits)
    while page.cursor:
        page = search(connection, replace(question, cursor=page.cursor))
        hits += page.hits
    assert len(hits) == page.total
    return sorted((hit.fact.doc, hit.fact.fact_id, hit.fact.evidence.start_char) for hit in hits)


@pytest.mark.parametrize(("options", "asked"), ASKED, ids=lambda value: str(value))
def test_it_is_what_the_search_finds(
    name: str, connection: Connection, tmp_path: Path, options: list[str], asked: dict[str, Any]
) -> None:
    # A text that begins with a dash stands behind `--`, as in any command.
    words = [*options[1:], "--", options[0]] if options[0] == "-村" else options
    assert main(["export", "--db", name, "--format", "jsonl", "--out", str(tmp_path), *words]) == 0
    facts = read_lines(tmp_path / "facts.jsonl")
    found = find_all(connection, Question(**asked, limit=1000))
    assert sorted((row["doc"], row["fact_id"], row["evidence_start"]) for row in facts) == found
    manifest = json.loads((tmp_path / "manifest.json").read_text("utf-8"))
    assert manifest["search"]["total"] == len(facts)
    assert set(manifest["search"]["question"]) == {option.lstrip("-") for option in options if option[:2] == "--"} | (
        {"text"} if "text" in asked else set()
    )
    rows = {table["name"]: table["rows"] for entry in manifest["files"] for table in entry["tables"]}
    assert rows["facts"] == len(facts) and set(rows) == set(NEEDED)
    assert ("无此报" in options or options[0].startswith("%")) == (not facts)


def test_the_rest_is_what_the_facts_need(name: str, connection: Connection, tmp_path: Path) -> None:
    assert main(["export", "--db", name, "--format", "jsonl", "--out", str(tmp_path), "资金", "--kind", "money"]) == 0
    facts = read_lines(tmp_path / "facts.jsonl")
    articles = {(row["doc"], row["article_id"]) for row in facts}
    told = [(row["doc"], row["article_id"]) for row in read_lines(tmp_path / "articles.jsonl")]
    assert sorted(told) == sorted(articles) and len(told) < 80
    for mentions in ("places", "programs", "periods"):
        rows = [(row["doc"], row["article_id"]) for row in read_lines(tmp_path / f"{mentions}.jsonl")]
        assert rows and set(rows) <= articles
        everything = connection.query(f"SELECT doc, article_id FROM v_{mentions}")
        assert len(rows) == sum(cells in articles for cells in everything)
    sources = [row["doc"] for row in read_lines(tmp_path / "sources.jsonl")]
    assert sorted(sources) == sorted({doc for doc, _ in articles})
    assert not (tmp_path / "failures.jsonl").exists()


def test_all_formats_have_the_same_rows(name: str, tmp_path: Path) -> None:
    counts = []
    for form in ("parquet", "csv", "jsonl", "xlsx"):
        folder = tmp_path / form
        assert main(["export", "--db", name, "--format", form, "--out", str(folder), "资金"]) == 0
        files = json.loads((folder / "manifest.json").read_text("utf-8"))["files"]
        counts.append({table["name"]: table["rows"] for entry in files for table in entry["tables"]})
    assert counts[0] == counts[1] == counts[2] == counts[3]
    assert pq.read_metadata(tmp_path / "parquet" / "facts.parquet").num_rows == counts[0]["facts"] > 10


def test_without_a_question_it_is_everything(name: str, connection: Connection, tmp_path: Path) -> None:
    assert main(["export", "--db", name, "--format", "jsonl", "--out", str(tmp_path)]) == 0
    assert list(connection.query("SELECT count(*) FROM fact")) == [(len(read_lines(tmp_path / "facts.jsonl")),)]
    assert json.loads((tmp_path / "manifest.json").read_text("utf-8"))["search"] is None
    assert (tmp_path / "failures.jsonl").exists()


@pytest.mark.parametrize(
    "options", [["--min", "many"], ["--place", "天上/地下"], ["--from", "昨天"], ["--kind", "all"]]
)
def test_a_wrong_option_is_told(
    name: str, tmp_path: Path, options: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["export", "--db", name, "--out", str(tmp_path / "new"), *options]) == 2
    assert options[0] in capsys.readouterr().err
    assert not (tmp_path / "new").exists()


def test_it_is_of_one_moment(name: str, tmp_path: Path) -> None:
    """What another writes between two tables is in none of them."""
    with (
        contextlib.closing(open_connection(name)) as reader,
        contextlib.closing(open_connection(name, write=True)) as writer,
    ):
        tables = {table.name: table for table in list_tables()}
        with hold_snapshot(reader):
            before = len(list(read_rows(reader, tables["sources"])))
            writer.execute(
                "INSERT INTO document (document_pk, doc, part, char_offset, sha256, bytes, characters, encoding, "
                "format, run_pk) VALUES (999, 'late.txt', 1, 0, '', 0, 0, 'utf-8', 'text', 1)"
            )
            try:
                assert len(list(read_rows(reader, tables["sources"]))) == before
            finally:
                writer.execute("DELETE FROM document WHERE document_pk = 999")
        assert len(list(read_rows(reader, tables["sources"]))) == before


MULTIPLY = """
INSERT INTO fact (fact_pk, fact_id, article_pk, sentence_pk, kind, quantity_text, quantity_start, quantity_end,
    modifier, unit, amount_unit, rule, confidence, counted)
WITH RECURSIVE number (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM number WHERE n < 30000)
SELECT (SELECT max(fact_pk) FROM fact) + n, fact_id, article_pk, sentence_pk, kind, quantity_text, quantity_start,
    quantity_end, modifier, unit, amount_unit, rule, confidence, 1 FROM number, (SELECT * FROM fact LIMIT 1) one
"""


@pytest.mark.parametrize("form", ["jsonl", "csv"])
def test_memory_does_not_grow_with_the_facts(tmp_path: Path, form: str) -> None:
    (tmp_path / "one.txt").write_text("本报讯 河湾乡新修渠道12公里。\n", "utf-8")
    run_batch([str(tmp_path / "one.txt")], str(tmp_path / "facts.db"), Settings(), Options())
    peaks = []
    with contextlib.closing(open_connection(tmp_path / "facts.db", write=True)) as connection:
        for _ in range(2):
            tracemalloc.start()
            files = export_database(connection, form, tmp_path / form, facts=Choice("SELECT fact_pk FROM fact"))
            peaks.append(tracemalloc.get_traced_memory()[1])
            tracemalloc.stop()
            counts = {table.name: rows for file in files for table, rows in file.tables}
            connection.execute(MULTIPLY)
    assert counts["facts"] > 30_000
    assert peaks[1] < peaks[0] + 4_000_000  # a page of rows, not thirty thousand of them
