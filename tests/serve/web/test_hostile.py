"""Texts that mean harm do none: not in a page, an address or a file."""

from __future__ import annotations

import csv
import io
import re
from typing import Any

import anyio
import pytest
from fastapi.testclient import TestClient

from serve.web.conftest import open_site
from serve.web.page import open_page

EVIL = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "'; DROP TABLE fact; --",
    'NEAR("a" "b") OR * ^ : ( AND NOT {',
    "\u202e\u2066rtl\u200f\ufeff\u0000\u0007",
    "{{ 7*7 }}{% include 'x' %}",
    "javascript:alert(1)",
    "%00%ff../../etc",
    "\ud800".encode("utf-8", "surrogatepass").decode("latin-1"),
)


def find_scripts(html: str) -> list[str]:
    return [
        tag
        for tag in re.findall(r"<(?:script|img|svg|iframe|object)\b[^>]*>", html)
        if "/static/" not in tag and 'class="' not in tag
    ]


@pytest.mark.parametrize("path", ["/", "/chart", "/place", "/coverage"])
def test_texts_are_texts(hostile: TestClient, path: str) -> None:
    page = open_page(hostile, path)
    html = hostile.get(path).text
    assert not find_scripts(html)
    assert not re.search("[\u202a-\u202e\u2066-\u2069\u200b-\u200f]", html)
    if path == "/":
        assert "<img src=x onerror=alert(2)>" in page.text or "<svg onload=alert(3)>" in page.text
        assert "[U+202E]" in page.text and "49" not in re.sub(r"[\d,.]+ %", "", page.text).split("村新建")[0][-10:]


def test_an_article_of_hostile_text(hostile: TestClient) -> None:
    identities = set(re.findall(r'href="/article/([0-9a-f]{16})#', hostile.get("/").text))
    assert identities
    for identity in identities:
        for query in ({}, {"lines": "yes"}):
            page = open_page(hostile, f"/article/{identity}", **query)
            assert not find_scripts(hostile.get(f"/article/{identity}", params=query).text)
            assert "[U+202E]" in page.text and "<b>x.txt" in page.text


def test_failures_are_told(hostile: TestClient) -> None:
    page = open_page(hostile, "/coverage")
    assert "2 份文件中有 1 份未能读取（50.0 %）" in page.text and "broken.pdf" in page.text


@pytest.mark.parametrize("value", EVIL)
@pytest.mark.parametrize(
    "option", ["text", "place", "unit", "program", "indicator", "newspaper", "min", "cursor", "lang", "page"]
)
def test_questions_are_texts(site: TestClient, option: str, value: str) -> None:
    for path in ("/", "/chart", "/download/facts.jsonl"):
        answer = site.get(path, params={option: value, "limit": "10"})
        assert answer.status_code in (200, 422), (path, option, value, answer.text[:300])
        if answer.headers["content-type"].startswith("text/html"):
            assert not find_scripts(answer.text)
            assert not re.search("[\u202a-\u202e\u2066-\u2069\u200b-\u200f]", answer.text)


@pytest.mark.parametrize("value", EVIL)
def test_paths_are_texts(site: TestClient, value: str) -> None:
    from urllib.parse import quote

    for path in ("/place/", "/article/", "/", "/static/", "/download/facts."):
        answer = site.get(path + quote(value, safe=""))
        assert answer.status_code in (200, 404, 422), (path, answer.status_code, answer.text[:300])
        if answer.headers["content-type"].startswith("text/html"):
            assert not find_scripts(answer.text)


def test_questions_of_ten_megabytes(site: TestClient) -> None:
    for option in (b"text", b"place", b"cursor"):
        status, size = ask(site, option + b"=" + b"%E6%B0%B4" * 1_200_000)
        assert status == 414
        assert size < 20_000


def ask(site: TestClient, query: bytes) -> tuple[int, int]:
    """Status and size of the answer to a query that no client would send."""
    sent: list[dict[str, Any]] = []
    scope = {
        "type": "http",
        "method": "GET",
        "path": "/",
        "raw_path": b"/",
        "query_string": query,
        "root_path": "",
        "headers": [(b"host", b"test")],
        "scheme": "http",
        "server": ("test", 80),
        "http_version": "1.1",
    }

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Any) -> None:
        sent.append(message)

    anyio.run(site.app, scope, receive, send)  # type: ignore[arg-type]
    return sent[0]["status"], sum(len(message.get("body", b"")) for message in sent)


def test_long_values_are_not_repeated_at_length(site: TestClient) -> None:
    answer = site.get("/", params={"place": "水" * 900})
    assert answer.status_code == 422
    assert answer.text.count("水") < 1_300


def test_downloads_run_nothing(hostile: TestClient) -> None:
    rows = list(csv.reader(io.StringIO(hostile.get("/download/facts.csv").content.decode("utf-8-sig"))))
    assert len(rows) > 3
    for row in rows[1:]:
        for cell in row:
            assert not cell.lstrip(" \u3000").startswith(("=", "@", "\t", "＝")), cell
            assert not cell.startswith(("+", "-")) or re.fullmatch(r"[-+][\d.]+", cell)


def test_names_of_links_keep_other_sites_out(hostile_name: str) -> None:
    with open_site(hostile_name) as site:
        for path in ("//evil.example/x", "/\\evil.example", "/place//evil.example"):
            answer = site.get("http://test" + path)
            assert answer.status_code in (200, 404), path
            for href in re.findall(r'(?:href|action|src)="([^"]*)"', answer.text):
                assert href.startswith(("/", "#")) and not href.startswith(("//", "/\\")), href
