"""Answers that a client holds already: the state of the database and the question as an entity tag."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import Annotated

from fastapi import Depends, FastAPI, Request, Response

from extractor.serve.connection import Reader
from extractor.store import Connection
from extractor.store.sqlite import SqliteConnection
from extractor.version import VERSION, lexicon_digest

HEAD = 136  # bytes of the log's index that change with every commit


class UnchangedError(Exception):
    """The client holds the answer."""

    def __init__(self, tag: str) -> None:
        super().__init__(tag)
        self.tag = tag


def read_state(connection: Connection) -> str:
    """What changes with every commit; read before the first question of a snapshot, so that no answer is older than
    its state."""
    if isinstance(connection, SqliteConnection):
        return read_files(connection.path)
    ((snapshot,),) = connection.query("SELECT CAST(txid_current_snapshot() AS TEXT)")
    return str(snapshot)


def read_files(path: Path) -> str:
    """Of a SQLite database: the times and sizes of its files, and the head of the log's index, which counts commits."""
    parts: list[object] = []
    for name in (path, path.with_name(f"{path.name}-wal")):
        try:
            state = os.stat(name)  # noqa: PTH116
            parts += [state.st_dev, state.st_ino, state.st_mtime_ns, state.st_size]
        except FileNotFoundError:
            parts.append(None)
    try:
        with path.with_name(f"{path.name}-shm").open("rb") as file:
            parts.append(file.read(HEAD).hex())
    except FileNotFoundError:
        parts.append(None)
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:16]


def check_fresh(request: Request, response: Response, reader: Reader) -> str:
    """The state; UnchangedError where the client has the answer to its question in this state."""
    state = read_state(reader)
    settings = request.app.state.settings
    asked = (request.scope["path"], request.scope["query_string"])
    parts = (VERSION, lexicon_digest(settings.lexicon), state, *asked)
    tag = f'W/"{hashlib.sha256(repr(parts).encode()).hexdigest()[:24]}"'
    if matches(request.headers.get("if-none-match", ""), tag):
        raise UnchangedError(tag)
    response.headers.update(to_headers(tag))
    return state


def matches(asked: str, tag: str) -> bool:
    """Whether a list of entity tags names this one; weakly, as for reading. A `*` names none: whether there is an
    answer at all is not known before it is made."""
    return tag.removeprefix("W/") in {name.strip().removeprefix("W/") for name in asked.split(",")}


def to_headers(tag: str) -> dict[str, str]:
    """A client may keep the answer and must ask each time whether it still holds."""
    return {"ETag": tag, "Cache-Control": "private, no-cache"}


async def on_unchanged(_: Request, error: Exception) -> Response:
    assert isinstance(error, UnchangedError)
    return Response(status_code=304, headers=to_headers(error.tag))


def add_handler(app: FastAPI) -> None:
    """Unchanged answers become 304."""
    app.add_exception_handler(UnchangedError, on_unchanged)


State = Annotated[str, Depends(check_fresh, scope="function")]
