"""The article view: every fact and mention marked where it stands, and a row for each."""

from __future__ import annotations

import re

import pytest
from fastapi.testclient import TestClient

from extractor.store import Connection
from serve.web.page import open_page


@pytest.fixture(scope="module")
def articles(connection: Connection) -> list[tuple[int, str, str]]:
    return [
        (number, identity, body)
        for number, identity, body in connection.query(
            "SELECT article_pk, article_id, body FROM article ORDER BY article_pk"
        )
    ]


def test_everything_is_marked_and_listed(
    site: TestClient, connection: Connection, articles: list[tuple[int, str, str]]
) -> None:
    for number, identity, _ in articles:
        page = open_page(site, f"/article/{identity}")
        facts = [fact for (fact,) in connection.query("SELECT fact_id FROM fact WHERE article_pk = ?", (number,))]
        rows = [row["data-key"] for row in page.find("li") if "data-key" in row]
        for fact in facts:
            assert f"at-{fact}" in {spot.get("id") for spot in page.find("span")}, "the text leads to the row"
            assert rows.count(fact) == 1, "and the row to the text"
        for kind in ("place", "program", "period"):
            ((mentions,),) = connection.query(f"SELECT count(*) FROM {kind}_mention WHERE article_pk = ?", (number,))
            assert len([row for row in rows if row.startswith(f"{kind}-")]) == mentions
        assert "文中未能定位" not in page.text


def test_marks_hold_the_words_of_their_facts(
    site: TestClient, connection: Connection, articles: list[tuple[int, str, str]]
) -> None:
    for number, identity, _ in articles:
        html = site.get(f"/article/{identity}").text
        for fact, text in connection.query("SELECT fact_id, quantity_text FROM fact WHERE article_pk = ?", (number,)):
            pieces = re.findall(rf'data-keys="[^"]*\b{fact}\b[^"]*">([^<]*)<', html)
            assert "".join("".join(pieces).split()) == "".join(text.split())


def test_the_text_is_whole(site: TestClient, articles: list[tuple[int, str, str]]) -> None:
    for _, identity, body in articles:
        page = open_page(site, f"/article/{identity}")
        assert "".join(body.split()) in page.text.replace(" ", "").replace("\u3000", "")


def test_lines_as_printed(site: TestClient, connection: Connection, articles: list[tuple[int, str, str]]) -> None:
    printed = 0
    for number, identity, body in articles:
        page = open_page(site, f"/article/{identity}", lines="yes")
        if not list(page.find("ol", class_="lines")):
            continue
        printed += 1
        html = site.get(f"/article/{identity}", params={"lines": "yes"}).text
        listed = re.search(r'<ol class="lines".*?</ol>', html, re.DOTALL)
        assert listed is not None
        lines = [
            re.sub(r"<[^>]+>", "", line).strip("\n") for line in re.findall(r"<bdi>(.*?)</bdi>", listed[0], re.DOTALL)
        ]
        assert "".join(body.split()) in "".join("".join(lines).split())
        assert max(len(line) for line in lines) < max(len(part) for part in body.split("\n")) + 30
        for fact, text in connection.query("SELECT fact_id, quantity_text FROM fact WHERE article_pk = ?", (number,)):
            pieces = re.findall(rf'data-keys="[^"]*\b{fact}\b[^"]*">([^<]*)<', html)
            assert "".join("".join(pieces).split()) == "".join(text.split())
    assert printed > 30


def test_lines_of_a_document_that_is_gone(hostile: TestClient) -> None:
    (identity,) = re.findall(r'href="/article/([0-9a-f]{16})#', hostile.get("/").text)[:1]
    assert list(open_page(hostile, f"/article/{identity}", lines="yes").find("ol", class_="lines"))


def test_lines_of_a_changed_document(tmp_path, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    from search.conftest import fill
    from serve.web.conftest import SHARED_LINE, open_site

    source = tmp_path / "2020-01-01.txt"
    source.write_text(f"书屋进村\n\n　　本报讯 {SHARED_LINE}\n", "utf-8")
    fill(str(tmp_path / "facts.db"), [str(source)])
    with open_site(str(tmp_path / "facts.db")) as site:
        (identity,) = re.findall(r'href="/article/([0-9a-f]{16})#', site.get("/").text)[:1]
        assert list(open_page(site, f"/article/{identity}", lines="yes").find("ol", class_="lines"))
        source.write_text("别的文字", "utf-8")
        page = open_page(site, f"/article/{identity}", lines="yes")
        assert not list(page.find("ol", class_="lines")) and "已改动" in page.text


def test_reprints_lead_to_each_other(tmp_path) -> None:  # type: ignore[no-untyped-def]
    from search.conftest import fill
    from serve.web.conftest import SHARED_LINE, open_site

    story = (
        f"书屋进村\n\n　　本报讯 {SHARED_LINE}"
        + "乡亲们冬闲时节也有了好去处，村里的孩子放学后常来看书，老人们爱翻农业杂志。" * 3
    )
    (tmp_path / "in").mkdir()
    for day in ("2020-01-01", "2020-01-03"):
        (tmp_path / "in" / f"{day}.txt").write_text(f"{story}\n", "utf-8")
    (tmp_path / "in" / "2020-01-05.txt").write_text(f"{story}这件事办得好。\n", "utf-8")
    fill(str(tmp_path / "facts.db"), [str(tmp_path / "in")])
    with open_site(str(tmp_path / "facts.db")) as site:
        html = site.get("/", params={"repeats": "yes"}).text
        identities = set(re.findall(r'href="/article/([0-9a-f]{16})#', html))
        pages = [open_page(site, f"/article/{identity}") for identity in identities]
        assert sum("同一稿件的其他刊登" in page.text for page in pages) == len(pages) == 2
        assert sum("本篇是转载" in page.text for page in pages) == 1
        assert "重复" in html
