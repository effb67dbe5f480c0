"""Rows of Spark's sources to documents, as `extractor.read` finds them in files."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from extractor.errors import InternalError, OversizedError, UndecodableError
from extractor.read import Input
from extractor.read.container import find_documents
from extractor.read.encoding import WIDE, find_encoding
from extractor.read.input import guard
from extractor.read.row import Rows
from extractor.read.stream import Budget, Entry
from extractor.settings import Settings

if TYPE_CHECKING:
    import pyarrow as pa

SAMPLE = 1 << 20  # bytes by which a stretch's encoding is told


@dataclass(slots=True)
class Place:
    """Where a task stands: `counts` rows seen by file; `starts` as in Worker."""

    settings: Settings
    starts: Mapping[tuple[str, int], int] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)

    def count(self, doc: str) -> None:
        """One more row of a file."""
        self.counts[doc] = self.counts.get(doc, 0) + 1

    def to_entry(self, doc: str) -> Entry:
        """The file as the readers know it."""
        return Entry(doc, doc, Budget(doc, self.settings))


def to_doc(path: str) -> str:
    """The name of a file in records: its address, a local one's plain path.

    >>> to_doc("file:///data/1958.txt")
    '/data/1958.txt'
    """
    return "/" + path.removeprefix("file:").lstrip("/") if path.startswith("file:/") else path


def find_files(batches: Iterable[pa.RecordBatch], place: Place) -> Iterator[Input]:
    """`path`, `content`: the documents of whole files."""
    for batch in batches:
        for path, content in zip(batch.column("path"), batch.column("content"), strict=True):
            doc = to_doc(path.as_py())
            place.count(doc)
            yield from guard(doc, find_documents(io.BytesIO(content.as_py()), place.to_entry(doc)))


def find_lines(batches: Iterable[pa.RecordBatch], place: Place) -> Iterator[Input]:
    """`path` (percent-encoded), `start`, `value`: the articles of JSON Lines, the lines of a stretch in their order."""
    stretch: Stretch | None = None
    for batch in batches:
        for path, start, value in zip(*map(batch.column, ("path", "start", "value")), strict=True):
            doc, at, line = to_doc(unquote(path.as_py())), start.as_py(), value.as_py()
            place.count(doc)
            if stretch is None or (stretch.doc, stretch.start) != (doc, at):
                if stretch is not None:
                    yield from stretch.flush()
                stretch = Stretch(doc, at, find_start(doc, at, place), place)
            yield from stretch.add(line)
    if stretch is not None:
        yield from stretch.flush()


def find_start(doc: str, start: int, place: Place) -> int:
    """Lines of a file before a stretch. Raises InternalError where the job counted other stretches."""
    if (doc, start) not in place.starts:
        raise InternalError(f"{doc}: was split at byte {start}, where no lines were counted; the file has changed")
    return place.starts[doc, start]


@dataclass(slots=True)
class Stretch:
    """The lines of a file from a byte on. They are held until there are enough to tell their encoding."""

    doc: str
    start: int
    number: int
    place: Place
    held: list[bytes] = field(default_factory=list)
    size: int = 0
    rows: Rows | None = None
    refused: bool = False

    def add(self, line: bytes) -> Iterator[Input]:
        """The documents that are certain now."""
        if self.rows is not None:
            yield from self._read(line)
        elif not self.refused:
            self.held.append(line)
            self.size += len(line)
            if self.size >= SAMPLE:
                yield from self.flush()

    def flush(self) -> Iterator[Input]:
        """The documents of the lines that are held; a failure where they are in no encoding."""
        if self.rows is not None or self.refused or not self.held:
            return
        entry = self.place.to_entry(self.doc)
        lines, self.held = self.held, []
        try:
            found = find_encoding(b"\n".join(lines), self.doc, errors=entry.settings.errors, whole=False)
            if found.name in WIDE:
                raise UndecodableError(
                    self.doc, f"{found.name.upper()} has no lines of bytes: read it with --format files"
                )
        except UndecodableError as error:
            self.refused = True
            yield Input(self.doc, failure=error)
            return
        lines[0] = lines[0][found.mark :]
        self.rows = Rows(entry, found.name, "JSON Lines")
        for line in lines:
            yield from self._read(line)

    def _read(self, line: bytes) -> Iterator[Input]:
        assert self.rows is not None
        self.number += 1
        limit = self.place.settings.max_bytes
        if len(line) > limit:
            reason = f"line {self.number} has more than {limit} bytes (max_bytes)"
            yield Input(f"{self.doc}#{self.number}", failure=OversizedError(self.doc, reason))
        elif line.strip():
            yield to_row(self.rows, self.number, line)


def to_row(rows: Rows, number: int, line: bytes) -> Input:
    """The article of a line; a failure where it holds none."""
    try:
        values = json.loads(line.decode(rows.encoding, "surrogateescape"))
    except (ValueError, RecursionError) as error:
        reason = error.msg if isinstance(error, json.JSONDecodeError) else str(error)
        return rows.to_failure(number, f"no JSON ({reason})")
    if not isinstance(values, dict):
        return rows.to_failure(number, "no JSON object")
    return rows.to_input(number, values)


def find_rows(batches: Iterable[pa.RecordBatch], place: Place) -> Iterator[Input]:
    """`path` (percent-encoded), `number` (from 0), `row`: the articles of tables, texts as bytes."""
    rows: Rows | None = None
    for batch in batches:
        for path, number, row in zip(*map(batch.column, ("path", "number", "row")), strict=True):
            doc = to_doc(unquote(path.as_py()))
            place.count(doc)
            if rows is None or rows.entry.doc != doc:
                rows = Rows(place.to_entry(doc), "utf-8", "Parquet")
            yield rows.to_input(number.as_py() + 1, {name: to_value(value) for name, value in row.as_py().items()})


def to_value(value: Any) -> Any:
    """A cell; bytes as text, those that are no UTF-8 as lone surrogates."""
    return value.decode("utf-8", "surrogateescape") if isinstance(value, bytes) else value


FINDERS: dict[str, Callable[[Iterable[pa.RecordBatch], Place], Iterator[Input]]] = {
    "files": find_files,
    "jsonl": find_lines,
    "parquet": find_rows,
}
