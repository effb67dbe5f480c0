"""docs/page.md names every page, option and key, and nothing that is not there."""

from __future__ import annotations

import re

from fastapi.testclient import TestClient

from extractor.search import OPTIONS
from extractor.serve.web import download
from extractor.serve.web.facet import LARGE
from extractor.serve.web.review_router import router as review_router
from extractor.serve.web.router import router
from extractor.serve.web.session import HOURS
from support import ROOT

GUIDE = (ROOT / "docs" / "page.md").read_text("utf-8")


def test_every_page_is_named() -> None:
    paths = {
        re.sub(r"[./]\{.*", "", route.path)  # type: ignore[attr-defined]
        for route in (*router.routes, *review_router.routes)
        if "GET" in route.methods and not route.path.startswith(("/static", "/favicon"))  # type: ignore[attr-defined]
    }
    assert len(paths) >= 8
    for path in paths:
        assert re.search(rf"`{re.escape(path)}[`/.]", GUIDE), path


def test_every_option_is_named() -> None:
    assert not [name for name in OPTIONS.values() if f"`{name}`" not in GUIDE]


def test_its_addresses_answer(site: TestClient) -> None:
    (block,) = re.findall(r"^```\n(/.*?)^```$", GUIDE, re.M | re.S)
    for path in block.splitlines():
        assert site.get(path).status_code == 200, path


def test_its_numbers_are_those_of_the_code() -> None:
    assert f"at most {download.MOST:,} facts" in GUIDE
    assert f"Over {LARGE:,} results" in GUIDE
    assert f"{HOURS} hours" in GUIDE
    assert all(f"`{form}`" in GUIDE for form in download.FORMATS)


def test_every_key_is_named() -> None:
    templates = (ROOT / "extractor" / "serve" / "web" / "templates").glob("*.html")
    keys = {key for path in templates for key in re.findall(r'data-shortcut="(.)"', path.read_text("utf-8"))}
    assert keys == set("arcujk")
    assert all(f"`{key}`" in GUIDE for key in keys)
