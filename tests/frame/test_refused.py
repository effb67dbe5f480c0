"""What read_facts refuses, and what it says of it."""

from __future__ import annotations

import csv
import json
import shutil
import sys
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from extractor import read_facts
from extractor.errors import (
    GovfactsError,
    InputError,
    MissingExtraError,
    RecordError,
    StoreError,
    UndecodableError,
    UnreadableError,
    UsageError,
)
from extractor.frame import read_parquet
from extractor.search import Question
from frame.text import SOURCES


@pytest.mark.parametrize(
    ("filters", "message"),
    [
        ({"colour": "red"}, "no filter 'colour'; there are text, place, kind, minimum"),
        ({"limit": 5}, "no filter 'limit'"),
        ({"rejected": True}, "no filter 'rejected'"),
        ({"kind": "colour"}, "--kind colour: expected count"),
        ({"unit": "没有"}, "--unit"),
        ({"first_day": "tomorrow"}, "--from"),
        ({"question": Question(), "kind": "money"}, "not both"),
        ({"question": Question(rejected=True)}, "rejected facts stand in no table of facts"),
    ],
)
@pytest.mark.parametrize("source", SOURCES)
def test_wrong_filters(folder: Path, source: str, filters: dict[str, Any], message: str) -> None:
    if message == "--unit":
        assert read_facts(folder / source, **filters).empty
        return
    with pytest.raises(UsageError, match=message):
        read_facts(folder / source, **filters)


def fails(path: str | Path, error: type[GovfactsError], message: str) -> None:
    with pytest.raises(error, match=message) as caught:
        read_facts(path)
    assert type(caught.value) is error


def test_what_cannot_be_opened(folder: Path, tmp_path: Path) -> None:
    fails(tmp_path / "none.db", UnreadableError, "none.db: no such file")
    fails(tmp_path, UnreadableError, "holds none of facts.parquet, facts.csv, facts.jsonl")
    fails("mysql://host/facts", UsageError, "mysql://host/facts")
    (tmp_path / "page.txt").write_text("修渠12公里。", "utf-8")
    fails(tmp_path / "page.txt", UnreadableError, "is no database, no folder of")
    shutil.copy(folder / "facts.db", tmp_path / "broken.db")
    with (tmp_path / "broken.db").open("r+b") as file:
        file.seek(4096)
        file.write(b"\xff" * 200_000)
    with pytest.raises(StoreError, match=r"broken\.db"):
        read_facts(tmp_path / "broken.db")


def test_a_cell_beyond_the_limit(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    limit = csv.field_size_limit()
    monkeypatch.setattr("extractor.frame.table.LONGEST", 40)
    try:
        fails(folder / "csv", RecordError, r"facts\.csv: line 2: field larger than field limit")
    finally:
        csv.field_size_limit(limit)


def test_a_file_that_goes_away(folder: Path, tmp_path: Path) -> None:
    """Between being found and being read."""
    from extractor.frame.rows import list_columns
    from extractor.frame.table import read_table

    with pytest.raises(UnreadableError, match=r"facts\.csv: no such file"):
        list(read_table(tmp_path / "facts.csv", list_columns(), read_parquet))


def test_a_database_that_is_none_of_ours(tmp_path: Path) -> None:
    import sqlite3

    connection = sqlite3.connect(tmp_path / "other.db")
    connection.execute("CREATE TABLE other (x)")
    connection.close()
    with pytest.raises(StoreError, match=r"other\.db"):
        read_facts(tmp_path / "other.db")


def test_broken_tables(folder: Path, tmp_path: Path) -> None:
    text = (folder / "csv" / "facts.csv").read_bytes().decode("utf-8")
    header, first, *_ = text.split("\r\n")
    path = tmp_path / "facts.csv"
    path.write_text("fact_id,doc\nx,y\n", "utf-8")
    fails(tmp_path, RecordError, "facts.csv: has no column article_id; is it a table of facts")
    path.write_text(f"{header}\nx,y\n", "utf-8")
    fails(path, RecordError, "facts.csv: line 2: 2 cells, the header has")
    path.write_text(f'{header}\n{first}\n"{first}\n', "utf-8")
    fails(path, RecordError, "facts.csv: line 3: ")
    path.write_bytes(text.encode("gb18030"))
    fails(path, UndecodableError, "facts.csv: is no UTF-8")
    path.write_text(text, "utf-8-sig")
    assert len(read_facts(path)) > 5


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"year": "soon"}, "row 1: .*'soon'"),
        ({"counted": 2}, "row 1: 2 is neither 0 nor 1"),
        ({"title": 5}, "row 1: 5 is no text"),
        ({"day": "2020-13-01"}, "column day: month must be in"),
        ({"value": "many"}, "column value: could not convert"),
    ],
)
def test_wrong_cells(folder: Path, tmp_path: Path, change: dict[str, Any], message: str) -> None:
    first = json.loads((folder / "jsonl" / "facts.jsonl").read_text("utf-8").split("\n")[0])
    path = tmp_path / "facts.jsonl"
    path.write_text(json.dumps({**first, **change}) + "\n", "utf-8")
    with pytest.raises(RecordError, match=rf"facts\.jsonl: {message}"):
        read_facts(path, repeats=True)
    path.write_text(json.dumps({"fact_id": "x"}) + "\n", "utf-8")
    fails(path, RecordError, "line 1: has no column article_id")
    path.write_text("{\n", "utf-8")
    fails(path, RecordError, "line 1: is no JSON object")
    path.write_text("[1]\n", "utf-8")
    fails(path, RecordError, "line 1: is no JSON object")


def test_broken_records(folder: Path, tmp_path: Path) -> None:
    lines = (folder / "records.jsonl").read_bytes().splitlines(keepends=True)
    path = tmp_path / "records.jsonl"

    def write(*some: bytes) -> Path:
        path.write_bytes(b"".join(some))
        return path

    fact = next(line for line in lines if b'"record":"fact"' in line)
    fails(write(fact), RecordError, "line 1: stands before a run and a source")
    fails(write(lines[0], lines[1], fact), RecordError, "line 3: its article is not there")
    fails(write(*lines[:3], b"{\n"), RecordError, "line 4: is no record of govfacts extract")
    fails(write(*lines[:3], b'{"record":"colour"}\n'), RecordError, "line 4: is no record .*colour")
    fails(write(*lines[:3], fact.replace(b'"money"', b'"colour"')), RecordError, "line 4: .*kind")
    fails(write(*lines[:3], b'{"record":"\xff"}\n'), UndecodableError, "line 4: is no UTF-8")
    assert read_facts(write(*lines[:1])).empty


def test_an_empty_export_is_an_empty_frame(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "facts.jsonl").write_bytes(b"")
    assert read_facts(tmp_path).empty
    table = pq.read_table(folder / "parquet" / "facts.parquet")
    pq.write_table(table.slice(0, 0), tmp_path / "facts.parquet")
    assert read_facts(tmp_path, kind="money").empty


def test_broken_parquet(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "facts.parquet").write_bytes(b"PAR1 nothing")
    fails(tmp_path, UndecodableError, "is no Parquet file")
    pq.write_table(pa.table({"fact_id": ["x"]}), tmp_path / "facts.parquet")
    fails(tmp_path, RecordError, "has no column article_id")


def test_parquet_without_its_library(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow.parquet", None)
    with pytest.raises(MissingExtraError, match=r"pip install 'govfacts\[export\]'"):
        list(read_parquet(folder / "parquet" / "facts.parquet", ["fact_id"]))
    assert issubclass(MissingExtraError, InputError)
