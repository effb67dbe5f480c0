"""read_facts: the same frame whatever the source, with the types that it promises, under the search's own filters."""

from __future__ import annotations

import csv
import json
import shutil
import subprocess
import sys
from decimal import Decimal
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from pandas.testing import assert_frame_equal

import extractor
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
from extractor.export import export_database
from extractor.export.table import list_tables
from extractor.frame import read_parquet
from extractor.frame.rows import parse_day
from extractor.search import Question, search
from extractor.store import open_connection
from postgres_server import postgres_server
from support import run_govfacts

__all__ = ["postgres_server"]
SOURCES = ("facts.db", "parquet", "csv", "jsonl", "records.jsonl")
CANAL = """引水渠通到岭上

　　本报讯 2020年，安徽省凤阳县投资1234.5万元，新修灌溉渠道12公里，完成率达98.5%，受益群众近400余户。
　　凤阳县新修灌溉渠道12公里的消息传开，小岗村投资80万元。
"""
TEXTS = {
    "20210304.txt": "滨　河　日　报\n2021年3月4日　　星期四\n\n" + CANAL,
    "1953-05-06.txt": "农贷发到农户\n\n　　本报讯 河北省隆尧县发放农贷三亿二千万元，贷给四千多户，收购籽棉1250万斤。\n",
    "20210305.txt": '=HYPERLINK("http://example.invalid")\n\n　　本报讯 江西省兴国县实施“暖心回乡”工程，'
    "新建粮仓7座，12个产业带动就业3000多人，耕地3—5万亩。\n",
    "reprint-20210306.txt": CANAL,
    "undated.txt": "山货卖出好价钱\n\n　　本报讯 石柱土家族自治县卖出莼菜35吨，均价每公斤28.6元。\n",
}
FILTERS: tuple[dict[str, Any], ...] = (
    {},
    {"repeats": True},
    {"kind": "money"},
    {"text": "灌溉 渠道"},
    {"text": "渠道 -完成率", "repeats": True},
    {"place": "安徽省"},
    {"place": "隆尧县", "unit": "元"},
    {"minimum": "100万", "unit": "元"},
    {"unit": "亩"},
    {"maximum": "50", "kind": "count"},
    {"first_day": "1953", "last_day": "1953"},
    {"program": "回乡"},
    {"indicator": "投资"},
    {"newspaper": "滨河日报"},
    {"min_confidence": 0.9},
    {"min_quality": 0.99},
    {"text": "没有这样的词"},
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Our texts as a database, exports of it, and records."""
    folder = tmp_path_factory.mktemp("frame")
    (folder / "texts").mkdir()
    for name, text in TEXTS.items():
        (folder / "texts" / name).write_text(text, "utf-8")
    done = run_govfacts("run", folder / "texts", "--db", folder / "facts.db", "--quiet")
    assert done.returncode == 0, done.stderr.decode()
    connection = open_connection(folder / "facts.db")
    for form in ("parquet", "csv", "jsonl"):
        export_database(connection, form, folder / form)
    connection.close()
    done = run_govfacts("extract", folder / "texts")
    (folder / "records.jsonl").write_bytes(done.stdout)
    return folder


def read(folder: Path, source: str, **options: Any) -> pd.DataFrame:
    """A frame whose run is that of the database: `extract` gives its own."""
    frame = read_facts(folder / source, **options)
    if source == "records.jsonl":
        runs = read_facts(folder / "facts.db", repeats=True)["run_id"].cat.categories[: 1 if len(frame) else 0]
        assert frame["run_id"].nunique() == len(runs)
        frame["run_id"] = pd.Series(pd.Categorical([*runs] * len(frame), categories=runs), index=frame.index)
    return frame


@pytest.mark.parametrize("exact", [False, True])
@pytest.mark.parametrize("filters", FILTERS, ids=str)
def test_every_source_gives_the_same(folder: Path, filters: dict[str, Any], exact: bool) -> None:
    frames = [read(folder, source, exact=exact, **filters) for source in SOURCES]
    for other in frames[1:]:
        assert_frame_equal(frames[0], other)


def test_filters_find_something(folder: Path) -> None:
    """The comparison above compares facts, not empty frames."""
    sizes = {str(filters): len(read_facts(folder / "facts.db", **filters)) for filters in FILTERS}
    assert [name for name, size in sizes.items() if not size] == ["{'text': '没有这样的词'}"]
    assert len(set(sizes.values())) > 5


@pytest.mark.parametrize("filters", FILTERS, ids=str)
def test_filters_are_the_search_s(folder: Path, filters: dict[str, Any]) -> None:
    connection = open_connection(folder / "facts.db")
    hits = search(connection, Question(limit=1000, **filters)).hits
    connection.close()
    frame = read_facts(folder / "csv", question=Question(**filters))
    assert sorted(frame["fact_id"]) == sorted(hit.fact.fact_id for hit in hits)


def test_postgres_gives_the_same(folder: Path, postgres_server: Any) -> None:
    with postgres_server.make_schema() as url:
        done = run_govfacts("run", folder / "texts", "--db", url, "--quiet")
        assert done.returncode == 0, done.stderr.decode()
        for filters in ({}, {"text": "灌溉", "kind": "measure"}, {"place": "安徽省", "repeats": True}):
            one, other = read_facts(url, **filters), read_facts(folder / "facts.db", **filters)
            assert_frame_equal(one.drop(columns="run_id"), other.drop(columns="run_id"))


def test_types(folder: Path) -> None:
    frame = read_facts(folder / "facts.db")
    types = {name: str(dtype) for name, dtype in frame.dtypes.items()}
    assert types["kind"] == types["unit"] == types["place_level"] == types["modifier"] == "category"
    assert types["evidence"] == types["quantity_text"] == types["adcode"] == "string"
    assert types["year"] == types["evidence_start"] == "Int64"
    assert types["counted"] == "boolean"
    assert types["value"] == types["amount"] == types["yuan"] == types["confidence"] == "float64"
    for name in ("published", "day", "period_start_date", "period_end_date"):
        assert types[name] == "datetime64[s]"
    assert list(frame.columns) == [c.name for t in list_tables() if t.name == "facts" for c in t.columns]
    assert "object" not in types.values()
    assert isinstance(frame.index, pd.RangeIndex)


def row(frame: pd.DataFrame, quantity: str) -> pd.Series:
    return frame[frame["quantity_text"] == quantity].iloc[0]


def test_values(folder: Path) -> None:
    frame = read_facts(folder / "records.jsonl")
    invested = row(frame, "1234.5万元")
    assert (invested["value"], invested["unit"], invested["yuan"]) == (12_345_000, "CNY", 12_345_000)
    assert invested["period_start_date"] == pd.Timestamp("2020-01-01")
    assert invested["period_end_date"] == invested["day"] == pd.Timestamp("2020-12-31")
    assert invested["published"] == pd.Timestamp("2021-03-04")
    assert invested["county_code"] == "341126"
    loan = row(frame, "三亿二千万元")
    assert (loan["unit"], loan["value"], loan["value_cny"]) == ("CNY_1948", 320_000_000, 32_000)
    area = row(frame, "3—5万亩")
    assert pd.isna(area["value"]) and (area["min_value"], area["max_value"]) == (30_000, 50_000)
    grain = row(frame, "35吨")
    assert pd.isna(grain["published"]) and pd.isna(grain["year"]) and grain["standard_value"] == 35_000
    assert row(frame, "7座")["title"].startswith("=HYPERLINK")
    assert frame[frame["kind"] == "money"].groupby("year", observed=True)["yuan"].sum()[1953] == 32_000


def test_each_figure_once(folder: Path) -> None:
    every, once = read_facts(folder / "parquet", repeats=True), read_facts(folder / "parquet")
    assert once["counted"].all()
    assert len(once) == every["counted"].sum() < len(every)
    assert every["duplicate_of"].notna().any() and every["repeat_of"].notna().any()
    assert once.equals(every[every["counted"]].reset_index(drop=True).assign(**{n: once[n] for n in once.columns}))


def test_exact_numbers(folder: Path) -> None:
    for source in SOURCES:
        frame = read_facts(folder / source, exact=True)
        assert frame["value"].dtype == object
        assert row(frame, "1234.5万元")["value"] == Decimal(12_345_000)
        assert str(row(frame, "98.5%")["value"]) == "98.5"
        assert row(frame, "3—5万亩")["value"] is None
    assert sum(frame.loc[frame["kind"] == "money", "value_cny"].dropna()) == Decimal("13177028.6")


def test_sorting_and_grouping_by_category(folder: Path) -> None:
    frame = read_facts(folder / "csv")
    assert list(frame["kind"].cat.categories) == sorted(set(frame["kind"]))
    assert frame.groupby("kind", observed=True).size().sum() == len(frame)


@pytest.mark.parametrize(
    ("text", "day"), [("2020-02-03", "2020-02-03"), ("1958", "1958-01-01"), ("1974-07", "1974-07-01")]
)
def test_partial_dates(text: str, day: str) -> None:
    assert parse_day(text) == day


def test_a_year_alone_is_known_by_year_and_day(tmp_path: Path) -> None:
    (tmp_path / "page.txt").write_text("修渠\n\n　　本报讯 社员们整修渠道12公里。\n", "utf-8")
    done = run_govfacts("extract", "--date", "1958", tmp_path / "page.txt")
    (tmp_path / "facts.jsonl").write_bytes(done.stdout)
    (fact,) = read_facts(tmp_path / "facts.jsonl").to_dict("records")
    assert pd.isna(fact["published"])
    assert (fact["year"], fact["day"]) == (1958, pd.Timestamp("1958-12-31"))


def test_no_fact_at_all(tmp_path: Path) -> None:
    (tmp_path / "page.txt").write_text("大家对来年的收成很有信心。\n", "utf-8")
    (tmp_path / "facts.jsonl").write_bytes(run_govfacts("extract", tmp_path / "page.txt").stdout)
    frame = read_facts(tmp_path / "facts.jsonl", exact=True)
    assert frame.empty and str(frame["day"].dtype) == "datetime64[s]" and str(frame["kind"].dtype) == "category"
    assert str(read_facts(tmp_path / "facts.jsonl")["title"].dtype) == "string"


def test_outputs_may_be_joined(folder: Path, tmp_path: Path) -> None:
    """Two outputs in one file, the second with a document of the first once more."""
    once = (folder / "records.jsonl").read_bytes()
    again = run_govfacts("extract", "--date", "2001-02-03", folder / "texts" / "undated.txt").stdout
    (tmp_path / "both.jsonl").write_bytes(once + again)
    frame = read_facts(tmp_path / "both.jsonl", repeats=True)
    assert len(frame) == len(read_facts(folder / "records.jsonl", repeats=True))
    assert row(frame, "35吨")["year"] == 2001
    assert frame["run_id"].nunique() == 2


def test_many_batches(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = read_facts(folder / "jsonl", kind="count")
    monkeypatch.setattr("extractor.frame.BATCH", 2)
    monkeypatch.setattr("extractor.frame.index.BATCH", 3)
    monkeypatch.setattr("extractor.frame.record.SAVE", 2)
    assert_frame_equal(read_facts(folder / "jsonl", kind="count"), whole)
    assert_frame_equal(read(folder, "records.jsonl", kind="count").drop(columns="run_id"), whole.drop(columns="run_id"))


def test_kickers_are_those_of_the_articles(tmp_path: Path) -> None:
    """A term of the kicker is found as in a search; without the table of articles nobody knows it."""
    page = "凤阳县\n水渠修到田间地头\n\n　　本报讯 乡亲们整修渠道12公里，护林员也来帮忙。\n"
    (tmp_path / "page.txt").write_text(page, "utf-8")
    assert not run_govfacts("run", tmp_path / "page.txt", "--db", tmp_path / "facts.db", "--quiet").returncode
    assert len(read_facts(tmp_path / "facts.db", text="凤阳")) == 1
    for form in ("parquet", "csv", "jsonl"):
        folder = tmp_path / form
        assert not run_govfacts("export", "--db", tmp_path / "facts.db", "--format", form, "--out", folder).returncode
        assert len(read_facts(folder, text="凤阳 渠道")) == 1
        (folder / f"articles.{form}").unlink()
        assert read_facts(folder, text="凤阳 渠道").empty


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


def test_it_is_public_and_lazy() -> None:
    code = "import sys, extractor; extractor.read_facts; print('pandas' in sys.modules, 'pyarrow' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "False"]
    with pytest.raises(AttributeError, match="has no attribute 'read_fact'"):
        extractor.read_fact  # noqa: B018
