"""`govfacts search` and `govfacts stats`: what they print and how they leave."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
from pathlib import Path

import pytest
from rich.cells import cell_len

from extractor.batch import Options, run_batch
from extractor.cli.main import main
from extractor.cli.search_output import NUMBER, align, clean, to_cell
from extractor.settings import Settings
from schemas.search import SearchPage

TEXTS = {
    "a-2020-06-01.txt": "金乡县新修水渠\n\n    金乡县今年新修水渠36公里，投资3000万元，植树120亩。\n",
    "b-2021-06-01.txt": "石料厂\n\n    =金乡县石料厂去年完成产值5200元，缴税12件，投资约40万元。\n",
}


@pytest.fixture(scope="module")
def db(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("search")
    for name, text in TEXTS.items():
        (folder / name).write_text(text, "utf-8")
    database = str(folder / "facts.db")
    assert not run_batch(sorted(map(str, folder.glob("*.txt"))), database, Settings(), Options()).failures
    return database


def read(capfd: pytest.CaptureFixture[str]) -> tuple[str, str]:
    out, err = capfd.readouterr()
    return out, err


def test_table(db: str, capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["search", "投资", "--db", db, "--kind", "money", "--sort", "value"]) == 0
    out, err = read(capfd)
    lines = out.splitlines()
    assert err == ""
    assert lines[0].split() == ["AMOUNT", "INDICATOR", "PLACE", "TIME", "PROGRAM", "EVIDENCE", "SOURCE"]
    assert lines[1].startswith("30,000,000 CNY  ")
    assert "山东省/济宁市/金乡县" in lines[1]
    assert any(line.startswith("~400,000 CNY  ") for line in lines)
    assert lines[-1] == f"{len(lines) - 2} of {len(lines) - 2} facts"
    assert "\x1b" not in out
    columns = {cell_len(line[: line.index("金乡县今年")]) for line in lines if "金乡县今年" in line}
    assert columns == {cell_len(lines[0][: lines[0].index("EVIDENCE")])}


def test_nothing_found_is_no_failure(db: str, capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["search", "无此词", "--db", db]) == 0
    assert read(capfd) == ("nothing found\n", "")
    assert main(["search", "--db", db, "--place", "无名小村"]) == 0
    assert "no" in read(capfd)[0].split(";")[0]


def test_json_pages_by_cursor(db: str, capfd: pytest.CaptureFixture[str]) -> None:
    found: list[str] = []
    cursor: list[str] = []
    while True:
        assert main(["search", "--db", db, "--limit", "2", "--format", "json", *cursor]) == 0
        page = SearchPage.model_validate_json(read(capfd)[0])
        found += [hit.fact.fact_id for hit in page.hits]
        if page.cursor is None:
            break
        cursor = ["--cursor", page.cursor]
    assert len(found) == len(set(found)) == page.total > 4


def test_csv(db: str, capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["search", "石料厂", "--db", db, "--format", "csv", "--min", "1000元", "--ascending"]) == 0
    out, err = read(capfd)
    rows = list(csv.DictReader(io.StringIO(out)))
    assert rows
    assert {row["unit"] for row in rows} == {"CNY"}
    assert all(row["evidence"].startswith(("'=", "金", "石")) for row in rows)
    assert err == f"{len(rows)} of {len(rows)} facts\n"


@pytest.mark.parametrize("text", ["=1+1", "+1 2", "-x", "@a", "\tx", "\rx", "＝A1", "－5%", "-5-3"])
def test_no_formula_in_a_cell(text: str) -> None:
    assert to_cell(text) == "'" + text


def test_numbers_stay_numbers() -> None:
    assert [to_cell(value) for value in ("-5", "-0.5", "12", None, 3, "亩=")] == ["-5", "-0.5", "12", "", "3", "亩="]
    assert NUMBER.fullmatch("-5")


def test_nothing_that_a_terminal_obeys() -> None:
    assert clean("a\x1b[31mb\u202ec\nd\x9b") == "a\ufffd[31mb\ufffdc\ufffdd\ufffd"
    assert align([["水渠", "a"], ["x", "b"]]) == ["水渠  a", "x     b"]


def test_queries(db: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    table = tmp_path / "q.csv"
    table.write_text("id,text,min,unit\nfirst,投资,100万,元\nwrong,投资,many,\nnone,无此词,,\n,植树,,\n", "utf-8-sig")
    assert main(["search", "--db", db, "--queries", str(table), "--format", "csv"]) == 1
    out, err = read(capfd)
    rows = list(csv.DictReader(io.StringIO(out)))
    assert list(dict.fromkeys(row["query"] for row in rows)) == ["first", "line 5"]
    assert "wrong: --min many" in err
    assert "none: nothing found" in err
    assert main(["search", "--db", db, "--queries", str(table), "--format", "json", "--limit", "1"]) == 1
    pages = json.loads(read(capfd)[0])
    assert [page["query"] for page in pages] == ["first", "none", "line 5"]
    assert [len(page["hits"]) for page in pages] == [1, 0, 1]
    table.write_bytes("text\n投资\n".encode("gb18030"))
    assert main(["search", "--db", db, "--queries", str(table), "--kind", "money"]) == 0
    assert "line 2: " in read(capfd)[0]


@pytest.mark.parametrize(
    ("table", "said"),
    [
        (b"size\n1\n", "'size': no such option"),
        (b"", "no header line"),
        (b"text\n\xff\xff\xff\n", "neither UTF-8 nor GB18030"),
        (b"x" * 200_000, "field larger than field limit"),
        (b"text\n" + b"x" * 200_000, "line 1: field larger than field limit"),
        (b"x" * 100_000, "'" + "x" * 60 + "': no such option"),
    ],
)
def test_tables_of_questions_that_are_none(
    db: str, tmp_path: Path, capfd: pytest.CaptureFixture[str], table: bytes, said: str
) -> None:
    (tmp_path / "q.csv").write_bytes(table)
    assert main(["search", "--db", db, "--queries", str(tmp_path / "q.csv")]) == 2
    assert said in read(capfd)[1]
    assert main(["search", "--db", db, "--queries", str(tmp_path / "none.csv")]) == 2
    (tmp_path / "q.csv").write_text("text,min\n投资,1,2,3\n", "utf-8")
    assert main(["search", "--db", db, "--queries", str(tmp_path / "q.csv")]) == 1
    assert "more cells than the header" in read(capfd)[1]


@pytest.mark.parametrize(
    "options",
    [
        ["--min", "many"],
        ["--limit", "0"],
        ["--from", "x"],
        ["--sort", "relevance"],
        ["--kind", "cash"],
        ["--cursor", "x"],
    ],
)
def test_usage(db: str, capfd: pytest.CaptureFixture[str], options: list[str]) -> None:
    assert main(["search", "--db", db, *options]) == 2
    out, err = read(capfd)
    assert out == ""
    assert options[0] in err


@pytest.mark.parametrize("command", ["search", "stats"])
def test_databases_that_are_none(tmp_path: Path, capfd: pytest.CaptureFixture[str], command: str) -> None:
    (tmp_path / "text.db").write_text("no database" * 100, "utf-8")
    (tmp_path / "empty.db").touch()
    with sqlite3.connect(tmp_path / "other.db") as other:
        other.execute("CREATE TABLE pet (name TEXT)")
    other.close()
    said = {
        "none.db": "no such",
        "text.db": "not a database",
        "empty.db": "no facts yet",
        "other.db": "another program",
    }
    for name, part in said.items():
        assert main([command, "--db", str(tmp_path / name)]) == 1
        out, err = read(capfd)
        assert out == ""
        assert part in err
        assert name in err


def test_stats(db: str, capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["stats", "--db", db]) == 0
    out, _ = read(capfd)
    for head in ("YEARS", "KINDS", "NEWSPAPERS", "PROVINCES", "COUNTIES", "RUNS"):
        assert f"\n{head}\n" in out
    assert "济宁市/金乡县" in out
    assert main(["stats", "--db", db, "--format", "json"]) == 0
    stats = json.loads(read(capfd)[0])
    assert stats["total"]["documents"] == 2
    assert sum(row["facts"] for row in stats["years"]) == stats["total"]["counted"]
