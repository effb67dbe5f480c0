"""Verdicts applied: the facts of documents as they are to be read.

What is to be read follows from the machine's records of now and from the verdicts that hold, whatever came first.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from extractor.record.repeat import mark_repeats
from extractor.store.article import ArticleFacts, Entry, read_articles, write_article
from extractor.store.connection import Connection
from extractor.store.match import Candidate, Document, Judged, Matches, match, squeeze, to_numbers
from extractor.store.relocate import place_fact
from extractor.store.total import keep_totals
from schemas import FactRecord

SIZE = 400
LOCK = "SELECT pg_advisory_xact_lock(hashtext('govfacts review ' || current_schema()))"
JUDGED = (
    "SELECT review_pk, fact_id, verdict, fact, machine, doc, part, sha256, char_offset FROM review "
    "WHERE verdict IS NOT NULL AND "
)
CANDIDATES = """
SELECT f.fact_pk, f.article_pk, f.fact_id, f.quantity_start, f.quantity_end, f.kind, f.value, f.min_value, f.max_value,
    f.quantity_text, s.text, v.origin, v.machine
FROM article a JOIN {table} f ON f.article_pk = a.article_pk JOIN sentence s ON s.sentence_pk = f.sentence_pk
LEFT JOIN fact_review v ON v.fact_pk = f.fact_pk WHERE a.document_pk = ? ORDER BY f.fact_pk
"""


def hold_reviews(connection: Connection) -> None:
    """In a transaction: no other process gives verdicts or stores documents until it ends."""
    if connection.dialect == "postgres":  # SQLite's transactions write one after the other anyway
        for _ in connection.query(LOCK):
            pass


def find_concerned(connection: Connection, first_document: int, first_fact: int) -> list[int]:
    """The documents from a number on that a verdict may concern."""
    if not list(connection.query("SELECT 1 FROM review WHERE verdict IS NOT NULL LIMIT 1")):
        return []
    # CROSS JOIN: the new rows are few, whatever the statistics say
    queries = (
        (
            "SELECT DISTINCT a.document_pk FROM fact f CROSS JOIN review r CROSS JOIN article a WHERE f.fact_pk >= ? "
            "AND r.fact_id = f.fact_id AND r.verdict IS NOT NULL AND a.article_pk = f.article_pk",
            first_fact,
        ),
        (
            "SELECT DISTINCT d.document_pk FROM document d CROSS JOIN review r WHERE d.document_pk >= ? "
            "AND r.sha256 = d.sha256 AND r.verdict IS NOT NULL",
            first_document,
        ),
        (
            "SELECT DISTINCT d.document_pk FROM document d CROSS JOIN review r WHERE d.document_pk >= ? "
            "AND r.doc = d.doc AND r.part = d.part AND r.verdict IS NOT NULL",
            first_document,
        ),
    )
    return sorted({number for sql, first in queries for (number,) in connection.query(sql, (first,))})


def settle(connection: Connection, documents: Iterable[int], only: int | None = None) -> None:
    """Applies all verdicts to documents (document_pk), or those of one judged fact (`only`, review_pk); within a
    transaction. Doing it again changes nothing."""
    for document in documents:
        _settle_document(connection, document, only)


def _settle_document(connection: Connection, number: int, only: int | None) -> None:
    rows = list(
        connection.query("SELECT doc, part, sha256, char_offset FROM document WHERE document_pk = ?", (number,))
    )
    if not rows:
        return
    document = Document(*rows[0])
    candidates = list(_read_candidates(connection, number))
    matches = match(document, candidates, _read_judged(connection, document, candidates))
    sql = (
        "SELECT v.fact_pk, v.article_pk, v.review_pk FROM article a JOIN fact_review v ON v.article_pk = a.article_pk "
        "WHERE a.document_pk = ?"
    )
    touched = {article for _, article, review in connection.query(sql, (number,)) if only in (None, review)}
    by_number = {candidate.number: candidate for candidate in candidates}
    touched |= {by_number[at].article for at, one in matches.found.items() if only in (None, one.number)}
    homes = {one.number: home for one in matches.lost if (home := _find_home(connection, number, document, one))}
    touched |= {home for review, home in homes.items() if only in (None, review)}
    articles = sorted(touched)
    with keep_totals(connection, articles):
        for article in list(read_articles(connection, articles)):
            kept = [one for one in matches.lost if homes.get(one.number) == article.number]
            write_article(connection, article, _assemble(article, document, matches, kept))


def _read_candidates(connection: Connection, document: int) -> Iterable[Candidate]:
    for table in ("fact", "fact_rejected"):
        for row in connection.query(CANDIDATES.format(table=table), (document,)):
            *cells, origin, machine = row
            if origin == "review":
                continue
            number, article, identity, start, end, kind, value, low, high, text, evidence = cells
            numbers: tuple[str | None, ...] = (kind, value, low, high)
            if machine is not None:
                record = FactRecord.model_validate_json(machine)
                quantity = record.quantity
                identity, start, end, text = record.fact_id, quantity.start_char, quantity.end_char, quantity.text
                numbers = to_numbers(record)
            yield Candidate(number, article, identity, start, end, numbers, squeeze(text), squeeze(evidence))


def _read_judged(connection: Connection, document: Document, candidates: Sequence[Candidate]) -> list[Judged]:
    found: dict[int, tuple[Any, ...]] = {}
    ids = [candidate.fact_id for candidate in candidates]
    for at in range(0, len(ids), SIZE):
        some = ids[at : at + SIZE]
        sql = f"{JUDGED} fact_id IN ({','.join('?' * len(some))})"
        found.update({row[0]: row for row in connection.query(sql, some)})
    for row in connection.query(f"{JUDGED} sha256 = ?", (document.sha256,)):
        found[row[0]] = row
    for row in connection.query(f"{JUDGED} doc = ? AND part = ?", (document.doc, document.part)):
        found[row[0]] = row
    return [to_judged(row) for row in found.values()]


def to_judged(row: tuple[Any, ...]) -> Judged:
    """A row of JUDGED."""
    number, identity, verdict, fact, machine, *where = row
    read = FactRecord.model_validate_json
    return Judged(number, identity, verdict, read(fact), None if machine is None else read(machine), *where)


def _find_home(connection: Connection, number: int, document: Document, one: Judged) -> int | None:
    """The article in which a fact that the machine does not find stands; None where none holds its place."""
    import json

    start = one.fact.quantity.start_char + document.offset - one.offset
    sql = "SELECT article_pk, article_id, spans FROM article WHERE document_pk = ? ORDER BY article_pk"
    holding = [
        (identity != one.fact.article_id, article)
        for article, identity, spans in connection.query(sql, (number,))
        if any(first <= start < last for first, last in json.loads(spans))
    ]
    return min(holding)[1] if holding else None


def _assemble(article: ArticleFacts, document: Document, matches: Matches, kept: Sequence[Judged]) -> list[Entry]:
    """The facts of an article as they are to be read, in text order."""
    entries: list[Entry] = []
    for number, machine in article.machine.items():
        one = matches.found.get(number)
        if one is None or one.verdict == "rejected":
            entries.append(Entry(number, machine, one, machine))
        else:
            fact = place_fact(one, document, machine.evidence, machine)
            entries.append(Entry(number, _adopt(fact, one, article), one, machine))
    for one in sorted(kept, key=lambda one: one.fact.quantity.start_char):
        fact = _adopt(place_fact(one, document, None, None), one, article)
        start = fact.quantity.start_char
        at = next((i for i, entry in enumerate(entries) if entry.fact.quantity.start_char > start), len(entries))
        entries.insert(at, Entry(None, fact, one, None))
    return _tie(entries)


def _adopt(fact: FactRecord, one: Judged, article: ArticleFacts) -> FactRecord:
    return fact.model_copy(update={"fact_id": one.fact_id, "article_id": article.identity, "confidence": 1.0})


def _tie(entries: list[Entry]) -> list[Entry]:
    """Totals by their ids of now, and repeats told anew: a rejected figure repeats none and is repeated by none."""
    ids = {entry.machine.fact_id: entry.judged.fact_id for entry in entries if entry.judged and entry.machine}
    shown = [at for at, entry in enumerate(entries) if not entry.is_rejected]
    known = {entries[at].fact.fact_id for at in shown}
    facts: list[FactRecord] = []
    for at in shown:
        fact = entries[at].fact
        total = ids.get(fact.part_of or "", fact.part_of)
        facts.append(fact.model_copy(update={"repeat_of": None, "part_of": total if total in known else None}))
    for at, fact in zip(shown, mark_repeats(facts), strict=True):
        entries[at] = entries[at]._replace(fact=fact)
    return entries
