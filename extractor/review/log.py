"""The log of verdicts, and what follows from it for a fact: rows are added, never changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from extractor.record.value import to_id
from extractor.store import Connection
from extractor.store.settle import settle
from schemas import FactRecord
from schemas.review import Correction, VerdictRecord

COLUMNS = (
    *("verdict_pk", "verdict_id", "review_pk", "reviewer", "decided", "action", "fields", "undoes", "note", "fact"),
    *("machine", "doc", "part", "sha256", "char_offset"),
)
SELECT = (
    f"SELECT {', '.join(f'v.{name}' for name in COLUMNS)}, r.fact_id FROM verdict v "
    "JOIN review r ON r.review_pk = v.review_pk"
)
VERDICTS = {"accept": "accepted", "correct": "corrected", "add": "corrected", "reject": "rejected"}
SIZE = 400


class Holding(NamedTuple):
    """What holds of a fact. `opinions`: each reviewer's verdict that stands, the latest last."""

    opinions: tuple[VerdictRecord, ...]

    @property
    def decisive(self) -> VerdictRecord | None:
        """The latest one."""
        return self.opinions[-1] if self.opinions else None


def read_verdicts(connection: Connection, reviews: Sequence[int]) -> dict[int, list[VerdictRecord]]:
    """All verdicts of judged facts (review_pk), the first one first."""
    found: dict[int, list[VerdictRecord]] = {review: [] for review in reviews}
    for at in range(0, len(reviews), SIZE):
        some = reviews[at : at + SIZE]
        sql = f"{SELECT} WHERE v.review_pk IN ({','.join('?' * len(some))}) ORDER BY v.decided, v.verdict_id"
        for row in connection.query(sql, some):
            found[row[2]].append(to_verdict(row))
    return found


def read_all(connection: Connection) -> Iterator[VerdictRecord]:
    """Every verdict in the order of time."""
    for row in connection.query(f"{SELECT} ORDER BY v.decided, v.verdict_id"):
        yield to_verdict(row)


def to_verdict(row: Sequence[Any]) -> VerdictRecord:
    """A row of SELECT."""
    cells = dict(zip((*COLUMNS, "fact_id"), row, strict=True))
    names = ("verdict_id", "fact_id", "reviewer", "decided", "action", "undoes", "note", "doc", "part", "sha256")
    fields, fact, machine = cells["fields"], cells["fact"], cells["machine"]
    return VerdictRecord(
        **{name: cells[name] for name in names},
        offset=cells["char_offset"],
        fields=None if fields is None else Correction.model_validate_json(fields),
        fact=None if fact is None else FactRecord.model_validate_json(fact),
        machine=None if machine is None else FactRecord.model_validate_json(machine),
    )


def find_holding(verdicts: Iterable[VerdictRecord]) -> Holding:
    """What holds after all verdicts, whatever order they came in: of each reviewer the latest that was not taken back,
    and of these the latest decides."""
    ordered = sorted(verdicts, key=lambda one: (one.decided, one.verdict_id))
    undone = {one.undoes for one in ordered if one.action == "undo"}
    latest: dict[str, VerdictRecord] = {}
    for one in ordered:
        if one.action != "undo" and one.verdict_id not in undone:
            latest.pop(one.reviewer, None)
            latest[one.reviewer] = one
    return Holding(tuple(latest.values()))


def to_verdict_id(fact: str, reviewer: str, decided: str, action: str, content: str) -> str:
    """The id of a verdict: what it says, of what, by whom and when."""
    return to_id("verdict", fact, reviewer, decided, action, content)


def add_review(connection: Connection, verdict: VerdictRecord) -> int:
    """A new judged fact, without a verdict yet; its number."""
    ((number,),) = connection.query("SELECT coalesce(max(review_pk), 0) + 1 FROM review")
    columns = ("review_pk", "fact_id", "doc", "part", "sha256", "char_offset", "verdicts")
    row = (number, verdict.fact_id, verdict.doc, verdict.part, verdict.sha256, verdict.offset, 0)
    connection.insert("review", columns, [row])
    return int(number)


def add_verdict(connection: Connection, review: int, verdict: VerdictRecord) -> None:
    """One row of the log."""
    ((number,),) = connection.query("SELECT coalesce(max(verdict_pk), 0) + 1 FROM verdict")
    fields = None if verdict.fields is None else verdict.fields.model_dump_json(exclude_unset=True)
    row = (
        *(number, verdict.verdict_id, review, verdict.reviewer, verdict.decided, verdict.action, fields),
        *(verdict.undoes, verdict.note, to_json(verdict.fact), to_json(verdict.machine)),
        *(verdict.doc, verdict.part, verdict.sha256, verdict.offset),
    )
    connection.insert("verdict", COLUMNS, [row])


def to_json(record: FactRecord | None) -> str | None:
    """A record as the tables hold it."""
    return None if record is None else record.model_dump_json()


def refresh(connection: Connection, review: int) -> None:
    """Writes down what holds of a judged fact now, and applies it to every document that has it; in a transaction."""
    verdicts = read_verdicts(connection, [review])[review]
    decisive = find_holding(verdicts).decisive
    before = find_documents(connection, review)
    cells: dict[str, Any] = dict.fromkeys(
        ("verdict", "verdict_id", "reviewer", "decided", "fact", "machine", "confidence")
    )
    if decisive is not None:
        machine = decisive.machine
        cells = {
            "verdict": to_outcome(decisive),
            **{
                name: getattr(decisive, name) for name in ("verdict_id", "reviewer", "decided", "doc", "part", "sha256")
            },
            "fact": to_json(decisive.fact),
            "machine": to_json(machine),
            "confidence": None if machine is None else machine.confidence,
            "char_offset": decisive.offset,
        }
    cells["verdicts"] = len(verdicts)
    sets = ", ".join(f"{name} = ?" for name in cells)
    connection.execute(f"UPDATE review SET {sets} WHERE review_pk = ?", (*cells.values(), review))
    settle(connection, sorted({*before, *find_documents(connection, review)}), review)


def to_outcome(verdict: VerdictRecord) -> str:
    """What a verdict makes of a fact: accepted, corrected or rejected."""
    if verdict.action == "accept" and verdict.fields is not None:
        return "corrected"  # of what another reviewer had corrected
    return VERDICTS[verdict.action]


def find_documents(connection: Connection, review: int) -> set[int]:
    """The documents (document_pk) that a judged fact may stand in."""
    queries = (
        "SELECT a.document_pk FROM fact_review v JOIN article a ON a.article_pk = v.article_pk WHERE v.review_pk = ?",
        "SELECT a.document_pk FROM review r JOIN fact f ON f.fact_id = r.fact_id "
        "JOIN article a ON a.article_pk = f.article_pk WHERE r.review_pk = ?",
        "SELECT d.document_pk FROM review r JOIN document d ON d.sha256 = r.sha256 WHERE r.review_pk = ?",
        "SELECT d.document_pk FROM review r JOIN document d ON d.doc = r.doc AND d.part = r.part WHERE r.review_pk = ?",
    )
    return {number for sql in queries for (number,) in connection.query(sql, (review,))}
