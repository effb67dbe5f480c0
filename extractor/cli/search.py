"""`govfacts search`: questions to a database, one or a table of them."""

from __future__ import annotations

import argparse
import csv
import io
import sys
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path

from extractor.cli.main import FAILED, OK
from extractor.errors import UsageError
from extractor.search.question import MOST, OPTIONS, SORTS, Question, parse_question

KINDS = ("count", "money", "measure", "ratio", "rank")
LABELS = ("id", "label", "name", "query")  # columns of a table of questions that only name them
DESCRIPTION = """\
Searches the facts of a database. TEXT: terms parted by blanks, each an exact stretch of characters that must stand in
the sentence or in its headline; "two words" keeps a blank, -term takes sentences out. Traditional characters, full
width and case do not matter.
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.description = DESCRIPTION
    parser.add_argument("text", metavar="TEXT", nargs="?", help="what to search for; without it the filters alone")
    parser.add_argument("--db", metavar="DB", required=True, help="SQLite file or postgresql:// address")
    add_filter_arguments(parser.add_argument_group("filters"))
    group = parser.add_argument_group("answer")
    group.add_argument("--sort", choices=SORTS, help="default: relevance where there is a TEXT, else date")
    group.add_argument("--ascending", action="store_true", help="smallest, earliest, least relevant first")
    group.add_argument("--limit", metavar="N", type=int, default=20, help=f"facts shown, at most {MOST} (default 20)")
    group.add_argument("--cursor", metavar="C", help="go on behind the page that gave it")
    group.add_argument("--repeats", action="store_true", help="also facts that repeat another, and reprints")
    group.add_argument("--rejected", action="store_true", help="the facts that people have rejected, and no others")
    group.add_argument("--queries", metavar="CSV", type=Path, help="a table of questions, `-` for standard input")
    group.add_argument("--format", choices=("table", "json", "csv"), default="table", help="default: table")


def add_filter_arguments(group: argparse._ArgumentGroup) -> None:
    """Options that say which facts."""
    group.add_argument("--place", metavar="P", help="name, code or path: 金乡县, 370828, 山东省/济宁市; with all in it")
    group.add_argument("--kind", choices=KINDS, help="kind of quantity")
    group.add_argument("--min", metavar="X", help="least amount: 1000, 1000万, 3.5亿元")
    group.add_argument("--max", metavar="X", help="largest amount")
    group.add_argument("--unit", metavar="U", help="unit of the amounts; 亩 finds 公顷 too, CNY old yuan too")
    group.add_argument("--from", metavar="DATE", help="day, month or year from which on")
    group.add_argument("--to", metavar="DATE", help="day, month or year up to which")
    group.add_argument("--program", metavar="NAME", help="part of the name of a program")
    group.add_argument(
        "--indicator", metavar="NAME", help="what is counted: an indicator's id or name, or a part of it"
    )
    group.add_argument("--newspaper", metavar="NAME", help="name of the paper")
    group.add_argument("--min-quality", metavar="Q", type=float, help="least text quality of the article, 0 to 1")
    group.add_argument("--min-confidence", metavar="Q", type=float, help="least confidence of the fact, 0 to 1")


def run(arguments: argparse.Namespace) -> int:
    """Exit status 0 even where nothing was found, 1 where a row of --queries failed, 2 where all did or on usage."""
    from extractor.cli.search_output import Answer, write_answers
    from extractor.search import search
    from extractor.store import check_current, open_connection

    asked = list(read_questions(arguments)) if arguments.queries else [(None, to_question(arguments))]
    with closing(open_connection(arguments.db)) as connection:
        check_current(connection)
        answers: list[Answer] = []
        status = OK
        for label, question in asked:
            try:
                if isinstance(question, UsageError):
                    raise question
                answers.append(Answer(label, question, search(connection, question)))
            except UsageError as error:
                if label is None:
                    raise
                print(f"govfacts search: {arguments.queries}: {label}: {error}", file=sys.stderr)
                status = FAILED
    write_answers(answers, arguments.format, many=arguments.queries is not None)
    return status


def to_question(arguments: argparse.Namespace) -> Question:
    """The question of the command line. Raises UsageError."""
    given = vars(arguments)
    values = {
        name: given[option.replace("-", "_")] for name, option in OPTIONS.items() if option.replace("-", "_") in given
    }
    return Question(**values, descending=not arguments.ascending)


def read_questions(arguments: argparse.Namespace) -> Iterator[tuple[str, Question | UsageError]]:
    """The questions of a table by the names of their rows; options of the command line hold where a cell is empty.
    Raises UsageError where the table cannot be read."""
    rows = csv.DictReader(io.StringIO(_read_text(arguments.queries), newline=""), restkey="_more")
    defaults = _find_defaults(arguments)
    try:
        columns = rows.fieldnames or []
        _check_columns(columns, arguments.queries)
        for row in rows:
            label = next((row[name] for name in columns if name.strip().lower() in LABELS and row[name]), None)
            yield label or f"line {rows.line_num}", _parse_row(row, defaults)
    except csv.Error as error:
        raise UsageError(f"--queries {arguments.queries}: line {rows.line_num}: {error}") from error


def _check_columns(columns: Sequence[str], table: Path) -> None:
    options = set(OPTIONS.values()) | {option.replace("-", "_") for option in OPTIONS.values()}
    unknown = [name for name in columns if name.strip().lower() not in options | set(LABELS)]
    if not columns or unknown:
        what = f"{unknown[0][:60]!r}: no such option" if unknown else "has no header line"
        raise UsageError(f"--queries {table}: {what}; columns are {', '.join(OPTIONS.values())}")


def _parse_row(row: dict[str, str], defaults: dict[str, str]) -> Question | UsageError:
    if row.pop("_more", None):
        return UsageError("has more cells than the header")
    cells = {key.strip().lower(): cell for key, cell in row.items() if key.strip().lower() not in LABELS}
    try:
        return parse_question({**defaults, **{key: cell for key, cell in cells.items() if cell and cell.strip()}})
    except UsageError as error:
        return error


def _find_defaults(arguments: argparse.Namespace) -> dict[str, str]:
    given = vars(arguments)
    values = {option: given.get(option.replace("-", "_")) for option in OPTIONS.values()}
    defaults = {option: str(value) for option, value in values.items() if value not in (None, False)}
    return {**defaults, "descending": "no"} if arguments.ascending else defaults


def _read_text(path: Path) -> str:
    try:
        data = sys.stdin.buffer.read() if str(path) == "-" else path.read_bytes()
    except OSError as error:
        raise UsageError(f"--queries {path}: {error.strerror}") from error
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UsageError(f"--queries {path}: is neither UTF-8 nor GB18030")
