"""Pages of hits: each hit once, in a stable order, however one goes through them."""

from __future__ import annotations

from typing import Any

import pytest

from extractor.errors import UsageError
from extractor.search import Question, search
from extractor.store import Connection
from search.brute import Row, ids

ORDERS: list[dict[str, Any]] = [
    *({"sort": sort, "descending": down} for sort in ("value", "date") for down in (True, False)),
    *({"text": "年", "descending": down} for down in (True, False)),
    {"text": "年 资金", "sort": "value"},
    {"kind": "money", "sort": "value", "repeats": True},
]


def go_through(connection: Connection, asked: dict[str, Any], limit: int) -> tuple[list[str], list[Any]]:
    found: list[str] = []
    keys: list[Any] = []
    cursor, totals = None, set()
    while True:
        page = search(connection, Question(**asked, limit=limit, cursor=cursor))
        found += [hit.fact.fact_id for hit in page.hits]
        amounts = [None if h.fact.quantity.amount is None else float(h.fact.quantity.amount) for h in page.hits]
        sort = asked.get("sort") or "relevance"
        keys += {"value": amounts, "date": [h.day for h in page.hits], "relevance": [h.score for h in page.hits]}[sort]
        totals.add(page.total)
        assert page.cursor is None or len(page.hits) == limit
        cursor = page.cursor
        if cursor is None:
            assert totals == {len(found)}
            return found, keys


@pytest.mark.parametrize("asked", ORDERS, ids=str)
def test_every_hit_once_in_order(connection: Connection, asked: dict[str, Any]) -> None:
    whole, keys = go_through(connection, asked, 1000)
    assert len(whole) > 20
    for limit in (7, 50):
        assert go_through(connection, asked, limit)[0] == whole
    known = [key for key in keys if key is not None]
    assert keys == known + [None] * (len(keys) - len(known))  # facts without a key come last, whatever the order
    falls = asked.get("descending", True) and ("sort" in asked or "text" not in asked)
    down = falls or ("sort" not in asked and not asked.get("descending", True))
    assert known == sorted(known, reverse=down)


@pytest.mark.parametrize("near", [1, 40, 5000])
def test_many_hits_come_in_the_same_order(connection: Connection, monkeypatch: pytest.MonkeyPatch, near: int) -> None:
    """However many of the next facts are looked at before all hits are sorted."""
    asked = [*ORDERS, {"sort": "date", "unit": "元"}, {"sort": "date", "min_confidence": 0.9, "descending": False}]
    expected = [go_through(connection, question, 1000)[0] for question in asked]
    monkeypatch.setattr("extractor.search.page.MANY", 0)
    monkeypatch.setattr("extractor.search.page.NEAR", near)
    assert [go_through(connection, question, 9)[0] for question in asked] == expected


def test_facts_without_a_day_come_last_page_by_page(connection: Connection, rows: list[Row]) -> None:
    undated = ids(row for row in rows if row.counted and row.day is None)
    found, _ = go_through(connection, {"sort": "date"}, 9)
    assert undated == sorted(found[len(found) - len(undated) :])


def test_another_question_s_cursor(connection: Connection) -> None:
    cursor = search(connection, Question(kind="money", limit=2)).cursor
    assert cursor is not None
    assert search(connection, Question(kind="money", limit=3, cursor=cursor)).hits
    for other in ({"kind": "count"}, {"kind": "money", "sort": "value"}, {"kind": "money", "descending": False}):
        with pytest.raises(UsageError, match="another question"):
            search(connection, Question(**other, cursor=cursor))  # type: ignore[arg-type]
    for broken in (cursor[:-1], cursor[1:], cursor + "A", cursor.swapcase(), "!" + cursor):
        with pytest.raises(UsageError, match="--cursor"):
            search(connection, Question(kind="money", cursor=broken))


def test_hits_are_whole_records(connection: Connection, rows: list[Row]) -> None:
    by_id = {row.fact_id: row for row in rows}
    page = search(connection, Question(limit=1000, sort="value"))
    for hit in page.hits:
        row, text = by_id[hit.fact.fact_id], hit.fact.evidence.text
        assert (hit.fact.kind, hit.day, hit.article.title, text) == (row.kind, row.day, row.title, row.text)
        assert (hit.fact.place and "/".join(hit.fact.place.path)) == row.path
        assert hit.highlight.quantity is not None
        assert text[slice(*hit.highlight.quantity)] == hit.fact.quantity.text
        assert hit.score is None
    assert page.model_validate_json(page.model_dump_json()) == page
