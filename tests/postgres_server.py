"""A real PostgreSQL server for the tests: Debian's binaries on a free port of the loopback, in a temporary folder."""

from __future__ import annotations

import contextlib
import os
import pwd
import re
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from urllib.parse import quote

import psycopg
import pytest

PASSWORD = "s@lt: 50%/x?"  # all that an address must encode
SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "fsync": "off",
    "full_page_writes": "off",
    "shared_buffers": "32MB",
    "max_parallel_workers_per_gather": "0",
    "log_min_messages": "fatal",
}
_schemas = count(1)


class Server:
    """A server that runs; addresses of schemas and databases on it."""

    def __init__(self, port: int) -> None:
        self.port = port

    def to_url(self, database: str = "postgres", schema: str | None = None) -> str:
        path = f"?options={quote(f'-csearch_path={schema}', safe='')}" if schema else ""
        return f"postgresql://govfacts:{quote(PASSWORD, safe='')}@127.0.0.1:{self.port}/{database}{path}"

    def run(self, sql: str, database: str = "postgres") -> list[tuple[object, ...]]:
        """As the owner; the rows where there are any."""
        with psycopg.connect(self.to_url(database), autocommit=True) as connection:
            cursor = connection.execute(sql.encode())
            return cursor.fetchall() if cursor.description else []

    @contextlib.contextmanager
    def make_schema(self) -> Iterator[str]:
        """The address of a new, empty schema."""
        schema = f"test_{next(_schemas)}"
        self.run(f"CREATE SCHEMA {schema}")
        yield self.to_url(schema=schema)
        self.run(f"DROP SCHEMA {schema} CASCADE")


def find_binaries() -> Path | None:
    """Debian's newest release, else what is on the search path."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    other = shutil.which("initdb")
    return found[-1].parent if found else Path(other).resolve().parent if other else None


def run_as_owner() -> dict[str, object]:
    """For subprocess: the server refuses to run as root."""
    if os.geteuid() != 0:
        return {}
    nobody = pwd.getpwnam("nobody")
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[Server]:
    binaries = find_binaries()
    if binaries is None:
        pytest.skip("no PostgreSQL server here: apt-get install postgresql")
    with tempfile.TemporaryDirectory(prefix="govfacts-postgres-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        secret = folder / "password"
        secret.write_text(PASSWORD, "utf-8")
        if os.geteuid() == 0:
            nobody = pwd.getpwnam("nobody")
            for path in (folder, secret):
                os.chown(path, nobody.pw_uid, nobody.pw_gid)
        with run_server(binaries, folder, secret) as server:
            yield server


@contextlib.contextmanager
def run_server(binaries: Path, folder: Path, secret: Path) -> Iterator[Server]:
    data = folder / "data"
    command = [str(binaries / "initdb"), "-D", str(data), "-U", "govfacts", "-E", "UTF8", "--locale=C", "--no-sync"]
    command += ["-A", "scram-sha-256", f"--pwfile={secret}"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, **run_as_owner())  # type: ignore[call-overload]
    assert done.returncode == 0, done.stdout + done.stderr
    process, port = start_server(binaries, folder)
    try:
        yield Server(port)
    finally:
        process.send_signal(signal.SIGINT)  # a fast shutdown
        process.wait(60)


def start_server(binaries: Path, folder: Path) -> tuple[subprocess.Popen[bytes], int]:
    """The process and its port; another process may take a free port before the server does, so it is tried again."""
    log = folder / "log"
    for _ in range(5):
        port = find_free_port()
        command = [str(binaries / "postgres"), "-D", str(folder / "data"), "-p", str(port)]
        command += [part for name, value in SETTINGS.items() for part in ("-c", f"{name}={value}")]
        with log.open("wb") as output:
            process: subprocess.Popen[bytes] = subprocess.Popen(  # type: ignore[call-overload]
                command, cwd=folder, stdout=output, stderr=output, **run_as_owner()
            )
        if wait_for(process, Server(port)):
            return process, port
    raise AssertionError(log.read_text("utf-8", errors="replace"))


def find_free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(process: subprocess.Popen[bytes], server: Server) -> bool:
    """Whether the server takes connections before it ends."""
    for _ in range(600):
        if process.poll() is not None:
            return False
        with contextlib.suppress(psycopg.OperationalError):
            return bool(re.match("PostgreSQL", str(server.run("SELECT version()")[0][0])))
        time.sleep(0.1)
    process.kill()
    process.wait()
    return False
