"""What a database holds: facts, articles and characters by year, place, kind and newspaper; failures and runs."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from extractor.store import Connection

COUNTS = ("facts", "articles", "characters")
FAILURES = 20  # shown of each cause
RUNS = 20  # the latest


class Total(NamedTuple):
    """Of the whole database. `counted`: facts that repeat none and are of no reprint."""

    documents: int
    characters: int
    articles: int
    duplicates: int
    facts: int
    counted: int
    failures: int
    runs: int


class Row(NamedTuple):
    """One group: facts are the counted ones, articles those that are no reprints, characters those of their bodies."""

    name: str | int | None
    facts: int
    articles: int
    characters: int


class PlaceRow(NamedTuple):
    """A province, or a county, banner, district (or what has no county) in it: facts with this place, articles about
    it and their characters."""

    province: str | None
    county: str | None
    facts: int
    articles: int
    characters: int


class FailureRow(NamedTuple):
    """Why inputs could not be read."""

    stage: str
    error: str
    documents: int
    example: str


class RunRow(NamedTuple):
    """An invocation, the latest first."""

    run_id: str
    version: str
    started: str
    finished: str | None
    documents: int


@dataclass(frozen=True, slots=True)
class Stats:
    """What a database holds."""

    total: Total
    years: tuple[Row, ...]
    kinds: tuple[Row, ...]
    newspapers: tuple[Row, ...]
    provinces: tuple[PlaceRow, ...]
    counties: tuple[PlaceRow, ...]
    failures: tuple[FailureRow, ...]
    runs: tuple[RunRow, ...]


def read_stats(connection: Connection) -> Stats:
    """Counts everything. Raises StoreError."""
    provinces, counties = _read_places(connection)
    return Stats(
        total=_read_total(connection),
        years=_read_years(connection),
        kinds=_read_kinds(connection),
        newspapers=_read_newspapers(connection),
        provinces=provinces,
        counties=counties,
        failures=_read_failures(connection),
        runs=_read_runs(connection),
    )


def _read_total(connection: Connection) -> Total:
    parts = {
        "documents": "SELECT count(*) FROM document",
        "characters": "SELECT coalesce(sum(characters), 0) FROM document",
        "articles": "SELECT count(*) FROM article",
        "duplicates": "SELECT count(*) FROM article WHERE duplicate_of IS NOT NULL",
        "facts": "SELECT count(*) FROM fact",
        "counted": "SELECT count(*) FROM fact WHERE counted = 1",
        "failures": "SELECT count(*) FROM failure",
        "runs": "SELECT count(*) FROM run",
    }
    values = {}
    for name, sql in parts.items():
        ((values[name],),) = connection.query(sql)
    return Total(**{name: int(value) for name, value in values.items()})


def _read_years(connection: Connection) -> tuple[Row, ...]:
    """Facts by their own year, articles by that of their publication."""
    facts: dict[int | None, int] = dict(
        connection.query("SELECT year, count(*) FROM fact WHERE counted = 1 GROUP BY year")
    )
    articles = {
        year: (number, characters)
        for year, number, characters in connection.query(
            "SELECT year, count(*), sum(characters) FROM article WHERE duplicate_of IS NULL GROUP BY year"
        )
    }
    years = sorted(facts.keys() | articles.keys(), key=lambda year: (year is None, year))
    return tuple(Row(year, facts.get(year, 0), *articles.get(year, (0, 0))) for year in years)


def _read_kinds(connection: Connection) -> tuple[Row, ...]:
    """Facts by kind, with the articles that hold such facts and their characters."""
    rows = connection.query(
        "SELECT f.kind, sum(f.number), count(*), sum(a.characters) FROM (SELECT kind, article_pk, count(*) AS number "
        "FROM fact WHERE counted = 1 GROUP BY article_pk, kind) f JOIN article a ON a.article_pk = f.article_pk "
        "GROUP BY f.kind ORDER BY 2 DESC, 1"
    )
    return tuple(Row(*row) for row in rows)


def _read_newspapers(connection: Connection) -> tuple[Row, ...]:
    rows = connection.query(
        "SELECT d.newspaper, sum(coalesce(f.number, 0)), count(*), sum(a.characters) FROM document d "
        "JOIN article a ON a.document_pk = d.document_pk LEFT JOIN (SELECT article_pk, count(*) AS number FROM fact "
        "WHERE counted = 1 GROUP BY article_pk) f ON f.article_pk = a.article_pk WHERE a.duplicate_of IS NULL "
        "GROUP BY d.newspaper ORDER BY 2 DESC, 1"
    )
    return tuple(Row(*row) for row in rows)


def _read_places(connection: Connection) -> tuple[tuple[PlaceRow, ...], tuple[PlaceRow, ...]]:
    """Facts by their own place, articles by the one that they are about."""
    rows = connection.query(
        "SELECT p.province, p.path, p.level, n.facts, n.articles, n.characters FROM (SELECT place_pk, sum(facts) AS "
        "facts, sum(articles) AS articles, sum(characters) AS characters FROM (SELECT place_pk, count(*) AS facts, "
        "0 AS articles, 0 AS characters FROM fact WHERE counted = 1 GROUP BY place_pk UNION ALL SELECT place_pk, 0, "
        "count(*), sum(characters) FROM article WHERE duplicate_of IS NULL GROUP BY place_pk) each_of GROUP BY place_pk"
        ") n LEFT JOIN place p ON p.place_pk = n.place_pk"
    )
    provinces: dict[tuple[str | None, str | None], Counter[str]] = defaultdict(Counter)
    counties: dict[tuple[str | None, str | None], Counter[str]] = defaultdict(Counter)
    for province, path, level, *numbers in rows:
        counts = dict(zip(COUNTS, map(int, numbers), strict=True))
        provinces[province, None].update(counts)
        if province is not None:
            counties[province, to_county(path, level)].update(counts)
    return _rank(provinces), _rank(counties)


def to_county(path: str | None, level: str | None) -> str | None:
    """The path of a place without its province, down to the county: 济宁市/金乡县; None for a province."""
    if path is None:
        return None
    names = path.split("/")
    below = {"township": 1, "village": 1}.get(level or "", 0)
    kept = names[1 : len(names) - below] if len(names) > 2 else names[1:]
    return "/".join(kept[:2]) or None


def _rank(places: Mapping[tuple[str | None, str | None], Counter[str]]) -> tuple[PlaceRow, ...]:
    rows = [PlaceRow(*key, *(counts[name] for name in COUNTS)) for key, counts in places.items()]
    return tuple(sorted(rows, key=lambda row: (-row.facts, str(row.province), str(row.county))))


def _read_failures(connection: Connection) -> tuple[FailureRow, ...]:
    rows = connection.query(
        "SELECT stage, error, count(*), min(doc) FROM failure GROUP BY stage, error ORDER BY 3 DESC, 1, 2 "
        f"LIMIT {FAILURES}"
    )
    return tuple(FailureRow(*row) for row in rows)


def _read_runs(connection: Connection) -> tuple[RunRow, ...]:
    rows = connection.query(
        "SELECT r.run_id, r.version, r.started, r.finished, (SELECT count(*) FROM document d WHERE d.run_pk = r.run_pk)"
        f" FROM run r ORDER BY r.run_pk DESC LIMIT {RUNS}"
    )
    return tuple(RunRow(*row) for row in rows)
