"""Answers of a real server to many readers, alone and while an import writes, beside what one reader waits for.

usage: scripts/bench serve [FACTS] [--db DB] [--readers N] [--seconds S]     (default: 200,000 facts in a temporary
                                                                             file, 200 readers, 20 seconds a part)

An existing DB is asked and written to as it is. `all at once`: each reader asks again as soon as it has an answer, so
each waits for the answers to all others; `paced`: each reads on for as long as keeps the server half busy.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import re
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median, quantiles

import httpx2
from rich.console import Console
from rich.table import Table

sys.path.insert(0, str(Path(__file__).resolve().parent))
from archive_generator import write_archive
from bench_search import make_database

COMMAND = str(Path(sys.executable).with_name("govfacts"))
CHARACTERS = 4_000_000  # of the import; more than a part takes
BUSY = 0.5
ADDRESSES = (
    "facts?text=扶贫资金",
    "facts?text=农村公路&kind=measure&sort=value",
    "facts?place=山东省&kind=money&limit=50",
    "facts?min=1亿元&sort=value",
    "facts?from=2010&to=2012-06",
    "facts?indicator=粮食产量",
    "articles?limit=20",
    "articles?newspaper=东山日报&from=2020",
    "places?parent=山东省",
    "programs?place=湖北省&limit=10",
    "facets?place=河北省&facet=year&facet=kind",
    "aggregates?place=安徽省&kind=money&by=year",
    "suggest?field=place&prefix=金",
)


@dataclass
class Part:
    """What readers saw: seconds of each answer, and how many had which status."""

    seconds: list[float] = field(default_factory=list)
    statuses: Counter[str] = field(default_factory=Counter)
    begin: float = 0.0
    end: float = 0.0

    @property
    def rate(self) -> float:
        return len(self.seconds) / (self.end - self.begin)

    @property
    def errors(self) -> int:
        return sum(number for status, number in self.statuses.items() if status != "200")


@contextlib.contextmanager
def run_server(name: str) -> Iterator[str]:
    """The address of a server of its own."""
    command = [COMMAND, "serve", "--db", name, "--port", "0", "--slow-seconds", "3600"]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    assert process.stderr is not None
    line = process.stderr.readline()
    found = re.search(r"http://\S+", line)
    if found is None:
        raise SystemExit(line + process.stderr.read())
    try:
        yield found[0]
    finally:
        process.send_signal(signal.SIGINT)
        process.wait()


async def read(client: httpx2.AsyncClient, part: Part, number: int, until: float, pause: float) -> None:
    """Asks one question after the other, those of other readers shifted."""
    await asyncio.sleep(pause * (number % 97) / 97)
    while time.monotonic() < until:
        begin = time.perf_counter()
        try:
            answer = await client.get(f"api/v1/{ADDRESSES[number % len(ADDRESSES)]}")
            part.statuses[str(answer.status_code)] += 1
        except httpx2.HTTPError as error:
            part.statuses[type(error).__name__] += 1
        part.seconds.append(time.perf_counter() - begin)
        number += 7
        await asyncio.sleep(pause)


async def measure(url: str, readers: int, seconds: float, pause: float = 0.0) -> Part:
    """So many readers for so long."""
    part = Part(begin=time.monotonic())
    limits = httpx2.Limits(max_connections=readers, max_keepalive_connections=readers)
    async with httpx2.AsyncClient(base_url=url, limits=limits, timeout=300) as client:
        until = part.begin + seconds
        await asyncio.gather(*(read(client, part, number, until, pause) for number in range(readers)))
    part.end = time.monotonic()
    return part


@contextlib.contextmanager
def run_import(name: str, folder: Path) -> Iterator[subprocess.Popen[bytes]]:
    """An import that goes on until it is stopped."""
    process = subprocess.Popen([COMMAND, "run", str(folder), "--db", name, "--workers", "1", "--quiet"])
    try:
        yield process
    finally:
        process.send_signal(signal.SIGINT)
        process.wait()


def bench(name: str, folder: Path, readers: int, seconds: float, console: Console) -> int:
    """Prints the table; how many answers were errors."""
    parts: dict[str, Part] = {}
    with run_server(name) as url:
        asyncio.run(measure(url, 1, seconds / 4))  # warms the caches
        parts["one reader, idle"] = asyncio.run(measure(url, 1, seconds))
        parts[f"{readers} readers, all at once"] = full = asyncio.run(measure(url, readers, seconds))
        pause = readers / (full.rate * BUSY)
        parts[f"{readers} readers, paced"] = asyncio.run(measure(url, readers, seconds, pause))
        with run_import(name, folder) as process:
            parts[f"{readers} readers, all at once, import"] = asyncio.run(measure(url, readers, seconds))
            parts[f"{readers} readers, paced, import"] = asyncio.run(measure(url, readers, seconds, pause))
            if process.poll() is not None:
                console.print("the import ended before the readers: give fewer --seconds")
    idle = median(parts["one reader, idle"].seconds)
    table = Table("readers", "answers", "answers/s", "median ms", "p99 ms", "p99 / idle median", "errors")
    for label, part in parts.items():
        last = quantiles(part.seconds, n=100)[98]
        row = (f"{len(part.seconds):,}", f"{part.rate:,.0f}", f"{median(part.seconds) * 1000:,.1f}")
        table.add_row(label, *row, f"{last * 1000:,.1f}", f"{last / idle:,.1f}", str(part.errors))
    console.print(table)
    return sum(part.errors for part in parts.values())


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="scripts/bench serve", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("facts", nargs="?", type=int, default=200_000)
    parser.add_argument("--db", help="SQLite file or postgresql:// address")
    parser.add_argument("--readers", type=int, default=200)
    parser.add_argument("--seconds", type=float, default=20)
    arguments = parser.parse_args(argv)
    console = Console()
    with tempfile.TemporaryDirectory() as place:
        name = arguments.db or str(Path(place) / "facts.db")
        if arguments.db is None:
            make_database(name, arguments.facts)
        write_archive(Path(place) / "in", CHARACTERS)
        errors = bench(name, Path(place) / "in", arguments.readers, arguments.seconds, console)
    return 1 if errors else 0


if __name__ == "__main__":
    sys.exit(main())
