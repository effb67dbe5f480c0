"""Figures of a question's facts by group: only like units together, numbers with a qualifier apart."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from itertools import groupby
from types import NoneType
from typing import Any, NamedTuple

from extractor.errors import UsageError
from extractor.search.facet import FACETS, JOINS
from extractor.search.select import Selection, build_selection
from extractor.serve.query.cursor import BROKEN, parse_cursor, to_cursor
from extractor.serve.query.question import to_question
from extractor.store import Connection
from extractor.store.record import to_decimal
from schemas.api import AggregateGroup, AggregatePage, Figures, Unused
from schemas.query import AggregateQuery

DIGITS = 12  # of a figure: sums of floating-point numbers differ behind them
ADDED = ("count", "money", "measure")  # kinds that add up
STATES = ("temperature", "speed")  # dimensions that do not
ALWAYS = ("kind", "unit")  # what a group is of whatever was asked for
UNUSED = ("range", "rate", "part")
LAST = "\uffff"
DECIMAL = re.compile(r"-?[0-9]{1,400}(\.[0-9]{1,400})?")
# Parts of a total are left out where the total is in their group. Names are texts, empty where a fact has none, so that
# both databases compare them alike.
SQL = """
{head}picked AS MATERIALIZED (SELECT {columns}, f.kind AS kind, f.amount_unit AS unit, f.dimension AS dimension,
    f.fact_id AS fact_id, f.part_of AS part_of, f.per AS per, f.value AS value, f.modifier AS modifier,
    f.amount AS amount FROM {source} WHERE {where}),
whole AS MATERIALIZED (SELECT DISTINCT fact_id, kind, unit, {names} FROM picked
    WHERE fact_id IN (SELECT part_of FROM picked WHERE part_of IS NOT NULL)),
figure AS (SELECT {own}, p.kind AS kind, p.unit AS unit, p.dimension AS dimension, p.amount AS amount,
    CASE WHEN p.per IS NOT NULL THEN 'rate' WHEN w.fact_id IS NOT NULL THEN 'part'
    WHEN p.value IS NULL OR p.amount IS NULL THEN 'range' WHEN p.modifier = 'exact' THEN 'exact'
    ELSE 'qualified' END AS class
    FROM picked p LEFT JOIN whole w ON w.fact_id = p.part_of AND w.kind = p.kind AND w.unit = p.unit{same}),
ranked AS (SELECT {names}, kind, unit, dimension, amount, class,
    row_number() OVER (PARTITION BY {names}, kind, unit, class ORDER BY amount) AS place,
    count(*) OVER (PARTITION BY {names}, kind, unit, class) AS size FROM figure)
SELECT {names}, kind, unit, class, count(*), max(dimension), sum(amount), min(amount), max(amount),
    avg(CASE WHEN place * 2 IN (size, size + 1, size + 2) THEN amount END)
FROM ranked GROUP BY {names}, kind, unit, class ORDER BY {names}, kind, unit, class
"""


class Row(NamedTuple):
    """Facts of a group that are of one class."""

    group: tuple[str, ...]  # names, kind, unit
    sort: str
    facts: int
    dimension: str | None
    sum: float | None
    min: float | None
    max: float | None
    median: float | None


def read_aggregates(connection: Connection, query: AggregateQuery) -> AggregatePage:
    """The groups that a question asks for, from its cursor on. Raises UsageError, StoreError."""
    selection = build_selection(connection, to_question(query), ranked=False)
    by = tuple(dict.fromkeys(query.by))
    named = tuple(name for name in by if name not in ALWAYS)
    rows = _read_rows(connection, selection, named)
    groups = [_to_group(by, named, key, list(some)) for key, some in groupby(rows, key=lambda row: row.group)]
    shown, cursor = _cut(query, groups)
    return AggregatePage(total=len(groups), facts=sum(g.facts for g in groups), groups=tuple(shown), cursor=cursor)


def _read_rows(connection: Connection, selection: Selection, by: Sequence[str]) -> Iterable[Row]:
    columns = [FACETS[name] for name in by]
    joins = dict.fromkeys(JOINS[column[0]] for column in columns if column[0] in JOINS)
    names = [f"g{number}" for number in range(len(by))] or ["g"]
    if "place" in by or "province" in by:
        joins = dict.fromkeys(join.replace(" JOIN place", " LEFT JOIN place") for join in joins)
    sql = SQL.format(
        head=f"{selection.head.sql.rstrip()}, " if selection.head.sql else "WITH ",
        columns=", ".join(f"coalesce(CAST({c} AS TEXT), '') AS {n}" for c, n in zip(columns, names, strict=False))
        or "'' AS g",
        source=selection.source + "".join(joins),
        where=selection.where.sql,
        names=", ".join(names),
        own=", ".join(f"p.{name} AS {name}" for name in names),
        same="".join(f" AND w.{name} = p.{name}" for name in names),
    )
    size = len(names) + 2
    for cells in connection.query(sql, selection.head.values + selection.where.values):
        yield Row(tuple(cells[:size]), *cells[size:])


def _to_group(by: Sequence[str], named: Sequence[str], cells: tuple[str, ...], rows: Sequence[Row]) -> AggregateGroup:
    kind, unit = cells[-2:]
    names = {name: _to_name(name, cell) for name, cell in zip(named, cells, strict=False)}
    names |= {"kind": kind, "unit": unit}
    counts = {row.sort: row.facts for row in rows}
    figures = {row.sort: _to_figures(row, kind) for row in rows if row.sort in ("exact", "qualified")}
    return AggregateGroup.model_validate(
        {
            "key": {name: names[name] for name in by},
            "kind": kind,
            "unit": unit,
            "facts": sum(counts.values()),
            "exact": figures.get("exact"),
            "qualified": figures.get("qualified"),
            "unused": Unused(**{name: counts.get(name, 0) for name in UNUSED}),
        }
    )


def _to_name(name: str, cell: str) -> str | int | None:
    return None if cell == "" else int(cell) if name == "year" else cell


def _to_figures(row: Row, kind: str) -> Figures:
    added = kind in ADDED and row.dimension not in STATES
    return Figures.model_validate(
        {
            "facts": row.facts,
            "sum": _to_text(row.sum) if added else None,
            **{name: _to_text(getattr(row, name)) for name in ("median", "min", "max")},
        }
    )


def _to_text(number: Any) -> str | None:
    return to_decimal(float(f"{number:.{DIGITS}g}")) if number is not None else None


def _to_key(group: AggregateGroup) -> tuple[str, str, str]:
    """What tells a group from all others; those without a name come last."""
    names = (LAST if cell is None else str(cell) for cell in group.key.values())
    return ("\n".join(names), group.kind, group.unit)


def _to_size(order: str, group: AggregateGroup) -> str | None:
    """What groups are sorted by before their keys, the largest first; None comes last. Exact figures go before
    qualified ones."""
    if order == "key":
        return "0"
    if order == "facts":
        return str(group.facts)
    figures = group.exact or group.qualified
    return None if figures is None else getattr(figures, order)


def _to_place(size: str | None, key: tuple[Any, ...]) -> tuple[Any, ...]:
    return (size is None, -Decimal(size or 0), *key)


def _cut(query: AggregateQuery, groups: Sequence[AggregateGroup]) -> tuple[list[AggregateGroup], str | None]:
    """The groups behind the cursor, and the cursor behind them."""
    placed = [(_to_place(_to_size(query.order, group), _to_key(group)), group) for group in groups]
    placed.sort(key=lambda entry: entry[0])
    cells = parse_cursor(query, query.cursor, ((str, NoneType), (str,), (str,), (str,)))
    if cells is not None:
        size, *key = cells
        if size is not None and not DECIMAL.fullmatch(str(size)):
            raise UsageError(BROKEN)
        last = _to_place(None if size is None else str(size), tuple(key))
        placed = [entry for entry in placed if entry[0] > last]
    shown = [group for _, group in placed[: query.limit]]
    if len(placed) <= query.limit:
        return shown, None
    return shown, to_cursor(query, (_to_size(query.order, shown[-1]), *_to_key(shown[-1])))
