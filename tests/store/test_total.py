"""The kept sums are those of the facts, whatever was written, read again, taken out and marked."""

from __future__ import annotations

import copy
import math
import random
from collections import defaultdict
from collections.abc import Iterable
from fractions import Fraction
from typing import Any

import pytest

from extractor import StoreError
from extractor.batch.duplicate import mark_duplicates
from extractor.store import Connection, DocumentRows
from extractor.store.migrate import load_migrations
from extractor.store.row import COLUMNS
from extractor.store.total import FACT, KEYS, Figure, Sum
from store_case import fill, read_all, read_rows, start

AMOUNTS = (None, 0.0, -3.5, 0.1, 1e-6, 7.0, 1e16, 3.3e23, 1e24, 1e300, 12345678.9)
PLACES = (
    (None, None, "某地", "zone", "某地", None, None, None, None),
    ("370000", "p1", "山东省", "province", "山东省", "山东省", "370000", None, None),
    ("340000", "p2", "安徽省", "province", "安徽省", "安徽省", "340000", None, None),
)


def make_document(number: int, pick: random.Random) -> DocumentRows:
    """A sample document with other figures, years, places, indicators and another paper."""
    rows: DocumentRows = copy.deepcopy(read_rows(pick.choice(("canal.txt", "cotton.txt", "water.txt"))))
    rows.doc = f"{number}.txt"
    document = list(rows.document)
    document[0] = rows.doc
    document[COLUMNS["document"].index("newspaper") - 1] = pick.choice((None, "海滨日报", "山城日报"))
    rows.document = tuple(document)
    rows.places = [*rows.places, *PLACES]
    for at, fact in enumerate(rows.facts):
        cells = list(fact)
        cells[FACT["place_pk"]] = pick.choice((None, *range(len(rows.places))))
        cells[FACT["kind"]] = pick.choice(("money", "count"))
        cells[FACT["amount_unit"]] = pick.choice(("CNY", "个", ""))
        cells[FACT["indicator_id"]] = pick.choice((None, "total_investment", "grain_output"))
        cells[FACT["year"]] = pick.choice((None, 1958, 2020))
        cells[FACT["amount"]] = pick.choice(AMOUNTS)
        cells[FACT["counted"]] = int(cells[FACT["repeat_of"]] is None)
        rows.facts[at] = tuple(cells)
    if pick.random() < 0.2:
        rows.articles[0] = (*rows.articles[0][:-2], "0123456789abcdef", rows.articles[0][-1])  # a reprint
    return rows


def check_totals(connection: Connection) -> None:
    """Every row of the tables against the facts, and no other row."""
    year = "f.amount_unit, coalesce(f.year, 0)"
    groups = add_up(connection, f"f.kind, {year}, coalesce(p.province, '')")
    assert read_sums(connection, "fact_total") == groups
    assert read_sums(connection, "indicator_total") == add_up(connection, f"f.indicator_id, {year}")
    assert read_papers(connection) == add_up_papers(connection)


def read_sums(connection: Connection, table: str) -> dict[Any, Any]:
    """Two numbers hold 32 digits: what goes from 3.3e23 may leave a millionth."""
    keys = ",".join(KEYS[table])
    sums = connection.query(f"SELECT {keys}, facts, counted, amounts, total + rest FROM {table}")
    return {row[:-4]: (*row[-4:-1], pytest.approx(row[-1], rel=1e-14, abs=1e-6)) for row in sums}


def add_up(connection: Connection, keys: str) -> dict[Any, Any]:
    """By math.fsum, which rounds once."""
    groups: dict[Any, list[tuple[int, float | None]]] = defaultdict(list)
    rows = connection.query(
        f"SELECT {keys}, f.counted, f.amount FROM fact f LEFT JOIN place p ON p.place_pk = f.place_pk"
    )
    for *key, counted, amount in rows:
        if key[0] is not None:
            groups[tuple(key)].append((counted, amount))
    sums = {}
    for group, facts in groups.items():
        amounts = [amount for counted, amount in facts if counted and amount is not None and abs(amount) < 1e24]
        sums[group] = (len(facts), sum(counted for counted, _ in facts), len(amounts), math.fsum(amounts))
    return sums


def read_papers(connection: Connection) -> set[Any]:
    return set(
        connection.query("SELECT newspaper, year, articles, characters, reprints, facts, counted FROM paper_total")
    )


def add_up_papers(connection: Connection) -> set[Any]:
    papers: dict[Any, list[int]] = defaultdict(lambda: [0] * 5)
    for paper, year, characters, first, facts, counted in connection.query(
        "SELECT d.newspaper, a.year, a.characters, a.duplicate_of, count(f.fact_pk), coalesce(sum(f.counted), 0) "
        "FROM article a JOIN document d ON d.document_pk = a.document_pk LEFT JOIN fact f "
        "ON f.article_pk = a.article_pk GROUP BY a.article_pk, d.newspaper, a.year, a.characters, a.duplicate_of"
    ):
        told = (0, 0, 1) if first else (1, characters, 0)
        for at, number in enumerate((*told, facts, counted)):
            papers[paper or "", year or 0][at] += number
    return {(*key, *counts) for key, counts in papers.items()}


@pytest.mark.parametrize("seed", range(6))
def test_they_equal_the_facts_after_any_changes(database: Connection, seed: int) -> None:
    pick = random.Random(seed)
    writer, run = start(database)
    for _ in range(12):
        numbers = pick.sample(range(8), k=pick.randint(1, 4))
        step = pick.random()
        if step < 0.6:
            writer.save(run, [make_document(number, pick) for number in numbers])
        elif step < 0.8:
            writer.remove([(f"{number}.txt", 1) for number in numbers])
        else:
            mark_duplicates(database)
        check_totals(database)
    writer.remove([(f"{number}.txt", 1) for number in range(8)])
    assert {table: list(database.query(f"SELECT * FROM {table}")) for table in KEYS} == {table: [] for table in KEYS}


def test_reprints_are_taken_out_of_the_sums(database: Connection) -> None:
    twin = copy.copy(read_rows("canal.txt"))
    twin.doc = "twin.txt"
    twin.document = (twin.doc, *twin.document[1:])
    fill(database, [read_rows("canal.txt"), twin])
    counted = "SELECT sum(facts), sum(counted) FROM v_fact_totals"
    ((facts, before),) = database.query(counted)
    assert mark_duplicates(database) == 2
    check_totals(database)
    ((still, after),) = database.query(counted)
    assert (still, after * 2) == (facts, before) and after > 3
    assert list(database.query("SELECT articles, reprints FROM v_paper_totals")) == [(2, 2)]


def test_a_save_that_fails_changes_no_sum(database: Connection) -> None:
    writer = fill(database)
    before = [list(database.query(f"SELECT * FROM {table} ORDER BY 1, 2")) for table in KEYS]
    broken = copy.copy(read_rows("canal.txt"))
    broken.facts = [(*broken.facts[0][:-2], None, 1)]  # a fact must have a confidence
    with pytest.raises(StoreError):
        writer.save(1, [broken])
    assert [list(database.query(f"SELECT * FROM {table} ORDER BY 1, 2")) for table in KEYS] == before


def test_an_older_database_gets_its_sums(database: Connection) -> None:
    """The migration fills the tables from the facts that are there."""
    fill(database, [*read_all(), *(make_document(number, random.Random(number)) for number in range(5))])
    (migration,) = [m for m in load_migrations(database.dialect) if m.name == "totals"]
    inserts = [part for part in migration.sql.split("\n\n") if part.startswith("INSERT")]
    for table in KEYS:
        database.execute(f"DELETE FROM {table}")
    for statement in inserts:
        database.script(statement)
    assert len(inserts) == len(KEYS)
    check_totals(database)


def add_all(amounts: Iterable[float], sign: int, group: Sum) -> Sum:
    for amount in amounts:
        group.add(Figure("money", "CNY", None, 2020, None, amount, 1), sign)
    return group


def test_the_rest_holds_what_the_total_rounds_off() -> None:
    amounts = [1e16, 1.0, 1e-9]
    *counts, total, rest = add_all(amounts, 1, Sum()).to_cells()
    assert counts == [3, 3, 3] and total == math.fsum(amounts) != 1e16
    assert math.isclose(Fraction(total) + Fraction(rest), sum(map(Fraction, amounts)), rel_tol=1e-30, abs_tol=0)
    assert add_all(amounts, -1, add_all(amounts, 1, Sum())).to_cells() == (0, 0, 0, 0.0, 0.0)
