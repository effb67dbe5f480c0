"""Facts over HTTP are those of the search."""

from __future__ import annotations

import pytest
from fastapi.testclient import TestClient

from extractor.search import Question, search
from extractor.store import Connection
from schemas.search import SearchHit, SearchPage
from serve.answer import check_problem, get, get_all

QUESTIONS = (
    ({"text": "水渠"}, {"text": "水渠"}),
    ({"place": "即墨", "kind": "money"}, {"place": "即墨", "kind": "money"}),
    ({"min": "100万", "unit": "CNY"}, {"minimum": "100万", "unit": "CNY"}),
    ({"max": "12公里"}, {"maximum": "12公里"}),
    ({"from_": "1985", "to": "1995-06"}, {"first_day": "1985", "last_day": "1995-06"}),
    ({"sort": "value", "descending": "false"}, {"sort": "value", "descending": False}),
    ({"min_confidence": "0.9", "min_quality": "0.5"}, {"min_confidence": 0.9, "min_quality": 0.5}),
    ({"repeats": "true", "limit": "3"}, {"repeats": True, "limit": 3}),
    ({"program": "工程"}, {"program": "工程"}),
    ({"indicator": "总投资"}, {"indicator": "总投资"}),
    ({"newspaper": "无此报"}, {"newspaper": "无此报"}),
    ({"rejected": "true"}, {"rejected": True}),
    ({"place": "無此縣"}, {"place": "無此縣"}),
)


@pytest.mark.parametrize(("parameters", "fields"), QUESTIONS, ids=[str(asked) for asked, _ in QUESTIONS])
def test_every_option_is_the_searchs(
    client: TestClient, connection: Connection, parameters: dict[str, str], fields: dict[str, object]
) -> None:
    page = get(client, "/facts", **parameters)
    expected = search(connection, Question(**fields))  # type: ignore[arg-type]
    assert page == expected.model_dump(mode="json")
    SearchPage.model_validate(page)


def test_pages_hold_each_fact_once(client: TestClient) -> None:
    found = [hit["fact"]["fact_id"] for hit in get_all(client, "/facts", "hits", sort="value", limit=50)]
    assert len(found) == len(set(found)) > 200


def test_one_fact_is_the_hit(client: TestClient) -> None:
    hit = get(client, "/facts", text="水渠", limit=1)["hits"][0]
    one = get(client, f"/facts/{hit['fact']['fact_id']}")
    assert one["fact"] == hit["fact"] and one["article"] == hit["article"]
    assert one["score"] is None and one["highlight"]["terms"] == []
    SearchHit.model_validate(one)


def test_a_fact_that_is_not_there(client: TestClient) -> None:
    check_problem(client.get("/facts/0123456789abcdef"), 404, "fact_id")
    check_problem(client.get("/facts/0123456789ABCDEF"), 422, "fact_id")


def test_a_cursor_of_another_question(client: TestClient) -> None:
    cursor = get(client, "/facts", limit=1)["cursor"]
    problem = check_problem(client.get("/facts", params={"limit": 1, "cursor": cursor, "kind": "money"}), 422, "cursor")
    assert "another question" in problem.detail
