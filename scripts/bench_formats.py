"""One text file of any size in a tar.gz, streamed through all stages: speed, and memory that does not grow.

usage: scripts/bench formats [BYTES] [--read] [--part N]

The default is 1,000,000,000 bytes: an hour of one core; --read, which stops behind the splitting into articles, takes
seven minutes. --part: characters of a part (settings.part_characters).
"""

from __future__ import annotations

import argparse
import io
import random
import sys
import tarfile
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from rich.console import Console
from rich.table import Table

sys.path.insert(0, str(Path(__file__).resolve().parent))
from archive_generator import make_page

BYTES = 1_000_000_000
PAGES = 200  # different pages; the file repeats them in another order each time
QUIET = (
    "　　会议指出，各地要把这项工作放在重要位置，认真总结经验，加强领导，密切配合，把各项任务落到实处，让群众满意。\n"
)
SHARE = 3  # paragraphs without figures for one page's tenth of them, as on ordinary pages


class Sample(NamedTuple):
    """Bytes read so far and the memory held after them, KiB."""

    at: int
    memory: int


class Pages(io.RawIOBase):
    """A text of `size` bytes, made while it is read."""

    def __init__(self, size: int) -> None:
        self._left = size
        self._held = b""
        self._pages = _make_pages()

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray) -> int:  # type: ignore[override]
        while len(self._held) < len(buffer) and len(self._held) < self._left:
            self._held += next(self._pages)
        count = min(len(buffer), self._left, len(self._held))
        buffer[:count] = self._held[:count]
        self._held = self._held[count:]
        self._left -= count
        return count


def _make_pages() -> Iterator[bytes]:
    rng = random.Random(8)
    pages = [make_page(rng).encode() for _ in range(PAGES)]
    quiet = (QUIET * SHARE).encode()
    while True:
        for page in rng.sample(pages, len(pages)):
            yield page.replace(b"\n\n", b"\n" + quiet + b"\n\n")


def write_archive(path: Path, size: int) -> None:
    """A tar.gz with one text of `size` bytes, the last character whole."""
    info = tarfile.TarInfo("text.txt")
    info.size = size
    with tarfile.open(path, "w:gz", compresslevel=1) as archive:
        archive.addfile(info, io.BufferedReader(Pages(size), 1 << 20))


def read_memory() -> int:
    """KiB of this process that are in memory now."""
    status = Path("/proc/self/status")
    if status.is_file():
        return next(int(line.split()[1]) for line in status.read_text().splitlines() if line.startswith("VmRSS"))
    import resource

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak // 1024 if sys.platform == "darwin" else peak


def measure(path: Path, part: int, *, whole: bool) -> tuple[list[Sample], int, int]:
    """Memory by part; characters and facts of the file."""
    from extractor.article import split_articles
    from extractor.page import split_page
    from extractor.pipeline import read_articles
    from extractor.read import find_inputs, read_source
    from extractor.record import to_records
    from extractor.settings import Settings
    from schemas import FactRecord

    settings = Settings(errors="replace", part_characters=part)
    samples, characters, facts, at = [Sample(0, read_memory())], 0, 0, 0
    for item in find_inputs([str(path)], settings):
        source = read_source(item, settings)
        characters += len(source.text)
        at += source.bytes
        if whole:
            facts += sum(
                isinstance(record, FactRecord) for record in to_records(source, read_articles(source, settings))
            )
        else:
            split_articles(source, split_page(source))
        samples.append(Sample(at, read_memory()))
    return samples, characters, facts


def find_ratio(samples: list[Sample]) -> tuple[int, int, float]:
    """Highest memory of the first and of the last quarter of the file, and the last's share of the first's."""
    size = samples[-1].at
    first = max(sample.memory for sample in samples[1:] if sample.at <= max(size / 4, samples[1].at))
    last = max(sample.memory for sample in samples if sample.at > size * 3 / 4)
    return first, last, last / first


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="scripts/bench formats")
    parser.add_argument("bytes", nargs="?", type=int, default=BYTES)
    parser.add_argument("--read", action="store_true", help="read, split into articles, and no more")
    parser.add_argument("--part", type=int, default=4_000_000, help="characters of a part")
    chosen = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "text.tar.gz"
        write_archive(path, chosen.bytes)
        packed = path.stat().st_size
        begin = time.perf_counter()
        samples, characters, facts = measure(path, chosen.part, whole=not chosen.read)
        seconds = time.perf_counter() - begin
    first, last, ratio = find_ratio(samples)
    table = Table("one text in a tar.gz", "")
    table.add_row("bytes, packed", f"{chosen.bytes:,}, {packed:,}")
    table.add_row("parts", f"{len(samples) - 1:,}")
    table.add_row("characters, facts", f"{characters:,}, {facts:,}")
    table.add_row("characters a second", f"{characters / seconds:,.0f}")
    table.add_row("memory, first quarter", f"{first / 1024:,.0f} MiB")
    table.add_row("memory, last quarter", f"{last / 1024:,.0f} MiB")
    table.add_row("last / first", f"{ratio:.3f}")
    Console().print(table)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
