"""What several test folders share: where things are, and how records are read and compared."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
PAGES = sorted((ROOT / "corpora" / "pages").glob("*.txt"))
LISTS = ("articles", "facts", "places", "programs", "periods")

SPACE = re.compile(r"[\s\u3000\ufeff]+")
SPACE_OR_MARK = re.compile(r"[\s\u3000\ufeff“”‘’\"'《》〈〉「」『』]+")  # a program's text drops its marks

Plain = dict[str, Any]


def run_govfacts(*args: str | Path, stdin: bytes = b"", cwd: Path = ROOT) -> subprocess.CompletedProcess[bytes]:
    """Runs the installed command that stands beside this Python."""
    command = [str(Path(sys.executable).with_name("govfacts")), *map(str, args)]
    return subprocess.run(command, input=stdin, capture_output=True, cwd=cwd, timeout=120, check=False)


def parse_lines(output: bytes) -> list[Plain]:
    return [json.loads(line) for line in output.decode("utf-8").split("\n") if line]


def to_plain(result: Any) -> dict[str, list[Plain]]:
    """The records of `extract` as plain dictionaries by list."""
    return {name: [record.model_dump(mode="json") for record in getattr(result, name)] for name in LISTS}


def find_spans(record: Plain) -> Iterator[tuple[str, Plain]]:
    """Every span of a record with the key that holds it."""
    stack: list[tuple[str, Any]] = [(record["record"], record)]
    while stack:
        key, node = stack.pop()
        if isinstance(node, dict):
            if "start_char" in node:
                yield key, node
            stack.extend(node.items())
        elif isinstance(node, list):
            stack.extend((key, item) for item in node)


def find_broken_spans(source: str, record: Plain) -> list[str]:
    """Spans that do not say what stands in the source."""
    broken = []
    for key, span in find_spans(record):
        blank = SPACE_OR_MARK if key == "program" else SPACE
        surface = source[span["start_char"] : span["end_char"]]
        if not surface or blank.sub("", surface) != blank.sub("", span["text"]):
            broken.append(f"{record['record']}.{key} {span['text']!r}, the source has {surface!r}")
    if record["record"] == "article":
        for start, end in record["spans"]:
            if not 0 <= start < end <= len(source):
                broken.append(f"article.spans [{start}, {end}] of {len(source)}")
    return broken


def drop_offsets(node: Any) -> Any:
    """A record without what depends on where it stands: offsets, `spans`, the document's name and the ids."""
    if isinstance(node, dict):
        left_out = ("start_char", "end_char", "spans", "doc", "article_id", "fact_id", "part_of")
        return {key: drop_offsets(value) for key, value in node.items() if key not in left_out}
    if isinstance(node, list):
        return [drop_offsets(item) for item in node]
    return node


def count_steps(run: Callable[[], object]) -> int:
    """How many calls and returns `run` makes: a measure of its work that no other process disturbs."""
    steps = 0

    def count(*_: object) -> None:
        nonlocal steps
        steps += 1

    sys.setprofile(count)
    try:
        run()
    finally:
        sys.setprofile(None)
    return steps


def assert_linear(run: Callable[[int], object], size: int) -> None:
    """Eight times the input makes at most about eight times the steps (64 times, were it quadratic)."""
    run(size)
    few, many = count_steps(lambda: run(size)), count_steps(lambda: run(8 * size))
    assert many <= 12 * few + 2_000, (few, many)
