"""An archive into a database: characters a second, memory, size, what resuming costs, what a second worker brings.

usage: scripts/bench archive [CHARACTERS] [--compared N] [--keep DIR]
(default: 300,000,000 characters, nearly two minutes a ten million on two cores)
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import mean

from rich.console import Console
from rich.table import Table

sys.path.insert(0, str(Path(__file__).resolve().parent))
from archive_generator import write_archive

SCRIPT = """
import json, sys, time
from extractor.batch import Options, run_batch
from extractor.settings import Settings
if __name__ == "__main__":
    begin = time.monotonic()
    def watch(count, failures):
        print(f"{time.monotonic() - begin:.3f} {count.characters} {count.facts}", flush=True)
    summary = run_batch([sys.argv[1]], sys.argv[2], Settings(), Options(workers=int(sys.argv[3])), watch=watch)
    print(json.dumps({"seconds": summary.seconds, "writing": summary.writing, "facts": summary.count.facts,
        "characters": summary.count.characters, "documents": summary.count.done,
        "duplicates": summary.duplicates, "unchanged": summary.count.unchanged}), flush=True)
"""
COMPARED = 20_000_000  # characters of the part on which one and two workers are compared


def measure(folder: Path, database: Path, workers: int) -> tuple[dict[str, float], list[tuple[int, int]]]:
    """One run in a process of its own: its summary, and (characters, KiB of the process and its workers) by job."""
    import json

    process = subprocess.Popen(
        [sys.executable, "-c", SCRIPT, str(folder), str(database), str(workers)],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
    )
    assert process.stdout is not None
    samples: list[tuple[int, int]] = []
    summary: dict[str, float] = {}
    checked = 0.0
    for line in process.stdout:
        if line.startswith("{"):
            summary = json.loads(line)
        elif time.monotonic() - checked > 0.5:
            checked = time.monotonic()
            samples.append((int(line.split()[1]), read_memory(process.pid)))
    process.wait()
    return summary, samples


def read_memory(pid: int) -> int:
    """Resident KiB of a process and those that it started."""
    total = 0
    for folder in Path("/proc").iterdir():
        if not folder.name.isdigit():
            continue
        try:
            status = (folder / "status").read_text()
        except OSError:
            continue
        fields = dict(line.split(":", 1) for line in status.splitlines() if ":" in line)
        if int(fields["Pid"]) == pid or int(fields["PPid"]) == pid:
            total += int(fields.get("VmRSS", "0 kB").split()[0])
    return total


def bench(characters: int, folder: Path, console: Console) -> None:
    """Prints the tables."""
    begin = time.monotonic()
    pages = write_archive(folder / "pages", characters)
    console.print(f"{pages:,} pages of {characters:,} characters made in {time.monotonic() - begin:.0f} s")
    database = folder / "facts.db"
    workers = len(os.sched_getaffinity(0))
    summary, samples = measure(folder / "pages", database, workers)
    begin = time.monotonic()
    again, _ = measure(folder / "pages", database, workers)
    resume = time.monotonic() - begin
    quarters = [
        [memory for at, memory in samples if k * characters / 4 <= at < (k + 1) * characters / 4] for k in range(4)
    ]
    memory = [mean(quarter) / 1024 if quarter else 0.0 for quarter in quarters]
    size = sum(path.stat().st_size for path in folder.glob("facts.db*"))
    table = Table("archive", "", title=f"{workers} workers")
    table.add_row("characters a second", f"{summary['characters'] / summary['seconds']:,.0f}")
    table.add_row("facts", f"{summary['facts']:,.0f}")
    table.add_row("facts a second", f"{summary['facts'] / summary['seconds']:,.0f}")
    table.add_row("share of the time in the database", f"{summary['writing'] / summary['seconds']:.1%}")
    table.add_row("memory by quarter, MiB", ", ".join(f"{value:.0f}" for value in memory))
    table.add_row("last quarter to first", f"{memory[3] / memory[0]:.3f}" if memory[0] else "-")
    table.add_row("database bytes a fact", f"{size / summary['facts']:.0f}")
    table.add_row("database bytes a character", f"{size / summary['characters']:.2f}")
    table.add_row("articles printed before", f"{summary['duplicates']:,.0f}")
    table.add_row("run again, nothing to do", f"{resume:.1f} s, {resume / summary['seconds']:.1%} of the run")
    table.add_row("  unchanged, read", f"{again['unchanged']:,.0f}, {again['documents']:,.0f}")
    console.print(table)


def compare(folder: Path, characters: int, console: Console) -> None:
    """One worker against two on the same pages, in one run."""
    write_archive(folder / "part", characters, seed=2)
    seconds = {}
    for workers in (1, 2):
        summary, _ = measure(folder / "part", folder / f"part{workers}.db", workers)
        seconds[workers] = summary["seconds"]
        share = summary["writing"] / summary["seconds"]
        console.print(f"{workers} workers: {summary['seconds']:.1f} s, {share:.1%} of it in the database")
    console.print(f"two workers are {seconds[1] / seconds[2]:.2f} times as fast as one")


def main(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="scripts/bench archive")
    parser.add_argument("characters", nargs="?", type=int, default=300_000_000)
    parser.add_argument(
        "--compared", type=int, default=COMPARED, help="characters for one worker against two; 0 for none"
    )
    parser.add_argument("--keep", type=Path, help="folder for the pages and the database, kept")
    arguments = parser.parse_args(argv)
    console = Console()
    with tempfile.TemporaryDirectory() as temporary:
        folder = arguments.keep or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        if arguments.compared:
            compare(folder, arguments.compared, console)
        if arguments.characters:
            bench(arguments.characters, folder, console)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
