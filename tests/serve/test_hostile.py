"""Hostile questions and texts: nothing runs, nothing breaks, every answer is one that the description allows."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from fastapi.testclient import TestClient

from extractor.serve.parameter import to_parameters
from schemas import query
from search.conftest import fill, make_name
from serve.answer import check_problem, get
from serve.conftest import open_client

HOSTILE = (
    "'; DROP TABLE fact; --",
    '" OR 1=1 --',
    "%' OR '%'='",
    '水渠" OR chars : "资金',
    "NEAR(水 渠, 5)",
    "水 AND NOT 渠*",
    "^水 {a b} : c",
    "chars : 水",
    "'a' & !'b' <-> 'c':*",
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "{{7*7}}${7*7}#{7*7}",
    '=HYPERLINK("http://x")',
    "\u202e\u2066水渠\u2069\u200f",
    "水\u200b渠\ufeff",
    "\x00",
    "水\x00渠",
    "\x1b[31m红\r\nSet-Cookie: a=b",
    "\ud800",
    "\U0010ffff\ufffe",
    "e\u0301" * 90,
    "9" * 199,
    "-" * 200,
    '"' * 99,
    "../../../etc/passwd",
    "%00%ff%c0%af",
    "１２３４５６７８９０亿元",
    "🙂" * 50,
)
PATHS = (
    "/facts",
    "/articles",
    "/programs",
    "/periods",
    "/facets",
    "/aggregates",
    "/places",
    "/suggest",
    "/reviews/queue",
)
MODELS = dict(
    zip(
        PATHS,
        (
            *(query.FactQuery, query.ArticleQuery, query.ProgramQuery, query.PeriodQuery, query.FacetQuery),
            *(query.AggregateQuery, query.PlaceQuery, query.SuggestQuery, query.QueueQuery),
        ),
        strict=True,
    )
)


def find_names(path: str) -> list[str]:
    return [parameter["name"] for parameter in to_parameters(MODELS[path])]


@pytest.mark.parametrize("text", HOSTILE, ids=ascii)
@pytest.mark.parametrize("path", PATHS)
def test_parameters_take_hostile_text(client: TestClient, path: str, text: str) -> None:
    encoded = quote(text.encode("utf-8", "surrogatepass"))
    for number, name in enumerate(find_names(path), HOSTILE.index(text)):
        if number % 4 and name != "text":  # each text in a fourth of the parameters, each parameter with many texts
            continue
        needed = {"/suggest": "&field=place&prefix=x", "/reviews/queue": "&reviewer=x"}.get(path, "")
        needed = "".join(f"&{part}" for part in needed.split("&") if part and not part.startswith(f"{name}="))
        answer = client.get(f"{path}?{name}={encoded}{needed}")
        assert answer.status_code in (200, 404, 422), (name, answer.text)
        json.loads(answer.content.decode("utf-8"))
        if answer.status_code != 200:
            check_problem(answer, answer.status_code, answer.json().get("parameter"))
        assert "set-cookie" not in answer.headers


@pytest.mark.parametrize("text", HOSTILE, ids=ascii)
def test_addresses_take_hostile_text(client: TestClient, text: str) -> None:
    encoded = quote(text.encode("utf-8", "surrogatepass"), safe="")
    for path in ("facts", "articles", "places"):
        check_problem(client.get(f"/{path}/{encoded}"), client.get(f"/{path}/{encoded}").status_code, ANY)
    check_problem(client.get(f"/{encoded}x"), 404)
    assert client.get(f"/facts?{encoded}=1").status_code == 422


class _Any:
    """Equal to everything."""

    def __eq__(self, other: object) -> bool:
        return True

    __hash__ = object.__hash__


ANY: Any = _Any()


def test_tables_stand_after_all(client: TestClient) -> None:
    client.get("/facts", params={"text": HOSTILE[0], "place": HOSTILE[1], "program": HOSTILE[0]})
    assert get(client, "/facts")["total"] > 300


@pytest.mark.parametrize("text", HOSTILE, ids=ascii)
def test_posted_text(client: TestClient, text: str) -> None:
    page = f"{text}\n\n    今年，全县新修水渠35公里，{text}投资3200万元。\n"
    answer = client.post("/extract", json={"text": page, "name": "x"}) if "\ud800" not in text else None
    if answer is not None:
        assert answer.status_code in (200, 415), answer.text
    raw = client.post("/extract", content=page.encode("utf-8", "surrogatepass"))
    assert raw.status_code in (200, 415), raw.text


def test_hostile_pages_come_back_as_text(dialect: str, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    (tmp_path / "in").mkdir()
    text = "<script>alert(1)</script>水渠\n\n    今年，全县新修<b onclick=x>水渠35公里，\u202e投资3200万元=1+1。\n"
    (tmp_path / "in" / "2021-06-01.txt").write_text(text, "utf-8")
    with make_name(dialect, tmp_path, request) as name:
        fill(name, [str(tmp_path / "in")])
        with open_client(name) as client:
            answer = client.get("/facts")
            assert answer.headers["content-type"] == "application/json"
            assert answer.headers["x-content-type-options"] == "nosniff"
            assert "<b onclick=x>" in answer.json()["hits"][0]["fact"]["evidence"]["text"]
