"""Databases of the sample pages, and of a few texts of our own, on SQLite and on PostgreSQL."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from extractor.batch import Options, run_batch
from extractor.settings import Settings
from extractor.store import Connection, open_connection
from postgres_server import postgres_server
from search.brute import Row, read_rows
from support import ROOT

__all__ = ["postgres_server"]
DIALECTS = ("sqlite", "postgres")
# File names tell the dates.
TEXTS = {
    "1985-06-01.txt": "即墨县新修水渠12公里\n\n    即墨县今年新修水渠12公里，投资30万元，培训农民600名。\n",
    "1995-06-01.txt": "即墨市新修水渠24公里\n\n    即墨市今年新修水渠24公里，投资300万元，植树9公顷。\n",
    "2020-06-01.txt": "即墨区新修水渠36公里\n\n    即墨区温泉街道今年新修水渠36公里，投资3000万元，植树120亩。\n",
    "1951-06-01.txt": "国营农场\n\n    金乡县国营农场今年投资5000万元，开荒1200亩。\n",
    "2021-06-01.txt": "石料厂\n\n    金乡县石料厂去年完成产值5200元，缴税1.5%，退税-=+@公式各3件。\n",
}


@pytest.fixture(scope="session", params=DIALECTS)
def dialect(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@contextlib.contextmanager
def make_name(dialect: str, folder: Path, request: pytest.FixtureRequest) -> Iterator[str]:
    if dialect == "sqlite":
        yield str(folder / "facts.db")
        return
    with request.getfixturevalue("postgres_server").make_schema() as url:
        yield url


def fill(name: str, inputs: list[str]) -> None:
    assert not run_batch(inputs, name, Settings(), Options()).failures


@pytest.fixture(scope="session")
def pages(dialect: str, tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Iterator[str]:
    """What --db names: the sample pages."""
    with make_name(dialect, tmp_path_factory.mktemp("pages"), request) as name:
        fill(name, [str(ROOT / "corpora" / "pages")])
        yield name


@pytest.fixture(scope="session")
def connection(pages: str) -> Iterator[Connection]:
    """The sample pages, to be read."""
    with contextlib.closing(open_connection(pages)) as connection:
        yield connection


@pytest.fixture(scope="session")
def rows(connection: Connection) -> list[Row]:
    """All facts of the sample pages."""
    return read_rows(connection)


@pytest.fixture(scope="session")
def few(dialect: str, tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Iterator[Connection]:
    """Texts of our own: one county under three names, old yuan, units of all sizes."""
    folder = tmp_path_factory.mktemp("few")
    (folder / "in").mkdir()
    for file, text in TEXTS.items():
        (folder / "in" / file).write_text(text, "utf-8")
    with make_name(dialect, folder, request) as name:
        fill(name, [str(folder / "in")])
        with contextlib.closing(open_connection(name)) as connection:
            yield connection
