"""Judged facts and those to be judged, as lines."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from extractor.cli.search_output import UNSAFE
from schemas import FactRecord
from schemas.review import Agreement, ReviewState, VerdictRecord

if TYPE_CHECKING:
    from extractor.review.queue import Candidate

FIELDS = ("indicator", "action", "subject", "place", "program", "period", "base")


def to_state_line(state: ReviewState) -> str:
    """What holds of a judged fact."""
    fact = state.fact or state.machine
    shown = "" if fact is None else f"  {to_fact_text(fact)}"
    lost = "" if state.found else "  (no document of the database holds it)"
    return clean(f"{state.fact_id}  {state.verdict or 'undone':9s}{shown}{lost}")


def to_fact_text(fact: FactRecord) -> str:
    """A fact in a few words: quantity, what it is and the fields that it has."""
    quantity = fact.quantity
    low, high = quantity.min_value or "", quantity.max_value or ""
    value = quantity.value if quantity.value is not None else f"{low}..{high}"
    parts = [f"{quantity.text} = {value} {quantity.unit} ({fact.kind}, {quantity.modifier})"]
    for name in FIELDS:
        part = getattr(fact, name)
        if part is not None:
            text = part.name if name == "place" else part.text
            parts.append(f"{name} {text}")
    return "; ".join(parts)


def clean(text: str) -> str:
    """Nothing that a terminal would obey."""
    return UNSAFE.sub("\ufffd", text)


def write_states(states: Iterable[ReviewState], form: str) -> None:
    """Judged facts, one a line."""
    if form == "jsonl":
        _write(state.model_dump_json() for state in states)
        return
    lines = []
    for state in states:
        who = "" if state.reviewer is None else f"  {state.reviewer} {(state.decided or '')[:16]}"
        lines.append(f"{to_state_line(state)}{clean(who)}{'  disputed' if state.disputed else ''}")
    _write(lines)


def write_candidates(candidates: Sequence[Candidate], form: str, *, blind: bool) -> None:
    """Facts to be judged, one a line, or two where people read them."""
    if form == "jsonl":
        _write(json.dumps(to_plain(one, blind=blind), ensure_ascii=False) for one in candidates)
        return
    lines = []
    for one in candidates:
        fact = to_shown(one, blind=blind)
        lines.append(clean(f"{one.hit.fact.fact_id}  {one.confidence:.2f}  {to_fact_text(fact)}"))
        lines.append(clean(f"    {fact.evidence.text}"))
    _write(lines)


def to_plain(one: Candidate, *, blind: bool) -> dict[str, object]:
    """A fact to be judged as a line of JSON."""
    return {
        "fact": to_shown(one, blind=blind).model_dump(mode="json"),
        "article": one.hit.article.model_dump(mode="json"),
        "confidence": one.confidence,
        "verdict": None if blind else one.hit.verdict,
        "seen": one.seen,
    }


def to_shown(one: Candidate, *, blind: bool) -> FactRecord:
    """The fact as a reviewer sees it: as it is read now, or as the machine reads it."""
    machine = one.review.machine if one.review is not None else None
    return machine if blind and machine is not None else one.hit.fact


def to_history(verdicts: Sequence[VerdictRecord]) -> list[str]:
    """What was said, one a line."""
    lines = []
    for one in verdicts:
        fields = ", ".join(sorted(one.fields.model_fields_set)) if one.fields and one.action == "correct" else ""
        lines.append(clean(f"{one.decided[:16]} {one.reviewer}: {one.action} {fields} {one.note or ''}".rstrip()))
    return lines


def to_agreement_table(agreement: Agreement) -> str:
    """Field by field, with a dash where a figure is not defined."""
    lines = [clean(f"reviewers: {', '.join(agreement.reviewers) or 'none who share a fact'}")]
    lines.append(f"{'field':10s} {'facts':>6s} {'percent':>8s} {'alpha':>7s} {'kappa':>7s}")
    for row in agreement.fields:
        percent = "-" if row.percent is None else f"{100 * row.percent:.1f}"
        alpha, kappa = ("-" if number is None else f"{number:.3f}" for number in (row.alpha, row.kappa))
        lines.append(f"{row.field:10s} {row.facts:6d} {percent:>8s} {alpha:>7s} {kappa:>7s}")
    return "\n".join(lines) + "\n"


def _write(lines: Iterable[str]) -> None:
    for line in lines:
        sys.stdout.buffer.write(line.encode("utf-8", "replace") + b"\n")
    sys.stdout.buffer.flush()
