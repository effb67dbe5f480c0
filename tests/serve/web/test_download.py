"""What a search found as a file: the same facts in the same order."""

from __future__ import annotations

import csv
import io
import json

import pytest
from fastapi.testclient import TestClient

from extractor.search import Question, search
from extractor.serve.web import download
from extractor.store import Connection
from serve.web.page import open_page

QUERIES = (
    ({"text": "资金"}, Question(text="资金", limit=1000)),
    ({"kind": "money", "sort": "value"}, Question(kind="money", sort="value", limit=1000)),
    ({"place": "福建省", "descending": "no"}, Question(place="福建省", descending=False, limit=1000)),
    ({"repeats": "yes", "cursor": ""}, Question(repeats=True, limit=1000)),
)


@pytest.mark.parametrize(("query", "question"), QUERIES)
@pytest.mark.parametrize("form", download.FORMATS)
def test_the_facts_of_the_search(
    site: TestClient, connection: Connection, form: str, query: dict[str, str], question: Question
) -> None:
    answer = site.get(f"/download/facts.{form}", params=query)
    assert answer.status_code == 200
    assert answer.headers["content-disposition"] == f'attachment; filename="facts.{form}"'
    wanted = [hit.fact.fact_id for hit in search(connection, question).hits]
    assert read_ids(form, answer.content) == wanted
    assert answer.headers["x-total-count"] == answer.headers["x-row-count"] == str(len(wanted))


def read_ids(form: str, content: bytes) -> list[str]:
    if form == "jsonl":
        return [json.loads(line)["fact_id"] for line in content.decode().splitlines()]
    if form == "csv":
        assert content.startswith(b"\xef\xbb\xbf")
        return [row["fact_id"] for row in csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""))]
    from openpyxl import load_workbook

    rows = list(load_workbook(io.BytesIO(content)).active.iter_rows(values_only=True))
    return [str(row[rows[0].index("fact_id")]) for row in rows[1:]]


def test_the_page_links_its_own_search(site: TestClient) -> None:
    page = open_page(site, "/", text="资金", kind="money", lang="en")
    links = [link["href"] for link in page.find("a") if link["href"].startswith("/download/")]
    assert len(links) == len(download.FORMATS)
    for href in links:
        assert "kind=money" in href and site.get(href).status_code == 200


def test_a_wrong_search_gives_no_file(site: TestClient) -> None:
    page = open_page(site, "/download/facts.csv", 422, min="许多")
    assert "“最小值”填写有误" in page.text


def test_more_than_a_file_holds(site: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(download, "MOST", 7)
    answer = site.get("/download/facts.jsonl")
    assert answer.headers["x-row-count"] == "7" == str(len(answer.text.splitlines()))
    assert int(answer.headers["x-total-count"]) > 400


def test_a_library_that_is_not_there(site: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    monkeypatch.setitem(sys.modules, "openpyxl", None)
    answer = site.get("/download/facts.xlsx")
    assert answer.status_code in (500, 503)
    assert "<html" in answer.text
