"""The fact that a verdict is given on."""

from __future__ import annotations

from dataclasses import dataclass

from extractor.errors import UsageError
from extractor.review.sentence import Sentence, list_facts
from extractor.store import Connection
from extractor.store.article import read_articles
from extractor.store.match import Document
from schemas import FactRecord


@dataclass(frozen=True)
class Target:
    """`review`: review_pk, None where nobody has judged it; `shown`: the fact as it is read now (the machine's where it
    is rejected); `machine`: the machine's record, None where it finds none."""

    fact_id: str
    review: int | None
    shown: FactRecord
    machine: FactRecord | None
    sentence: Sentence

    @property
    def document(self) -> Document:
        return self.sentence.document


def find_target(connection: Connection, fact_id: str) -> Target:
    """The fact of an id, or of the one that it had when it was judged. Raises UsageError where there is none."""
    number, article = _find_row(connection, fact_id)
    (facts,) = read_articles(connection, [article])
    sql = (
        "SELECT d.doc, d.part, d.sha256, d.char_offset FROM article a JOIN document d ON d.document_pk = a.document_pk "
        "WHERE a.article_pk = ?"
    )
    (where,) = connection.query(sql, (article,))
    shown, machine = facts.facts[number], facts.machine.get(number)
    review = facts.reviews.get(number)
    identity, judged = shown.fact_id, None
    if review is not None:
        judged = review[2]
        ((identity,),) = connection.query("SELECT fact_id FROM review WHERE review_pk = ?", (judged,))
    else:
        rows = list(connection.query("SELECT review_pk FROM review WHERE fact_id = ?", (identity,)))
        judged = rows[0][0] if rows else None
    around = list_facts([*facts.facts.values(), *facts.machine.values()], shown.evidence)
    sentence = Sentence(connection, Document(*where), shown.evidence, around)
    return Target(identity, judged, shown, machine, sentence)


def _find_row(connection: Connection, fact_id: str) -> tuple[int, int]:
    """fact_pk and article_pk; of several prints the one that counts, else the first."""
    queries = (
        "SELECT fact_pk, article_pk FROM fact WHERE fact_id = ? ORDER BY counted DESC, fact_pk LIMIT 1",
        "SELECT fact_pk, article_pk FROM fact_rejected WHERE fact_id = ? ORDER BY fact_pk LIMIT 1",
        "SELECT v.fact_pk, v.article_pk FROM review r JOIN fact_review v ON v.review_pk = r.review_pk "
        "WHERE r.fact_id = ? ORDER BY v.fact_pk LIMIT 1",
    )
    for sql in queries:
        for number, article in connection.query(sql, (fact_id,)):
            return number, article
    raise UsageError(f"{fact_id}: no such fact in {connection.name}")
