"""Judged facts as they stand, with their history."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple, get_args

from extractor.errors import UsageError
from extractor.review.log import find_holding, read_verdicts
from extractor.store import Connection
from extractor.store.record import COLUMN_LIST, JOINS, NAMES, to_fact
from schemas import FactRecord
from schemas.review import ReviewState, Verdict, VerdictRecord

MOST = 1_000
COMPARED = ("kind", "quantity", "indicator", "action", "subject", "place", "program", "period")


class ReviewPage(NamedTuple):
    """`total`: judged facts that fulfil the filters; `cursor`: asks for the next page, None on the last one."""

    total: int
    reviews: tuple[ReviewState, ...]
    cursor: int | None


def read_review(connection: Connection, fact_id: str) -> ReviewState | None:
    """A judged fact by its id, or by the one that the machine gives it now; None where nobody has judged it."""
    sql = (
        "SELECT review_pk FROM review WHERE fact_id = ? UNION ALL SELECT v.review_pk FROM fact_rejected f "
        "JOIN fact_review v ON v.fact_pk = f.fact_pk WHERE f.fact_id = ? LIMIT 1"
    )
    for (number,) in connection.query(sql, (fact_id, fact_id)):
        return read_state(connection, number)
    return None


def read_state(connection: Connection, review: int) -> ReviewState:
    """A judged fact by its review_pk."""
    return read_states(connection, [review])[0]


def list_reviews(
    connection: Connection,
    *,
    verdict: str | None = None,
    reviewer: str | None = None,
    disputed: bool = False,
    found: bool | None = None,
    limit: int = 100,
    cursor: int | None = None,
) -> ReviewPage:
    """Judged facts, the latest one first. `verdict`: accepted, corrected, rejected, or none where all was taken back;
    `reviewer`: who has a word in the history; `disputed`: only those that reviewers differ on; `found`: whether a
    document holds them now. Raises UsageError."""
    if verdict not in (None, "none", *get_args(Verdict)):
        raise UsageError(f"--verdict {verdict}: expected {', '.join(get_args(Verdict))} or none")
    if not 1 <= limit <= MOST:
        raise UsageError(f"--limit {limit}: expected 1 to {MOST}")
    where, values = ["1 = 1"], list[Any]()
    if verdict is not None:
        where.append("r.verdict IS NULL" if verdict == "none" else "r.verdict = ?")
        values += [] if verdict == "none" else [verdict]
    if reviewer is not None:
        where.append("EXISTS (SELECT 1 FROM verdict v WHERE v.review_pk = r.review_pk AND v.reviewer = ?)")
        values.append(reviewer)
    if found is not None:
        where.append(f"{'' if found else 'NOT '}EXISTS (SELECT 1 FROM fact_review v WHERE v.review_pk = r.review_pk)")
    if disputed:
        where.append(
            "(SELECT count(DISTINCT v.reviewer) FROM verdict v WHERE v.review_pk = r.review_pk "
            "AND v.action <> 'undo') > 1"
        )
    condition = " AND ".join(where)
    numbers = [
        number
        for (number,) in connection.query(
            f"SELECT r.review_pk FROM review r WHERE {condition} ORDER BY r.review_pk DESC", values
        )
    ]
    if disputed:
        held = read_verdicts(connection, numbers)
        numbers = [number for number in numbers if is_disputed(find_holding(held[number]).opinions)]
    behind = [number for number in numbers if cursor is None or number < cursor]
    shown = behind[:limit]
    more = shown[-1] if len(behind) > limit else None
    return ReviewPage(len(numbers), tuple(read_states(connection, shown)), more)


def read_states(connection: Connection, reviews: Sequence[int]) -> list[ReviewState]:
    """Judged facts by their review_pk, in the same order."""
    histories = read_verdicts(connection, reviews)
    return [_read_one(connection, review, histories[review]) for review in reviews]


def _read_one(connection: Connection, review: int, verdicts: list[VerdictRecord]) -> ReviewState:
    sql = "SELECT fact_id, verdict, reviewer, decided, doc, machine FROM review WHERE review_pk = ?"
    ((identity, verdict, reviewer, decided, doc, machine),) = connection.query(sql, (review,))
    fact, origin, found = None, "machine", False
    sql = f"SELECT {COLUMN_LIST}, v.origin, v.machine FROM fact_review v JOIN %s f ON f.fact_pk = v.fact_pk {JOINS} "
    sql += "WHERE v.review_pk = ? ORDER BY f.counted DESC, f.fact_pk LIMIT 1"
    for table in ("fact", "fact_rejected"):
        for *cells, kind, read in connection.query(sql.replace("%s", table), (review,)):
            found, origin, machine = True, kind, read
            if table == "fact":
                fact = to_fact(dict(zip(NAMES, cells, strict=True)))
    opinions = find_holding(verdicts).opinions
    return ReviewState(
        fact_id=identity,
        doc=doc,
        verdict=verdict,
        reviewer=reviewer,
        decided=decided,
        found=found or _is_free(connection, verdict, identity),
        origin="review" if origin == "review" else "machine",
        disputed=is_disputed(opinions),
        fact=None if fact is None else FactRecord.model_validate(fact),
        machine=None if machine is None else FactRecord.model_validate_json(machine),
        verdicts=tuple(verdicts),
        revision=len(verdicts),
    )


def _is_free(connection: Connection, verdict: str | None, identity: str) -> bool:
    """Whether a fact whose verdicts were all taken back stands in a document."""
    return verdict is None and bool(list(connection.query("SELECT 1 FROM fact WHERE fact_id = ? LIMIT 1", (identity,))))


def is_disputed(opinions: Sequence[VerdictRecord]) -> bool:
    """Whether reviewers differ: on whether it is a fact, or on what it says."""
    return len({_to_value(one) for one in opinions}) > 1


def _to_value(verdict: VerdictRecord) -> tuple[str, ...]:
    if verdict.action == "reject" or verdict.fact is None:
        return ("rejected",)
    return tuple(repr(getattr(verdict.fact, name)) for name in COMPARED)
