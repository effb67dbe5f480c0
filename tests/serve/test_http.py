"""Entity tags, packing, headers, other sites, figures, the token."""

from __future__ import annotations

import contextlib
import gzip
import re
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from extractor.errors import UsageError
from extractor.serve.etag import matches, read_files
from extractor.serve.token import read_token
from extractor.store import open_connection
from serve.answer import check_problem, get
from serve.conftest import API, TOKEN, open_client

READ = (
    "/facts",
    "/articles",
    "/places",
    "/programs",
    "/periods",
    "/facets",
    "/suggest?field=place&prefix=山",
    "/aggregates",
)

TRIES = 5  # the housekeeping of a PostgreSQL server may change the state between two requests
FAILURE = ("doc", "part", "stage", "error", "message", "tries", "run_pk")


@pytest.mark.parametrize("path", READ)
def test_who_holds_the_answer_gets_it_no_more(client: TestClient, path: str) -> None:
    first = client.get(path)
    tag = first.headers["etag"]
    assert tag.startswith('W/"') and first.headers["cache-control"] == "private, no-cache"
    for _ in range(TRIES):
        again = client.get(path, headers={"If-None-Match": f'"other", {tag}'})
        if again.status_code == 304:
            break
        tag = again.headers["etag"]
    assert again.status_code == 304 and again.content == b"" and again.headers["etag"] == tag
    assert client.get(path, headers={"If-None-Match": '"other"'}).content == first.content
    other = client.get(f"{path}{'&' if '?' in path else '?'}limit=1" if path != "/places" else "/places?parent=甘肃省")
    assert other.headers["etag"] != tag


@pytest.mark.parametrize("path", [*READ, "/openapi.json", "/health/live", "/facts?kind=colour", "/none"])
def test_the_head_of_an_answer(client: TestClient, path: str) -> None:
    whole, head = client.get(path), client.head(path)
    assert head.status_code == whole.status_code and head.content == b""
    assert head.headers["content-length"] == whole.headers["content-length"]
    assert head.headers["content-type"] == whole.headers["content-type"]


def test_heads_are_counted_as_such(client: TestClient) -> None:
    client.head("/places")
    assert 'govfacts_requests_total{method="HEAD",route="/api/v1/places",status="200"}' in client.get("/metrics").text
    check_problem(client.get("/extract"), 405)
    assert client.head("/extract").status_code == 405


def is_same(client: TestClient, other: TestClient) -> bool:
    return bool(client.get("/facts").headers["etag"] == other.get("/facts").headers["etag"])


def test_a_write_changes_the_tag(served: str) -> None:
    with open_client(served) as client:
        tag = client.get("/facts").headers["etag"]
        assert any(is_same(client, client) for _ in range(TRIES))
        tag = client.get("/facts").headers["etag"]
        with contextlib.closing(open_connection(served, write=True)) as writer:
            writer.insert("failure", FAILURE, [("lost.txt", 1, "open", "UnreadableError", "gone", 1, 1)])
            writer.execute("DELETE FROM failure WHERE doc = 'lost.txt'")
        assert client.get("/facts", headers={"If-None-Match": tag}).status_code == 200
        with open_client(served) as other:  # another process would give the same
            assert any(is_same(client, other) for _ in range(TRIES))


def test_the_state_of_files(tmp_path: Path) -> None:
    """Also of a database that nobody has open, and so has no log beside it."""
    path = tmp_path / "facts.db"
    with contextlib.closing(open_connection(path, create=True)) as connection:
        connection.execute("CREATE TABLE t (x)")
        opened = read_files(path)
        connection.execute("INSERT INTO t VALUES (1)")
        assert read_files(path) != opened
    closed = read_files(path)
    assert not path.with_name("facts.db-wal").exists() and closed not in (opened, "")
    assert read_files(path) == closed
    with path.open("ab") as file:
        file.write(b"x")
    assert read_files(path) != closed


def test_matching_of_tags() -> None:
    assert matches('"b", "a"', 'W/"a"') and matches('W/"a"', 'W/"a"')
    assert not matches("", 'W/"a"') and not matches("*", 'W/"a"') and not matches('"b"', 'W/"a"')


def test_long_answers_are_packed(client: TestClient) -> None:
    with client.stream("GET", "/facts", headers={"Accept-Encoding": "gzip"}) as packed:
        assert packed.headers["content-encoding"] == "gzip" and "Accept-Encoding" in packed.headers["vary"]
        raw = b"".join(packed.iter_raw())
    plain = client.get("/facts", headers={"Accept-Encoding": "identity"})
    assert "content-encoding" not in plain.headers
    assert gzip.decompress(raw) == plain.content and len(raw) < len(plain.content) / 3


def test_what_a_browser_must_not_do(client: TestClient) -> None:
    for path in ("/facts", "/none", "/metrics", "/openapi.json"):
        headers = client.get(path).headers
        assert "default-src 'self'" in headers["content-security-policy"]
        assert "unsafe" not in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff" and headers["x-frame-options"] == "DENY"
        assert "server" not in headers


def test_other_sites_read_nothing_unless_told(client: TestClient, served: str) -> None:
    site = {"Origin": "https://maps.example"}
    assert "access-control-allow-origin" not in client.get("/facts", headers=site).headers
    ask = {**site, "Access-Control-Request-Method": "GET"}
    check_problem(client.options("/facts", headers=ask), 405)
    with open_client(served, origins=("https://maps.example",)) as open_:
        assert open_.get("/facts", headers=site).headers["access-control-allow-origin"] == "https://maps.example"
        assert open_.options("/facts", headers=ask).status_code == 200
        assert "access-control-allow-origin" not in open_.get("/facts", headers={"Origin": "https://x.example"}).headers


def test_figures_of_the_server(served: str, dialect: str) -> None:
    with open_client(served) as client:
        for _ in range(3):
            client.get("/facts", params={"limit": 1})
        client.get("/facts/0123456789abcdef")
        client.get("/colours")
        client.request("BREW", "/facts")
        answer = client.get("/metrics")
        assert answer.headers["content-type"].startswith("text/plain")
        text = answer.text
        facts = get(client, "/facts", repeats="true", limit=1)["total"]
    assert f'govfacts_requests_total{{method="GET",route="{API}/facts",status="200"}} 3.0' in text
    assert f'route="{API}/facts/{{fact_id}}",status="404"}} 1.0' in text
    assert 'method="other",' in text and 'route="other",status="404"} 1.0' in text
    assert f'govfacts_request_seconds_count{{route="{API}/facts"}} 4.0' in text
    assert f'govfacts_database_rows{{table="fact"}} {float(facts)}' in text
    assert float(re.findall(r"^govfacts_database_bytes (\S+)$", text, re.M)[0]) > 100_000
    assert "govfacts_requests_running 1.0" in text


def test_health(client: TestClient) -> None:
    assert get(client, "/health/live") == get(client, "/health/ready")


def test_tokens(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("GOVFACTS_TOKEN", raising=False)
    assert read_token(None) is None
    monkeypatch.setenv("GOVFACTS_TOKEN", TOKEN)
    assert read_token(None) == TOKEN
    (tmp_path / "token").write_text(f"{TOKEN}-2\n", "utf-8")
    assert read_token(tmp_path / "token") == f"{TOKEN}-2"
    for text in ("short", "with blanks in it all over", "密钥密钥密钥密钥密钥密钥密钥密钥"):
        (tmp_path / "token").write_text(text, "utf-8")
        with pytest.raises(UsageError, match="expected 16 or more"):
            read_token(tmp_path / "token")
    with pytest.raises(UsageError, match="No such file"):
        read_token(tmp_path / "none")
    (tmp_path / "token").write_bytes(b"\xff\xfe")
    with pytest.raises(UsageError, match="is no text"):
        read_token(tmp_path / "token")
