"""What a reviewer sees: the next fact to judge, what others said of it, what was judged last."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

from extractor.errors import UsageError
from extractor.review import count_queue, find_next, read_review
from extractor.review.queue import Candidate
from extractor.search import Question
from extractor.search.hit import read_hits
from extractor.search.select import to_table
from extractor.serve.web.address import Address, to_question
from extractor.serve.web.correction import to_texts
from extractor.serve.web.result import Result, to_result
from extractor.store import Connection

FARTHEST = 200  # candidates that one may go ahead without judging


class ReviewView(NamedTuple):
    """`result`: the fact, None where nothing is left; `at`: its place in the queue; `texts`: its fields for the form;
    `said`: who said what of it."""

    result: Result | None
    candidate: Candidate | None
    at: int
    left: int
    texts: dict[str, str]
    said: tuple[tuple[str, str], ...]


def read_candidate(connection: Connection, reviewer: str, address: Address, at: int, fact: str | None) -> ReviewView:
    """The fact of an id, else the one at a place of the queue of the address's question. Raises UsageError."""
    question = replace(to_question(address), cursor=None)
    left = count_queue(connection, reviewer, question)
    if fact is not None:
        candidate: Candidate | None = find_candidate(connection, fact)
    else:
        at = max(0, min(at, left - 1, FARTHEST))
        found = find_next(connection, reviewer, question, limit=at + 1) if left else []
        candidate, at = (found[-1], len(found) - 1) if found else (None, 0)
    if candidate is None:
        return ReviewView(None, None, at, left, {}, ())
    state = candidate.review
    held = () if state is None else tuple((one.reviewer, one.action) for one in state.verdicts)
    return ReviewView(to_result(candidate.hit, address), candidate, at, left, to_texts(candidate.hit.fact), held)


def find_candidate(connection: Connection, fact_id: str) -> Candidate:
    """A fact by its id, rejected ones too. Raises UsageError where there is none."""
    for rejected in (False, True):
        question = Question(repeats=True, rejected=rejected)
        sql = f"SELECT fact_pk FROM {to_table(question)} WHERE fact_id = ? ORDER BY counted DESC, fact_pk LIMIT 1"
        for (number,) in list(connection.query(sql, (fact_id,))):
            (hit,) = read_hits(connection, question, [number], {})
            return Candidate(hit, hit.fact.confidence, read_review(connection, fact_id))
    raise UsageError(f"{fact_id[:40]}: no such fact")
