"""`govfacts run`: files, folders and archives into a database."""

from __future__ import annotations

import argparse
import json
import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import TYPE_CHECKING

from extractor.cli.main import FAILED, OK
from extractor.cli.option import add_input_arguments, add_reading_arguments, find_names, to_settings
from extractor.errors import UsageError

if TYPE_CHECKING:
    from extractor.batch import Stop, Summary
    from extractor.batch.job import Failure
    from extractor.batch.plan import Count

STOPPED = 130


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.description = (
        "Reads inputs into a database. Run it again to go on: what the database holds with the same content, version, "
        "tables and settings is left alone, what has changed or is stale is read again. Ctrl-C ends it behind the "
        "documents in hand."
    )
    add_reading_arguments(parser)
    add_input_arguments(parser)
    parser.add_argument("inputs", metavar="INPUT", nargs="*", help="file, folder, archive, pattern, @list or `-`")
    parser.add_argument("--db", metavar="DB", required=True, help="SQLite file or postgresql:// address")
    parser.add_argument("--workers", metavar="N", type=int, default=0, help="processes (default: one a processor)")
    parser.add_argument("--ordered", action="store_true", help="store documents in the order of the inputs")
    parser.add_argument("--retry-failed", action="store_true", help="try again what failed; alone: all that failed")
    stale = parser.add_mutually_exclusive_group()
    stale.add_argument("--stale", action="store_true", help="without inputs: read again all that is stale")
    stale.add_argument("--keep-stale", action="store_true", help="leave what another version or other tables made")
    parser.add_argument("--report", metavar="FILE", help="write what was done as JSON, `-` for standard output")
    parser.add_argument("--quiet", action="store_true", help="no progress, only failures and the last line")


def run(arguments: argparse.Namespace) -> int:
    """Exit status 0, 1 where an input failed (now or before), 130 where it was stopped."""
    from extractor.batch import Options, Stop, count_workers, run_batch

    settings = to_settings(arguments)
    if arguments.workers < 0:
        raise UsageError(f"--workers {arguments.workers}: expected 0 or more")
    options = Options(
        workers=count_workers(arguments.workers),
        ordered=arguments.ordered,
        date=_check_date(arguments.date),
        keep_stale=arguments.keep_stale,
        retry_failed=arguments.retry_failed,
    )
    names = list(_find_names(arguments))
    stop = Stop()
    with _signals(stop), _progress(names, quiet=arguments.quiet) as watch:
        summary = run_batch(names, arguments.db, settings, options, stop=stop, watch=watch)
    print(to_line(summary), file=sys.stderr)
    if arguments.report:
        _write_report(arguments.report, summary)
    if summary.stopped:
        return STOPPED
    return FAILED if summary.count.failed or summary.count.given_up else OK


def _check_date(date: str | None) -> str | None:
    from extractor.read.date import parse_option

    if date is not None:
        parse_option(date)
    return date


def _find_names(arguments: argparse.Namespace) -> Iterator[str]:
    """The inputs named, or those that --stale and --retry-failed stand for where none are."""
    named = arguments.inputs or arguments.files_from
    if named or not (arguments.stale or arguments.retry_failed):
        yield from find_names(arguments.inputs, arguments)
        return
    from extractor.batch.run import find_named

    yield from find_named(
        arguments.db, to_settings(arguments), arguments.date, stale=arguments.stale, failed=arguments.retry_failed
    )


@contextmanager
def _signals(stop: Stop) -> Iterator[None]:
    """The first Ctrl-C or SIGTERM ends behind the documents in hand, the second at once."""

    def ask(number: int, frame: FrameType | None) -> None:
        if stop.is_set():
            signal.signal(number, signal.SIG_DFL)
            os.kill(os.getpid(), number)
        stop.ask()
        os.write(2, b"\ngovfacts: stopping behind the documents in hand; once more to stop at once\n")

    before = {number: signal.signal(number, ask) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@contextmanager
def _progress(names: list[str], *, quiet: bool) -> Iterator[Callable[[Count, list[Failure]], None]]:
    """A bar on a terminal, else a line for each failure."""
    if quiet or not sys.stderr.isatty():
        yield lambda count, failures: _print_failures(failures)
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

    from extractor.batch.size import find_size

    bar = Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.fields[state]}"),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
        console=Console(stderr=True),
    )
    with bar:
        task = bar.add_task("reading", total=find_size(names), state="")

        def watch(count: Count, failures: list[Failure]) -> None:
            for failure in failures:
                bar.console.print(f"govfacts: {failure.doc}: {failure.message}", markup=False, highlight=False)
            elapsed = bar.tasks[0].elapsed or 1e-9
            state = f"{count.done} done, {count.failed} failed, {count.facts} facts, "
            bar.update(
                task, completed=count.found_bytes, state=f"{state}{count.characters / elapsed:,.0f} characters/s"
            )

        yield watch


def _print_failures(failures: list[Failure]) -> None:
    for failure in failures:
        line = " ".join(f"{failure.doc}: {failure.message}".split())
        print(f"govfacts: {line}".encode(errors="replace").decode(), file=sys.stderr, flush=True)


def to_line(summary: Summary) -> str:
    """What was done, in one line."""
    count = summary.count
    parts = [f"{count.done} documents read ({count.new} new, {count.changed} changed, {count.stale} stale)"]
    parts += [f"{count.facts} facts", f"{count.failed} failed", f"{count.unchanged} unchanged"]
    if count.given_up:
        parts.append(f"{count.given_up} failed before (--retry-failed tries them again)")
    if count.outdated:
        parts.append(f"{count.outdated} stale left")
    if summary.duplicates:
        parts.append(f"{summary.duplicates} articles printed before")
    rate = count.characters / summary.seconds if summary.seconds else 0
    parts.append(f"{summary.seconds:.1f} s, {rate:,.0f} characters/s")
    return ("stopped: " if summary.stopped else "") + ", ".join(parts)


def _write_report(name: str, summary: Summary) -> None:
    from pathlib import Path

    from extractor.batch import to_report

    text = json.dumps(to_report(summary), ensure_ascii=False, indent=2) + "\n"
    if name == "-":
        sys.stdout.write(text)
        return
    try:
        Path(name).write_text(text, "utf-8")
    except OSError as error:
        raise UsageError(f"--report {name}: {error.strerror}") from error
