"""`govfacts serve`: the REST interface and the web page of a database."""

from __future__ import annotations

import argparse
import errno
import logging
import socket
import sys
from contextlib import suppress
from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING

from extractor.cli.main import OK
from extractor.errors import UsageError

if TYPE_CHECKING:
    from extractor.serve import ServeOptions

EXTRA = "pip install 'govfacts[serve]'"
OURS = ("extractor", "schemas")
BACKLOG = 2_048
KEEP = 75  # seconds that a connection may lie idle: longer than a proxy keeps it
LIMITS = {
    "max_body": "bytes of a posted text or file",
    "max_address": "characters of an address with its question",
    "max_requests": "requests at once, further ones are refused",
    "connections": "database connections at once, further requests wait for one",
    "extractions": "posted texts read at once",
}
SECONDS = {
    "query_seconds": "after which a question to the database is stopped",
    "slow_seconds": "after which a question is logged and counted as slow",
    "max_wait": "that a request waits for a database connection",
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.description = (
        "Serves a database over HTTP: the web page at /, the REST interface at /api/v1 (docs/api.md). It only reads, "
        "unless GOVFACTS_TOKEN or --token-file gives a token: who sends it may write verdicts on facts."
    )
    parser.add_argument("--db", metavar="DB", required=True, help="SQLite file or postgresql:// address")
    parser.add_argument("--host", default="127.0.0.1", help="address to listen at (default 127.0.0.1: this machine)")
    parser.add_argument("--port", type=int, default=8001, help="port to listen at (default 8001, 0 for a free one)")
    parser.add_argument("--lexicon", metavar="DIR", type=Path, help="folder of tables laid over ours")
    parser.add_argument("--token-file", metavar="FILE", type=Path, help="holds the token for writing")
    parser.add_argument(
        "--origin", metavar="SITE", action="append", default=[], help="site whose pages may read the answers (CORS)"
    )
    parser.add_argument("--log-requests", action="store_true", help="one line a request on standard error")
    group = parser.add_argument_group("limits")
    for name, what in LIMITS.items():
        group.add_argument(f"--{name.replace('_', '-')}", metavar="N", type=int, help=what)
    for name, what in SECONDS.items():
        group.add_argument(f"--{name.replace('_', '-')}", metavar="SECONDS", type=float, help=f"seconds {what}")


def run(arguments: argparse.Namespace) -> int:
    """Serves until it is stopped (Ctrl-C); exit status 0 then."""
    try:
        import uvicorn

        from extractor.serve import create_app
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] in OURS:
            raise
        raise UsageError(f"needs {error.name}: {EXTRA}") from error
    from extractor.settings import Settings

    folder: Path | None = arguments.lexicon
    if folder is not None and not folder.is_dir():
        raise UsageError(f"--lexicon {folder}: no such folder")
    app = create_app(arguments.db, Settings(lexicon=folder.resolve() if folder else None), to_options(arguments))
    logging.basicConfig(format="govfacts: %(message)s", level=logging.WARNING)
    with listen(arguments.host, arguments.port) as server:
        host, port = server.getsockname()[:2]
        print(f"govfacts: http://{f'[{host}]' if ':' in host else host}:{port}/", file=sys.stderr, flush=True)
        config = uvicorn.Config(
            app,
            log_level="info" if arguments.log_requests else "error",
            access_log=arguments.log_requests,
            server_header=False,
            timeout_keep_alive=KEEP,
            timeout_graceful_shutdown=10,
        )
        with suppress(KeyboardInterrupt):  # it has ended what was begun
            uvicorn.Server(config).run(sockets=[server])
    return OK


def to_options(arguments: argparse.Namespace) -> ServeOptions:
    """What the options allow. Raises UsageError."""
    from extractor.serve import ServeOptions
    from extractor.serve.token import read_token

    given = vars(arguments)
    values = {name: given[name] for name in (*LIMITS, *SECONDS) if given[name] is not None}
    for name, value in values.items():
        if not value > 0:
            raise UsageError(f"--{name.replace('_', '-')} {value}: expected more than 0")
    known = {field.name for field in fields(ServeOptions)}
    assert known >= set(values)
    return ServeOptions(token=read_token(arguments.token_file), origins=tuple(arguments.origin), **values)


def listen(host: str, port: int) -> socket.socket:
    """A socket that listens. Raises UsageError on an address that is none or is taken."""
    if not 0 <= port < 65_536:
        raise UsageError(f"--port {port}: expected 0 to 65535")
    try:
        family, _, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0]
    except (OSError, UnicodeError) as error:
        raise UsageError(f"--host {host}: {getattr(error, 'strerror', None) or error}") from error
    server = socket.socket(family)
    server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        server.bind(address)
        server.listen(BACKLOG)
    except OSError as error:
        server.close()
        if error.errno == errno.EADDRINUSE:
            raise UsageError(f"--port {port}: another program listens at {host}:{port}; give another --port") from error
        raise UsageError(f"--host {host} --port {port}: {error.strerror}") from error
    server.set_inheritable(True)
    return server
