"""`govfacts export`: a database, or what a search finds in it, to files."""

from __future__ import annotations

import argparse
import sys
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from extractor.cli.main import OK
from extractor.cli.search import add_filter_arguments
from extractor.search.question import OPTIONS, Question

if TYPE_CHECKING:
    from extractor.export.manifest import File
    from extractor.store import Connection

FORMATS = ("parquet", "csv", "jsonl", "xlsx")
DESCRIPTION = """\
Writes the database's tables (facts, articles, places, programs, periods, sources, failures) to a folder, with
manifest.json (rows, sha256, columns, runs) and a Frictionless datapackage.json. With a TEXT or filters: all facts that
`govfacts search` finds with them, and of the other tables what these facts need; question and total stand in the
manifest.
"""
PAGE = ("sort", "descending", "limit", "cursor")  # what asks for a page, not for facts


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.description = DESCRIPTION
    parser.add_argument("text", metavar="TEXT", nargs="?", help="what to search for, as in govfacts search")
    parser.add_argument("--db", metavar="DB", required=True, help="SQLite file or postgresql:// address")
    parser.add_argument("--format", choices=FORMATS, default="parquet", help="format of the files (default: parquet)")
    parser.add_argument("--out", metavar="DIR", type=Path, required=True, help="folder, made where it is not there")
    parser.add_argument("--bom", action="store_true", help="CSV with a byte order mark, which Excel needs")
    group = parser.add_argument_group("filters, as in govfacts search")
    add_filter_arguments(group)
    group.add_argument("--repeats", action="store_true", help="also facts that repeat another, and reprints")


def run(arguments: argparse.Namespace) -> int:
    """Exit status 0; errors are raised."""
    from extractor.export import hold_snapshot
    from extractor.store import check_current, open_connection

    asked = find_asked(arguments)
    question = Question(**asked) if asked else None  # type: ignore[arg-type]
    with closing(open_connection(arguments.db)) as connection:
        check_current(connection)
        with hold_snapshot(connection):
            files = export(connection, question, arguments)
    for file in files:
        rows = ", ".join(f"{rows} {table.name}" for table, rows in file.tables)
        print(f"{file.path}: {rows}", file=sys.stderr)
    return OK


def find_asked(arguments: argparse.Namespace) -> dict[str, object]:
    """The fields of a question that the command line gives; none where the whole database is asked for."""
    given = vars(arguments)
    values = {name: given.get(option.replace("-", "_")) for name, option in OPTIONS.items() if name not in PAGE}
    return {name: value for name, value in values.items() if value is not None and value is not False}


def export(connection: Connection, question: Question | None, arguments: argparse.Namespace) -> list[File]:
    """The files of a question's facts, of all without one."""
    from extractor.export import Choice, export_database
    from extractor.search.page import count
    from extractor.search.select import build_selection

    folder, form, mark = arguments.out, arguments.format, arguments.bom
    if question is None:
        return export_database(connection, form, folder, mark=mark)
    selection = build_selection(connection, question, ranked=False)
    asked = {OPTIONS[name]: value for name, value in find_asked(arguments).items()}
    search = {"question": asked, "total": count(connection, selection)}
    chosen = Choice(*selection.to_sql("f.fact_pk"))
    return export_database(connection, form, folder, facts=chosen, search=search, mark=mark)
