"""The page over the sample pages (both databases), and over a database of texts that mean harm."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from extractor.serve import ServeOptions, create_app
from extractor.store import Connection, open_connection
from search.conftest import fill
from support import ROOT

TOKEN = "correct-horse-battery-staple"
HOSTILE = """<script>alert(1)</script>渠\u202e修通\u200b了

　　本报讯 今年，安徽省全椒县<img src=x onerror=alert(2)>整修渠道\u202e126公里，"'><svg onload=alert(3)>投资320万元。
其中，{{ 7*7 }}村新建书屋12个，=HYPERLINK("http://a.example","点")村培训护林员600名。
"""
SHARED_LINE = "今年，河北省隆尧县投资50万元，建成书屋20个。"


@contextlib.contextmanager
def open_site(name: str, token: str | None = TOKEN, **headers: str) -> Iterator[TestClient]:
    """A browser of the page: it takes HTML, in Chinese unless told otherwise."""
    app = create_app(name, None, ServeOptions(token=token))
    headers = {"accept": "text/html", "accept-language": "zh-CN", **headers}
    with TestClient(app, base_url="http://test", headers=headers, raise_server_exceptions=False) as site:
        yield site


@pytest.fixture(scope="session")
def site(served: str) -> Iterator[TestClient]:
    with open_site(served) as site:
        yield site


@pytest.fixture(scope="session")
def hostile_name(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A database whose texts and names of files hold script, marks of direction, formulas."""
    folder = tmp_path_factory.mktemp("hostile")
    (folder / "in").mkdir()
    (folder / "in" / "2024-05-01<b>x.txt").write_text(HOSTILE, "utf-8")
    (folder / "in" / "broken.pdf").write_bytes(b"%PDF-1.4 nothing")
    from extractor.batch import Options, run_batch
    from extractor.settings import Settings

    run_batch([str(folder / "in")], str(folder / "facts.db"), Settings(), Options())
    return str(folder / "facts.db")


@pytest.fixture(scope="session")
def hostile(hostile_name: str) -> Iterator[TestClient]:
    with open_site(hostile_name) as site:
        yield site


@pytest.fixture
def own(tmp_path: Path) -> str:
    """A database of one test's own, to write to."""
    name = str(tmp_path / "facts.db")
    fill(name, [str(next((ROOT / "corpora" / "pages").glob("2019*.txt")))])
    return name


@pytest.fixture
def own_site(own: str) -> Iterator[TestClient]:
    with open_site(own) as site:
        yield site


@pytest.fixture
def own_connection(own: str) -> Iterator[Connection]:
    with contextlib.closing(open_connection(own)) as connection:
        yield connection
