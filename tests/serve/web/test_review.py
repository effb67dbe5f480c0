"""The review: who may, the queue, verdicts, corrections with what is wrong field by field, undo."""

from __future__ import annotations

import io
import json
import re
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from extractor.review import export_gold, export_verdicts, list_reviews, read_review
from extractor.serve.web.session import COOKIE, sign
from extractor.store import Connection
from serve.web.conftest import TOKEN, open_site
from serve.web.page import Page, check_page, open_page, read_query


@pytest.fixture
def reviewer(own_site: TestClient) -> TestClient:
    enter(own_site, "林溪")
    return own_site


def enter(site: TestClient, who: str, token: str = TOKEN, status: int = 303) -> None:
    answer = site.post("/review/enter", data={"who": who, "token": token}, follow_redirects=False)
    assert answer.status_code == status


def read_judged(page: Page) -> str:
    return next(iter(page.find("input", name="judged")))["value"]


def send(site: TestClient, page: Page, verdict: str, status: int = 200, **fields: str) -> Page:
    """Sends the form that a page shows, changed."""
    hidden = {part["name"]: part["value"] for part in page.find("input", type="hidden")}
    answer = site.post("/review/decide", data={**hidden, "verdict": verdict, **fields})
    assert answer.status_code == status, answer.text[:800]
    return check_page(answer)


def test_a_server_without_a_token_has_no_review(own: str) -> None:
    with open_site(own, token=None) as site:
        assert not list(open_page(site, "/").find("a", href="/review"))
        open_page(site, "/review", 403)
        answer = site.post("/review/enter", data={"who": "林溪", "token": "None"})
        assert answer.status_code == 403
        assert site.post("/review/decide", data={"judged": "0" * 16, "verdict": "accept"}).status_code == 403


def test_signing_in_and_out(own_site: TestClient) -> None:
    assert list(open_page(own_site, "/review").find("input", type="password"))
    enter(own_site, "林溪", "not-the-token-at-all", 403)
    enter(own_site, "  \x00 ", TOKEN, 403)
    answer = own_site.post("/review/enter", data={"who": "林 溪", "token": TOKEN}, follow_redirects=False)
    cookie = answer.headers["set-cookie"]
    assert "HttpOnly" in cookie and "SameSite=strict" in cookie and "Path=/review" in cookie and TOKEN not in cookie
    assert "林 溪" in open_page(own_site, "/review").text
    assert own_site.post("/review/leave", data={"q-lang": "zh"}, follow_redirects=False).status_code == 303
    assert list(open_page(own_site, "/review").find("input", type="password"))


@pytest.mark.parametrize("cookie", ["", "x", "eA.", "eA.00", "%%%.zz", sign("another-token-altogether", "林溪")])
def test_a_forged_cookie_is_none(own_site: TestClient, cookie: str) -> None:
    header = {"cookie": f"{COOKIE}={cookie}"}
    answer = own_site.get("/review", headers=header)
    assert 'type="password"' in answer.text
    form = {"judged": "0" * 16, "verdict": "accept"}
    assert own_site.post("/review/decide", data=form, headers=header).status_code == 401


def test_forms_of_other_sites_are_refused(reviewer: TestClient) -> None:
    judged = read_judged(open_page(reviewer, "/review"))
    for headers in ({"origin": "https://evil.example"}, {"sec-fetch-site": "cross-site"}, {"origin": "null"}):
        answer = reviewer.post("/review/decide", data={"judged": judged, "verdict": "accept"}, headers=headers)
        assert answer.status_code == 403
    json = reviewer.post("/review/decide", json={"judged": judged, "verdict": "accept"})
    assert json.status_code == 415
    assert reviewer.post("/review/decide", data={"judged": judged, "note": "水" * 100_000}).status_code == 413
    many = {f"f{at}": "1" for at in range(300)}
    assert reviewer.post("/review/decide", data=many).status_code == 422


def test_the_least_confident_comes_first_and_goes(reviewer: TestClient, own_connection: Connection) -> None:
    ((least,),) = own_connection.query("SELECT min(confidence) FROM fact WHERE counted = 1")
    ((number,),) = own_connection.query("SELECT count(*) FROM fact WHERE counted = 1")
    page = open_page(reviewer, "/review")
    assert f"还有 {number} 条待审" in page.text
    first = read_judged(page)
    ((confidence,),) = own_connection.query("SELECT confidence FROM fact WHERE fact_id = ?", (first,))
    assert confidence == least
    after = send(reviewer, page, "accept")
    assert f"还有 {number - 1} 条待审" in after.text and "已接受" in after.text
    second = next(part["value"] for part in list(after.find("input", name="judged"))[1:])
    assert second != first
    state = read_review(own_connection, first)
    assert state is not None and (state.verdict, state.reviewer) == ("accepted", "林溪")


def test_next_and_previous_judge_nothing(reviewer: TestClient, own_connection: Connection) -> None:
    first = open_page(reviewer, "/review")
    (step,) = [link["href"] for link in first.find("a") if link.get("data-shortcut") == "j"]
    second = open_page(reviewer, step)
    assert read_judged(second) != read_judged(first)
    (back,) = [link["href"] for link in second.find("a") if link.get("data-shortcut") == "k"]
    assert read_judged(open_page(reviewer, back)) == read_judged(first)
    assert list_reviews(own_connection).total == 0
    last = open_page(reviewer, "/review", at="100000")
    assert not [link for link in last.find("a") if link.get("data-shortcut") == "j"]


def test_reject_and_undo(reviewer: TestClient, own_connection: Connection) -> None:
    page = open_page(reviewer, "/review")
    judged = read_judged(page)
    after = send(reviewer, page, "reject")
    assert f"f-{judged}" not in reviewer.get("/", params={"limit": "100"}).text
    assert f"f-{judged}" in reviewer.get("/", params={"limit": "100", "rejected": "yes"}).text
    undone = send(reviewer, after, "undo", judged=judged)
    assert "已撤销" in undone.text and judged in [part["value"] for part in undone.find("input", name="judged")]
    assert f"f-{judged}" in reviewer.get("/", params={"limit": "100"}).text
    state = read_review(own_connection, judged)
    assert state is not None and state.verdict is None


def test_a_correction(reviewer: TestClient, own_connection: Connection) -> None:
    page = open_page(reviewer, "/review")
    judged = read_judged(page)
    send(
        reviewer,
        page,
        "correct",
        value="7",
        min_value="",
        max_value="9",
        modifier="less_than",
        indicator="",
        note="看过",
    )
    state = read_review(own_connection, judged)
    assert state is not None and state.fact is not None and state.verdict == "corrected"
    assert (state.fact.quantity.value, state.fact.quantity.max_value, state.fact.indicator) == ("7", "9", None)
    assert state.verdicts[-1].note == "看过"
    page = open_page(reviewer, f"/article/{state.fact.article_id}")
    assert "已更正" in page.text


def test_wrong_fields_are_told_one_by_one(reviewer: TestClient, own_connection: Connection) -> None:
    page = open_page(reviewer, "/review")
    refused = send(
        reviewer,
        page,
        "correct",
        422,
        value="许多",
        indicator="不在句中",
        place="乌有县",
        start_date="2020年",
        period="今年",
    )
    marked = {part["name"] for part in refused.find("input") if part.get("aria-invalid") == "true"}
    assert {"value", "indicator", "place"} <= marked
    for part in refused.find("input"):
        if part.get("aria-invalid") == "true":
            assert part["aria-describedby"] in {p.get("id") for p in refused.find("p")}
    (kept,) = refused.find("input", name="place")
    assert kept["value"] == "乌有县", "what was written is not lost"
    assert list_reviews(own_connection).total == 0
    same = send(reviewer, page, "correct", 422)
    assert "没有改动任何字段" in same.text


@pytest.mark.parametrize(
    ("fields", "marked"),
    [
        ({"min_value": "9", "max_value": "1"}, "min_value"),
        ({"value": "", "min_value": "", "max_value": ""}, "value"),
        ({"quantity": "不在句中"}, "quantity"),
        ({"unit": "光年" * 3, "kind": "nonsense"}, "kind"),
        ({"program": "", "program_type": "project"}, "program"),
    ],
)
def test_what_the_models_refuse(reviewer: TestClient, fields: dict[str, str], marked: str) -> None:
    page = open_page(reviewer, "/review")
    refused = send(reviewer, page, "correct", 422, **fields)
    names = {part["name"] for tag in ("input", "select") for part in refused.find(tag) if part.get("aria-invalid")}
    assert names, refused.text
    assert marked in names or names & set(fields)


def test_a_verdict_meanwhile(own: str, reviewer: TestClient) -> None:
    page = open_page(reviewer, "/review")
    with open_site(own) as other:
        enter(other, "周原")
        send(other, open_page(other, "/review"), "accept")
    refused = send(reviewer, page, "reject", 409)
    assert "请再看一遍" in refused.text and "周原" in refused.text
    send(reviewer, refused, "reject")


def test_the_queue_of_a_search(reviewer: TestClient) -> None:
    page = open_page(reviewer, "/review", kind="money", lang="en")
    judged = read_judged(page)
    assert list(page.find("input", name="q-kind", value="money"))
    after = send(reviewer, page, "accept")
    assert list(after.find("input", name="q-kind", value="money")) and next(iter(after.find("html")))["lang"] == "en"
    assert judged not in [part["value"] for part in list(after.find("input", name="judged"))[1:]]
    empty = open_page(reviewer, "/review", text="绝无此词")
    assert "没有待审的数字" in empty.text


def test_the_log_and_agreement(own: str, reviewer: TestClient) -> None:
    page = open_page(reviewer, "/review")
    judged = read_judged(page)
    send(reviewer, page, "accept")
    with open_site(own) as other:
        assert other.get("/review/log", follow_redirects=False).status_code == 303
        enter(other, "周原")
        send(other, open_page(other, f"/review?fact={judged}"), "reject")
    log = open_page(reviewer, "/review/log")
    assert "有分歧" in log.text and "Krippendorff" in log.text and "周原" in log.text
    (link,) = [link["href"] for link in log.find("a") if read_query(link["href"]).get("fact") == judged]
    assert read_judged(open_page(reviewer, link)) == judged


def test_what_was_judged_as_files(own: str, reviewer: TestClient, own_connection: Connection) -> None:
    assert not re.search(r"gold\.jsonl", reviewer.get("/review/log").text)
    send(reviewer, open_page(reviewer, "/review"), "accept")
    send(reviewer, open_page(reviewer, "/review"), "reject")
    links = [link["href"] for link in open_page(reviewer, "/review/log").find("a") if link["href"].endswith(".jsonl")]
    assert links == ["/review/gold.jsonl", "/review/verdicts.jsonl"]
    for link, export in zip(links, (export_gold, export_verdicts), strict=True):
        answer, expected = reviewer.get(link), io.StringIO()
        export(own_connection, expected)
        assert answer.text == expected.getvalue() != ""
        assert link.rpartition("/")[2] in answer.headers["content-disposition"]
    assert [json.loads(line)["action"] for line in answer.text.splitlines()] == ["accept", "reject"]
    assert reviewer.get("/review/other.jsonl").status_code == 404
    with open_site(own) as stranger:
        assert stranger.get("/review/gold.jsonl", follow_redirects=False).headers["location"] == "/review"
    with open_site(own, token=None) as closed:
        assert closed.get("/review/verdicts.jsonl").status_code == 403


@pytest.mark.parametrize(
    "form", [{"verdict": "accept"}, {"judged": "0" * 16, "verdict": "accept"}, {"judged": "<b>", "verdict": "<i>"}]
)
def test_verdicts_on_nothing(reviewer: TestClient, form: dict[str, str]) -> None:
    answer = reviewer.post("/review/decide", data=form)
    assert answer.status_code in (404, 422)
    check_page(answer)
    open_page(reviewer, "/review?fact=0000000000000000", 422)


def test_what_a_form_must_not_lose(tmp_path: Path, reviewer: TestClient) -> None:
    """The page of a review never stands in a cache and is never framed."""
    answer = reviewer.get("/review")
    assert "no-cache" in answer.headers["cache-control"]
    assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]
    assert re.search(r'<form[^>]+method="post"', answer.text)
