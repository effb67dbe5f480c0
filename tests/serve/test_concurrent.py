"""Two hundred readers of a real server while an import runs."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import subprocess
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest

from extractor.errors import StoreError
from extractor.store import open_connection
from search.conftest import TEXTS, fill, make_name
from serve.conftest import API, TOKEN
from serve.server import COMMAND, run_server
from support import ROOT, run_govfacts

READERS = 200
DOCUMENTS = 40
ADDRESSES = (
    "/facts?text=水渠",
    "/facts?kind=money&sort=value",
    "/facts?place=即墨&limit=5",
    "/articles?limit=5",
    "/places",
    "/programs",
    "/facets?facet=year",
    "/aggregates?by=year",
    "/suggest?field=place&prefix=即",
    "/health/ready",
)


@pytest.fixture
def name(dialect: str, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[str]:
    with make_name(dialect, tmp_path, request) as name:
        fill(name, [str(ROOT / "corpora" / "pages")])
        yield name


def write_documents(folder: Path) -> list[Path]:
    folder.mkdir()
    paths = []
    for number in range(DOCUMENTS):
        paths.append(folder / f"{1980 + number}-03-02.txt")
        paths[-1].write_text("".join(TEXTS.values()).replace("12公里", f"{number + 7}公里"), "utf-8")
    return paths


async def read(client: httpx2.AsyncClient, reader: int, stop: asyncio.Event, seen: Counter[int]) -> None:
    """Asks until the import has ended, and at least three times."""
    asked = 0
    while asked < 3 or not stop.is_set():
        answer = await client.get(API + ADDRESSES[(reader + asked) % len(ADDRESSES)])
        assert answer.status_code == 200, answer.text
        seen[answer.status_code] += 1
        asked += 1


def is_held(name: str) -> bool:
    """Whether a bulk writer holds the database."""
    with contextlib.closing(open_connection(name, write=True)) as connection:
        try:
            with connection.lock():
                return False
        except StoreError as error:
            return "another govfacts run" in str(error)


def start_import(name: str) -> subprocess.Popen[bytes]:
    """A run that holds the database and waits for the names of its inputs."""
    command = [COMMAND, "run", "--files-from", "-", "--db", name, "--workers", "1", "--quiet"]
    writer = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    for _ in range(600):
        if is_held(name):
            return writer
        assert writer.poll() is None
        time.sleep(0.1)
    raise AssertionError("it did not begin")


async def read_during_import(
    url: str, writer: subprocess.Popen[bytes], paths: list[Path], fact: str
) -> tuple[Counter[int], httpx2.Response]:
    """The answers by status, and that to a verdict given meanwhile."""
    limits = httpx2.Limits(max_connections=READERS, max_keepalive_connections=READERS)
    stop, seen = asyncio.Event(), Counter[int]()
    async with httpx2.AsyncClient(base_url=url, limits=limits, timeout=120) as client:
        readers = [asyncio.create_task(read(client, number, stop, seen)) for number in range(READERS)]
        names = "".join(f"{path}\n" for path in paths).encode()
        importing = asyncio.create_task(asyncio.to_thread(writer.communicate, names, 240))
        verdict = {"action": "accept", "reviewer": "林溪"}
        allowed = {"Authorization": f"Bearer {TOKEN}"}
        judged = await client.post(f"{API}/facts/{fact}/review", json=verdict, headers=allowed)
        await importing
        stop.set()
        await asyncio.gather(*readers)
    return seen, judged


def test_readers_see_no_error_and_a_second_writer_is_told(name: str, tmp_path: Path) -> None:
    paths = write_documents(tmp_path / "in")
    with run_server(name, "--slow-seconds", "60", "--query-seconds", "60", token=TOKEN) as url:
        fact = httpx2.get(f"{url}{API}/facts?limit=1").json()["hits"][0]["fact"]["fact_id"]
        before = httpx2.get(f"{url}{API}/articles?limit=1").json()["total"]
        writer = start_import(name)
        second = run_govfacts("run", str(paths[0]), "--db", name)
        seen, judged = asyncio.run(read_during_import(url, writer, paths, fact))
        after = httpx2.get(f"{url}{API}/articles?limit=1").json()["total"]
        check_large(url)
        assert httpx2.get(f"{url}{API}/facts/{fact}/review").json() == judged.json()
    assert writer.returncode == 0 and judged.status_code == 200
    assert second.returncode == 1 and "another govfacts run" in second.stderr.decode()
    assert seen.total() >= 3 * READERS
    assert after > before


def check_large(url: str) -> None:
    """A question of ten megabytes is refused by whoever sees it first."""
    host, port = url.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=60) as stream:
        with contextlib.suppress(OSError):  # it may hang up before it has all of it
            stream.sendall(b"GET /api/v1/facts?text=" + b"x" * 10_000_000 + b" HTTP/1.1\r\nHost: x\r\n\r\n")
        first = b""
        with contextlib.suppress(OSError):
            first = stream.recv(100)
    assert first.startswith(b"HTTP/1.1 4") or not first
    assert httpx2.get(f"{url}{API}/health/live").status_code == 200
