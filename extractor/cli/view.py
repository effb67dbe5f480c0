"""`govfacts view`: a text with its facts as one page that needs no other file."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from extractor.cli.extract import report
from extractor.cli.main import FAILED, OK
from extractor.cli.option import add_input_arguments, add_reading_arguments, find_names, to_settings
from extractor.errors import GovfactsError, InputError, InternalError, UsageError
from extractor.settings import Settings

if TYPE_CHECKING:
    from extractor.model import Reading, Source

LANGUAGES = ("zh", "en")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.description = (
        "Writes one self-contained HTML page: the text in its lines with its mentions marked, and tables of facts. "
        "It holds no script and asks for nothing; many inputs, archives and tables of articles go into one page."
    )
    parser.add_argument("--out", metavar="PAGE", required=True, help="file to write, `-` for standard output")
    parser.add_argument(
        "--language", choices=LANGUAGES, default="zh", help="language of the page's own words (default: zh)"
    )
    add_reading_arguments(parser)
    add_input_arguments(parser)
    parser.add_argument("files", metavar="INPUT", nargs="*", help="file, folder, archive, pattern, `-` for stdin")


def run(arguments: argparse.Namespace) -> int:
    """Exit status 0, 1 where an input failed; without any input that can be read no page is written."""
    from extractor.read.date import parse_option
    from extractor.view import to_page, write_page

    settings = to_settings(arguments)
    if arguments.date is not None:
        parse_option(arguments.date)
    names = list(find_names(arguments.files, arguments))
    out = Path(arguments.out)
    if arguments.out != "-":
        _check_out(out, names)
    found = _Documents(names, settings, arguments.date)
    page = to_page(found, arguments.language)
    if not found.read:
        return FAILED
    if arguments.out == "-":
        sys.stdout.buffer.write(page.encode("utf-8"))
        sys.stdout.buffer.flush()
    else:
        write_page(out, page)
    return FAILED if found.failed else OK


def _check_out(out: Path, names: Sequence[str]) -> None:
    """Raises UsageError where the page would take the place of what it is to show."""
    for name in names:
        if name != "-" and out.exists() and Path(name).exists() and out.samefile(name):
            raise UsageError(f"--out {out}: is an input")


class _Documents:
    """The documents of the inputs; those that fail are told on standard error. `read`: how many could be read."""

    def __init__(self, names: Sequence[str], settings: Settings, date: str | None) -> None:
        self._names, self._settings, self._date = names, settings, date
        self.read = self.failed = 0

    def __iter__(self) -> Iterator[tuple[Source, list[Reading]]]:
        from extractor.pipeline import read_articles
        from extractor.read import find_inputs, read_source

        for item in find_inputs(self._names, self._settings):
            try:
                source = read_source(item, self._settings, date=self._date)
                readings = read_articles(source, self._settings)
            except UsageError:
                raise
            except GovfactsError as error:
                self.failed += 1
                report(error if isinstance(error, InputError) else InternalError(f"{item.doc}: {error}"))
                continue
            self.read += 1
            yield source, readings
