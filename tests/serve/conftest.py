"""An app over the sample pages and some texts of our own, on SQLite and on PostgreSQL."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from extractor.serve import ServeOptions, create_app
from extractor.store import Connection, open_connection
from postgres_server import postgres_server
from search.conftest import TEXTS, dialect, fill, make_name
from support import ROOT

__all__ = ["dialect", "postgres_server"]
API = "/api/v1"
TOKEN = "correct-horse-battery-staple"


@pytest.fixture(scope="session")
def served(dialect: str, tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Iterator[str]:
    """What --db names: the sample pages, and one county under three names."""
    folder = tmp_path_factory.mktemp("served")
    (folder / "in").mkdir()
    for file, text in TEXTS.items():
        (folder / "in" / file).write_text(text, "utf-8")
    with make_name(dialect, folder, request) as name:
        fill(name, [str(ROOT / "corpora" / "pages"), str(folder / "in")])
        yield name


@pytest.fixture(scope="session")
def client(served: str) -> Iterator[TestClient]:
    """A client of an app that only reads."""
    with TestClient(create_app(served), base_url="http://test" + API, raise_server_exceptions=False) as client:
        yield client


@pytest.fixture(scope="session")
def connection(served: str) -> Iterator[Connection]:
    """The same database, to compare with."""
    with contextlib.closing(open_connection(served)) as connection:
        yield connection


@contextlib.contextmanager
def open_client(name: str, **options: object) -> Iterator[TestClient]:
    """A client of an app with other options."""
    app = create_app(name, None, ServeOptions(**options))  # type: ignore[arg-type]
    with TestClient(app, base_url="http://test" + API, raise_server_exceptions=False) as client:
        yield client
