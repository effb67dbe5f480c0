"""Each test of reviews runs on a SQLite file and on a schema of a PostgreSQL server."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from postgres_server import postgres_server
from review.desk import Desk

__all__ = ["postgres_server"]


@pytest.fixture(params=("sqlite", "postgres"))
def desk(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Desk]:
    """A database of three documents of our own, open for verdicts."""
    with make_name(str(request.param), tmp_path, request) as name, contextlib.closing(Desk(name, tmp_path)) as desk:
        desk.write()
        desk.run()
        yield desk


@contextlib.contextmanager
def make_name(dialect: str, folder: Path, request: pytest.FixtureRequest) -> Iterator[str]:
    if dialect == "sqlite":
        yield str(folder / "facts.db")
        return
    with request.getfixturevalue("postgres_server").make_schema() as url:
        yield url
