"""Exported tables back to plain cells: texts, ISO dates and decimals as str, numbers as int and float, flags as int."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from extractor.errors import RecordError, UndecodableError
from extractor.export.delimited import FORMULA
from extractor.export.table import Column
from extractor.read.input import to_unreadable
from extractor.store.migrate import load_tables

FORMATS = ("parquet", "csv", "jsonl")
LONGEST = 2**31 - 1  # characters of a cell
Cells = Sequence[Any]
ReadParquet = Callable[[Path, Sequence[str]], Iterator[Cells]]
Parse = Callable[[Any], Any]


def read_table(file: Path, columns: Sequence[Column], read_parquet: ReadParquet) -> Iterator[Cells]:
    """The rows of an exported table, the columns as asked for. Raises InputError on the file, RecordError on a row."""
    names = [column.name for column in columns]
    form = file.suffix[1:]
    parsers = [_choose(column, form) for column in columns]
    read = {"csv": _read_csv, "jsonl": _read_lines, "parquet": read_parquet}[form]
    try:
        for number, row in enumerate(read(file, names), 1):
            try:
                yield [None if cell is None else parse(cell) for parse, cell in zip(parsers, row, strict=True)]
            except (ValueError, TypeError, AttributeError) as error:
                raise RecordError(f"{file}: row {number}: {error}") from error
    except (OSError, UnicodeDecodeError) as error:
        if isinstance(error, OSError):
            raise to_unreadable(str(file), error) from error
        raise UndecodableError(str(file), f"is no UTF-8 at byte {error.start}") from error


def read_kickers(file: Path, read_parquet: ReadParquet) -> dict[str, str]:
    """The small lines beside headlines by article, from the table of articles beside one of facts, where it is."""
    articles = file.with_name(f"articles{file.suffix}")
    if not articles.is_file():
        return {}
    columns = [Column("article_id", "text", ""), Column("kicker", "text", "")]
    return {article: kicker for article, kicker in read_table(articles, columns, read_parquet) if kicker}


def _read_csv(file: Path, names: Sequence[str]) -> Iterator[Cells]:
    needed = {column.name for column in load_tables()["v_facts"].columns if not column.null}
    csv.field_size_limit(LONGEST)
    with file.open(encoding="utf-8-sig", newline="") as text:
        rows = csv.reader(text)
        header = next(rows, [])
        places = [_find(file, header, name) for name in names]
        empty = ["" if name in needed else None for name in names]  # CSV does not tell an empty text from none
        try:
            for row in rows:
                if len(row) != len(header):
                    raise RecordError(f"{file}: line {rows.line_num}: {len(row)} cells, the header has {len(header)}")
                yield [row[place] or nothing for place, nothing in zip(places, empty, strict=True)]
        except csv.Error as error:
            raise RecordError(f"{file}: line {rows.line_num}: {error}") from error


def _find(file: Path, header: Sequence[str], name: str) -> int:
    if name not in header:
        raise RecordError(f"{file}: has no column {name}; is it a table of facts?")
    return header.index(name)


def _read_lines(file: Path, names: Sequence[str]) -> Iterator[Cells]:
    with file.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            try:
                row = json.loads(line)
                yield [row[name] for name in names]
            except KeyError as error:
                raise RecordError(f"{file}: line {number}: has no column {error.args[0]}") from error
            except (json.JSONDecodeError, TypeError, RecursionError) as error:
                raise RecordError(f"{file}: line {number}: is no JSON object ({error})") from error


def _choose(column: Column, form: str) -> Parse:
    if column.type == "integer":
        return int
    if column.type == "number":
        return float
    if column.type == "flag":
        return _parse_flag
    if column.type == "date":
        return _to_iso
    if column.type == "decimal":
        return str
    return _restore if form == "csv" else _check_text


def _parse_flag(cell: Any) -> int:
    if str(cell).lower() not in ("0", "1", "false", "true"):
        raise ValueError(f"{cell!r} is neither 0 nor 1")
    return int(str(cell).lower() in ("1", "true"))


def _to_iso(cell: Any) -> str:
    return cell if isinstance(cell, str) else str(cell.isoformat())


def _check_text(cell: Any) -> str:
    if not isinstance(cell, str):
        raise TypeError(f"{cell!r} is no text")
    return cell


def _restore(cell: str) -> str:
    """A text without the apostrophe that keeps a spreadsheet from running it."""
    return cell[1:] if cell[0:1] == "'" and cell[1:].lstrip(" \u3000").startswith(FORMULA) else cell
