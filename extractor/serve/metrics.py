"""What a Prometheus server reads: requests, their time, slow questions, the size of the database."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from pathlib import Path

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_LATEST
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from extractor.serve.route import OTHER, to_route
from extractor.store import Connection
from extractor.store.sqlite import SqliteConnection

MEDIA = CONTENT_TYPE_LATEST
BUCKETS = (0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 30)
TABLES = ("document", "article", "fact", "failure", "run")


class Metrics:
    """The figures of one app."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.requests = Counter(
            "govfacts_requests", "Requests answered", ("method", "route", "status"), registry=self.registry
        )
        self.seconds = Histogram(
            "govfacts_request_seconds", "Seconds to answer", ("route",), registry=self.registry, buckets=BUCKETS
        )
        self.running = Gauge("govfacts_requests_running", "Requests being answered", registry=self.registry)
        self.slow = Counter(
            "govfacts_slow_questions", "Requests that held the database for long", ("route",), registry=self.registry
        )
        self.rows = Gauge("govfacts_database_rows", "Rows of a table", ("table",), registry=self.registry)
        self.bytes = Gauge("govfacts_database_bytes", "Size of the database", registry=self.registry)
        self._state: str | None = None
        self._lock = threading.Lock()

    def count_slow(self, scope: Scope) -> None:
        """Notes a request that held a connection for long."""
        self.slow.labels(to_route(scope)).inc()

    def read(self, connection: Connection, state: str) -> bytes:
        """All figures as Prometheus reads them; those of the database are counted once a state."""
        with self._lock:
            if state != self._state:
                for table, number in count_rows(connection):
                    self.rows.labels(table).set(number)
                self.bytes.set(read_bytes(connection))
                self._state = state
        return generate_latest(self.registry)


def count_rows(connection: Connection) -> Iterator[tuple[str, int]]:
    """Rows by table."""
    for table in TABLES:
        ((number,),) = connection.query(f"SELECT count(*) FROM {table}")
        yield table, int(number)


def read_bytes(connection: Connection) -> int:
    """Bytes that the database takes."""
    if isinstance(connection, SqliteConnection):
        files = (connection.path, Path(f"{connection.path}-wal"))
        return sum(file.stat().st_size for file in files if file.exists())
    ((number,),) = connection.query("SELECT pg_database_size(current_database())")
    return int(number)


class MetricsMiddleware:
    """Counts and times every request."""

    def __init__(self, app: ASGIApp, metrics: Metrics) -> None:
        self.app, self.metrics = app, metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        status, begin = 500, time.perf_counter()

        async def send_noted(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        self.metrics.running.inc()
        try:
            await self.app(scope, receive, send_noted)
        finally:
            self.metrics.running.dec()
            method = scope["method"] if scope["method"] in METHODS else OTHER
            self.metrics.requests.labels(method, to_route(scope), str(status)).inc()
            self.metrics.seconds.labels(to_route(scope)).observe(time.perf_counter() - begin)


METHODS = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}
