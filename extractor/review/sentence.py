"""Where words of a correction stand in the sentence that proves a fact."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from functools import cached_property
from pathlib import Path

from extractor.errors import GovfactsError, RecordError
from extractor.record.span import remove_marks, remove_whitespace
from extractor.settings import Settings
from extractor.store import Connection
from extractor.store.match import Document, squeeze
from extractor.store.relocate import find_span, list_marks
from schemas import EvidenceSpan, FactRecord, TextSpan

Pair = tuple[int, int]


@dataclass(frozen=True)
class Sentence:
    """The sentence of a fact with what is known of its layout: `facts` in it, and its document where it can be read."""

    connection: Connection
    document: Document
    evidence: EvidenceSpan
    facts: Sequence[FactRecord]

    @cached_property
    def source(self) -> str | None:
        """The document's text as it was read; None where it is not there any more or has changed."""
        return read_document(self.connection, self.document)

    def find(self, name: str, text: str, near: int | None) -> Pair:
        """Where a text stands in the sentence, closest to `near`. Raises RecordError."""
        if not squeeze(text):
            raise RecordError(f"{name}: is empty")
        if squeeze(text) not in squeeze(self.evidence.text):
            raise RecordError(f"{name}: {text} does not stand in the sentence {self.evidence.text}")
        span = find_span(self.evidence, text, list_marks(self.evidence, self.facts), near)
        if span is None and self.source is not None:
            span = _find_in_source(
                self.source, self._to_local(self.evidence), squeeze(text), near, self.document.offset
            )
        if span is None:
            raise RecordError(
                f"{name}: where {text} stands cannot be told, since lines of {self.document.doc} break in the "
                "sentence and the document is not there; give start_char and end_char"
            )
        return span

    def check(self, name: str, span: TextSpan) -> None:
        """Raises RecordError where a span does not hold its text, or stands outside the sentence without a source to
        prove it."""
        bare = remove_marks if name == "program" else remove_whitespace
        wanted, evidence = bare(span.text), self.evidence
        inside = evidence.start_char <= span.start_char < span.end_char <= evidence.end_char
        if inside and len(evidence.text) == evidence.end_char - evidence.start_char:  # it stands there as it is
            at, end = span.start_char - evidence.start_char, span.end_char - evidence.start_char
            if bare(evidence.text[at:end]) != wanted:
                raise RecordError(f"{name}: [{span.start_char}, {span.end_char}] of the sentence is not {span.text}")
            return
        if self.source is not None:
            start, end = self._to_local(span)
            if bare(self.source[start:end]) != wanted:
                where = f"[{span.start_char}, {span.end_char}] of {self.document.doc}"
                raise RecordError(f"{name}: {where} is not {span.text}")
            return
        if any(span == getattr(fact, part) for fact in self.facts for part in FactRecord.model_fields):
            return
        if not inside:
            raise RecordError(f"{name}: [{span.start_char}, {span.end_char}] stands outside the sentence")
        if not can_hold(evidence, span):
            raise RecordError(f"{name}: [{span.start_char}, {span.end_char}] of the sentence is not {span.text}")

    def _to_local(self, span: TextSpan) -> Pair:
        return span.start_char - self.document.offset, span.end_char - self.document.offset


def can_hold(evidence: EvidenceSpan, span: TextSpan) -> bool:
    """Whether a sentence may hold a text there, as far as can be told where lines break in it."""
    before, behind = span.start_char - evidence.start_char, evidence.end_char - span.end_char
    text, plain = squeeze(evidence.text), squeeze(span.text)
    blanks = evidence.end_char - evidence.start_char - len(text)
    at = text.find(plain)
    while at >= 0:
        left, right = before - at, behind - (len(text) - at - len(plain))
        if left >= 0 and right >= 0 and left + right <= blanks:
            return True
        at = text.find(plain, at + 1)
    return False


def _find_in_source(source: str, sentence: Pair, text: str, near: int | None, offset: int) -> Pair | None:
    """Where a text without white space stands in a stretch of a source."""
    start, end = sentence
    kept = [at for at in range(start, min(end, len(source))) if not source[at].isspace()]
    bare = "".join(source[at] for at in kept)
    found: list[Pair] = []
    at = bare.find(text)
    while at >= 0:
        found.append((kept[at] + offset, kept[at + len(text) - 1] + 1 + offset))
        at = bare.find(text, at + 1)
    if not found:
        return None
    return found[0] if near is None else min(found, key=lambda pair: (abs(pair[0] - near), pair))


def read_document(connection: Connection, document: Document) -> str | None:
    """A document's text as its run read it; None where it cannot be read or is another one now."""
    from extractor.batch.run import to_outer
    from extractor.read import find_inputs, read_source

    for (settings,) in connection.query(
        "SELECT r.settings FROM document d JOIN run r ON r.run_pk = d.run_pk WHERE d.doc = ? AND d.part = ?",
        (document.doc, document.part),
    ):
        chosen = _to_settings(settings)
        try:
            for item in find_inputs([to_outer(document.doc)], chosen):
                if (item.doc, item.part) == (document.doc, document.part):
                    source = read_source(item, chosen)
                    return source.text if source.sha256 == document.sha256 else None
        except GovfactsError:
            return None
    return None


def _to_settings(text: str) -> Settings:
    known = {field.name for field in fields(Settings)}
    values = {name: value for name, value in json.loads(text).items() if name in known}
    if values.get("lexicon") is not None:
        values["lexicon"] = Path(values["lexicon"])
    return Settings(**values)


def list_facts(facts: Iterable[FactRecord], evidence: EvidenceSpan) -> list[FactRecord]:
    """Those of a sentence."""
    where = (evidence.start_char, evidence.end_char)
    return [fact for fact in facts if (fact.evidence.start_char, fact.evidence.end_char) == where]
