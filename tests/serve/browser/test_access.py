"""Every page for everyone: axe-core, in light and dark, both languages, wide and narrow; without script as well."""

from __future__ import annotations

from typing import Any

import pytest

axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe-playwright-python is not installed")

VIEWS = {
    "start": "/",
    "results": "/?text=资金&kind=money&sort=value",
    "nothing": "/?text=绝无此词",
    "wrong": "/?min=许多",
    "places": "/place",
    "place": "/place/福建省",
    "charts": "/chart?place=福建省",
    "coverage": "/coverage",
    "help": "/help",
    "missing": "/nothing",
    "sign in": "/review",
    "article": None,
    "lines": None,
}


def find_article(page: Any, lines: bool = False) -> str:
    href = page.locator(".hit h2 a").first.get_attribute("href")
    path = href.partition("#")[0]
    return f"{path}{'&' if '?' in path else '?'}lines=yes" if lines else path


def visit(tab: Any, name: str, language: str) -> Any:
    path = VIEWS[name]
    if path is None:
        path = find_article(tab.open(f"/?kind=money&lang={language}"), lines=name == "lines")
    else:
        path = f"{path}{'&' if '?' in path else '?'}lang={language}"
    page = tab.open(path)
    page.wait_for_load_state("networkidle")
    return page


def find_violations(page: Any) -> list[str]:
    """Serious and critical findings, each with the element."""
    answer = axe.Axe().run(page)
    return [
        f"{found['id']}: {node['html'][:160]} {node.get('failureSummary', '')[:200]}"
        for found in answer.response["violations"]
        if found["impact"] in ("serious", "critical")
        for node in found["nodes"]
    ]


@pytest.mark.parametrize("size", ["desktop", "phone"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_axe(open_tab: Any, language: str, scheme: str, size: str) -> None:
    tab = open_tab(size=size, color_scheme=scheme)
    for name in VIEWS:
        page = visit(tab, name, language)
        page.evaluate("document.querySelectorAll('details').forEach((part) => (part.open = true))")
        assert find_violations(page) == [], name


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_on_the_review(open_tab: Any, own_url: str, scheme: str) -> None:
    for size in ("desktop", "phone"):
        tab = open_tab(at=own_url, color_scheme=scheme, size=size)
        page = tab.open("/review")
        page.fill("#who", "林溪")
        page.fill("#token", "correct-horse-battery-staple")
        with page.expect_navigation():
            page.press("#token", "Enter")
        page.keyboard.press("c")
        page.fill("#c-value", "许多")
        page.locator("[name=verdict][value=correct]").click()
        page.locator("#e-value").wait_for()
        assert find_violations(page) == []
        assert measure_overflow(page) <= 0
        tab.open("/review/log")
        assert find_violations(page) == []


def measure_overflow(page: Any) -> int:
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))


def test_no_page_is_wider_than_a_phone(open_tab: Any) -> None:
    tab = open_tab(size="phone")
    for name in VIEWS:
        page = visit(tab, name, "zh")
        page.evaluate("document.querySelectorAll('details').forEach((part) => (part.open = true))")
        assert measure_overflow(page) <= 0, name


def test_every_page_without_script(open_tab: Any) -> None:
    tab = open_tab(java_script_enabled=False)
    for name in VIEWS:
        page = visit(tab, name, "zh")
        assert page.locator("h1").count() == 1
        assert page.locator("#theme").is_hidden()
    page = tab.open("/")
    page.fill("#o-text", "资金")
    page.locator(".ask-row .go").click()
    page.locator(".hit").first.wait_for()
    assert page.locator(".hit").count() > 3
    page.locator(".facet a").first.click()
    page.locator(".chip").nth(1).wait_for()
    assert page.locator(".chip").count() == 2
    page = tab.open("/chart")
    assert page.locator("#t-money").is_visible()
    assert page.locator(".canvas").first.is_hidden()
