"""Verdicts over HTTP: who may give them, that they hold at once, and what is refused."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from schemas.api import Queue, ReviewPage
from schemas.review import ReviewState
from search.conftest import TEXTS, fill, make_name
from serve.answer import Plain, check_problem, get
from serve.conftest import TOKEN, open_client

ALLOWED = {"Authorization": f"Bearer {TOKEN}"}


@pytest.fixture
def writer(dialect: str, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[TestClient]:
    """A client of an app that takes verdicts, without the token."""
    (tmp_path / "in").mkdir()
    for file, text in TEXTS.items():
        (tmp_path / "in" / file).write_text(text, "utf-8")
    with make_name(dialect, tmp_path, request) as name:
        fill(name, [str(tmp_path / "in")])
        with open_client(name, token=TOKEN) as client:
            yield client


def find_fact(client: TestClient, **asked: Any) -> Plain:
    hit: Plain = get(client, "/facts", limit=1, **asked)["hits"][0]["fact"]
    return hit


def judge(client: TestClient, fact: Plain, action: str, **more: Any) -> Plain:
    body = {"action": action, "reviewer": "林溪", **more}
    answer = client.post(f"/facts/{fact['fact_id']}/review", json=body, headers=ALLOWED)
    assert answer.status_code == 200, answer.text
    ReviewState.model_validate(answer.json())
    plain: Plain = answer.json()
    return plain


def test_who_may_write(writer: TestClient, client: TestClient) -> None:
    address = f"/facts/{find_fact(writer)['fact_id']}/review"
    body = {"action": "accept", "reviewer": "林溪"}
    check_problem(client.post(address, json=body, headers=ALLOWED), 403)
    check_problem(client.delete(address, params={"reviewer": "林溪"}, headers=ALLOWED), 403)
    for headers in ({}, {"Authorization": TOKEN}, {"Authorization": f"Basic {TOKEN}"}):
        answer = writer.post(address, json=body, headers=headers)
        check_problem(answer, 401)
        assert answer.headers["www-authenticate"].startswith("Bearer")
    for token in (TOKEN[:-1], TOKEN + "x", TOKEN.upper(), "x"):
        check_problem(writer.post(address, json=body, headers={"Authorization": f"Bearer {token}"}), 401)
    check_problem(writer.get(address), 404, "fact_id")
    assert writer.post(address, json=body, headers=ALLOWED).status_code == 200


def test_a_rejected_fact_stands_in_no_answer(writer: TestClient) -> None:
    fact = find_fact(writer, text="开荒", kind="measure")
    total = get(writer, "/facts")["total"]
    tag = writer.get("/facts").headers["etag"]
    state = judge(writer, fact, "reject", note="印错")
    assert state["verdict"] == "rejected" and state["revision"] == 1
    assert writer.get("/facts", headers={"If-None-Match": tag}).status_code == 200
    assert get(writer, "/facts")["total"] == total - 1
    assert [hit["fact"]["fact_id"] for hit in get(writer, "/facts", rejected="true")["hits"]] == [fact["fact_id"]]
    assert get(writer, f"/facts/{fact['fact_id']}")["verdict"] == "rejected"
    assert get(writer, f"/facts/{fact['fact_id']}/review") == state
    page = get(writer, "/reviews", verdict="rejected", limit=1)
    ReviewPage.model_validate(page)
    assert page["total"] == 1 and page["reviews"] == [state] and page["cursor"] is None
    answer = writer.delete(f"/facts/{fact['fact_id']}/review", params={"reviewer": "林溪"}, headers=ALLOWED)
    assert answer.json()["verdict"] is None and get(writer, "/facts")["total"] == total
    answer = writer.delete(f"/facts/{fact['fact_id']}/review", params={"reviewer": "林溪"}, headers=ALLOWED)
    check_problem(answer, 404)


def test_a_corrected_fact_is_found_by_what_it_says_now(writer: TestClient) -> None:
    fact = find_fact(writer, kind="money", sort="value")
    state = judge(writer, fact, "correct", fields={"quantity": {"value": "31000000"}, "place": "370828"})
    assert state["fact"]["quantity"]["amount"] == "31000000" and state["fact"]["place"]["name"] == "金乡县"
    assert find_fact(writer, min="3100万元", max="3100万元")["fact_id"] == fact["fact_id"]


def test_the_queue(writer: TestClient) -> None:
    queue = get(writer, "/reviews/queue", reviewer="林溪", kind="money")
    Queue.model_validate(queue)
    assert queue["total"] == len(queue["facts"]) > 2
    shares = [one["confidence"] for one in queue["facts"]]
    assert shares == sorted(shares) and {one["hit"]["fact"]["kind"] for one in queue["facts"]} == {"money"}
    first = queue["facts"][0]
    assert first["revision"] == 0 and first["review"] is None
    judge(writer, first["hit"]["fact"], "accept", revision=0)
    left = get(writer, "/reviews/queue", reviewer="林溪", kind="money")
    assert left["total"] == queue["total"] - 1
    other = get(writer, "/reviews/queue", reviewer="周舟", kind="money")
    assert other["total"] == queue["total"]
    assert get(writer, "/reviews/queue", reviewer="周舟", kind="money", unjudged="true")["total"] == left["total"]
    check_problem(writer.get("/reviews/queue"), 422, "reviewer")


def test_pages_of_judged_facts(writer: TestClient) -> None:
    for hit in get(writer, "/facts", limit=3)["hits"]:
        judge(writer, hit["fact"], "accept")
    first = get(writer, "/reviews", limit=2)
    second = get(writer, "/reviews", limit=2, cursor=first["cursor"])
    assert first["total"] == 3 and len(first["reviews"]) == 2 and len(second["reviews"]) == 1
    assert second["cursor"] is None and get(writer, "/reviews", disputed="true")["total"] == 0
    check_problem(
        writer.get("/reviews", params={"limit": 3, "verdict": "none", "cursor": first["cursor"]}), 422, "cursor"
    )


def test_what_is_refused(writer: TestClient) -> None:
    fact = find_fact(writer)
    address = f"/facts/{fact['fact_id']}/review"

    def post(body: Any, where: str = address) -> Any:
        return writer.post(where, json=body, headers=ALLOWED)

    accept = {"action": "accept", "reviewer": "林溪"}
    check_problem(post(accept, "/facts/0123456789abcdef/review"), 404, "fact_id")
    check_problem(post({**accept, "action": "praise"}), 422, "action")
    check_problem(post({**accept, "reviewer": ""}), 422, "reviewer")
    check_problem(post({**accept, "colour": 1}), 422, "colour")
    check_problem(post({**accept, "fields": {}}), 422, "fields")
    check_problem(post({**accept, "action": "correct"}), 422, "fields")
    check_problem(post({**accept, "action": "correct", "fields": {"colour": 1}}), 422, "fields")
    check_problem(post({**accept, "action": "correct", "fields": {"kind": "colour"}}), 422, "fields")
    check_problem(post([]), 422, "body")
    judge(writer, fact, "accept")
    check_problem(post({**accept, "revision": 0}), 409)
    check_problem(writer.post(address, params={"x": "1"}, json=accept, headers=ALLOWED), 422, "x")
    large = {**accept, "note": "x" * 3_000_000}
    check_problem(post(large), 413)
