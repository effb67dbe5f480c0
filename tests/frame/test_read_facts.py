"""read_facts: the same frame whatever the source, with the types that it promises, under the search's own filters."""

from __future__ import annotations

import subprocess
import sys
from decimal import Decimal
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

import extractor
from extractor import read_facts
from extractor.export.table import list_tables
from extractor.frame.rows import parse_day
from extractor.search import Question, search
from extractor.store import open_connection
from frame.text import SOURCES
from support import run_govfacts

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


def test_it_is_public_and_lazy() -> None:
    code = "import sys, extractor; extractor.read_facts; print('pandas' in sys.modules, 'pyarrow' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "False"]
    with pytest.raises(AttributeError, match="has no attribute 'read_fact'"):
        extractor.read_fact  # noqa: B018
