"""Articles, places, programs, periods, facets and suggestions, held to what the tables say."""

from __future__ import annotations

import collections

import pytest
from fastapi.testclient import TestClient

from extractor.search import Question, count_facets, suggest
from extractor.store import Connection
from schemas.api import ArticleDetail, ArticlePage, PlaceDetail, PlacePage
from serve.answer import check_problem, get, get_all


def ask(connection: Connection, sql: str) -> list[tuple[object, ...]]:
    return [tuple(row) for row in connection.query(sql)]


def test_articles_are_all_and_the_latest_come_first(client: TestClient, connection: Connection) -> None:
    found = get_all(client, "/articles", "articles", limit=7)
    expected = ask(connection, "SELECT article_id FROM article WHERE duplicate_of IS NULL")
    assert sorted(article["article_id"] for article in found) == sorted(str(row[0]) for row in expected)
    days = [article["published"] for article in found]
    assert days == sorted(days, key=lambda day: day or "", reverse=True)
    ArticlePage.model_validate(get(client, "/articles"))


@pytest.mark.parametrize(
    ("parameters", "condition"),
    [
        ({"kind": "notice"}, "a.kind = 'notice'"),
        ({"from_": "1990", "to": "2019-12-31"}, "a.published >= '1990-01-01' AND a.published <= '2019-12-31'"),
        ({"min_quality": "0.9"}, "a.text_quality >= 0.9"),
        ({"repeats": "yes"}, "1 = 1"),
        ({"newspaper": "无此报"}, "1 = 0"),
        (
            {"text": "水渠 -温泉街道"},
            "EXISTS (SELECT 1 FROM fact f JOIN sentence s ON s.sentence_pk = f.sentence_pk WHERE "
            "f.article_pk = a.article_pk AND (s.text LIKE '%水渠%' OR a.title LIKE '%水渠%' OR a.kicker LIKE '%水渠%') "
            "AND s.text NOT LIKE '%温泉街道%')",
        ),
    ],
)
def test_filters_of_articles(
    client: TestClient, connection: Connection, parameters: dict[str, str], condition: str
) -> None:
    found = get_all(client, "/articles", "articles", limit=50, **parameters)
    once = "1 = 1" if "repeats" in parameters else "a.duplicate_of IS NULL"
    expected = ask(connection, f"SELECT a.article_id FROM article a WHERE {once} AND {condition}")
    assert sorted(article["article_id"] for article in found) == sorted(str(row[0]) for row in expected)


def test_articles_of_a_place_over_its_names(client: TestClient) -> None:
    found = get(client, "/articles", place="即墨")["articles"]
    assert {article["place"]["name"] for article in found} >= {"即墨县", "即墨市"}
    assert len(found) == 3


def test_an_article_has_all_that_was_found_in_it(client: TestClient, connection: Connection) -> None:
    for article in get(client, "/articles", limit=100)["articles"]:
        whole = get(client, f"/articles/{article['article_id']}")
        ArticleDetail.model_validate(whole)
        assert whole["article"]["title"] == article["title"] and len(whole["facts"]) == article["facts"]
        starts = [fact["quantity"]["start_char"] for fact in whole["facts"]]
        assert starts == sorted(starts)
        where = (
            f"WHERE m.article_pk = (SELECT min(article_pk) FROM article WHERE article_id = '{article['article_id']}')"
        )
        for name in ("place", "program", "period"):
            ((number,),) = ask(connection, f"SELECT count(*) FROM {name}_mention m {where}")
            assert len(whole[f"{name}s"]) == number
            assert all(mention["article_id"] == article["article_id"] for mention in whole[f"{name}s"])
    check_problem(client.get("/articles/0123456789abcdef"), 404, "article_id")


def test_the_tree_of_places_counts_every_fact_once(client: TestClient, connection: Connection) -> None:
    page = get(client, "/places")
    PlacePage.model_validate(page)
    assert page["place"] is None and page["above"] == []
    ((facts,),) = ask(connection, "SELECT count(*) FROM fact WHERE counted = 1")
    assert sum(child["facts"] for child in page["children"]) + page["unplaced"] == facts

    def walk(node: dict[str, object]) -> int:
        page = get(client, "/places", parent="/".join(node["path"]))  # type: ignore[arg-type]
        assert page["place"] == node and len(page["children"]) == node["children"]
        assert [above["path"] for above in page["above"]] == [node["path"][:n] for n in range(1, len(node["path"]))]  # type: ignore[arg-type,index]
        below = sum(walk(child) for child in page["children"])
        assert node["facts"] == node["own_facts"] + sum(child["facts"] for child in page["children"])  # type: ignore[operator]
        return below + 1

    ((rows,),) = ask(connection, "SELECT count(*) FROM place")
    assert sum(walk(child) for child in page["children"]) >= int(str(rows)) - 4


def test_one_place_under_all_its_names(client: TestClient) -> None:
    today = get(client, "/places/山东省/青岛市/即墨区")
    PlaceDetail.model_validate(today)
    assert today["place"]["adcode"] == "370215"
    for name in ("370222", "370282", today["place"]["place_id"], "山东省/青岛市/即墨市", "/山东省/青岛市/即墨县/"):
        assert get(client, f"/places/{name}")["place"] == today["place"], name
    assert [child["name"] for child in today["children"]] == ["温泉街道"]
    assert {year["year"] for year in today["years"]} == {1985, 1995, 2020}
    assert sum(year["facts"] for year in today["years"]) == today["place"]["facts"]
    check_problem(client.get("/places/山东省/无此县"), 404, "place")
    check_problem(client.get("/places", params={"parent": "999999"}), 404, "parent")


def test_programs_and_periods_are_all(client: TestClient, connection: Connection) -> None:
    programs = get_all(client, "/programs", "programs", limit=2)
    rows = ask(
        connection,
        "SELECT program_text, program_type, count(*) FROM fact WHERE counted = 1 AND program_text IS NOT NULL "
        "GROUP BY program_text, program_type",
    )
    assert {(one["text"], one["type"], one["facts"]) for one in programs} == set(rows) and len(programs) == len(rows)
    numbers = [one["facts"] for one in programs]
    assert numbers == sorted(numbers, reverse=True)
    kind = programs[0]["type"]
    assert get_all(client, "/programs", "programs", type=kind) == [one for one in programs if one["type"] == kind]
    periods = get_all(client, "/periods", "periods", limit=9)
    rows = ask(
        connection,
        "SELECT period_text, period_start_date, period_end_date, count(*) FROM fact WHERE counted = 1 "
        "AND period_text IS NOT NULL GROUP BY period_text, period_start_date, period_end_date",
    )
    found = {(one["text"], one["start_date"], one["end_date"], one["facts"]) for one in periods}
    assert found == set(rows) and len(periods) == len(rows)


def test_facets_are_the_searchs(client: TestClient, connection: Connection) -> None:
    answer = get(client, "/facets", text="亩", limit=3)["facets"]
    expected = count_facets(connection, Question(text="亩"), limit=3)
    assert answer == {name: [row._asdict() for row in rows] for name, rows in expected.items()}
    two = get(client, "/facets", facet=["year", "kind"])["facets"]
    assert list(two) == ["year", "kind"]
    total = collections.Counter({row["value"]: row["facts"] for row in two["kind"]}).total()
    assert total == get(client, "/facts")["total"]
    check_problem(client.get("/facets", params={"facet": "colour"}), 422, "facet.0")


def test_suggestions_are_the_searchs(client: TestClient, connection: Connection) -> None:
    for field, prefix in (("place", "即墨"), ("indicator", "总"), ("program", "关"), ("newspaper", "县")):
        answer = get(client, "/suggest", field=field, prefix=prefix)["suggestions"]
        assert answer == [row._asdict() for row in suggest(connection, field, prefix)], field
    assert get(client, "/suggest", field="place", prefix="即墨")["suggestions"]
    check_problem(client.get("/suggest", params={"prefix": "x"}), 422, "field")
