"""What a reviewer has yet to judge, the least confident first."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from typing import NamedTuple

from extractor.errors import UsageError
from extractor.review.state import read_review
from extractor.search import Question
from extractor.search.condition import Condition, all_of
from extractor.search.hit import read_hits
from extractor.search.page import count
from extractor.search.select import FEW, Selection, build_selection
from extractor.store import Connection
from schemas.review import ReviewState
from schemas.search import SearchHit

MOST = 1_000
# `confidence < 2`, which all are, lets the index of confidences answer
FREE = Condition("f.confidence < 2 AND NOT EXISTS (SELECT 1 FROM fact_review j WHERE j.fact_pk = f.fact_pk)")
JUDGED = Condition("f.fact_pk IN (SELECT j.fact_pk FROM fact_review j)")
OTHERS = (
    "f.fact_pk IN (SELECT j.fact_pk FROM fact_review j WHERE NOT EXISTS (SELECT 1 FROM verdict w "
    "WHERE w.review_pk = j.review_pk AND w.reviewer = ? AND w.action <> 'undo' "
    "AND NOT EXISTS (SELECT 1 FROM verdict u WHERE u.review_pk = w.review_pk AND u.undoes = w.verdict_id)))"
)
FIRST = "f.confidence"
CONFIDENCE = (
    "(SELECT coalesce(r.confidence, 1) FROM fact_review j JOIN review r ON r.review_pk = j.review_pk "
    "WHERE j.fact_pk = f.fact_pk)"
)


class Candidate(NamedTuple):
    """`confidence`: the machine's; `review`: what others said, None where nobody has judged it; `seen`: what `decide`
    takes."""

    hit: SearchHit
    confidence: float
    review: ReviewState | None

    @property
    def seen(self) -> int:
        return 0 if self.review is None else self.review.revision


def find_next(
    connection: Connection,
    reviewer: str,
    question: Question | None = None,
    *,
    limit: int = 1,
    unjudged: bool = False,
    skip: Collection[str] = (),
) -> list[Candidate]:
    """The facts of a question (all without one) that a reviewer has not judged, the least confident first. `unjudged`:
    only those that nobody has; `skip`: fact_ids that are left out. Raises UsageError."""
    if not 1 <= limit <= MOST:
        raise UsageError(f"--limit {limit}: expected 1 to {MOST}")
    asked = question or Question()
    wanted = limit + len(skip)
    found: list[tuple[float, int, Question]] = []
    for one, selection, more, column in _list_parts(connection, reviewer, asked, unjudged):
        if column == FIRST:
            selection = _to_ordered(connection, selection)
        tail = f"ORDER BY {column}, f.fact_pk LIMIT {wanted}"
        sql, values = selection.to_sql(f"{column}, f.fact_pk", tail, more)
        found += [(confidence, number, one) for confidence, number in connection.query(sql, values)]
    found.sort(key=lambda row: row[:2])
    candidates: list[Candidate] = []
    for confidence, number, one in found[:wanted]:
        for hit in read_hits(connection, one, [number], {}):
            review = read_review(connection, hit.fact.fact_id)
            known = {hit.fact.fact_id} | ({review.fact_id} if review else set())
            if not known & set(skip):
                candidates.append(Candidate(hit, confidence, review))
        if len(candidates) == limit:
            break
    return candidates


def _to_ordered(connection: Connection, selection: Selection) -> Selection:
    """SQLite would sort all that a broad question finds; the index of confidences has the first ones at once."""
    if connection.dialect != "sqlite" or selection.source != "fact f":
        return selection
    sql, values = selection.to_sql("1", f"LIMIT {FEW + 1}")
    ((number,),) = connection.query(f"SELECT count(*) FROM ({sql}) few", values)
    return selection if number <= FEW else selection._replace(source="fact f INDEXED BY fact_confidence")


def count_queue(
    connection: Connection, reviewer: str, question: Question | None = None, *, unjudged: bool = False
) -> int:
    """How many facts a reviewer has yet to judge."""
    number = 0
    for _, selection, more, column in _list_parts(connection, reviewer, question or Question(), unjudged):
        if column == FIRST:  # all but the judged ones, which are few
            number += count(connection, selection) - _count(connection, selection, JUDGED)
        else:
            number += _count(connection, selection, more)
    return number


def _count(connection: Connection, selection: Selection, more: Condition) -> int:
    return count(connection, selection._replace(where=all_of([selection.where, more])))


def _list_parts(
    connection: Connection, reviewer: str, question: Question, unjudged: bool
) -> list[tuple[Question, Selection, Condition, str]]:
    """Facts that nobody has judged; those that others have; and those that others have rejected."""
    plain, rejected = replace(question, rejected=False), replace(question, rejected=True)
    parts = [(plain, build_selection(connection, plain, ranked=False), FREE, FIRST)]
    if not unjudged:
        others = Condition(OTHERS, (reviewer,))
        for one in (plain, rejected):
            parts.append((one, build_selection(connection, one, ranked=False), others, CONFIDENCE))
    return parts
