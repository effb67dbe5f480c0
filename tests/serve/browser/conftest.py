"""A real browser on the page: Debian's Chromium, a server on a free port, and nothing else to reach."""

from __future__ import annotations

import os
import shutil
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from extractor.serve import ServeOptions, create_app
from search.conftest import fill
from support import ROOT

PATH = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
ARGUMENTS = (
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync"),
)
TOKEN = "correct-horse-battery-staple"
SIZES = {"desktop": (1280, 900), "phone": (360, 740)}


class Server:
    """The app in a thread of this process."""

    def __init__(self, name: str) -> None:
        import uvicorn

        self.socket = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self.socket.getsockname()[1]}"
        app = create_app(name, None, ServeOptions(token=TOKEN))
        self.server = uvicorn.Server(uvicorn.Config(app, log_level="error", lifespan="on"))
        self.thread = threading.Thread(target=self.server.run, kwargs={"sockets": [self.socket]}, daemon=True)

    def __enter__(self) -> Server:
        self.thread.start()
        while not self.server.started:
            assert self.thread.is_alive(), "the server did not start"
            time.sleep(0.02)
        return self

    def __exit__(self, *_: object) -> None:
        self.server.should_exit = True
        self.thread.join(timeout=30)
        self.socket.close()


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """Closed behind each module: while the driver runs, this thread has an event loop, and other tests start theirs."""
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    if PATH is None:
        pytest.skip("no chromium: apt-get install chromium")
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=PATH, args=list(ARGUMENTS))
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def url(browser: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server over the sample pages that nobody writes to."""
    name = str(tmp_path_factory.mktemp("browser") / "facts.db")
    fill(name, [str(ROOT / "corpora" / "pages")])
    with Server(name) as server:
        yield server.url


@pytest.fixture
def own_url(browser: Any, tmp_path: Path) -> Iterator[str]:
    """A server over a database of one test's own."""
    name = str(tmp_path / "facts.db")
    fill(name, [str(next((ROOT / "corpora" / "pages").glob("2019*.txt")))])
    with Server(name) as server:
        yield server.url


class Tab:
    """A page with what went wrong in it: requests to other sites, errors of the console, exceptions of scripts."""

    def __init__(self, context: Any, url: str) -> None:
        self.url = url
        self.faults: list[str] = []
        context.route("**/*", self._check)
        self.page = context.new_page()
        self.page.set_default_timeout(30_000)
        self.page.on("console", self._note)
        self.page.on("pageerror", lambda error: self.faults.append(f"script: {error}"))

    def _check(self, route: Any) -> None:
        if route.request.url.startswith(self.url) or route.request.url.startswith("data:"):
            route.continue_()
        else:
            self.faults.append(f"request to {route.request.url}")
            route.abort()

    def _note(self, message: Any) -> None:
        # a page that tells of a wrong option has the status of one, which the console repeats
        if message.type in ("error", "warning") and "the server responded with a status of 4" not in message.text:
            self.faults.append(f"console: {message.text}")

    def open(self, path: str) -> Any:
        self.page.goto(self.url + path)
        return self.page


@pytest.fixture
def open_tab(browser: Any, url: str) -> Iterator[Any]:
    """Makes tabs; at the end none has a fault."""
    tabs: list[Tab] = []
    contexts: list[Any] = []

    def make(*, size: str = "desktop", at: str | None = None, **options: Any) -> Tab:
        width, height = SIZES[size]
        settings = {"locale": "zh-CN", "viewport": {"width": width, "height": height}, "accept_downloads": True}
        contexts.append(browser.new_context(**{**settings, **options}))
        tabs.append(Tab(contexts[-1], at or url))
        return tabs[-1]

    yield make
    for context in contexts:
        context.close()
    assert [tab.faults for tab in tabs if tab.faults] == []


@pytest.fixture(scope="module")
def hostile_url(browser: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server over texts that mean harm."""
    from serve.web.conftest import HOSTILE

    folder = tmp_path_factory.mktemp("hostile")
    (folder / "2024-05-01.txt").write_text(HOSTILE, "utf-8")
    fill(str(folder / "facts.db"), [str(folder / "2024-05-01.txt")])
    with Server(str(folder / "facts.db")) as server:
        yield server.url
