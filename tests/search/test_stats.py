"""Counts of a database agree with its rows; suggestions begin as typed."""

from __future__ import annotations

import contextlib
from pathlib import Path

from extractor.batch import Options, run_batch
from extractor.search import read_stats, suggest
from extractor.search.stats import to_county
from extractor.settings import Settings
from extractor.store import Connection, open_connection
from search.brute import Row


def test_sums_agree(connection: Connection, rows: list[Row]) -> None:
    stats = read_stats(connection)
    counted = sum(row.counted for row in rows)
    assert (stats.total.facts, stats.total.counted) == (len(rows), counted)
    for table in (stats.years, stats.kinds, stats.newspapers, stats.provinces):
        assert sum(row.facts for row in table) == counted
    assert sum(row.articles for row in stats.years) == stats.total.articles - stats.total.duplicates
    for table in (stats.newspapers, stats.provinces):
        assert sum(row.articles for row in table) == stats.total.articles - stats.total.duplicates
    assert sum(row.characters for row in stats.provinces) == sum(row.characters for row in stats.years) > 0
    assert {row.name: row.facts for row in stats.kinds} == {
        kind: sum(row.counted for row in rows if row.kind == kind) for kind in {row.kind for row in rows}
    }
    placed = sum(row.facts for row in stats.provinces if row.province is not None)
    assert sum(row.facts for row in stats.counties) == placed
    for province in stats.provinces:
        inside = [row for row in stats.counties if row.province == province.province]
        if province.province is not None:
            assert tuple(map(sum, zip(*(row[2:] for row in inside), strict=True))) == province[2:]
    assert stats.runs[0].documents == stats.total.documents
    assert stats.runs[0].finished is not None


def test_reprints_and_failures(tmp_path: Path) -> None:
    story = "    金乡县今年新修水渠12公里，投资30万元，培训农民600名，植树1.2万株，安排劳动力300人次，受益农户900户。\n"
    for name in ("a-2020-01-01.txt", "b-2020-01-02.txt"):
        (tmp_path / name).write_text(f"金乡县新修水渠\n\n{story}", "utf-8")
    (tmp_path / "c.txt").write_bytes(b"\x00\x01\x02" * 100)
    (tmp_path / "out").mkdir()
    database = str(tmp_path / "out" / "facts.db")
    run_batch(sorted(map(str, tmp_path.glob("*.txt"))), database, Settings(), Options())
    with contextlib.closing(open_connection(database)) as connection:
        stats = read_stats(connection)
    assert stats.total.duplicates == 1
    assert stats.total.facts == 2 * stats.total.counted > 0
    assert [(row.documents, row.example.endswith("c.txt")) for row in stats.failures] == [(1, True)]


def test_counties() -> None:
    assert to_county("山东省/济宁市/金乡县", "county") == "济宁市/金乡县"
    assert to_county("山东省/济宁市/金乡县/鱼山街道", "township") == "济宁市/金乡县"
    assert to_county("北京市/海淀区", "county") == "海淀区"
    assert to_county("山东省", "province") is None
    assert to_county(None, None) is None


def test_suggestions(connection: Connection, rows: list[Row]) -> None:
    for row in rows[::60]:
        if row.program:
            assert row.program in [s.value for s in suggest(connection, "program", row.program[:2], 100)]
        if row.newspaper:
            assert row.newspaper in [s.value for s in suggest(connection, "newspaper", row.newspaper[:1], 100)]
        if row.path:
            name = row.path.split("/")[-1]
            found = suggest(connection, "place", name[:2], 100)
            assert (row.path, sum(r.path == row.path for r in rows)) in [(s.value, s.facts) for s in found]
    found = suggest(connection, "indicator", "总投")
    assert [s.value for s in found] == ["total_investment"]
    assert found[0].facts == sum(row.indicator_id == "total_investment" for row in rows)
    assert suggest(connection, "program", "%") == suggest(connection, "place", " ") == ()
    assert suggest(connection, "indicator", "无此") == suggest(connection, "place", "\ud800") == ()
