"""What a server allows."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ServeOptions:
    """Limits and rights of a server.

    - `token`: what writers must send as `Authorization: Bearer`; None: nothing is written.
    - `origins`: sites whose pages may read the answers (CORS); none by default, ("*",) for all.
    - `max_body`: bytes of a request's body. `max_address`: characters of its path and query.
    - `max_requests`: requests at once, further ones are refused. `connections`: database connections at once, further
      requests wait `max_wait` seconds for one.
    - `query_seconds`: after them a question to the database is stopped. `slow_seconds`: those over it are counted as
      slow and logged.
    - `extractions`: texts read at once.
    """

    token: str | None = None
    origins: tuple[str, ...] = ()
    max_body: int = 2_000_000
    max_address: int = 16_000
    max_requests: int = 1_000
    connections: int = 8
    max_wait: float = 30.0
    query_seconds: float = 10.0
    slow_seconds: float = 1.0
    extractions: int = 1
