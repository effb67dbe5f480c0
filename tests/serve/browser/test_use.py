"""What people do with the page all day, in a real browser."""

from __future__ import annotations

import re
from typing import Any

from serve.browser.conftest import TOKEN


def test_search_by_keyboard_alone(open_tab: Any) -> None:
    page = open_tab().open("/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    assert page.locator(".skip").bounding_box()["y"] >= 0, "the skip link shows where it has the focus"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "o-text"
    page.keyboard.type("资金/")
    assert page.input_value("#o-text") == "资金/", "a stroke within a text is one"
    page.keyboard.press("Backspace")
    page.keyboard.press("Enter")
    page.locator(".chip").wait_for()
    assert "text=" in page.url and "limit" not in page.url and "kind" not in page.url
    outline = page.evaluate(
        "() => { const link = document.querySelector('.hit h2 a'); link.focus({ focusVisible: true });"
        " return getComputedStyle(link).outlineStyle; }"
    )
    assert outline == "solid"
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/article/"))


def test_a_view_is_shared_by_its_address(open_tab: Any) -> None:
    page = open_tab().open("/?text=资金")
    page.locator(".facet a", has_text="金额").click()
    page.locator(".orders a", has_text="数值").click()
    page.wait_for_url(re.compile("sort=value"))
    shown = page.locator(".hit .digits").all_inner_texts()
    values = [float(text.replace(",", "")) for text in shown if re.fullmatch(r"[\d,.]+", text)]
    assert values == sorted(values, reverse=True)
    other = open_tab(locale="zh-CN").open(page.url.removeprefix(page.url.partition("/?")[0]))
    assert other.locator(".hit .digits").all_inner_texts() == shown
    other.locator(".chip", has_text="金额").click()
    other.wait_for_url(lambda url: "kind" not in url)
    assert "text=" in other.url
    other.go_back()
    other.locator(".chip").nth(1).wait_for()
    assert other.locator(".chip").count() == 2


def test_suggestions(open_tab: Any) -> None:
    page = open_tab().open("/")
    page.locator(".more > summary").click()
    with page.expect_response(re.compile("/api/v1/suggest")):
        page.locator("#o-place").press_sequentially("霞浦")
    page.locator("#l-place option").first.wait_for(state="attached")
    value = page.locator("#l-place option").first.get_attribute("value")
    assert "霞浦" in value
    page.fill("#o-place", value)
    page.press("#o-place", "Enter")
    page.locator(".chip").wait_for()
    assert page.locator(".hit").count() > 0


def test_facets_of_many_results_follow(open_tab: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr("extractor.serve.web.facet.LARGE", 10)
    page = open_tab().open("/?from=1950&to=2025")
    page.locator("#h-newspaper").wait_for(state="attached")
    assert page.locator("a[data-rest]").count() == 0
    page.locator("[aria-labelledby=h-newspaper] a").first.click()
    page.wait_for_url(re.compile("newspaper="))
    assert "facets" not in page.url


def test_the_theme_is_chosen_and_kept(open_tab: Any) -> None:
    tab = open_tab(color_scheme="light")
    page = tab.open("/")
    light = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.locator("#theme").click()
    dark = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert dark != light
    page.add_init_script(
        "document.addEventListener('readystatechange', () => "
        "{ window.first ??= document.documentElement.dataset.theme })"
    )
    tab.open("/help")
    assert page.evaluate("window.first") == "dark", "before anything is painted"
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == dark
    assert page.locator("#theme").get_attribute("aria-pressed") == "true"
    page.locator("#theme").click()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == light


def test_the_language_is_chosen(open_tab: Any) -> None:
    page = open_tab(locale="en-GB").open("/?text=资金")
    assert page.locator("html").get_attribute("lang") == "en"
    page.locator(".tools a").click()
    page.wait_for_url(re.compile("lang=zh"))
    assert page.locator("html").get_attribute("lang") == "zh-Hans"
    page.locator(".hit h2 a").first.click()
    page.wait_for_url(re.compile("/article/"))
    assert page.locator("html").get_attribute("lang") == "zh-Hans", "the choice goes along"


def test_an_article_and_its_table_lead_to_each_other(open_tab: Any) -> None:
    page = open_tab().open("/?kind=money")
    page.locator(".hit h2 a").first.click()
    page.wait_for_url(re.compile("#at-"))
    spot = page.url.partition("#")[2]
    mark = page.locator(f"#{spot} + .mark").first
    assert mark.is_visible()
    key = spot.removeprefix("at-")
    row = page.locator(f"#row-{key}")
    mark.hover()
    assert "lit" in row.get_attribute("class")
    card = page.locator(".card")
    assert card.is_visible() and mark.inner_text()[:2] in card.inner_text()
    page.mouse.move(2, 2)
    assert card.is_hidden()
    mark.focus()
    assert card.is_visible()
    page.keyboard.press("Escape")
    assert card.is_hidden()
    mark.click()
    page.wait_for_url(re.compile("#row-"))
    assert row.is_visible()
    row.locator(f"a[href='#at-{key}']").click()
    page.wait_for_url(re.compile("#at-"))


def test_charts_are_drawn_from_their_tables(open_tab: Any) -> None:
    page = open_tab().open("/chart")
    page.wait_for_load_state("networkidle")
    names = [part.get_attribute("data-table") for part in page.locator("[data-chart]").all()]
    assert len(names) == 4
    for name in names:
        place = page.locator(f"[data-table={name}]")
        canvas = place.locator("canvas")
        assert canvas.is_visible()
        drawn = canvas.evaluate(
            "(canvas) => { const { labels, datasets } = Chart.getChart(canvas).data;"
            " return labels.map((label, at) => [label, datasets[0].data[at]]).filter(([, value]) => value !== null); }"
        )
        table = page.locator(f"#{name} tbody tr").evaluate_all(
            "(rows) => rows.map((row) => [row.querySelector('[data-label]').dataset.label,"
            " Number(row.querySelector('[data-value]').dataset.value)])"
        )
        assert drawn == table and len(table) > 2
        painted = canvas.evaluate(
            "(canvas) => canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data.some((v) => v)"
        )
        assert painted
    scale = page.locator(".scale")
    scale.click()
    assert scale.get_attribute("aria-pressed") == "true"
    kind = page.evaluate("Chart.getChart(document.querySelector('[data-log] canvas')).options.scales.y.type")
    assert kind == "logarithmic"
    page.locator("#theme").click()
    assert page.locator("[data-chart] canvas").count() == 4


def test_a_bar_leads_to_its_facts(open_tab: Any) -> None:
    page = open_tab().open("/chart")
    page.wait_for_load_state("networkidle")
    place = page.evaluate(
        "() => { const chart = Chart.getChart(document.querySelector('[data-table=t-kinds] canvas'));"
        " const bar = chart.getDatasetMeta(0).data[0]; const box = chart.canvas.getBoundingClientRect();"
        " scrollTo({ top: box.top + scrollY - 200, behavior: 'instant' });"
        " const now = chart.canvas.getBoundingClientRect();"
        " return [now.left + (bar.base + bar.x) / 2, now.top + bar.y]; }"
    )
    page.mouse.click(*place)
    page.wait_for_url(re.compile("kind="))


def test_downloads(open_tab: Any) -> None:
    page = open_tab().open("/?text=资金&kind=money")
    total = int(re.search(r"\d+", page.locator(".total").inner_text())[0])  # type: ignore[index]
    for name in ("CSV", "JSONL", "XLSX"):
        with page.expect_download() as waiting:
            page.locator(".save a", has_text=name).click()
        download = waiting.value
        assert download.suggested_filename == f"facts.{name.lower()}"
        data = download.path().read_bytes()
        if name == "JSONL":
            assert data.count(b"\n") == total


def test_review_by_keyboard(open_tab: Any, own_url: str) -> None:
    page = open_tab(at=own_url).open("/review")
    page.fill("#who", "林溪")
    page.fill("#token", TOKEN)
    with page.expect_navigation():
        page.press("#token", "Enter")

    def press(key: str) -> None:
        with page.expect_navigation():
            page.keyboard.press(key)

    def judged() -> str:
        return str(page.locator(".verdicts [name=judged]").input_value())

    left = page.locator(".lead").inner_text()
    first = judged()
    press("j")
    second = judged()
    press("k")
    assert judged() == first != second
    press("a")
    assert judged() == second and page.locator(".lead").inner_text() != left
    press("u")
    assert judged() == first
    press("r")
    assert judged() == second
    page.keyboard.press("c")
    assert page.evaluate("document.activeElement.name") == "kind", "the form is open, its first field has the focus"
    page.fill("#c-value", "")
    page.locator("#c-value").press_sequentially("a7")
    with page.expect_navigation():
        page.press("#c-value", "Enter")
    assert page.locator("#e-value").is_visible() and judged() == second, "letters in a field are letters"
    page.fill("#c-value", "7")
    page.fill("#c-min_value", "7")
    page.fill("#c-max_value", "7")
    with page.expect_navigation():
        page.press("#c-value", "Enter")
    assert "did=correct" in page.url


def test_paper(open_tab: Any) -> None:
    page = open_tab().open("/?text=资金")
    page.emulate_media(media="print")
    assert page.locator(".top").is_hidden() and page.locator(".ask").is_hidden()
    assert page.locator(".hit").first.is_visible()


def test_hostile_texts_do_nothing(browser: Any, open_tab: Any, hostile_url: str) -> None:
    tab = open_tab(at=hostile_url)
    for path in ("/", "/?text=<script>alert(1)</script>", "/place", "/chart", "/coverage"):
        page = tab.open(path)
        page.on("dialog", lambda dialog: tab.faults.append(f"dialog: {dialog.message}"))
        page.wait_for_load_state("networkidle")
    page = tab.open("/")
    page.locator(".hit h2 a").first.click()
    page.locator(".mark").first.hover()
    assert page.locator(".story svg, .story img, .story script").count() == 0
