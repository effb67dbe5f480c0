"""Speeds side by side in one run: extraction and jieba on the same text, start-up, and how time grows on hostile text.

usage: scripts/bench [TEXT...]            (default: the pages of corpora)
       scripts/bench archive [CHARACTERS] a whole archive into a database (bench_archive.py)
       scripts/bench store                rows a second (bench_store.py)
       scripts/bench formats [BYTES]      a text of a gigabyte in a tar.gz, and its memory (bench_formats.py)
       scripts/bench search [FACTS]       searches and dashboard queries (bench_search.py)
       scripts/bench serve [FACTS]        many readers of a server while an import runs (bench_serve.py)
"""

from __future__ import annotations

import logging
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from importlib import import_module
from pathlib import Path

from rich.console import Console
from rich.table import Table

from extractor import GovfactsError, extract

ROOT = Path(__file__).resolve().parents[1]
ROUNDS = 5
SENTENCE = "全县新修渠道35公里，培训农机手120余名，发放补贴资金约86.5万元。"
HOSTILE = {
    "digits": "7",
    "Chinese digits": "九",
    "万亿": "万亿",
    "open quotation marks": "“",
    "paired quotation marks": "“”",
    "book marks": "《",
    "brackets": "（",
    "qualifiers": "近约超过",
    "dates": "2024年3月",
    "places": "山东省济南市",
    "commas in digits": "1,",
    "one line of sentences": SENTENCE,
    "spaces": " ",
    "line feeds": "\n",
}
HOSTILE_LENGTH = 50_000


def time_best(work: Callable[[], object], rounds: int = ROUNDS) -> float:
    """Processor seconds of the fastest of several rounds: what else the machine does must not count."""
    best = float("inf")
    for _ in range(rounds):
        start = time.process_time()
        work()
        best = min(best, time.process_time() - start)
    return best


def time_process(command: list[str]) -> float:
    """Seconds of the fastest start, each with an empty folder for temporary files (so jieba has no cache)."""
    best = float("inf")
    for _ in range(ROUNDS):
        with tempfile.TemporaryDirectory() as folder:
            start = time.perf_counter()
            subprocess.run(command, check=True, capture_output=True, env={**os.environ, "TMPDIR": folder})
            best = min(best, time.perf_counter() - start)
    return best


def bench_speed(texts: list[str], console: Console) -> None:
    import jieba

    from extractor.mention.quantity import find_quantities

    jieba.setLogLevel(logging.ERROR)
    jieba.initialize()
    size = sum(map(len, texts))

    def run(work: Callable[[str], object]) -> float:
        def over_all() -> None:
            for text in texts:
                work(text)

        over_all()
        return size / time_best(over_all)

    speeds = {
        "jieba.lcut": run(jieba.lcut),
        "extract, everything": run(extract),
        "quantities alone": run(find_quantities),
    }
    peer = load_recognizers()
    if peer is not None:
        speeds["Recognizers-Text, number + currency + dimension"] = run(peer)
        ratio = speeds["quantities alone"] / speeds["Recognizers-Text, number + currency + dimension"]
        console.print(f"quantities alone are {ratio:,.0f} times as fast as Recognizers-Text")
    else:
        console.print("Recognizers-Text is not installed (pip install '.[bench]'), left out")
    table = Table("work", "characters/s", "jieba.lcut = 1", title=f"{len(texts)} texts, {size:,} characters, warm")
    for name, speed in speeds.items():
        table.add_row(name, f"{speed:,.0f}", f"{speed / speeds['jieba.lcut']:.2f}")
    console.print(table)


def load_recognizers() -> Callable[[str], object] | None:
    """The three recognisers of Recognizers-Text that read what our quantities read, where the extra is installed."""
    try:
        from recognizers_number import Culture, recognize_number
        from recognizers_number_with_unit import recognize_currency, recognize_dimension
    except ImportError:
        return None

    def read(text: str) -> object:
        return [work(text, Culture.Chinese) for work in (recognize_number, recognize_currency, recognize_dimension)]

    return read


def bench_start(page: Path, console: Console) -> None:
    import jieba

    python = sys.executable
    cut = [python, "-c", f"import jieba; jieba.lcut({'中国'!r})"]
    times = {
        f"jieba {jieba.__version__}, first cut, no cache": time_process(cut),
        f"govfacts extract {page.name}": time_process([str(Path(python).with_name("govfacts")), "extract", str(page)]),
    }
    first = next(iter(times.values()))
    table = Table("start-up", "seconds", "jieba = 1")
    for name, seconds in times.items():
        table.add_row(name, f"{seconds:.2f}", f"{seconds / first:.2f}")
    console.print(table)


def run_hostile(text: str) -> None:
    """A clear refusal is an answer too."""
    try:
        extract(text)
    except GovfactsError:
        return


def bench_growth(console: Console) -> None:
    table = Table("hostile text", "characters", "seconds", "twice as long", "ratio (linear: 2)")
    for name, piece in HOSTILE.items():
        text = piece * (HOSTILE_LENGTH // len(piece))
        once, twice = (time_best(lambda t=t: run_hostile(t), rounds=2) for t in (text, text * 2))  # type: ignore[misc]
        table.add_row(name, f"{len(text):,}", f"{once:.3f}", f"{twice:.3f}", f"{twice / once:.2f}")
    console.print(table)


def read_texts(paths: Iterable[Path]) -> list[str]:
    return [path.read_bytes().decode("utf-8-sig") for path in paths]


OTHERS = ("archive", "formats", "store", "search", "serve")


def main() -> int:
    if sys.argv[1:2] and sys.argv[1] in OTHERS:
        sys.path.insert(0, str(ROOT / "scripts"))
        run: Callable[[list[str]], int] = import_module(f"bench_{sys.argv[1]}").main
        return run(sys.argv[2:])
    paths = [Path(name) for name in sys.argv[1:]] or sorted((ROOT / "corpora" / "pages").glob("*.txt"))
    console = Console()
    bench_speed(read_texts(paths), console)
    bench_start(paths[0], console)
    bench_growth(console)
    return 0


if __name__ == "__main__":
    sys.exit(main())
