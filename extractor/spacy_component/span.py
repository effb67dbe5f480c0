"""Records to token spans, and the index that leads from a span back to its records."""

from __future__ import annotations

from typing import Any

from spacy.tokens import Doc, Span

from extractor.errors import InternalError

Plain = dict[str, Any]
GROUPS = ("facts", "places", "programs", "periods", "indicators", "actions")


def to_key(span: Span) -> str:
    """What tells a span of our groups from all others of its Doc."""
    return f"{span.start_char}-{span.end_char}/{span.label_}/{span.id_}"


class Groups:
    """Spans by group, each once, and for each what it shows: `record` is [list, position] or None, `facts` are
    positions in the list of facts."""

    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        self.spans: dict[str, list[Span]] = {name: [] for name in GROUPS}
        self.index: dict[str, Plain] = {}

    def add(
        self,
        group: str,
        node: Plain,
        label: str,
        *,
        facts: list[int],
        record: int | None = None,
        identity: str = "",
        knowledge: str = "",
    ) -> None:
        """Adds the tokens that hold any of a node's characters."""
        start, end = node["start_char"], node["end_char"]
        span = self.doc.char_span(start, end, label, knowledge, alignment_mode="expand", span_id=identity)
        if span is None or span.start == span.end:
            raise InternalError(f"{group}: no token holds characters {start} to {end} of {len(self.doc.text)}")
        key = to_key(span)
        entry = self.index.get(key)
        if entry is None:
            entry = self.index[key] = {"record": None if record is None else [group, record], "facts": []}
            self.spans[group].append(span)
        entry["facts"] += [at for at in facts if at not in entry["facts"][-1:]]


def assemble_groups(doc: Doc, plain: dict[str, list[Plain]]) -> tuple[dict[str, list[Span]], dict[str, Plain]]:
    """The six groups in text order, and their index: plain values only."""
    groups = Groups(doc)
    facts = plain["facts"]
    for at, fact in enumerate(facts):
        groups.add(
            "facts",
            fact["quantity"],
            fact["kind"],
            facts=[at],
            record=at,
            identity=fact["fact_id"],
            knowledge=fact["indicator_id"] or "",
        )
        if fact["indicator"]:
            knowledge = fact["indicator_id"] or ""
            groups.add("indicators", fact["indicator"], "indicator", facts=[at], knowledge=knowledge)
        if fact["action"]:
            groups.add("actions", fact["action"], "action", facts=[at])
    for at, place in enumerate(plain["places"]):
        identity, knowledge = place["place_id"] or "", place["adcode"] or ""
        groups.add("places", place, place["level"], facts=[], record=at, identity=identity, knowledge=knowledge)
    for name, part in (("programs", "program"), ("periods", "period")):
        users = find_users(facts, part)
        for at, record in enumerate(plain[name]):
            label = record["type"] if part == "program" else part
            groups.add(name, record, label, facts=users.get(to_offsets(record), []), record=at)
    for spans in groups.spans.values():
        spans.sort(key=lambda span: (span.start, span.end))
    return groups.spans, groups.index


def find_users(facts: list[Plain], part: str) -> dict[tuple[int, int], list[int]]:
    """Positions of the facts by the offsets of one of their parts."""
    users: dict[tuple[int, int], list[int]] = {}
    for at, fact in enumerate(facts):
        if fact[part]:
            users.setdefault(to_offsets(fact[part]), []).append(at)
    return users


def to_offsets(node: Plain) -> tuple[int, int]:
    return node["start_char"], node["end_char"]
