"""CSV and TSV tables: one article a row, the columns' names in the first."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from itertools import count, zip_longest
from typing import BinaryIO

from extractor.errors import UndecodableError
from extractor.read.document import Input
from extractor.read.row import Rows, find_missing
from extractor.read.stream import Entry
from extractor.read.text_stream import TextStream

TAB_SUFFIXES = (".tsv", ".tab")
DELIMITERS = ",\t;|"
LONGEST = 2**31 - 1  # characters of a field that the library can be told


def find_rows(stream: BinaryIO, entry: Entry) -> Iterator[Input]:
    """The article of each row, named by its number as a spreadsheet shows it (the first below the names is 2).

    Raises InputError, also where no column holds the text.
    """
    csv.field_size_limit(min(entry.settings.max_bytes, LONGEST))
    lines = TextStream(stream, entry)
    first = next(lines)
    delimiter = "\t" if entry.name.lower().endswith(TAB_SUFFIXES) else max(DELIMITERS, key=first.count)
    names = [name.strip() for name in next(csv.reader([first], delimiter=delimiter), [])]
    if missing := find_missing(names, entry.settings):
        raise UndecodableError(entry.doc, missing)
    rows = Rows(entry, lines.encoding, "CSV")
    table = csv.reader(lines, delimiter=delimiter)
    for number in count(2):
        try:
            row = next(table, None)
        except csv.Error as error:
            yield rows.to_failure(number, f"{error}; what follows is not read")
            return
        if row is None:
            return
        if any(map(str.strip, row)):
            yield rows.to_input(number, dict(zip_longest(names, row[: len(names)], fillvalue="")))
