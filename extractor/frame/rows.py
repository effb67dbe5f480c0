"""Where rows of facts come from, and which of them are asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import fields
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from extractor.errors import UnreadableError, UsageError
from extractor.export.table import VIEWS, Column, list_tables
from extractor.frame.index import index_facts
from extractor.frame.record import holds_records, store_records
from extractor.frame.table import FORMATS, read_kickers, read_table
from extractor.read.input import to_unreadable
from extractor.search import Question
from extractor.search.select import build_selection
from extractor.store import Connection, check_current, open_connection
from extractor.store.connection import is_url

SQLITE = b"SQLite format 3\0"
# Fields of a question that ask for an order or a page, or for what stands in no table of facts.
ANSWER = ("sort", "descending", "limit", "cursor", "rejected")
EXPECTED = "is no database, no folder of `govfacts export` and no .jsonl of `govfacts extract`"
Cells = Sequence[Any]
ReadParquet = Callable[[Path, Sequence[str]], Iterator[Cells]]


def to_question(question: Question | None, filters: dict[str, Any]) -> Question:
    """What is asked for. Raises UsageError."""
    names = [field.name for field in fields(Question) if field.name not in ANSWER]
    wrong = next((name for name in filters if name not in names), None)
    if wrong is not None:
        raise UsageError(f"read_facts: no filter {wrong!r}; there are {', '.join(names)}")
    if question is not None and question.rejected:
        raise UsageError("read_facts: rejected facts stand in no table of facts; govfacts search --rejected shows them")
    if question is None:
        return Question(**filters)
    if filters:
        raise UsageError("read_facts: give a question or filters, not both")
    return question


def list_columns() -> tuple[Column, ...]:
    """The columns of a table of facts."""
    return next(table for table in list_tables() if table.name == "facts").columns


def parse_day(text: str) -> str:
    """An ISO day; a month or a year (1958) is its first day. Raises ValueError."""
    whole = text + "-01-01"[len(text) - 4 :] if len(text) in (4, 7) else text
    return date.fromisoformat(whole).isoformat()


@contextmanager
def open_rows(path: str | Path, question: Question, read_parquet: ReadParquet) -> Iterator[tuple[str, Iterable[Cells]]]:
    """A source's name and its rows, columns as list_columns, in the order of exports. Raises InputError, StoreError."""
    name = str(path)
    with ExitStack() as stack:
        if is_url(name) or "://" in name or _is_sqlite(Path(path)):
            yield name, _read_database(stack, name, question)
            return
        file = _find_table(Path(path)) if Path(path).is_dir() else Path(path)
        if file.suffix == ".jsonl" and holds_records(file):
            database = _make_folder(stack) / "facts.db"
            store_records(database, file)
            yield str(file), _read_database(stack, str(database), question)
        elif file.suffix[1:] in FORMATS:
            yield str(file), _read_export(stack, file, question, read_parquet)
        else:
            raise UnreadableError(name, EXPECTED)


def _make_folder(stack: ExitStack) -> Path:
    return Path(stack.enter_context(TemporaryDirectory(prefix="govfacts-")))


def _is_sqlite(path: Path) -> bool:
    try:
        if path.is_dir():
            return False
        with path.open("rb") as file:
            return file.read(len(SQLITE)) == SQLITE
    except (OSError, ValueError) as error:
        raise to_unreadable(str(path), error) from error


def _find_table(folder: Path) -> Path:
    """The table of facts in an export's folder."""
    found = next((path for form in FORMATS if (path := folder / f"facts.{form}").is_file()), None)
    if found is None:
        names = ", ".join(f"facts.{form}" for form in FORMATS)
        raise UnreadableError(str(folder), f"holds none of {names}: is it a folder of govfacts export?")
    return found


def _read_database(stack: ExitStack, name: str, question: Question) -> Iterator[Cells]:
    connection = stack.enter_context(closing(open_connection(name)))
    check_current(connection)
    head, found, values = _select(connection, question)
    view, key, order = VIEWS["facts"]
    names = ", ".join(column.name for column in list_columns())
    return connection.query(f"{head}SELECT {names} FROM {view} WHERE {key} IN ({found}) ORDER BY {order}", values)


def _select(connection: Connection, question: Question) -> tuple[str, str, tuple[Any, ...]]:
    """A WITH clause or nothing, a SELECT of the numbers of the facts that are asked for, and the values of both."""
    selection = build_selection(connection, question, ranked=False)
    found = f"SELECT f.fact_pk FROM {selection.source} WHERE {selection.where.sql}"
    return selection.head.sql, found, selection.head.values + selection.where.values


def _read_export(stack: ExitStack, file: Path, question: Question, read_parquet: ReadParquet) -> Iterator[Cells]:
    """The rows of an exported table that are asked for; the search's own filters decide."""
    columns = list_columns()

    def read() -> Iterator[Cells]:
        return read_table(file, columns, read_parquet)

    if question == Question(repeats=True):
        return read()
    if question == Question():
        counted = [column.name for column in columns].index("counted")
        return (row for row in read() if row[counted])
    database = _make_folder(stack) / "index.db"
    names = [column.name for column in columns]
    texts = question.text is not None or question.indicator is not None
    index_facts(database, names, read(), read_kickers(file, read_parquet) if texts else {}, texts=texts)
    connection = stack.enter_context(closing(open_connection(database)))
    head, found, values = _select(connection, question)
    numbers = {number for (number,) in connection.query(head + found, values)}
    return (row for number, row in enumerate(read(), 1) if number in numbers)
