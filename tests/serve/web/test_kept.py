"""What is kept is not made again, until the database changes."""

from __future__ import annotations

import pytest
from fastapi.testclient import TestClient

from extractor.serve.web import router
from extractor.serve.web.kept import Kept
from search.conftest import fill
from serve.web.page import open_page
from support import ROOT


def test_values_are_made_once_and_the_oldest_go() -> None:
    kept, made = Kept(2), list[int]()

    def make(number: int) -> int:
        made.append(number)
        return number

    for number in (1, 2, 1, 3, 1, 2):
        assert kept.read(number, lambda number=number: make(number)) == number  # type: ignore[misc]
    assert made == [1, 2, 3, 2]


def test_a_new_document_is_counted(own: str, own_site: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[object] = []
    real = router.read_stats
    monkeypatch.setattr(router, "read_stats", lambda connection: calls.append(connection) or real(connection))
    first = open_page(own_site, "/coverage")
    assert open_page(own_site, "/coverage").text == first.text
    assert len(calls) == 1
    fill(own, [str(next((ROOT / "corpora" / "pages").glob("2016*.txt")))])
    assert open_page(own_site, "/coverage").text != first.text
    assert len(calls) == 2


def test_many_facts_are_not_all_drawn(own_site: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("extractor.serve.web.chart.LARGE", 3)
    page = open_page(own_site, "/chart")
    assert "只画年份和种类" in page.text
    drawn = {part["data-table"] for part in page.find("div", class_="canvas")}
    assert drawn == {"t-years", "t-kinds"}
