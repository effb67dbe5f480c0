"""The facts of an article, in the database and as they are to be read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from extractor.store.connection import Cells, Connection
from extractor.store.document import to_year_and_day
from extractor.store.match import Judged
from extractor.store.record import COLUMN_LIST, JOINS, NAMES, to_fact
from extractor.store.row import COLUMNS, Row, to_fact_row, to_place_row
from extractor.store.token import to_tokens
from schemas import EvidenceSpan, FactRecord
from schemas.place import FactPlaceValue

FACT, PLACE = COLUMNS["fact"], COLUMNS["place"]
COUNTED = FACT.index("counted")
REVIEW = ("fact_pk", "article_pk", "review_pk", "verdict", "origin", "machine")


class Entry(NamedTuple):
    """A fact as it is to be read. `number`: fact_pk, None where people made it; `machine`: what the machine reads."""

    number: int | None
    fact: FactRecord
    judged: Judged | None
    machine: FactRecord | None

    @property
    def is_rejected(self) -> bool:
        return self.judged is not None and self.judged.verdict == "rejected"


@dataclass(slots=True)
class ArticleFacts:
    """An article with its rows of now: `rows` and `reviews` by fact_pk, a row with its table; `machine`: the machine's
    records by fact_pk, in text order."""

    number: int
    identity: str
    date: str | None
    reprint: bool
    rows: dict[int, tuple[str, Cells]] = field(default_factory=dict)
    facts: dict[int, FactRecord] = field(default_factory=dict)
    reviews: dict[int, Cells] = field(default_factory=dict)
    machine: dict[int, FactRecord] = field(default_factory=dict)


def read_articles(connection: Connection, numbers: Sequence[int]) -> Iterator[ArticleFacts]:
    """Articles (article_pk) with their facts."""
    for number in numbers:
        sql = (
            "SELECT a.article_id, coalesce(a.published, d.published), a.duplicate_of IS NOT NULL FROM article a "
            "JOIN document d ON d.document_pk = a.document_pk WHERE a.article_pk = ?"
        )
        ((identity, date, reprint),) = connection.query(sql, (number,))
        article = ArticleFacts(number, identity, date, bool(reprint))
        for row in connection.query(f"SELECT {','.join(REVIEW)} FROM fact_review WHERE article_pk = ?", (number,)):
            article.reviews[row[0]] = row
        for table in ("fact", "fact_rejected"):
            sql = f"SELECT {COLUMN_LIST} FROM {table} f {JOINS} WHERE f.article_pk = ?"
            for cells in connection.query(sql, (number,)):
                article.rows[cells[0]] = table, cells[: len(FACT)]
                article.facts[cells[0]] = FactRecord.model_validate(to_fact(dict(zip(NAMES, cells, strict=True))))
        for fact in sorted(article.facts):
            review = article.reviews.get(fact)
            if review is None:
                article.machine[fact] = article.facts[fact]
            elif review[-1] is not None:
                article.machine[fact] = FactRecord.model_validate_json(review[-1])
        yield article


def read_figures(connection: Connection, number: int) -> set[tuple[Any, ...]]:
    """What the machine reads in an article (kind, value, bounds, unit), whatever people say of it."""
    sql = (
        "SELECT f.kind, f.value, f.min_value, f.max_value, f.unit FROM fact f WHERE f.article_pk = ? "
        "AND NOT EXISTS (SELECT 1 FROM fact_review v WHERE v.fact_pk = f.fact_pk)"
    )
    figures = set(connection.query(sql, (number,)))
    judged = connection.query("SELECT machine FROM fact_review WHERE article_pk = ? AND machine IS NOT NULL", (number,))
    for (text,) in judged:
        fact = FactRecord.model_validate_json(text)
        quantity = fact.quantity
        figures.add((fact.kind, quantity.value, quantity.min_value, quantity.max_value, quantity.unit))
    return figures


def write_article(connection: Connection, article: ArticleFacts, entries: Sequence[Entry]) -> None:
    """Brings the rows to what is to be read."""
    made = {row[2]: number for number, row in article.reviews.items() if row[4] == "review"}
    rows: dict[int, tuple[str, Row]] = {}
    reviews: dict[int, Row] = {}
    for entry in entries:
        number = entry.number
        if number is None and entry.judged is not None:
            number = made.get(entry.judged.number)
        if number is None:
            number = take_number(connection, "fact")
            made[entry.judged.number if entry.judged else 0] = number
        rows[number] = "fact_rejected" if entry.is_rejected else "fact", _to_row(connection, article, number, entry)
        if rows[number] != article.rows.get(number):
            _put(connection, number, article.rows.get(number), rows[number])
        if entry.judged is not None:
            machine = None if entry.machine is None else entry.machine.model_dump_json()
            origin = "review" if entry.machine is None else "machine"
            reviews[number] = (number, article.number, entry.judged.number, entry.judged.verdict, origin, machine)
    for number in article.rows.keys() - rows.keys():
        connection.execute(f"DELETE FROM {article.rows[number][0]} WHERE fact_pk = ?", (number,))
    for number, review in article.reviews.items():
        if reviews.get(number) != tuple(review):
            connection.execute("DELETE FROM fact_review WHERE fact_pk = ?", (number,))
    new = [row for number, row in reviews.items() if article.reviews.get(number) != row]
    connection.insert("fact_review", REVIEW, new)


def _put(connection: Connection, number: int, old: tuple[str, Cells] | None, new: tuple[str, Row]) -> None:
    table, row = new
    if old is not None and old[0] == table:
        changed = [at for at in range(len(FACT)) if row[at] != old[1][at]]
        sets = ", ".join(f"{FACT[at]} = ?" for at in changed)
        connection.execute(f"UPDATE {table} SET {sets} WHERE fact_pk = ?", (*(row[at] for at in changed), number))
        return
    if old is not None:
        connection.execute(f"DELETE FROM {old[0]} WHERE fact_pk = ?", (number,))
    connection.insert(table, FACT, [row])


def _to_row(connection: Connection, article: ArticleFacts, number: int, entry: Entry) -> Row:
    fact = entry.fact
    known = article.rows.get(number)
    old = article.facts.get(number)
    sentence = known[1][2] if known else _find_sentence(connection, article.number, fact.evidence)
    if known and old and _to_value(old.place) == _to_value(fact.place):
        place = known[1][3]
    else:
        place = None if fact.place is None else find_place(connection, fact.place)
    end = fact.period.end_date if fact.period else None
    when = to_year_and_day(end or article.date)
    row = to_fact_row(number, article.number, sentence, place, fact, when)
    counted = 0 if entry.is_rejected or article.reprint or fact.repeat_of else 1
    return (*row[:COUNTED], counted, *row[COUNTED + 1 :])


def _to_value(place: FactPlaceValue | None) -> Row | None:
    return None if place is None else to_place_row(place)


def take_number(connection: Connection, table: str) -> int:
    """A number for a row that people make: below zero, where the bulk writer gives out none."""
    tables = ("fact", "fact_rejected") if table == "fact" else (table,)
    lowest = 0
    for name in tables:
        ((number,),) = connection.query(f"SELECT coalesce(min({table}_pk), 0) FROM {name}")
        lowest = min(lowest, number)
    return lowest - 1


def find_place(connection: Connection, place: FactPlaceValue) -> int:
    """The number of a place, which is made where it is new."""
    cells = to_place_row(place)
    same = " AND ".join(f"coalesce({name}, '') = ?" for name in PLACE[1:6])
    sql = f"SELECT min(place_pk) FROM place WHERE name = ? AND {same}"
    ((number,),) = connection.query(sql, (place.name, *(cell or "" for cell in cells[:5])))
    if number is None:
        number = take_number(connection, "place")
        connection.insert("place", PLACE, [(number, *cells)])
    return int(number)


def _find_sentence(connection: Connection, article: int, evidence: EvidenceSpan) -> int:
    """The number of a sentence of an article, which is made where it is new."""
    sql = "SELECT min(sentence_pk) FROM sentence WHERE article_pk = ? AND start_char = ? AND end_char = ?"
    ((number,),) = connection.query(sql, (article, evidence.start_char, evidence.end_char))
    if number is None:
        number = take_number(connection, "sentence")
        bbox: Any = None if evidence.bbox is None else str(list(evidence.bbox))
        row = (number, article, evidence.start_char, evidence.end_char, evidence.text, evidence.page, bbox)
        connection.insert("sentence", COLUMNS["sentence"], [row])
        connection.index("sentence_search", [(number, *to_tokens(evidence.text))])
    return int(number)
