"""Facts as a pandas DataFrame, the same one from a database, an export or the records of `govfacts extract`.

This module alone imports pandas and pyarrow, when it is called.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from extractor.errors import MissingExtraError, RecordError, UndecodableError

if TYPE_CHECKING:
    import pandas as pd

    from extractor.export.table import Column
    from extractor.search import Question

__all__ = ["read_facts"]

BATCH = 20_000  # rows that are held as Python objects at once
Cells = Sequence[Any]


def read_facts(
    path: str | Path, *, question: Question | None = None, exact: bool = False, **filters: Any
) -> pd.DataFrame:
    """The facts of a source, one a row, each figure once; columns are those of view v_facts (docs/database.md).

    `path`: a database (SQLite file, postgresql:// address), a folder of `govfacts export` (Parquet, CSV or JSON Lines)
    or its table of facts, or the output of `govfacts extract`. `filters`: fields of `extractor.search.Question` that
    say which facts, such as place="凤阳县", kind="money", minimum="100万", repeats=True; or a whole `question`, whose
    order and page do not matter.

    Numbers are float64 and nullable Int64; with `exact` value, min_value, max_value, value_cny and standard_value are
    Decimal objects, None for none. `counted` is boolean, dates are datetime64[s] (a period is its first and its last
    day, NaT where open), columns of few values (kind, unit, level ...) are categories, texts are of dtype string.

    Raises UsageError on a filter, InputError on a file, RecordError on a row, StoreError on a database.
    """
    from extractor.frame.rows import list_columns, open_rows, to_question

    asked = to_question(question, filters)
    columns = list_columns()
    builders = [_build(column, exact=exact) for column in columns]
    with open_rows(path, asked, read_parquet) as (name, rows):
        iterator = iter(rows)
        while batch := list(islice(iterator, BATCH)):
            for builder, column, cells in zip(builders, columns, zip(*batch, strict=True), strict=True):
                try:
                    builder.add(cells)
                except (ValueError, ArithmeticError, TypeError) as error:
                    raise RecordError(f"{name}: column {column.name}: {error}") from error
    import pandas as pd

    series = {column.name: builder.finish() for column, builder in zip(columns, builders, strict=True)}
    return pd.DataFrame(series, copy=False)


def read_parquet(path: Path, names: Sequence[str]) -> Iterator[Cells]:
    """The rows of a Parquet file, those of its columns that are named. Raises InputError, RecordError."""
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError as error:
        raise MissingExtraError(
            str(path), f"Parquet needs pyarrow ({error}): pip install 'govfacts[export]'"
        ) from error
    try:
        with pq.ParquetFile(path) as file:
            missing = [name for name in names if name not in file.schema_arrow.names]
            if missing:
                raise RecordError(f"{path}: has no column {missing[0]}; is it a table of facts?")
            for batch in file.iter_batches(BATCH, columns=list(names)):
                yield from zip(*(batch.column(name).to_pylist() for name in names), strict=True)
    except pa.ArrowException as error:
        raise UndecodableError(str(path), f"is no Parquet file that can be read ({error})") from error


def _build(column: Column, *, exact: bool) -> _Builder:
    if column.type == "label":
        return _Labels()
    if column.type == "date":
        return _Dates()
    if column.type == "decimal" and exact:
        return _Decimals()
    return _Plain({"integer": "Int64", "flag": "boolean", "decimal": "float64", "number": "float64"}.get(column.type))


class _Builder:
    """One column, batch by batch."""

    def __init__(self) -> None:
        self._parts: list[Any] = []

    def add(self, cells: Iterable[Any]) -> None:
        """The next cells. Raises ValueError, TypeError or ArithmeticError on one that the type cannot hold."""
        raise NotImplementedError

    def finish(self) -> pd.Series:
        """The column."""
        raise NotImplementedError


class _Plain(_Builder):
    """Texts (no dtype given), floats, nullable integers and flags."""

    def __init__(self, dtype: str | None) -> None:
        super().__init__()
        self._dtype = dtype or "string"

    def _to_part(self, cells: Iterable[Any]) -> pd.Series:
        import pandas as pd

        if self._dtype == "float64":
            cells = [float("nan") if cell is None else float(cell) for cell in cells]
        elif self._dtype == "boolean":
            cells = [None if cell is None else bool(cell) for cell in cells]
        return pd.Series(list(cells), dtype=self._dtype)

    def add(self, cells: Iterable[Any]) -> None:
        self._parts.append(self._to_part(cells))

    def finish(self) -> pd.Series:
        import pandas as pd

        return pd.concat(self._parts, ignore_index=True) if self._parts else self._to_part([])


class _Decimals(_Builder):
    """Decimal objects, without the zeros that a format adds."""

    def add(self, cells: Iterable[Any]) -> None:
        self._parts += [None if cell is None else _trim(Decimal(cell)) for cell in cells]

    def finish(self) -> pd.Series:
        import pandas as pd

        return pd.Series(self._parts, dtype=object)


def _trim(number: Decimal) -> Decimal:
    text = format(number, "f")
    return Decimal(text.rstrip("0").rstrip(".") if "." in text else text)


class _Dates(_Builder):
    """Days; distinct ones are parsed once."""

    def __init__(self) -> None:
        super().__init__()
        self._known: dict[str | None, Any] = {}

    def add(self, cells: Iterable[Any]) -> None:
        import numpy as np

        from extractor.frame.rows import parse_day

        known = self._known
        days = []
        for cell in cells:
            if cell not in known:
                known[cell] = np.datetime64(parse_day(cell) if cell else "NaT", "s")
            days.append(known[cell])
        self._parts.append(np.array(days, dtype="datetime64[s]"))

    def finish(self) -> pd.Series:
        import numpy as np
        import pandas as pd

        none = np.array([], dtype="datetime64[s]")
        return pd.Series(np.concatenate([none, *self._parts]))


class _Labels(_Builder):
    """Categories, those that occur in the order of their code points."""

    def __init__(self) -> None:
        super().__init__()
        self._codes: dict[str, int] = {}

    def add(self, cells: Iterable[Any]) -> None:
        import numpy as np

        codes = self._codes
        found = [-1 if cell is None else codes.setdefault(str(cell), len(codes)) for cell in cells]
        self._parts.append(np.array(found, dtype="int32"))

    def finish(self) -> pd.Series:
        import numpy as np
        import pandas as pd

        names = sorted(self._codes)
        order = np.full(len(names) + 1, -1, dtype="int32")  # the last stands for none
        order[[self._codes[name] for name in names]] = range(len(names))
        codes = np.concatenate([np.array([], dtype="int32"), *self._parts])
        categories = pd.Index(names, dtype="string")
        return pd.Series(pd.Categorical.from_codes(order[codes], categories=categories))
