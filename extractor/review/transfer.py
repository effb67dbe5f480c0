"""Reviews between databases: a log of verdicts, or gold annotations, as JSON Lines."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from pydantic import ValidationError

from extractor.errors import GovfactsError, RecordError
from extractor.review.gold import Writable
from extractor.review.gold_import import import_gold
from extractor.review.log import (
    add_review,
    add_verdict,
    find_holding,
    read_all,
    read_verdicts,
    refresh,
    to_outcome,
)
from extractor.review.sentence import can_hold
from extractor.review.state import is_disputed
from extractor.store import Connection
from extractor.store.settle import hold_reviews
from schemas import FactRecord, TextSpan
from schemas.review import VerdictRecord

BATCH = 200  # lines of a transaction: other writers wait no longer


@dataclass(slots=True)
class ImportReport:
    """What an import did. `added`: verdicts that were new; `known`: those that the database held already; `conflicts`:
    facts on which what came differs from what was here; `errors`: lines that were left out, each with its number."""

    added: int = 0
    known: int = 0
    conflicts: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)


def export_verdicts(connection: Connection, out: Writable) -> int:
    """Every verdict, one a line in the order of time; how many."""
    number = 0
    for verdict in read_all(connection):
        out.write(json.dumps(to_plain(verdict), ensure_ascii=False) + "\n")
        number += 1
    return number


def to_plain(verdict: VerdictRecord) -> dict[str, Any]:
    """A verdict as a line holds it; of the corrected fields only those that are."""
    plain = verdict.model_dump(mode="json")
    if verdict.fields is not None:
        plain["fields"] = verdict.fields.model_dump(mode="json", exclude_unset=True)
    return plain


def import_file(connection: Connection, lines: Iterable[str], reviewer: str | None = None) -> ImportReport:
    """Verdicts of another database, or a gold file, whose facts become verdicts of `reviewer`. What is here already is
    left as it is, a wrong line is reported and left out, the others are taken. Raises StoreError."""
    report = ImportReport()
    batch: list[tuple[int, VerdictRecord]] = []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            plain = read_line(line.removeprefix("\ufeff") if number == 1 else line)
            if "text_file" in plain:
                added, known, conflicts = import_gold(connection, plain, reviewer)
                report.added += added
                report.known += known
                report.conflicts += [f"line {number}: {conflict}" for conflict in conflicts]
            else:
                batch.append((number, VerdictRecord.model_validate(plain)))
        except ValidationError as error:
            reason = error.errors()[0]
            report.errors.append(f"line {number}: {'.'.join(map(str, reason['loc']))}: {reason['msg']}")
        except GovfactsError as error:
            report.errors.append(f"line {number}: {error}")
        if len(batch) >= BATCH:
            _save(connection, batch, report)
            batch = []
    _save(connection, batch, report)
    return report


def read_line(line: str) -> dict[str, Any]:
    """One object of a file. Raises RecordError."""
    try:
        plain = json.loads(line)
    except (ValueError, RecursionError) as error:
        reason = error.msg if isinstance(error, json.JSONDecodeError) else str(error)
        raise RecordError(f"is no JSON: {reason}") from error
    if not isinstance(plain, dict):
        raise RecordError("is no JSON object")
    return plain


def _save(connection: Connection, batch: list[tuple[int, VerdictRecord]], report: ImportReport) -> None:
    if not batch:
        return
    with connection.transaction():
        hold_reviews(connection)
        changed: dict[int, list[int]] = {}
        for number, verdict in batch:
            try:
                review = _add(connection, verdict)
            except RecordError as error:
                report.errors.append(f"line {number}: {error}")
                continue
            if review is None:
                report.known += 1
            else:
                report.added += 1
                changed.setdefault(review, []).append(number)
        for review, numbers in changed.items():
            refresh(connection, review)
            opinions = find_holding(read_verdicts(connection, [review])[review]).opinions
            if is_disputed(opinions):
                said = ", ".join(f"{one.reviewer} {to_outcome(one)}" for one in opinions)
                report.conflicts.append(f"line {numbers[0]}: {opinions[0].fact_id}: {said}; the last one decides")


def _add(connection: Connection, verdict: VerdictRecord) -> int | None:
    """The judged fact of a verdict that is new here; None for one that is not. Raises RecordError."""
    check(verdict)
    for _ in connection.query("SELECT 1 FROM verdict WHERE verdict_id = ?", (verdict.verdict_id,)):
        return None
    rows = list(connection.query("SELECT review_pk FROM review WHERE fact_id = ?", (verdict.fact_id,)))
    review = rows[0][0] if rows else add_review(connection, verdict)
    add_verdict(connection, review, verdict)
    return int(review)


def check(verdict: VerdictRecord) -> None:
    """Raises RecordError where a verdict lacks what its action needs."""
    if verdict.action == "undo":
        if verdict.undoes is None:
            raise RecordError("undoes: an undo names the verdict that it takes back")
    elif verdict.fact is None:
        raise RecordError(f"fact: {verdict.action} needs the fact as it leaves it")
    else:
        check_spans(verdict.fact)
    if verdict.action == "correct" and verdict.fields is None:
        raise RecordError("fields: correct needs the corrected fields")


def check_spans(fact: FactRecord) -> None:
    """Raises RecordError where the sentence cannot hold a part that is said to stand in it."""
    evidence = fact.evidence
    for name in ("quantity", "indicator", "action", "subject", "period", "base"):
        part: TextSpan | None = getattr(fact, name)
        if part is None:
            continue
        inside = evidence.start_char <= part.start_char < part.end_char <= evidence.end_char
        if (name == "quantity" and not inside) or (inside and not can_hold(evidence, part)):
            raise RecordError(f"fact.{name}: [{part.start_char}, {part.end_char}] of its sentence is not {part.text}")
