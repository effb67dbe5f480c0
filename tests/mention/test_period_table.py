"""Every row of the period tables runs its own example."""

from __future__ import annotations

from itertools import pairwise

import pytest

from extractor.lexicon.table import Row, read_table
from extractor.mention.period import find_periods
from extractor.mention.period_table import expand
from extractor.model import Published

TABLES = ("word", "part", "affix", "event", "holiday", "plan")
ROWS = [
    pytest.param(row, id=f"{table}:{row['surface']}") for table in TABLES for row in read_table(f"period_{table}.tsv")
]


def read_published(cell: str) -> Published | None:
    return Published(*(int(n) for n in cell.split("-"))) if cell else None


@pytest.mark.parametrize("row", ROWS)
def test_row_gives_its_expected_dates(row: Row) -> None:
    forms = expand(row["surface"])
    found = [
        f"{p.start_date or 'null'}..{p.end_date or 'null'}"
        for p in find_periods(row["example"], read_published(row["published"]))
        if any(form in p.text for form in forms)
    ]
    assert row["expected"] in found


@pytest.mark.parametrize("row", [pytest.param(r, id=r["pattern"]) for r in read_table("period_guard.tsv")])
def test_guarded_stretch_is_no_period(row: Row) -> None:
    assert find_periods(row["example"], Published(2024, 6, 30)) == []


@pytest.mark.parametrize("row", [r for r in read_table("period_word.tsv") if r["not_after"] and len(r["surface"]) > 1])
def test_character_before_forbids_word(row: Row) -> None:
    for before in row["not_after"]:
        found = find_periods(f"{before}{row['surface']}计", Published(2024, 6, 30))
        assert all(p.span != (1, 1 + len(row["surface"])) for p in found), before


@pytest.mark.parametrize("row", [r for r in read_table("period_word.tsv") if r["not_before"] and len(r["surface"]) > 1])
def test_character_behind_forbids_word(row: Row) -> None:
    for behind in row["not_before"]:
        found = find_periods(f"，{row['surface']}{behind}", Published(2024, 6, 30))
        assert all(p.span != (1, 1 + len(row["surface"])) for p in found), behind


def test_congresses_are_in_order() -> None:
    rows = [r for r in read_table("period_event.tsv") if r["surface"].endswith("大") and r["start"]]
    assert len(rows) == 14
    assert [r["start"] for r in rows] == sorted(r["start"] for r in rows)
    assert all(r["start"] < r["end"] for r in rows)


def test_plans_do_not_overlap() -> None:
    rows = read_table("period_plan.tsv")
    years = [(int(r["first"]), int(r["last"])) for r in rows]
    assert all(last - first == 4 for first, last in years)
    assert all(a[1] < b[0] for a, b in pairwise(years))
