"""Verdicts given: accept, reject, correct, add, undo; each in one transaction with all that follows from it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from pydantic import ValidationError

from extractor.errors import ConflictError, RecordError, UsageError
from extractor.record.value import to_id
from extractor.review.correct import correct, find_changes, find_unit, read_quantity, to_record
from extractor.review.log import (
    add_review,
    add_verdict,
    find_holding,
    read_verdicts,
    refresh,
    to_verdict_id,
)
from extractor.review.sentence import Sentence
from extractor.review.state import read_state
from extractor.review.target import Target, find_target
from extractor.store import Connection
from extractor.store.match import Document
from extractor.store.settle import hold_reviews
from schemas import EvidenceSpan, FactRecord
from schemas.review import Correction, ReviewState, VerdictRecord

ACTIONS = ("accept", "reject", "correct")
FORMAT = "%Y-%m-%dT%H:%M:%S.%fZ"


def decide(
    connection: Connection,
    fact_id: str,
    action: str,
    reviewer: str,
    *,
    fields: Mapping[str, Any] | None = None,
    note: str | None = None,
    seen: int | None = None,
    blind: bool = False,
) -> ReviewState:
    """A verdict on a fact, applied at once. The last one given decides; what a fact looks like then is vouched for as a
    whole, whatever the machine reads later.

    `action`: accept, reject or correct, which takes `fields` (see `correct`). `seen`: the `revision` that the reviewer
    saw; ConflictError where another verdict came since. `blind`: the machine's record was shown, not what others made
    of it. Raises UsageError (no such fact), RecordError (fields that break the contract), StoreError.
    """
    if action not in ACTIONS:
        raise UsageError(f"{action!r}: no such verdict; there are {', '.join(ACTIONS)}")
    if (action == "correct") != (fields is not None):
        raise UsageError("correct needs fields" if action == "correct" else f"{action} takes no fields")
    with connection.transaction():
        hold_reviews(connection)
        target = find_target(connection, fact_id)
        verdicts = read_verdicts(connection, [target.review])[target.review] if target.review else []
        check_seen(target.fact_id, verdicts, seen)
        shown = target.shown
        if blind and target.machine is not None:
            own = next((one for one in find_holding(verdicts).opinions if one.reviewer == reviewer), None)
            shown = target.machine if own is None or own.fact is None else own.fact
        fact = shown if fields is None else correct(shown, fields, target.sentence)
        fact = fact.model_copy(update={"fact_id": target.fact_id})
        base = target.machine or (verdicts[-1].machine if verdicts else None)
        changes = find_changes(fact, base, part_of="part_of" in (fields or {})) if action != "reject" else None
        if action == "correct" and changes is None:
            action = "accept"  # the machine had it right
        verdict = _to_verdict(target, action, reviewer, note, verdicts, fields=changes, fact=fact, machine=base)
        review = target.review or add_review(connection, verdict)
        add_verdict(connection, review, verdict)
        refresh(connection, review)
        return read_state(connection, review)


def undo(connection: Connection, fact_id: str, reviewer: str, *, seen: int | None = None) -> ReviewState:
    """Takes the reviewer's last verdict on a fact back; the one before holds again. Raises UsageError where there is
    none."""
    with connection.transaction():
        hold_reviews(connection)
        review, identity = find_review(connection, fact_id)
        verdicts = read_verdicts(connection, [review])[review]
        check_seen(identity, verdicts, seen)
        own = next((one for one in find_holding(verdicts).opinions if one.reviewer == reviewer), None)
        if own is None:
            raise UsageError(f"{fact_id}: holds no verdict of {reviewer}")
        decided = to_moment(verdicts)
        verdict = own.model_copy(
            update={
                "verdict_id": to_verdict_id(identity, reviewer, decided, "undo", own.verdict_id),
                "decided": decided,
                "action": "undo",
                "undoes": own.verdict_id,
                **dict.fromkeys(("fields", "note", "fact", "machine")),
            }
        )
        add_verdict(connection, review, verdict)
        refresh(connection, review)
        return read_state(connection, review)


def add_fact(
    connection: Connection,
    article_id: str,
    start_char: int,
    end_char: int,
    fields: Mapping[str, Any],
    reviewer: str,
    *,
    note: str | None = None,
) -> ReviewState:
    """A fact that the machine has not found, in a sentence ([start_char, end_char] of the document) of an article.

    `fields` as for `decide`; the quantity's text alone is enough where the machine can read it. Raises UsageError,
    RecordError, ConflictError where that quantity is a fact already.
    """
    with connection.transaction():
        hold_reviews(connection)
        sentence = find_sentence(connection, article_id, start_char, end_char)
        fact = _to_new(sentence, article_id, fields)
        span = fact.quantity
        sql = (
            "SELECT f.fact_id FROM article a JOIN fact f ON f.article_pk = a.article_pk JOIN document d ON "
            "d.document_pk = a.document_pk WHERE a.article_id = ? AND d.doc = ? AND f.quantity_start < ? "
            "AND f.quantity_end > ?"
        )
        for (other,) in connection.query(sql, (article_id, sentence.document.doc, span.end_char, span.start_char)):
            raise ConflictError(f"{span.text} at {span.start_char} is a fact already: {other}")
        rows = list(connection.query("SELECT review_pk FROM review WHERE fact_id = ?", (fact.fact_id,)))
        review = rows[0][0] if rows else None
        verdicts = read_verdicts(connection, [review])[review] if review else []
        target = Target(fact.fact_id, review, fact, None, sentence)
        changes = find_changes(fact, None)
        verdict = _to_verdict(target, "add", reviewer, note, verdicts, fields=changes, fact=fact, machine=None)
        review = review or add_review(connection, verdict)
        add_verdict(connection, review, verdict)
        refresh(connection, review)
        return read_state(connection, review)


def add_beside(
    connection: Connection, fact_id: str, fields: Mapping[str, Any], reviewer: str, *, note: str | None = None
) -> ReviewState:
    """A fact that the machine has not found, in the sentence of another fact."""
    shown = find_target(connection, fact_id).shown
    evidence = shown.evidence
    return add_fact(connection, shown.article_id, evidence.start_char, evidence.end_char, fields, reviewer, note=note)


def _to_new(sentence: Sentence, article_id: str, fields: Mapping[str, Any]) -> FactRecord:
    quantity = fields.get("quantity")
    given = {"text": quantity} if isinstance(quantity, str) else dict(quantity or {})
    text = given.get("text")
    if not isinstance(text, str) or not text:
        raise RecordError("quantity: expected at least its text")
    start, end = given.get("start_char"), given.get("end_char")
    if start is None or end is None:
        start, end = sentence.find("quantity", text, None)
    read = read_quantity(text) or {"modifier": "exact", "unit": "", **_no_numbers()}
    known = find_unit(str(given.get("unit") or ""))
    kind = fields.get("kind") or read.pop("kind", None) or (known.kind if known else "count")
    bare: dict[str, Any] = dict.fromkeys(("indicator", "action", "subject", "place", "program", "period"))
    fact = to_record(
        {
            "doc": sentence.document.doc,
            "fact_id": to_id("review", article_id, str(start), str(end)),
            "article_id": article_id,
            "kind": kind,
            "quantity": {**read, **given, "text": text, "start_char": start, "end_char": end},
            **bare,
            "rule": "review",
            "evidence": sentence.evidence,
            "confidence": 1.0,
        }
    )
    return correct(fact, {**fields, "quantity": {**given, "start_char": start, "end_char": end}}, sentence)


def _no_numbers() -> dict[str, None]:
    return dict.fromkeys(("value", "min_value", "max_value", "dimension"))


def find_sentence(connection: Connection, article_id: str, start: int, end: int) -> Sentence:
    """A sentence that the database holds. Raises UsageError."""
    sql = (
        "SELECT d.doc, d.part, d.sha256, d.char_offset, s.text FROM article a JOIN sentence s ON "
        "s.article_pk = a.article_pk JOIN document d ON d.document_pk = a.document_pk "
        "WHERE a.article_id = ? AND s.start_char = ? AND s.end_char = ? "
        "ORDER BY a.duplicate_of IS NOT NULL, d.doc LIMIT 1"
    )
    for *where, text in connection.query(sql, (article_id, start, end)):
        evidence = EvidenceSpan(text=text, start_char=start, end_char=end)
        return Sentence(connection, Document(*where), evidence, [])
    raise UsageError(f"{article_id}: no sentence at [{start}, {end}] that proves a fact")


def check_seen(fact_id: str, verdicts: list[VerdictRecord], seen: int | None) -> None:
    """Raises ConflictError where a verdict came after what a reviewer saw."""
    if seen is None or seen == len(verdicts):
        return
    last = f"{verdicts[-1].reviewer} judged it at {verdicts[-1].decided}" if verdicts else "it has no verdict"
    raise ConflictError(f"{fact_id}: {last}, after what was seen; look at it again")


def find_review(connection: Connection, fact_id: str) -> tuple[int, str]:
    """The number and the id of a judged fact, by its id or the one that its row has now. Raises UsageError."""
    queries = (
        "SELECT review_pk, fact_id FROM review WHERE fact_id = ?",
        "SELECT r.review_pk, r.fact_id FROM fact_rejected f JOIN fact_review v ON v.fact_pk = f.fact_pk "
        "JOIN review r ON r.review_pk = v.review_pk WHERE f.fact_id = ?",
    )
    for sql in queries:
        for number, identity in connection.query(sql, (fact_id,)):
            return number, identity
    raise UsageError(f"{fact_id}: nobody has judged it")


def _to_verdict(
    target: Target,
    action: str,
    reviewer: str,
    note: str | None,
    verdicts: list[VerdictRecord],
    *,
    fields: Correction | None,
    fact: FactRecord,
    machine: FactRecord | None,
) -> VerdictRecord:
    decided, document = to_moment(verdicts), target.document
    said = json.dumps(fields and fields.model_dump(exclude_unset=True), sort_keys=True, ensure_ascii=False)
    try:
        return VerdictRecord.model_validate(
            {
                "doc": document.doc,
                "verdict_id": to_verdict_id(target.fact_id, reviewer, decided, action, said),
                "fact_id": target.fact_id,
                "reviewer": reviewer,
                "decided": decided,
                "action": action,
                "fields": fields,
                "note": note,
                "fact": fact,
                "machine": machine,
                "part": document.part,
                "sha256": document.sha256,
                "offset": document.offset,
            }
        )
    except ValidationError as error:
        reason = error.errors()[0]
        raise RecordError(f"{'.'.join(map(str, reason['loc']))}: {reason['msg']}") from error


def to_moment(verdicts: list[VerdictRecord]) -> str:
    """Now, UTC, later than all verdicts before."""
    now = datetime.now(UTC)
    if verdicts:
        last = datetime.strptime(max(one.decided for one in verdicts), FORMAT).replace(tzinfo=UTC)
        now = max(now, last + timedelta(microseconds=1))
    return now.strftime(FORMAT)
