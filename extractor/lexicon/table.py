"""Reads lexicon tables: tab-separated, UTF-8, `#` comments, one header line, one entry a row.

A user's folder (Settings.lexicon) may hold tables of the same names: its rows replace those with the same key (first
column) and add the others. A first column that starts with `-` takes the entry away.

The flow lays that folder over our tables for as long as it reads a source (`lay_over`), so that loaders anywhere find
it (`active_overlay`) without its being handed through every function; what they compile is kept apart by folder
(`per_overlay`).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from fractions import Fraction
from functools import cache, lru_cache, wraps
from importlib import resources
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

import regex

from extractor.errors import LexiconError

Row = dict[str, str]
P = ParamSpec("P")
T = TypeVar("T")

_TESTS = ("example", "expected", "published")  # columns that a user's table may leave out
_OVERLAY: ContextVar[Path | None] = ContextVar("overlay", default=None)


@contextmanager
def lay_over(folder: Path | None) -> Iterator[None]:
    """The user's tables in `folder` hold inside the block; None: ours alone."""
    token = _OVERLAY.set(folder)
    try:
        yield
    finally:
        _OVERLAY.reset(token)


def active_overlay() -> Path | None:
    """The folder of the user's tables, None where there is none."""
    return _OVERLAY.get()


def per_overlay(size: int = 8) -> Callable[[Callable[P, T]], Callable[P, T]]:
    """lru_cache for what depends on the tables: keeps the results for each overlay apart."""

    def decorate(load: Callable[P, T]) -> Callable[P, T]:
        cached: Any = lru_cache(maxsize=size)(lambda _, *args, **kwargs: load(*args, **kwargs))
        get = _OVERLAY.get

        @wraps(load)
        def wrapper(*args: P.args, **kwargs: P.kwargs) -> T:
            found: T = cached(get(), *args, **kwargs)
            return found

        wrapper.cache_clear = cached.cache_clear  # type: ignore[attr-defined]
        return wrapper

    return decorate


def parse_table(text: str, name: str) -> Iterator[Row]:
    """Rows of one table as {column: cell}. Raises LexiconError with file and line on a wrong row."""
    columns: list[str] | None = None
    seen: dict[str, int] = {}
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = line.split("\t")
        if columns is None:
            columns = cells
            continue
        if len(cells) > len(columns):
            raise LexiconError(f"{name}:{number}: {len(cells)} cells, expected {len(columns)} ({', '.join(columns)})")
        if any(cell != cell.strip() for cell in cells):
            raise LexiconError(f"{name}:{number}: stray space in {line!r}")
        row = dict(zip(columns, cells + [""] * (len(columns) - len(cells)), strict=True))
        key = unicodedata.normalize("NFKC", cells[0]) if cells[0].isalnum() else cells[0]
        if not key:
            raise LexiconError(f"{name}:{number}: empty first cell")
        if key in seen:
            raise LexiconError(f"{name}:{number}: {cells[0]!r} is already in line {seen[key]}")
        seen[key] = number
        row["_line"] = f"{name}:{number}"
        yield row


@contextmanager
def blame(row: Row, column: str = "") -> Iterator[None]:
    """A cell of the row that is no number, date or pattern becomes a LexiconError with file, line and reason."""
    try:
        yield
    except (ValueError, ArithmeticError, re.error, regex.error) as error:
        cell = f"{column} {row[column]!r}: " if column else ""
        raise LexiconError(f"{row['_line']}: {cell}{error}") from error


def compile_any(rows: Iterable[Row], column: str) -> re.Pattern[str]:
    """One pattern of the rows' patterns, tried in their order. Raises LexiconError on one that is none."""
    patterns = []
    for row in rows:
        with blame(row, column):
            re.compile(row[column])
        patterns.append(row[column])
    return re.compile("|".join(patterns) or r"(?!)")


def _read_overlay(path: Path) -> str:
    try:
        return path.read_text("utf-8-sig")
    except UnicodeDecodeError as error:
        raise LexiconError(f"{path}: byte {error.start} is not UTF-8") from error
    except OSError as error:
        raise LexiconError(f"{path}: {error.strerror}") from error


def read_table(name: str, overlay: Path | None = None) -> tuple[Row, ...]:
    """Rows of our table `name` (with `.tsv`), a user's rows laid over them."""
    return _read_table(name, overlay)


@cache
def _read_ours(name: str) -> tuple[Row, ...]:
    return tuple(parse_table(resources.files("extractor.lexicon").joinpath(name).read_text("utf-8"), name))


@lru_cache(maxsize=256)
def _read_table(name: str, overlay: Path | None) -> tuple[Row, ...]:
    rows = _read_ours(name)
    if overlay is None or not (overlay / name).is_file():
        return rows
    key = next(k for k in rows[0] if not k.startswith("_"))
    merged = {row[key]: row for row in rows}
    for row in parse_table(_read_overlay(overlay / name), str(overlay / name)):
        row = {**{column: "" for column in _TESTS if column in rows[0]}, **row}
        if row.keys() != rows[0].keys():
            ours = ", ".join(column for column in rows[0] if not column.startswith("_"))
            raise LexiconError(f"{row['_line']}: columns are not those of {name}: expected {ours}")
        if row[key].startswith("-"):
            merged.pop(row[key][1:], None)
            continue
        _check_cells(row)
        merged[row[key]] = row
    return tuple(merged.values())


def _check_cells(row: Row) -> None:
    """Cells that must be a number or a regular expression are."""
    for column in row.keys() & {"scale", "standard_factor", "share", "weight"}:
        if row[column]:
            with blame(row, column):
                Fraction(row[column])
    if "pattern" in row:
        with blame(row, "pattern"):
            _check_pattern(row["pattern"])


def _check_pattern(pattern: str) -> None:
    """Some tables are read by one engine, some by the other."""
    try:
        re.compile(pattern)
    except re.error:
        regex.compile(pattern)
