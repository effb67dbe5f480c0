"""What a search found as a file: the facts in the order that the page shows them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from extractor.errors import ExportError
from extractor.export.delimited import write_csv
from extractor.export.lines import write_lines
from extractor.export.manifest import MEDIA
from extractor.export.table import Cells, Table, list_tables
from extractor.export.write import EXTRA
from extractor.search import Question
from extractor.search.page import count, find_keys, to_order
from extractor.search.select import build_selection
from extractor.store import Connection

MOST = 50_000  # facts of a file; more is `govfacts export`'s
FORMATS = ("csv", "jsonl", "xlsx")
SIZE = 500


def write_search(connection: Connection, question: Question, form: str, path: Path) -> tuple[int, int]:
    """Writes the facts to a file; how many, and how many there are. Raises ExportError, UsageError."""
    whole = replace(question, cursor=None)
    total = count(connection, build_selection(connection, whole, ranked=False))
    selection = build_selection(connection, whole, ranked=whole.order == "relevance")
    facts = [key.fact for key in find_keys(connection, selection, to_order(whole), None, MOST)]
    table = next(table for table in list_tables() if table.name == "facts")
    rows = read_ordered(connection, table, facts)
    try:
        return choose_writer(form)(path, table, rows), total
    except ModuleNotFoundError as error:
        raise ExportError(f"{form} needs {error.name}: {EXTRA}") from error


def choose_writer(form: str) -> Callable[[Path, Table, Iterable[Cells]], int]:
    """What writes a format. CSV begins with the byte order mark that spreadsheets need."""
    if form == "csv":
        return lambda path, table, rows: write_csv(path, table, rows, mark=True)
    if form == "jsonl":
        return write_lines
    return _write_sheet


def _write_sheet(path: Path, table: Table, rows: Iterable[Cells]) -> int:
    from extractor.export.workbook import write_workbook

    return write_workbook(path, [(table, rows)])[table.name]


def read_ordered(connection: Connection, table: Table, facts: Sequence[int]) -> Iterator[Cells]:
    """The rows of these facts, in their order."""
    sql = table.sql.replace("SELECT ", f"SELECT {table.key}, ", 1)
    for at in range(0, len(facts), SIZE):
        some = facts[at : at + SIZE]
        marks = ",".join("?" * len(some))
        found = {row[0]: row[1:] for row in connection.query(f"{sql} WHERE {table.key} IN ({marks})", some)}
        yield from (found[fact] for fact in some if fact in found)


def to_media(form: str) -> str:
    """The media type of a format."""
    return MEDIA[form]
