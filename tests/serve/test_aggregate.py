"""Figures of groups, held to sums over all rows in Python."""

from __future__ import annotations

import math
import statistics
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from fastapi.testclient import TestClient

from extractor.serve.query.cursor import Key, to_cursor
from extractor.store import Connection
from schemas.api import AggregatePage
from schemas.query import AggregateQuery
from search.conftest import fill, make_name
from serve.answer import check_problem, get, get_all
from serve.conftest import open_client

SQL = """
SELECT f.fact_id, f.kind, f.amount_unit, f.year, p.province, p.path, f.program_text, f.indicator_id, f.value, f.amount,
    f.modifier, f.per, f.part_of, f.dimension FROM fact f LEFT JOIN place p ON p.place_pk = f.place_pk
WHERE f.counted = 1
"""


class Row(NamedTuple):
    fact_id: str
    kind: str
    unit: str
    year: int | None
    province: str | None
    place: str | None
    program: str | None
    indicator: str | None
    value: str | None
    amount: float | None
    modifier: str
    per: str | None
    part_of: str | None
    dimension: str | None


def to_figures(rows: list[Row]) -> dict[str, Any] | None:
    if not rows:
        return None
    amounts = [row.amount for row in rows if row.amount is not None]
    adds = rows[0].kind in ("count", "money", "measure") and rows[0].dimension not in ("temperature", "speed")
    return {
        "facts": len(rows),
        "sum": math.fsum(amounts) if adds else None,
        "median": statistics.median(amounts),
        "min": min(amounts),
        "max": max(amounts),
    }


def to_expected(rows: list[Row]) -> dict[str, Any]:
    ids = {row.fact_id for row in rows}
    rates = [row for row in rows if row.per is not None]
    parts = [row for row in rows if row.per is None and row.part_of in ids]
    rest = [row for row in rows if row.per is None and row.part_of not in ids]
    stated = [row for row in rest if row.value is not None]
    return {
        "facts": len(rows),
        "exact": to_figures([row for row in stated if row.modifier == "exact"]),
        "qualified": to_figures([row for row in stated if row.modifier != "exact"]),
        "unused": {"range": len(rest) - len(stated), "rate": len(rates), "part": len(parts)},
    }


def check_figures(found: dict[str, Any] | None, expected: dict[str, Any] | None) -> None:
    if expected is None or found is None:
        assert found is expected
        return
    assert found["facts"] == expected["facts"]
    for name in ("sum", "median", "min", "max"):
        if expected[name] is None:
            assert found[name] is None
        else:
            assert float(found[name]) == pytest.approx(expected[name], rel=1e-10), name


@pytest.mark.parametrize(
    "by", [(), ("year",), ("kind", "year", "unit"), ("province", "year"), ("place",), ("indicator", "program")]
)
def test_groups_are_what_rows_add_up_to(client: TestClient, connection: Connection, by: tuple[str, ...]) -> None:
    groups = get_all(client, "/aggregates", "groups", by=list(by), limit=30)
    rows: dict[tuple[Any, ...], list[Row]] = defaultdict(list)
    for cells in connection.query(SQL):
        row = Row(*cells)
        rows[(*(getattr(row, name) for name in by), row.kind, row.unit)].append(row)
    assert len(groups) == len(rows)
    for group in groups:
        expected = to_expected(rows[(*(group["key"][name] for name in by), group["kind"], group["unit"])])
        assert (group["facts"], group["unused"]) == (expected["facts"], expected["unused"])
        check_figures(group["exact"], expected["exact"])
        check_figures(group["qualified"], expected["qualified"])
    AggregatePage.model_validate(get(client, "/aggregates"))


def test_all_classes_are_met(client: TestClient) -> None:
    groups = get_all(client, "/aggregates", "groups", limit=100)
    assert any(group["qualified"] for group in groups)
    for name in ("range", "rate", "part"):
        assert any(group["unused"][name] for group in groups), name


def test_a_group_accounts_for_all_its_facts(client: TestClient) -> None:
    page = get(client, "/aggregates", by="year", limit=1000)
    for group in page["groups"]:
        told = sum(figures["facts"] for name in ("exact", "qualified") if (figures := group[name]))
        assert told + sum(group["unused"].values()) == group["facts"]
    assert page["facts"] == sum(group["facts"] for group in page["groups"]) == get(client, "/facts")["total"]


def order_by(name: str) -> Callable[[dict[str, Any]], tuple[bool, float]]:
    def key(group: dict[str, Any]) -> tuple[bool, float]:
        value = (group["exact"] or group["qualified"] or {}).get(name)
        return value is None, -float(value or 0)

    return key


@pytest.mark.parametrize("order", ["facts", "sum", "median", "key"])
def test_orders(client: TestClient, order: str) -> None:
    groups = get_all(client, "/aggregates", "groups", by="year", order=order, limit=17)
    if order == "key":
        years = [group["key"]["year"] or 9999 for group in groups]
        assert years == sorted(years)
    elif order == "facts":
        assert [g["facts"] for g in groups] == sorted((g["facts"] for g in groups), reverse=True)
    else:
        assert list(map(order_by(order), groups)) == sorted(map(order_by(order), groups))


def test_only_like_units_stand_together(client: TestClient) -> None:
    groups = get(client, "/aggregates", place="即墨", by="place", limit=100)["groups"]
    lengths = [group for group in groups if group["unit"] == "m"]
    assert {group["key"]["place"]: float(group["exact"]["sum"]) for group in lengths} == {
        "山东省/青岛市/即墨县": 12_000.0,
        "山东省/青岛市/即墨市": 24_000.0,
        "山东省/青岛市/即墨区": 36_000.0,
        "山东省/青岛市/即墨区/温泉街道": 36_000.0,
    }
    areas = {group["key"]["place"]: float(group["exact"]["sum"]) for group in groups if group["unit"] == "m2"}
    assert areas == {"山东省/青岛市/即墨市": 90_000.0, "山东省/青岛市/即墨区/温泉街道": 80_000.0}


def test_shares_and_ranks_do_not_add_up(client: TestClient) -> None:
    groups = get_all(client, "/aggregates", "groups", limit=100)
    shares = [group for group in groups if group["kind"] in ("ratio", "rank") and group["exact"]]
    assert shares and all(group["exact"]["sum"] is None and group["exact"]["median"] for group in shares)


def test_a_part_counts_where_its_total_is_in_another_group(
    dialect: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    (tmp_path / "in").mkdir()
    text = "植树\n\n    今年，全椒县共植树900亩，其中，二郎口镇植树300亩，武岗镇植树600亩。\n"
    (tmp_path / "in" / "2021-06-01.txt").write_text(text, "utf-8")
    with make_name(dialect, tmp_path, request) as name:
        fill(name, [str(tmp_path / "in")])
        with open_client(name) as client:
            (whole,) = get(client, "/aggregates", unit="亩")["groups"]
            towns = get(client, "/aggregates", unit="亩", by="place")["groups"]
    assert whole["exact"]["sum"] == "600000" and whole["unused"] == {"range": 0, "rate": 0, "part": 2}
    assert sorted(group["exact"]["sum"] for group in towns) == ["200000", "400000", "600000"]


@pytest.mark.parametrize("cursor", ["x", "WyJhIl0", "bnVsbA", "W10", "é"])
def test_a_cursor_that_is_none(client: TestClient, cursor: str) -> None:
    for path in ("/aggregates", "/programs", "/periods", "/articles", "/facts"):
        check_problem(client.get(path, params={"cursor": cursor}), 422, "cursor")


@pytest.mark.parametrize("key", [[], ["1"], ["x", "", "count", "个"], [1, "", "count", "个"]])
def test_a_cursor_with_another_key(client: TestClient, key: list[Key]) -> None:
    asked = AggregateQuery()
    check_problem(client.get("/aggregates", params={"cursor": to_cursor(asked, key)}), 422, "cursor")


def test_a_cursor_of_another_list(client: TestClient) -> None:
    cursor = get(client, "/aggregates", limit=1)["cursor"]
    check_problem(client.get("/aggregates", params={"limit": 1, "by": "year", "cursor": cursor}), 422, "cursor")
    check_problem(client.get("/programs", params={"cursor": cursor}), 422, "cursor")
