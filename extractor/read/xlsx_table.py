"""XLSX tables: one article a row, the columns' names in the first row of a sheet."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any, BinaryIO
from xml.etree.ElementTree import ParseError

from extractor.errors import UndecodableError, UnreadableError
from extractor.read.document import Input
from extractor.read.office import check_package
from extractor.read.row import Rows, find_missing
from extractor.read.stream import DAMAGED, Entry, read_whole


def find_rows(stream: BinaryIO, entry: Entry) -> Iterator[Input]:
    """The article of each row of the sheets that have a column of texts, named by its number in the sheet.

    Raises InputError, also where no sheet has such a column.
    """
    data = read_whole(stream, entry)
    check_package(data, entry.doc, entry.settings)
    try:
        yield from _find_rows(data, entry)
    except (KeyError, TypeError, AttributeError, ParseError, SyntaxError, *DAMAGED) as error:
        raise UnreadableError(entry.doc, f"damaged XLSX ({error})") from error


def _find_rows(data: bytes, entry: Entry) -> Iterator[Input]:
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
    missing: str | None = None
    found = False
    for sheet in book.worksheets:
        sheet.reset_dimensions()  # what the file says of its size may be wrong
        table: Iterator[tuple[Any, ...]] = sheet.iter_rows(values_only=True)
        names = ["" if value is None else str(value).strip() for value in next(table, ())]
        missing = find_missing(names, entry.settings)
        if missing is not None:
            continue
        found = True
        doc = entry.doc if len(book.worksheets) == 1 else f"{entry.doc}!/{sheet.title}"
        rows = Rows(entry, "utf-8", "XLSX", doc)
        for number, row in enumerate(table, 2):
            if any(value is not None and str(value).strip() for value in row):
                yield rows.to_input(number, dict(zip(names, row, strict=False)))
    book.close()
    if not found:
        raise UndecodableError(entry.doc, missing or "no sheet holds a table")
