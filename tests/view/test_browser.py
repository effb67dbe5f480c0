"""A real Chromium opens a page of hostile text: nothing runs, everything is there."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from support import PAGES
from view.page import Page, view

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
OPTIONS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-dev-shm-usage"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
)
HOSTILE = """<script>document.title="ran"</script><img src=x onerror="document.title='ran'">修渠

　　本报讯 凤阳县实施“</style><svg onload=document.title='ran'>清流”工程，整修\u202e渠道12公里，投资3
0万元。
"""

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium here: apt-get install chromium")


def open_page(html: str, folder: Path) -> str:
    """The document as Chromium has it after loading."""
    (folder / "page.html").write_text(html, "utf-8")
    address = (folder / "page.html").as_uri()
    command = [str(CHROMIUM), *OPTIONS, f"--user-data-dir={folder / 'profile'}", "--dump-dom", address]
    done = subprocess.run(command, capture_output=True, timeout=300, check=True)
    return done.stdout.decode("utf-8")


def test_nothing_runs(tmp_path: Path) -> None:
    page = view(HOSTILE, doc="page.txt")
    shown = open_page(page.html, tmp_path)
    assert "<title>page.txt</title>" in shown
    assert not re.search(r"<(script|img|svg)", shown)
    assert Page(shown).text == page.text == HOSTILE.replace("\u202e", "U+202E")


def test_the_policy_forbids_what_is_put_in(tmp_path: Path) -> None:
    """Even where a script stood in the page it would not run."""
    html = view("修渠12公里。").html
    script = "<script>document.title = 'ran'</script>"
    shown = open_page(html.replace("</main>", f"{script}</main>"), tmp_path)
    assert "<title>page.txt</title>" in shown and script in shown
    free = re.sub(r"<meta http-equiv[^>]*>", "", html).replace("</main>", f"{script}</main>")
    assert "<title>ran</title>" in open_page(free, tmp_path)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1300, 390])
def test_axe_finds_nothing_serious(tmp_path: Path, scheme: str, width: int) -> None:
    """With a row jumped to; and nothing stands beside the screen."""
    playwright = pytest.importorskip("playwright.sync_api")
    axe = pytest.importorskip("axe_playwright_python.base")
    script = Path(axe.__file__).with_name("axe.min.js").read_text("utf-8")
    (tmp_path / "page.html").write_text(view(PAGES[0].read_text("utf-8") + HOSTILE).html, "utf-8")
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=list(OPTIONS[1:]))
        page = browser.new_page(
            color_scheme=scheme, viewport={"width": width, "height": 900}, bypass_csp=True, java_script_enabled=True
        )
        page.goto((tmp_path / "page.html").as_uri() + "#f3")
        page.evaluate(script)
        found = page.evaluate("axe.run()")["violations"]
        reach = page.evaluate("document.documentElement.scrollWidth")
        browser.close()
    assert not [(rule["id"], rule["nodes"][0]["html"]) for rule in found if rule["impact"] in ("serious", "critical")]
    assert reach <= width
