"""The output of `govfacts extract` to a database, where reprints are found and questions answered."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from extractor.batch.duplicate import mark_duplicates
from extractor.errors import RecordError, UndecodableError
from extractor.record import Records
from extractor.store import DocumentRows, Writer, migrate, open_connection, to_document_rows
from schemas import (
    RECORDS,
    ArticleRecord,
    FactRecord,
    PeriodRecord,
    PlaceRecord,
    ProgramRecord,
    Record,
    RunRecord,
    SourceRecord,
)

SAVE = 200  # documents of a transaction


def holds_records(file: Path) -> bool:
    """Whether a file's first line is a record of `govfacts extract`."""
    with file.open("rb") as lines:
        try:
            first = json.loads(lines.readline() or b"null")
        except (ValueError, RecursionError):
            return False
    return isinstance(first, dict) and "record" in first


def store_records(database: Path, file: Path) -> None:
    """Makes a database of the file's documents. Raises RecordError that names the line, UndecodableError."""
    with closing(open_connection(database, create=True)) as connection:
        migrate(connection)
        writer = Writer(connection)
        runs: dict[str, int] = {}
        waiting: list[DocumentRows] = []
        last = 0
        for run, rows in _read_documents(file):
            number = runs.get(run.run_id) or writer.start_run(run, "{}", run.lexicon_digest)
            runs[run.run_id] = number
            if waiting and (number != last or len(waiting) == SAVE):
                writer.save(last, waiting)
                waiting = []
            last = number
            waiting.append(rows)
        writer.save(last, waiting)
        mark_duplicates(connection)


def _read_documents(file: Path) -> Iterator[tuple[RunRecord, DocumentRows]]:
    """The rows of each document with the run that made it."""
    run: RunRecord | None = None
    document: _Document | None = None
    for number, record in _read_records(file):
        if isinstance(record, RunRecord | SourceRecord):
            if run is not None and document is not None:
                yield run, document.to_rows()
            document = _Document(record) if isinstance(record, SourceRecord) else None
            run = record if isinstance(record, RunRecord) else run
        elif run is None or document is None:
            raise RecordError(f"{file}: line {number}: stands before a run and a source; is the output whole?")
        elif not document.add(record):
            raise RecordError(f"{file}: line {number}: its article is not there; is the output whole?")
    if run is not None and document is not None:
        yield run, document.to_rows()


class _Document:
    """The records of one document."""

    def __init__(self, source: SourceRecord) -> None:
        self._source = source
        self._records = Records()
        self._articles: set[str] = set()

    def add(self, record: Record) -> bool:
        """Whether the record's article is known."""
        if isinstance(record, ArticleRecord):
            self._articles.add(record.article_id)
            self._records.articles.append(record)
        elif isinstance(record, FactRecord):
            self._records.facts.append(record)
        elif isinstance(record, PlaceRecord):
            self._records.places.append(record)
        elif isinstance(record, ProgramRecord):
            self._records.programs.append(record)
        elif isinstance(record, PeriodRecord):
            self._records.periods.append(record)
        return getattr(record, "article_id", None) in self._articles

    def to_rows(self) -> DocumentRows:
        return to_document_rows(self._source, 0, self._records)  # no fact shows the size of the text


def _read_records(file: Path) -> Iterator[tuple[int, Record]]:
    """Line numbers and records."""
    with file.open("rb") as lines:
        for number, line in enumerate(lines, 1):
            try:
                plain = json.loads(line)
                model = RECORDS[plain["record"]]
                yield number, model.model_validate_json(line)
            except UnicodeDecodeError as error:
                raise UndecodableError(str(file), f"line {number}: is no UTF-8") from error
            except (ValueError, TypeError, KeyError, RecursionError) as error:
                reason = " ".join(str(error).split())[:200]
                raise RecordError(f"{file}: line {number}: is no record of govfacts extract: {reason}") from error
