"""The page's own files: kept as they come, named by their content, the kept library with its licence."""

from __future__ import annotations

import hashlib
import re

from fastapi.testclient import TestClient

from extractor.serve.web.asset import load_assets, to_href

# Of dist/chart.umd.min.js in the npm package chart.js 4.6.1, without its last line.
CHART = "c17f2ce49fb9c71ef7fb39c03f868804ac5ab34730149976eebe6b7f807bef0c"


def test_the_library_is_the_one_that_the_notice_names() -> None:
    assets = load_assets()
    content = assets["chart.umd.min.js"].content
    assert hashlib.sha256(content).hexdigest() == CHART
    version = re.search(rb"Chart\.js v([0-9.]+)", content)
    assert version is not None
    notice = assets["NOTICE.txt"].content.decode()
    assert f"Chart.js {version[1].decode()}" in notice
    for name in ("chart.LICENSE.txt", "color.LICENSE.txt"):
        assert name in notice and b"MIT License" in assets[name].content


def test_nothing_is_asked_of_other_sites() -> None:
    for name, asset in load_assets().items():
        if name.endswith((".css", ".js")) and name != "chart.umd.min.js":
            assert not re.search(rb"https?://|@import|url\(", asset.content), name
    for name in ("theme.js", "page.js", "figure.js", "chart.umd.min.js"):
        assert not re.search(rb"\beval\(|new Function\(|sourceMappingURL", load_assets()[name].content), name


def test_no_markup_is_written_by_script() -> None:
    for name in ("theme.js", "page.js", "figure.js"):
        assert not re.search(rb"innerHTML|outerHTML|insertAdjacentHTML|document\.write", load_assets()[name].content)


def test_files_are_kept_by_their_content(site: TestClient) -> None:
    for name, asset in load_assets().items():
        answer = site.get(to_href("", name))
        assert answer.status_code == 200
        assert answer.content == asset.content
        assert answer.headers["content-type"] == asset.media
        assert "immutable" in answer.headers["cache-control"]
        loose = site.get(f"/static/{name}?v=other")
        assert loose.headers["cache-control"] == "no-cache"
        assert site.get(f"/static/{name}", headers={"if-none-match": loose.headers["etag"]}).status_code == 304
    assert site.get("/favicon.ico").headers["content-type"] == "image/svg+xml"


def test_other_files_are_not_given(site: TestClient) -> None:
    for path in ("/static/none.css", "/static/..%2Frouter.py", "/static/%2e%2e/router.py", "/static/"):
        assert site.get(path).status_code == 404, path
