"""`govfacts stats`: what a database holds."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Sequence
from contextlib import closing
from typing import Any

from extractor.cli.main import OK
from extractor.cli.search_output import align, clean
from extractor.search.stats import Stats

SHOWN = 30  # rows of a table for people


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.description = (
        "Counts the facts (each figure once), articles and characters of a database by year, place, kind and "
        "newspaper, and tells what failed, what was printed before and which runs filled it."
    )
    parser.add_argument("--db", metavar="DB", required=True, help="SQLite file or postgresql:// address")
    parser.add_argument("--format", choices=("table", "json"), default="table", help="default: table")
    parser.add_argument("--all", action="store_true", help=f"all rows of a table, not the first {SHOWN}")


def run(arguments: argparse.Namespace) -> int:
    """Exit status 0."""
    from extractor.search.stats import read_stats
    from extractor.store import check_current, open_connection

    with closing(open_connection(arguments.db)) as connection:
        check_current(connection)
        stats = read_stats(connection)
    if arguments.format == "json":
        text = json.dumps(to_plain(stats), ensure_ascii=False, indent=2) + "\n"
    else:
        text = "\n".join(to_lines(stats, None if arguments.all else SHOWN)) + "\n"
    sys.stdout.buffer.write(text.encode("utf-8", "replace"))
    sys.stdout.buffer.flush()
    return OK


def to_plain(stats: Stats) -> dict[str, Any]:
    """The counts as plain values."""
    tables = {name: getattr(stats, name) for name in Stats.__slots__ if name != "total"}
    return {
        "total": stats.total._asdict(),
        **{name: [row._asdict() for row in rows] for name, rows in tables.items()},
    }


def to_lines(stats: Stats, shown: int | None) -> list[str]:
    """Tables one below the other, each cut behind `shown` rows with a word about the rest."""
    plain = to_plain(stats)
    total = plain.pop("total")
    lines = align([[name, f"{number:,}"] for name, number in total.items()])
    for name, rows in plain.items():
        if not rows:
            continue
        lines += ["", name.upper()]
        lines += align([list(rows[0]), *([_to_cell(value) for value in row.values()] for row in _first(rows, shown))])
        if shown is not None and len(rows) > shown:
            lines.append(f"and {len(rows) - shown} more (--all)")
    return lines


def _first(rows: Sequence[dict[str, Any]], shown: int | None) -> Iterable[dict[str, Any]]:
    return rows if shown is None else rows[:shown]


def _to_cell(value: Any) -> str:
    return "-" if value is None else clean(str(value))
