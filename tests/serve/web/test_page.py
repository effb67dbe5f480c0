"""Every page over the sample pages: whole, in both languages, with links that lead somewhere."""

from __future__ import annotations

import re
from html import unescape

import pytest
from fastapi.testclient import TestClient

from extractor.search import Question, count_facets, parse_question, search
from extractor.serve import ServeOptions, create_app
from extractor.store import Connection
from serve.web.conftest import open_site
from serve.web.page import Page, open_page, read_query

PATHS = ("/", "/place", "/place/福建省", "/chart", "/coverage", "/help", "/review")


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("path", PATHS)
def test_pages_in_both_languages(site: TestClient, path: str, language: str) -> None:
    page = open_page(site, path, lang=language)
    (root,) = page.find("html")
    assert root["lang"] == {"zh": "zh-Hans", "en": "en"}[language]
    assert len(list(page.find("h1"))) == 1
    assert list(page.find("a", href="#main", class_="skip"))
    other = {"zh": "en", "en": "zh"}[language]
    (switch,) = [link for link in page.find("a") if read_query(link["href"]).get("lang") == other]
    assert switch["href"].partition("?")[0] == site.get(path).url.raw_path.decode()


def test_the_browser_chooses_the_language(site: TestClient) -> None:
    answer = site.get("/", headers={"accept-language": "en-GB, zh;q=0.5"})
    assert answer.headers["content-language"] == "en"
    assert "Accept-Language" in answer.headers["vary"]
    assert "lang=en" not in answer.text.replace("hreflang", "").replace('lang="en"', "")


@pytest.mark.parametrize(
    "query",
    [
        {},
        {"text": "资金"},
        {"text": "資金 -扶贫", "kind": "money", "sort": "value"},
        {"place": "福建省", "unit": "亩", "min": "1万"},
        {"from": "1950", "to": "1960", "repeats": "yes", "descending": "no"},
        {"program": "工程", "min-quality": "0.5", "min-confidence": "0.5", "newspaper": "闽东日报"},
    ],
)
def test_results_are_those_of_the_search(site: TestClient, connection: Connection, query: dict[str, str]) -> None:
    question = parse_question(query)  # type: ignore[arg-type]
    expected = search(connection, question)
    page = open_page(site, "/", **query)
    shown = [item["id"].removeprefix("f-") for item in page.find("li", class_="hit")]
    assert shown == [hit.fact.fact_id for hit in expected.hits]
    assert f"{expected.total:,}" in page.text
    for hit in expected.hits:
        assert "".join(hit.fact.evidence.text.split()) in page.text.replace(" ", "")


def test_the_number_is_marked_in_its_sentence(site: TestClient, connection: Connection) -> None:
    html = site.get("/", params={"text": "资金", "limit": "50"}).text
    marked = re.findall(r'<span class="mark[^"]*k-quantity[^"]*">([^<]+)</span>', html)
    hits = search(connection, Question(text="资金", limit=50)).hits
    assert marked == [hit.fact.quantity.text for hit in hits]


def test_places_are_marked_in_the_sentence(site: TestClient, connection: Connection) -> None:
    html = site.get("/", params={"place": "霞浦县", "limit": "50"}).text
    marked = set(re.findall(r'<span class="mark[^"]*k-place[^"]*">([^<]+)</span>', html))
    named = {text for (text,) in connection.query("SELECT DISTINCT text FROM place_mention")}
    assert marked and marked <= named


def test_pages_follow_each_other(site: TestClient, connection: Connection) -> None:
    total = search(connection, Question(text="元")).total
    path, seen, number = "/?text=元&limit=10", [], 0
    while path:
        page = open_page(site, path)
        number += 1
        (start,) = page.find("ol", class_="hits")
        assert start["start"] == str(len(seen) + 1)
        seen += [item["id"] for item in page.find("li", class_="hit")]
        path = next((link["href"] for link in page.find("a", rel="next")), "")
    assert len(seen) == len(set(seen)) == total
    assert number == -(-total // 10) > 1


def test_facets_count_what_their_links_find(site: TestClient) -> None:
    html = site.get("/", params={"text": "万"}).text
    links = re.findall(
        r'<li><a href="([^"]+)"( aria-current="true")?><bdi class="choice"[^>]*>[^<]*</bdi> '
        r'<span class="count">([\d,]+)<',
        html,
    )
    assert len(links) > 30
    for href, chosen, facts in links:
        if not chosen:
            page = open_page(site, unescape(href))
            found = re.search(r"共 ([\d,]+) 条", page.text)
            assert found is not None
            more = "place=" in href  # a place that was renamed is found under all its names
            assert found[1] == facts or (more and to_number(found[1]) > to_number(facts)), href


def to_number(text: str) -> int:
    return int(text.replace(",", ""))


def test_a_facet_keeps_its_other_choices(site: TestClient, connection: Connection) -> None:
    page = open_page(site, "/", kind="money")
    kinds = count_facets(connection, Question(), ("kind",))["kind"]
    assert all(f"{row.facts:,}" in page.text for row in kinds)
    chosen = [link for link in page.find("a") if link.get("aria-current") == "true" and "kind" not in link["href"]]
    assert chosen, "the chosen kind takes itself away"


def test_many_results_are_not_all_counted(served: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("extractor.serve.web.facet.LARGE", 10)
    with open_site(served) as site:  # one that has kept no counts yet
        page = open_page(site, "/")
        names = [head["id"] for head in page.find("h2") if head.get("id", "").startswith("h-")]
        assert names == ["h-kind", "h-year", "h-min-quality", "h-min-confidence", "h-repeats"]
        more = next(link["href"] for link in page.find("a") if "facets=all" in link["href"])
        assert len(list(open_page(site, more).find("h2"))) > len(list(page.find("h2")))


def test_a_wrong_option_stands_beside_its_field(site: TestClient) -> None:
    page = open_page(site, "/", 422, min="许多", kind="money")
    (field,) = page.find("input", name="min")
    assert field["aria-invalid"] == "true" and field["value"] == "许多"
    assert list(page.find("div", role="alert"))
    assert "如 1500、1000万、3.5亿元" in page.text
    (kind,) = [option for option in page.find("option") if "selected" in option and option.get("value") == "money"]
    assert kind


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ({"place": "/"}, "地区"),
        ({"from": "昨天"}, "起始日期"),
        ({"kind": "anything"}, "种类"),
        ({"min-quality": "2"}, "最低文字质量"),
        ({"cursor": "broken"}, "翻页标记"),
        ({"text": " ".join(f"词{at}" for at in range(20))}, "检索词"),
        ({"text": "水" * 1_500}, "检索词"),
    ],
)
def test_wrong_options_are_named(site: TestClient, query: dict[str, str], name: str) -> None:
    for path in ("/", "/chart"):
        if "cursor" in query and path != "/":
            continue
        page = open_page(site, path, 422, **query)
        assert f"“{name}”填写有误" in page.text


def test_nothing_found_says_what_to_do(site: TestClient) -> None:
    page = open_page(site, "/", text="绝无此词", kind="money")
    assert "没有找到" in page.text
    hrefs = [link["href"] for link in page.find("a")]
    assert "/?kind=money" in hrefs and "/help" in hrefs
    for path in ("/chart?text=绝无此词", "/place/天津市"):
        open_page(site, path)
    assert "库中没有这个地区的数字" in open_page(site, "/place/天津市").text


def test_places(site: TestClient, connection: Connection) -> None:
    top = open_page(site, "/place")
    provinces = [link["href"] for link in top.find("a") if link["href"].startswith("/place/")]
    assert len(provinces) > 8
    for href in provinces[:4]:
        page = open_page(site, href)
        total = next(int(number.replace(",", "")) for number in re.findall(r"([\d,]+) 条数字", page.text))
        (link,) = {
            link["href"]
            for link in page.find("a")
            if link["href"].startswith("/?place=") and "from" not in link["href"]
        }
        assert search(connection, Question(place=read_query(link)["place"])).total == total
        html = site.get(href).text
        years = [to_number(number) for number in re.findall(r'<span class="count">([\d,]+) 条</span>', html)]
        undated = sum(to_number(number) for number in re.findall(r"另有 ([\d,]+) 条没有日期", page.text))
        assert sum(years) + undated == total


def test_a_place_by_its_name_alone(site: TestClient) -> None:
    for name in ("福建省", "福建", "霞浦县", "霞浦"):
        page = open_page(site, f"/place/{name}")
        whole = open_page(site, "/place/福建省" if "福" in name else "/place/福建省/宁德市/霞浦县")
        assert page.text == whole.text
    assert "库中没有这个地区的数字" in open_page(site, "/place/乌有县").text


def test_charts_and_their_tables(site: TestClient, connection: Connection) -> None:
    page = open_page(site, "/chart")
    charts = {part["data-table"] for part in page.find("div", class_="canvas")}
    assert charts == {"t-money", "t-indicators", "t-years", "t-kinds"}
    assert charts <= {table["id"] for table in page.find("table") if "id" in table}
    values = [float(cell["data-value"]) for cell in page.find("td") if "data-value" in cell]
    wanted = list(
        connection.query(
            "SELECT f.year, sum(f.amount) FROM fact f WHERE f.counted = 1 AND f.kind = 'money' "
            "AND f.amount_unit = 'CNY' "
            "AND f.part_of IS NULL AND f.per IS NULL AND f.value IS NOT NULL AND f.year IS NOT NULL GROUP BY f.year"
        )
    )
    assert wanted
    for _, yuan in wanted:
        assert any(abs(yuan - value) < 1e-6 * max(1, yuan) for value in values), yuan
    narrow = open_page(site, "/chart", place="福建省")
    assert "福建省" in narrow.text and "四川省" not in narrow.text


def test_coverage_has_denominators(site: TestClient, connection: Connection) -> None:
    page = open_page(site, "/coverage")
    for table, column in (("document", "characters"), ("article", "duplicate_of IS NULL")):
        ((number,),) = connection.query(
            f"SELECT sum({column}) FROM {table}" if table == "document" else "SELECT count(*) FROM article"
        )
        assert f"{int(number):,}" in page.text
    assert "每千字条数" in page.text


def test_links_within_the_page_lead_somewhere(site: TestClient) -> None:
    """Two steps from the start."""
    seen: dict[str, Page] = {}
    todo = ["/?text=投资"]
    for depth in range(2):
        found: list[str] = []
        for path in todo:
            if path in seen or path.startswith(("/static/", "/download/")):
                continue
            seen[path] = open_page(site, path)
            found += [link["href"] for link in seen[path].find("a") if not link["href"].startswith("#")]
        todo = found[: 60 if depth else 200]
        todo = [path.partition("#")[0] for path in todo]
    assert len(seen) > 40


def test_a_place_that_nobody_knows(site: TestClient) -> None:
    told = {"zh": "地名表和数据库中都没有“无名小村”。", "en": "knows a place “无名小村”."}
    for language, text in told.items():
        (notice,) = re.findall(
            r'<div class="notice empty">.*?</div>', site.get(f"/?place=无名小村&lang={language}").text, re.S
        )
        assert text in notice and 'lang="en"' not in notice
    assert "地名表" not in site.get("/", params={"place": "北京市", "text": "无此"}).text


@pytest.mark.parametrize(
    "path", ["/nothing", "/article/0000000000000000", "/download/facts.doc", "/article/" + "x" * 3_000]
)
def test_missing_pages_are_pages(site: TestClient, path: str) -> None:
    page = open_page(site, path, 404)
    assert "没有这个页面" in page.text
    assert [link for link in page.find("a") if link["href"] == "/help"]


def test_other_methods_get_a_page(site: TestClient) -> None:
    answer = site.post("/", data={"text": "资金"})
    assert answer.status_code == 405 and "不能这样使用此地址" in answer.text


@pytest.mark.parametrize("language", ["zh", "en"])
def test_refusals_before_the_page_are_pages(site: TestClient, language: str) -> None:
    query = {"lang": language, "text": "x" * 20_000}
    long = site.get("/", params=query)
    large = site.post("/review/decide", params={"lang": language}, content=b"x" * 2_100_000)
    told = {"zh": ("地址太长", "内容太大"), "en": ("The address is too long", "Too large")}[language]
    for answer, status, title in zip((long, large), (414, 413), told, strict=True):
        assert answer.status_code == status and answer.headers["content-type"].startswith("text/html")
        page = Page(answer.text)
        assert title in page.text and not page.broken
        assert len(answer.text) < 20_000
    assert site.get("/" + "x" * 20_000).status_code == 414
    assert site.get("/api/v1/facts", params=query).headers["content-type"] == "application/problem+json"


def test_too_many_readers_are_asked_to_wait(served: str) -> None:
    app = create_app(served, None, ServeOptions(max_requests=0))
    with TestClient(app) as site:
        answer = site.get("/", headers={"accept-language": "en"})
    assert answer.status_code == 503 and answer.headers["retry-after"] == "1"
    assert "Not available just now" in answer.text


@pytest.mark.parametrize("path", [*PATHS, "/download/facts.csv", "/static/page.css", "/nothing", "/?kind=colour"])
def test_the_head_of_a_page(site: TestClient, path: str) -> None:
    whole, head = site.get(path), site.head(path)
    assert head.status_code == whole.status_code and head.content == b""
    kept = {name: value for name, value in whole.headers.items() if name not in ("date", "etag")}
    assert {name: head.headers.get(name) for name in kept} == kept


def test_behind_a_proxy(served: str) -> None:
    with open_site(served) as site:
        site.app.root_path = "/facts"  # type: ignore[attr-defined]
        page = open_page(site, "/facts/?text=资金")
        for tag, name in (("a", "href"), ("link", "href"), ("form", "action")):
            for attributes in page.find(tag):
                assert attributes[name].startswith(("/facts/", "#")), attributes
