"""Writing, one request after the other, on a connection of its own."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from typing import TypeVar

from anyio.to_thread import run_sync
from fastapi import FastAPI

from extractor.store import Connection, check_current, open_connection

Result = TypeVar("Result")


async def write(app: FastAPI, work: Callable[[Connection], Result]) -> Result:
    """What `work` gives. It waits for a running import between two of its transactions. Raises StoreError."""

    def do() -> Result:
        with closing(open_connection(app.state.db, write=True)) as connection:
            check_current(connection)
            return work(connection)

    result: Result = await run_sync(do, limiter=app.state.writing)
    return result
