"""Sums by kind, unit, year, province, indicator and paper, kept in the transaction that changes what they are of."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, NamedTuple

from extractor.store.connection import Cells, Connection
from extractor.store.row import COLUMNS, DocumentRows

LARGEST = 1e24  # an amount beyond it would swallow the digits of all others: it is left out of the sums
SIZE = 400  # rows of a statement
FACT = {name: at for at, name in enumerate(COLUMNS["fact"])}
ARTICLE = {name: at for at, name in enumerate(COLUMNS["article"])}
NEWSPAPER = COLUMNS["document"].index("newspaper") - 1  # a document's row lacks its number
PROVINCE = COLUMNS["place"].index("province") - 1  # a place's too
SUMS = ("facts", "counted", "amounts", "total", "rest")
READ = ("articles", "characters", "reprints", "facts", "counted")
KEYS = {
    "fact_total": ("kind", "amount_unit", "year", "province"),
    "indicator_total": ("indicator_id", "amount_unit", "year"),
    "paper_total": ("newspaper", "year"),
}


class Figure(NamedTuple):
    """What the sums ask of a fact."""

    kind: str
    amount_unit: str
    indicator_id: str | None
    year: int | None
    province: str | None
    amount: float | None
    counted: int


class Sum:
    """Facts of one group, to be added."""

    __slots__ = ("amounts", "counted", "facts", "numbers")

    def __init__(self) -> None:
        self.facts = self.counted = self.amounts = 0
        self.numbers: list[float] = []

    def add(self, figure: Figure, sign: int) -> None:
        self.facts += sign
        if figure.counted:
            self.counted += sign
            if figure.amount is not None and abs(figure.amount) < LARGEST:
                self.amounts += sign
                self.numbers.append(sign * figure.amount)

    def to_cells(self) -> Cells:
        """The sum in two numbers, so that what is added and taken away again leaves nothing behind."""
        total = math.fsum(self.numbers)
        return self.facts, self.counted, self.amounts, total, math.fsum([*self.numbers, -total])


class Totals:
    """What a transaction adds to the sums and takes from them."""

    def __init__(self) -> None:
        self._facts: dict[Cells, Sum] = {}
        self._indicators: dict[Cells, Sum] = {}
        self._papers: dict[Cells, list[int]] = {}

    def add_documents(self, documents: Iterable[DocumentRows]) -> None:
        """What new documents hold."""
        for rows in documents:
            facts = [0] * len(rows.articles)
            counted = [0] * len(rows.articles)
            provinces = [place[PROVINCE] for place in rows.places]
            for row in rows.facts:
                figure = _to_figure(row, provinces)
                self._add(figure, 1)
                facts[row[1]] += 1
                counted[row[1]] += figure.counted
            for at, row in enumerate(rows.articles):
                year, characters, first = (row[ARTICLE[name]] for name in ("year", "characters", "duplicate_of"))
                self._add_article(rows.document[NEWSPAPER], year, characters, first, facts[at], counted[at], 1)

    def add_stored(self, connection: Connection, articles: Sequence[int], sign: int) -> None:
        """What articles (article_pk) hold in the database; a `sign` of -1 takes it out."""
        for at in range(0, len(articles), SIZE):
            some = articles[at : at + SIZE]
            marks = ",".join("?" * len(some))
            for row in connection.query(
                "SELECT f.kind, f.amount_unit, f.indicator_id, f.year, p.province, f.amount, f.counted FROM fact f "
                f"LEFT JOIN place p ON p.place_pk = f.place_pk WHERE f.article_pk IN ({marks})",
                some,
            ):
                self._add(Figure(*row), sign)
            for row in connection.query(
                "SELECT d.newspaper, a.year, a.characters, a.duplicate_of, "
                "(SELECT count(*) FROM fact f WHERE f.article_pk = a.article_pk), "
                "(SELECT count(*) FROM fact f WHERE f.article_pk = a.article_pk AND f.counted = 1) "
                f"FROM article a JOIN document d ON d.document_pk = a.document_pk WHERE a.article_pk IN ({marks})",
                some,
            ):
                paper, year, characters, first, facts, own = row
                self._add_article(paper, year, characters, first, facts, own, sign)

    def save(self, connection: Connection) -> None:
        """Adds all to the tables, within the transaction that runs."""
        for table, sums in (("fact_total", self._facts), ("indicator_total", self._indicators)):
            rows = [(*key, *sums[key].to_cells()) for key in sums]
            _add_rows(connection, table, SUMS, rows)
        _add_rows(connection, "paper_total", READ, [(*key, *counts) for key, counts in self._papers.items()])

    def _add(self, figure: Figure, sign: int) -> None:
        unit, year = figure.amount_unit, figure.year or 0
        _get(self._facts, (figure.kind, unit, year, figure.province or "")).add(figure, sign)
        if figure.indicator_id is not None:
            _get(self._indicators, (figure.indicator_id, unit, year)).add(figure, sign)

    def _add_article(self, paper: Any, year: Any, characters: int, first: Any, facts: int, own: int, sign: int) -> None:
        counts = self._papers.setdefault((paper or "", year or 0), [0] * len(READ))
        told = (1, characters, 0) if first is None else (0, 0, 1)
        for at, count in enumerate((*told, facts, own)):
            counts[at] += sign * count


@contextmanager
def keep_totals(connection: Connection, articles: Sequence[int]) -> Iterator[None]:
    """Keeps the sums while facts of articles (article_pk) are changed, within the transaction that runs."""
    totals = Totals()
    totals.add_stored(connection, articles, -1)
    yield
    totals.add_stored(connection, articles, 1)
    totals.save(connection)


def _get(sums: dict[Cells, Sum], key: Cells) -> Sum:
    found = sums.get(key)
    if found is None:
        found = sums[key] = Sum()
    return found


def _to_figure(row: Sequence[Any], provinces: Sequence[str | None]) -> Figure:
    place = row[FACT["place_pk"]]
    return Figure(
        row[FACT["kind"]],
        row[FACT["amount_unit"]],
        row[FACT["indicator_id"]],
        row[FACT["year"]],
        None if place is None else provinces[place],
        row[FACT["amount"]],
        row[FACT["counted"]],
    )


def _add_rows(connection: Connection, table: str, sums: Sequence[str], rows: Sequence[Cells]) -> None:
    """Adds to the groups that are there, makes those that are not, and takes out those that are empty then."""
    keys = KEYS[table]
    changed = sorted(row for row in rows if any(row[len(keys) :]))
    for some in _split(changed):
        marks = ",".join(f"({','.join('?' * (len(keys) + len(sums)))})" for _ in some)
        sets = ", ".join(f"{name} = {_to_sum(table, name)}" for name in sums)
        connection.execute(
            f"INSERT INTO {table} ({','.join((*keys, *sums))}) VALUES {marks} "
            f"ON CONFLICT ({','.join(keys)}) DO UPDATE SET {sets}",
            [cell for row in some for cell in row],
        )
    if any(cell < 0 for row in changed for cell in row[len(keys) :] if isinstance(cell, int)):
        empty = "articles = 0 AND reprints = 0" if table == "paper_total" else "facts = 0"
        connection.execute(f"DELETE FROM {table} WHERE {empty}")


def _to_sum(table: str, name: str) -> str:
    """The new value of a column; `rest` takes what the addition of the totals rounds off (Knuth's two-sum)."""
    if name != "rest":
        return f"{table}.{name} + excluded.{name}"
    old, new = f"{table}.total", "excluded.total"
    back = f"(({old} + {new}) - {old})"
    return f"{table}.rest + excluded.rest + ({old} - (({old} + {new}) - {back})) + ({new} - {back})"


def _split(rows: Sequence[Cells]) -> Iterator[Sequence[Cells]]:
    for at in range(0, len(rows), SIZE):
        yield rows[at : at + SIZE]
