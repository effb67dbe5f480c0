"""Gold annotations of a document to verdicts on its facts."""

from __future__ import annotations

from pathlib import PurePath
from typing import Any

from extractor.errors import GovfactsError, RecordError
from extractor.evaluate.match import is_accepted, is_same_bounds, is_same_quantity, pair_spans
from extractor.review.decide import add_fact, decide
from extractor.review.log import find_holding
from extractor.review.state import read_review
from extractor.search.place import escape
from extractor.store import Connection
from extractor.store.record import COLUMN_LIST, JOINS, NAMES, to_fact
from schemas import FactRecord

Plain = dict[str, Any]
NUMBERS = ("value", "min_value", "max_value", "modifier", "unit", "dimension")
FORMS = ("indicator", "action", "period", "program")


def import_gold(connection: Connection, line: Plain, reviewer: str | None) -> tuple[int, int, list[str]]:
    """A document of a gold file as verdicts: what agrees is accepted, what differs corrected, what the gold lacks
    rejected, what the database lacks added; optional facts are passed over.

    Returns how many verdicts were new, how many facts the reviewer had judged so already, and what could not be done.
    Raises RecordError.
    """
    if reviewer is None:
        raise RecordError("gold does not say who judged it: a reviewer is needed")
    gold = [_check(fact) for fact in line.get("facts", [])]
    document, offset = _find_document(connection, str(line["text_file"]))
    facts = _read_facts(connection, document)
    spans = [
        {"start_char": fact.quantity.start_char - offset, "end_char": fact.quantity.end_char - offset} for fact in facts
    ]
    pairs = dict(pair_spans(gold, spans))
    paired = {at: one for one, at in pairs.items()}
    added = known = 0
    conflicts: list[str] = []
    jobs: list[tuple[str, Any]] = []
    for at, fact in enumerate(facts):
        one = gold[paired[at]] if at in paired else None
        if one is None:
            jobs.append((fact.fact_id, None))
        elif not one.get("optional"):
            jobs.append((fact.fact_id, find_differences(one, fact, offset)))
    for identity, fields in jobs:
        try:
            new = _judge(connection, identity, fields, reviewer)
        except GovfactsError as error:
            conflicts.append(f"{identity}: {error}")
            continue
        added, known = added + new, known + (not new)
    for at, one in enumerate(gold):
        if at not in pairs and not one.get("optional"):
            try:
                _add(connection, document, one, offset, reviewer)
                added += 1
            except GovfactsError as error:
                conflicts.append(f"{one['text']} at {one['start_char']}: {error}")
    return added, known, conflicts


def _check(fact: Any) -> Plain:
    if not isinstance(fact, dict):
        raise RecordError("facts: expected objects")
    for name, kind in (("text", str), ("start_char", int), ("end_char", int)):
        if not isinstance(fact.get(name), kind):
            raise RecordError(f"facts.{name}: missing")
    return fact


def _find_document(connection: Connection, name: str) -> tuple[int, int]:
    """document_pk and offset of the one document of a name, or of the file name at its end. Raises RecordError."""
    last = PurePath(name).name
    sql = (
        "SELECT document_pk, doc, char_offset FROM document WHERE doc = ? "
        "OR doc LIKE ? ESCAPE '!' OR ? LIKE '%-' || substr(sha256, 1, 8) || '.txt'"
    )
    found = list(connection.query(sql, (name, f"%{escape(last)}", last)))
    exact = (
        [row for row in found if row[1] == name]
        or [row for row in found if PurePath(row[1].replace("!/", "/")).name == last]
        or [row for row in found if not row[1].endswith(last)]
    )
    if len(exact) != 1:
        raise RecordError(f"text_file {name}: {'several documents' if exact else 'no document'} of the database")
    return int(exact[0][0]), int(exact[0][2])


def _read_facts(connection: Connection, document: int) -> list[FactRecord]:
    """The facts that are read, and those that were rejected, in text order."""
    facts = []
    for table in ("fact", "fact_rejected"):
        sql = (
            f"SELECT {COLUMN_LIST} FROM {table} f {JOINS} WHERE d.document_pk = ? ORDER BY f.quantity_start, f.fact_pk"
        )
        for cells in connection.query(sql, (document,)):
            facts.append(FactRecord.model_validate(to_fact(dict(zip(NAMES, cells, strict=True)))))
    return facts


def find_differences(gold: Plain, fact: FactRecord, offset: int) -> Plain:
    """The fields of a fact that a gold fact says otherwise, as `decide` takes them; empty where it accepts them."""
    plain = fact.model_dump()
    fields: Plain = {}
    if gold.get("kind", fact.kind) != fact.kind:
        fields["kind"] = gold["kind"]
    quantity: Plain = {}
    if not (is_same_quantity(gold, plain["quantity"]) and is_same_bounds(gold, plain["quantity"])):
        quantity = {name: gold[name] for name in NUMBERS if name in gold}
    if "".join(gold["text"].split()) != "".join(fact.quantity.text.split()):
        quantity |= {
            "text": gold["text"],
            "start_char": gold["start_char"] + offset,
            "end_char": gold["end_char"] + offset,
        }
        quantity |= {name: gold[name] for name in NUMBERS if name in gold}
    if quantity:
        fields["quantity"] = quantity
    for name in FORMS:
        forms = gold.get(f"{name}_any")
        if forms is not None and not is_accepted(forms, plain[name]):
            fields[name] = forms[0] or None if forms else None
    if "place_adcode" in gold and gold["place_adcode"] != (fact.place.adcode if fact.place else None):
        fields["place"] = gold["place_adcode"]
    return fields


def _judge(connection: Connection, identity: str, fields: Plain | None, reviewer: str) -> bool:
    """Gives the verdict where the reviewer has not given it already."""
    state = read_review(connection, identity)
    own = None
    if state is not None:
        own = next((one for one in find_holding(state.verdicts).opinions if one.reviewer == reviewer), None)
    if fields is None:
        if own is not None and own.action == "reject":
            return False
        decide(connection, identity, "reject", reviewer)
    elif fields:
        decide(connection, identity, "correct", reviewer, fields=fields)
    else:
        if own is not None and own.action != "reject":
            return False
        decide(connection, identity, "accept", reviewer)
    return True


def _add(connection: Connection, document: int, gold: Plain, offset: int, reviewer: str) -> None:
    """A fact that only the gold has."""
    start, end = gold["start_char"] + offset, gold["end_char"] + offset
    sql = (
        "SELECT a.article_id, s.start_char, s.end_char FROM article a JOIN sentence s ON s.article_pk = a.article_pk "
        "WHERE a.document_pk = ? AND s.start_char <= ? AND s.end_char >= ? ORDER BY s.start_char DESC LIMIT 1"
    )
    rows = list(connection.query(sql, (document, start, end)))
    if not rows:
        raise RecordError("no sentence that proves a fact holds it")
    article, first, last = rows[0]
    fields: Plain = {
        "kind": gold.get("kind"),
        "quantity": {
            "text": gold["text"], "start_char": start, "end_char": end, **{n: gold[n] for n in NUMBERS if n in gold}
        },
        **{name: gold[f"{name}_any"][0] or None for name in FORMS if gold.get(f"{name}_any")},
        **({"place": gold["place_adcode"]} if gold.get("place_adcode") else {}),
    }  # fmt: skip
    add_fact(connection, article, first, last, {n: v for n, v in fields.items() if v is not None}, reviewer)
