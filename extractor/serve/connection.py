"""Database connections of requests: a pool of readers, each request in one snapshot, slow questions stopped."""

from __future__ import annotations

import asyncio
import logging
import os
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Annotated, NamedTuple

import anyio
from anyio.to_thread import run_sync
from fastapi import Depends, Request

from extractor.errors import StoreError
from extractor.serve.option import ServeOptions
from extractor.serve.problem import BusyError, SlowError, to_address
from extractor.store import Connection, check_current, open_connection
from extractor.store.connection import is_url

LOG = logging.getLogger("govfacts.serve")
AGAIN = 0.1  # seconds until a question that began between two interrupts is stopped


class Held(NamedTuple):
    """An open connection, and which file it is to; None for a server."""

    connection: Connection
    file: tuple[int, int] | None


class Pool:
    """Connections to read with; `take` gives one in a snapshot of its own."""

    def __init__(self, db: str, options: ServeOptions) -> None:
        self.db, self.options = db, options
        self._free: list[Held] = []
        self._places = anyio.Semaphore(options.connections)
        self._interrupts = anyio.CapacityLimiter(4)

    @asynccontextmanager
    async def take(self) -> AsyncIterator[Connection]:
        """A connection for one request. Raises BusyError, SlowError, StoreError."""
        try:
            with anyio.fail_after(self.options.max_wait):
                await self._places.acquire()
        except TimeoutError as error:
            raise BusyError(f"no connection was free for {self.options.max_wait:g} seconds") from error
        try:
            held = await run_sync(self._begin)
            stopped = asyncio.Event()
            watch = asyncio.create_task(self._watch(held.connection, stopped))
            try:
                yield held.connection
            except StoreError as error:
                if is_interrupted(error):
                    raise SlowError(f"took longer than {self.options.query_seconds:g} seconds") from error
                raise
            finally:
                watch.cancel()
                with suppress(asyncio.CancelledError):
                    await watch
                await run_sync(self._end, held, stopped.is_set())
        finally:
            self._places.release()

    def open(self) -> Connection:
        """A new connection; StoreError where the database is missing or not current."""
        if is_url(self.db):
            from extractor.store.postgres import PostgresConnection

            milliseconds = max(1, int(self.options.query_seconds * 1000))
            connection: Connection = PostgresConnection(self.db, statement_timeout=milliseconds)
        else:
            connection = open_connection(self.db)
        try:
            check_current(connection)
        except StoreError:
            connection.close()
            raise
        return connection

    def close(self) -> None:
        """Ends the free connections."""
        while self._free:
            self._free.pop().connection.close()

    def _begin(self) -> Held:
        file = self._find_file()
        while self._free:
            held = self._free.pop()
            if held.file == file:
                with suppress(StoreError):  # the server may have gone away while it was free
                    _start_snapshot(held.connection)
                    return held
            held.connection.close()
        connection = self.open()
        _start_snapshot(connection)
        return Held(connection, file)

    def _find_file(self) -> tuple[int, int] | None:
        """Which file bears the name now: another one may have taken its place."""
        try:
            state = os.stat(self.db)  # noqa: PTH116
        except OSError:
            return None
        return state.st_dev, state.st_ino

    def _end(self, held: Held, stopped: bool) -> None:
        """A connection whose question was stopped is not used again: the stop may reach the server late."""
        with suppress(StoreError):
            held.connection.execute("ROLLBACK")
            if not stopped:
                self._free.append(held)
                return
        held.connection.close()

    async def _watch(self, connection: Connection, stopped: asyncio.Event) -> None:
        await asyncio.sleep(self.options.query_seconds)
        stopped.set()
        while True:
            with suppress(StoreError):
                await run_sync(connection.interrupt, limiter=self._interrupts)
            await asyncio.sleep(AGAIN)


def _start_snapshot(connection: Connection) -> None:
    postgres = connection.dialect == "postgres"
    connection.execute("BEGIN ISOLATION LEVEL REPEATABLE READ" if postgres else "BEGIN")


def is_interrupted(error: StoreError) -> bool:
    """Whether a question was stopped, not refused."""
    cause = error.__cause__
    return type(cause).__name__ == "QueryCanceled" or getattr(cause, "sqlite_errorname", "") == "SQLITE_INTERRUPT"


async def open_reader(request: Request) -> AsyncIterator[Connection]:
    """A connection for the request, as a dependency."""
    pool: Pool = request.app.state.pool
    async with pool.take() as connection:
        begin = time.monotonic()
        try:
            yield connection
        finally:
            seconds = time.monotonic() - begin
            if seconds > pool.options.slow_seconds:
                request.app.state.metrics.count_slow(request.scope)
                LOG.warning("slow: %.1f seconds for %s", seconds, to_address(request.scope["path"]))


# Given back before the answer is sent: a client that reads slowly holds none.
Reader = Annotated[Connection, Depends(open_reader, scope="function")]
