"""`govfacts extract`: files to JSON Lines on standard output."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from extractor.cli.main import FAILED, OK
from extractor.cli.option import add_input_arguments, add_reading_arguments, find_names, to_settings
from extractor.cli.text_out import TextFolder
from extractor.errors import ExportError, GovfactsError, InputError, InternalError, UsageError
from extractor.settings import Settings

if TYPE_CHECKING:
    from extractor.read import Input

CLEAR = "\r\033[K"  # takes the counter away


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.description = (
        "Prints a run record, then for each input its source, articles, facts, places, programs and periods, "
        "one JSON record a line, UTF-8. Inputs that fail are named on standard error, the others are done."
    )
    add_reading_arguments(parser)
    add_input_arguments(parser)
    parser.add_argument(
        "--text-out", metavar="DIR", type=Path, help="write each document's decoded text into a folder, with a manifest"
    )
    parser.add_argument(
        "files",
        metavar="INPUT",
        nargs="*",
        help="file, folder, archive, table of articles, pattern, @LIST, `-` for stdin",
    )


def run(arguments: argparse.Namespace) -> int:
    """Exit status 0, or 1 where an input failed."""
    from extractor.read import find_inputs
    from extractor.read.date import parse_option
    from extractor.record import to_run_record

    settings = to_settings(arguments)
    if arguments.date is not None:
        parse_option(arguments.date)
    names = find_names(arguments.files, arguments)
    texts = TextFolder(arguments.text_out) if arguments.text_out is not None else None
    started = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
    output = sys.stdout.buffer
    output.write(to_run_record(settings, started, arguments.date).model_dump_json().encode() + b"\n")
    status = OK
    for item in _count(find_inputs(names, settings)):
        try:
            write_document(output, item, settings, arguments.date, texts)
        except (BrokenPipeError, ExportError, UsageError):
            raise
        except GovfactsError as error:
            status = FAILED
            report(error if isinstance(error, InputError) else InternalError(f"{item.doc}: {error}"))
        except Exception as error:  # a fault of ours in one document must not lose the others
            status = FAILED
            report(InternalError(f"{item.doc}: {type(error).__name__}: {error}"))
    output.flush()
    return status


def write_document(
    output: BinaryIO, item: Input, settings: Settings, date: str | None, texts: TextFolder | None = None
) -> None:
    """Writes all records of one input, or none."""
    from extractor.pipeline import read_articles
    from extractor.read import read_source
    from extractor.record import to_records, to_source_record

    source = read_source(item, settings, date=date)
    if texts is not None:
        texts.write(source)
    records = to_records(source, read_articles(source, settings))
    lines = [to_source_record(source).model_dump_json(), *(record.model_dump_json() for record in records), ""]
    output.write("\n".join(lines).encode())
    output.flush()


def report(error: GovfactsError) -> None:
    """One line on standard error."""
    line = " ".join(str(error).split())
    start = CLEAR if sys.stderr.isatty() else ""
    print(f"{start}govfacts: {line}".encode(errors="replace").decode(), file=sys.stderr, flush=True)


def _count(items: Iterator[Input]) -> Iterator[Input]:
    """The inputs; counts them on standard error where somebody watches."""
    watched = sys.stderr.isatty()
    for number, item in enumerate(items, 1):
        if watched:
            print(f"\r{number}", end="", file=sys.stderr, flush=True)
        yield item
    if watched:
        print(CLEAR, end="", file=sys.stderr, flush=True)
