"""Each test of the store runs on a SQLite file and on a schema of a PostgreSQL server."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from extractor.store import Connection, migrate, open_connection
from postgres_server import postgres_server

__all__ = ["postgres_server"]
DIALECTS = ("sqlite", "postgres")
Open = Callable[..., Connection]


@pytest.fixture(params=DIALECTS)
def name(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """What --db names: a new database without tables."""
    if request.param == "sqlite":
        yield str(tmp_path / "facts.db")
        return
    with request.getfixturevalue("postgres_server").make_schema() as url:
        yield url


@pytest.fixture
def connect() -> Iterator[Open]:
    """Opens databases that are closed when the test ends."""
    with contextlib.ExitStack() as stack:

        def open_one(name: str | Path, *, write: bool = False, create: bool = False) -> Connection:
            connection = open_connection(name, write=write, create=create)
            stack.callback(connection.close)
            return connection

        yield open_one


@pytest.fixture
def empty(name: str, connect: Open) -> Connection:
    """A database without tables, open for writing."""
    return connect(name, write=True, create=True)


@pytest.fixture
def database(empty: Connection) -> Connection:
    """A database with our tables, open for writing."""
    migrate(empty)
    return empty
