"""A judged fact where its document stands now: its spans moved to where they are in this one."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise
from typing import Any, NamedTuple, TypeVar

from extractor.store.match import Document, Judged, squeeze
from schemas import EvidenceSpan, FactRecord, TextSpan

Span = TypeVar("Span", bound=TextSpan)
PARTS = ("indicator", "action", "subject", "program", "period", "base")


class Mark(NamedTuple):
    """Where a character of a sentence stands. `offset`: in the document, before the character (`begin`) or behind the
    one before it; `at`: the sentence's characters before it that are no white space."""

    offset: int
    at: int
    begin: bool


def place_fact(judged: Judged, document: Document, evidence: EvidenceSpan | None, machine: FactRecord | None) -> Any:
    """The judged fact as this document holds it, a FactRecord without its article. `evidence`: its sentence here,
    None to keep its own; `machine`: what the machine reads here. A part that cannot be found here is the machine's."""
    fact = judged.fact
    if judged.sha256 == document.sha256:
        shift = document.offset - judged.offset
        update: dict[str, Any] = {
            name: move(part, shift) for name in ("quantity", *PARTS) if (part := getattr(fact, name)) is not None
        }
        update["evidence"] = evidence or move(fact.evidence, shift)
        return fact.model_copy(update={**update, "doc": document.doc})
    if machine is None:
        raise ValueError("a fact of other bytes needs the machine's reading of these")
    return fact.model_copy(update={**_find_parts(fact, machine), "evidence": machine.evidence, "doc": document.doc})


def move(part: Span, shift: int) -> Span:
    """A span that stands so many code points further on."""
    if not shift:
        return part
    return part.model_copy(update={"start_char": part.start_char + shift, "end_char": part.end_char + shift})


def _find_parts(fact: FactRecord, machine: FactRecord) -> dict[str, Any]:
    marks = list_marks(machine.evidence, [machine])
    update: dict[str, Any] = {}
    for name in ("quantity", *PARTS):
        wanted: TextSpan | None = getattr(fact, name)
        here: TextSpan | None = getattr(machine, name)
        if wanted is None:
            continue
        if here is not None and squeeze(here.text) == squeeze(wanted.text):
            update[name] = wanted.model_copy(
                update={"text": here.text, "start_char": here.start_char, "end_char": here.end_char}
            )
            continue
        near = wanted.start_char - fact.evidence.start_char + machine.evidence.start_char
        span = find_span(machine.evidence, wanted.text, marks, near)
        if span is None:
            update[name] = here
            if name == "quantity":
                update["kind"] = machine.kind
        else:
            update[name] = wanted.model_copy(update={"start_char": span[0], "end_char": span[1]})
    return update


def list_marks(evidence: EvidenceSpan, facts: Iterable[FactRecord]) -> list[Mark]:
    """What is known of where a sentence's characters stand: its ends, and the spans of facts in it that stand there
    once. White space of the layout lies somewhere between two marks that are further apart than their characters."""
    bare = squeeze(evidence.text)
    marks = {Mark(evidence.start_char, 0, True), Mark(evidence.end_char, len(bare), False)}
    for fact in facts:
        for name in ("quantity", *PARTS):
            part: TextSpan | None = getattr(fact, name)
            if part is None or not evidence.start_char <= part.start_char < part.end_char <= evidence.end_char:
                continue
            text = squeeze(part.text)
            at = bare.find(text)
            if at >= 0 and bare.find(text, at + 1) < 0:
                marks |= {Mark(part.start_char, at, True), Mark(part.end_char, at + len(text), False)}
    return sorted(marks)


def find_span(evidence: EvidenceSpan, text: str, marks: list[Mark], near: int | None = None) -> tuple[int, int] | None:
    """Where a text stands in a sentence, by its marks; of several places the one closest to `near`, else the first.
    None where the marks do not tell."""
    bare, wanted = squeeze(evidence.text), squeeze(text)
    found: list[tuple[int, int]] = []
    at = bare.find(wanted) if wanted else -1
    while at >= 0:
        start, end = _to_offset(marks, at, begin=True), _to_offset(marks, at + len(wanted), begin=False)
        if start is None or end is None:
            return None
        found.append((start, end))
        at = bare.find(wanted, at + 1)
    if not found:
        return None
    return found[0] if near is None else min(found, key=lambda span: (abs(span[0] - near), span))


def _to_offset(marks: list[Mark], at: int, *, begin: bool) -> int | None:
    """The offset before (`begin`) or behind a character; None where white space may stand between."""
    for mark in marks:
        if mark.at == at and mark.begin == begin:
            return mark.offset
    for one, other in pairwise(marks):
        together = other.offset - one.offset == other.at - one.at
        if together and (one.at <= at < other.at if begin else one.at < at <= other.at):
            return one.offset + at - one.at
    return None
