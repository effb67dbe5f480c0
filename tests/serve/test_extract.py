"""Posted texts and files give what the library gives; too large ones are refused."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from extractor import extract
from schemas.api import Extraction
from serve.answer import check_problem
from serve.conftest import open_client
from support import PAGES, to_plain

TEXT = "水渠修到田头\n\n    本报讯 今年，全椒县新修水渠35公里，投资3200万元。\n"


@pytest.fixture
def small(served: str) -> Iterator[TestClient]:
    with open_client(served, max_body=2_000) as client:
        yield client


def test_a_text_as_json(client: TestClient) -> None:
    answer = client.post("/extract", json={"text": TEXT, "date": "2024-07-15", "name": "a.txt"})
    assert answer.status_code == 200, answer.text
    plain = answer.json()
    Extraction.model_validate(plain)
    assert {name: plain[name] for name in to_plain(extract(TEXT))} == to_plain(extract(TEXT, "2024-07-15", "a.txt"))
    assert plain["source"]["published"] == "2024-07-15" and len(plain["facts"]) == 2


def test_files_of_several_formats(client: TestClient) -> None:
    page = PAGES[0].read_bytes()
    whole = client.post("/extract", params={"name": PAGES[0].name}, content=page).json()
    assert whole["source"]["format"] == "text" and whole["facts"]
    old = client.post("/extract", params={"date": "1958"}, content=TEXT.encode("gb18030"))
    assert old.json()["source"]["encoding"] == "gb18030" and old.json()["source"]["published"] == "1958"
    page = f"<html><body><h1>水渠</h1><p>{TEXT * 3}</p></body></html>".encode()
    html = client.post("/extract", content=page, headers={"Content-Type": "text/html"})
    assert html.json()["source"]["format"] == "HTML" and html.json()["facts"]


def test_what_cannot_be_read(client: TestClient) -> None:
    check_problem(client.post("/extract", content=bytes(range(256)) * 4), 415)
    check_problem(client.post("/extract", content=b""), 422, "body")
    check_problem(client.post("/extract", json={"text": TEXT, "date": "soon"}), 422, "date")
    check_problem(client.post("/extract", params={"date": "soon"}, content=TEXT.encode()), 422, "date")
    check_problem(client.post("/extract", json={"text": TEXT, "colour": 1}), 422, "colour")
    check_problem(client.post("/extract", json={"date": "2024"}), 422, "text")
    check_problem(client.post("/extract", json=[TEXT]), 422, "body")
    check_problem(client.post("/extract", params={"colour": "1"}, content=TEXT.encode()), 422, "colour")
    cut = '{"text": "水'.encode()
    check_problem(client.post("/extract", content=cut, headers={"Content-Type": "application/json"}), 422, "body")
    half = json.dumps({"text": "\ud800"}).encode()
    check_problem(client.post("/extract", content=half, headers={"Content-Type": "application/json"}), 422, "body")


def test_too_large_a_body(small: TestClient) -> None:
    check_problem(small.post("/extract", content=b"x" * 2_001), 413)

    def pieces() -> Iterator[bytes]:  # without a length
        for _ in range(30):
            yield b"x" * 100

    check_problem(small.post("/extract", content=pieces()), 413)
    assert small.post("/extract", content=TEXT.encode()).status_code == 200


def test_names_are_no_paths(client: TestClient) -> None:
    answer = client.post("/extract", params={"name": "../../etc/passwd"}, content=TEXT.encode())
    assert answer.json()["source"]["doc"] == "../../etc/passwd" and len(answer.json()["facts"]) == 2
