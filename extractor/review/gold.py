"""Judged facts as gold annotations, in the format that `govfacts evaluate` reads."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple, Protocol

from extractor.errors import ExportError
from extractor.review.sentence import read_document
from extractor.store import Connection
from extractor.store.match import Document
from extractor.store.record import COLUMN_LIST, JOINS, NAMES, to_fact
from extractor.store.relocate import move
from schemas import FactRecord, TextSpan

Plain = dict[str, Any]
QUANTITY = ("value", "min_value", "max_value", "modifier", "unit", "dimension")
MARKS = {ord(mark): "_" for mark in '/\\:*?"<>|!#'}


class Writable(Protocol):
    """What lines are written to."""

    def write(self, text: str, /) -> object: ...


class GoldReport(NamedTuple):
    """What was written, and what could not be. `facts`: those that are scored."""

    documents: int
    facts: int
    missing: list[str]


def export_gold(connection: Connection, out: Writable, texts: Path | None = None) -> GoldReport:
    """One line a document of which a fact was judged: accepted and corrected facts are gold, rejected ones are left
    out, those that nobody has judged are optional, so that they are never scored.

    `texts`: a folder that gets the documents' texts as they were read; offsets hold in these. Without it `text_file` is
    the document's own name. Raises ExportError.
    """
    documents = facts = 0
    missing: list[str] = []
    for number, document, date in list_documents(connection):
        name = document.doc
        if texts is not None:
            text = read_document(connection, document)
            if text is None:
                missing.append(f"{document.doc}: is not there any more or has changed, so its text cannot be written")
                continue
            name = _write_text(texts, document, text)
        offset = 0 if texts is None else document.offset
        line = to_line(connection, number, document, date, name, offset)
        out.write(json.dumps(line, ensure_ascii=False) + "\n")
        documents += 1
        facts += sum(not fact.get("optional") for fact in line["facts"])
    return GoldReport(documents, facts, missing)


def list_documents(connection: Connection) -> Iterator[tuple[int, Document, str | None]]:
    """The documents with judged facts (document_pk, name, date of publication)."""
    sql = (
        "SELECT d.document_pk, d.doc, d.part, d.sha256, d.char_offset, d.published FROM document d "
        "WHERE d.document_pk IN "
        "(SELECT a.document_pk FROM fact_review v JOIN article a ON a.article_pk = v.article_pk) "
        "ORDER BY d.doc, d.part"
    )
    for number, doc, part, sha256, offset, published in connection.query(sql):
        yield number, Document(doc, part, sha256, offset), published


def to_line(connection: Connection, number: int, document: Document, date: str | None, name: str, offset: int) -> Plain:
    """One document of a gold file; `offset`: code points of the document before its text file."""
    sql = (
        f"SELECT {COLUMN_LIST}, v.verdict FROM fact f {JOINS} LEFT JOIN fact_review v ON v.fact_pk = f.fact_pk "
        "WHERE d.document_pk = ? ORDER BY f.quantity_start, f.quantity_end, f.fact_pk"
    )
    facts = []
    for *cells, verdict in connection.query(sql, (number,)):
        fact = FactRecord.model_validate(to_fact(dict(zip(NAMES, cells, strict=True))))
        facts.append(to_gold(fact, offset, judged=verdict is not None))
    identity = Path(document.doc).stem + (f"-{document.part}" if document.part > 1 else "")
    return {"doc_id": identity, "text_file": name, "date": date, "facts": facts}


def to_gold(fact: FactRecord, offset: int, *, judged: bool) -> Plain:
    """One fact of a gold file."""
    quantity = move(fact.quantity, -offset)
    gold: Plain = {
        "text": quantity.text,
        "start_char": quantity.start_char,
        "end_char": quantity.end_char,
        "kind": fact.kind,
        **{name: getattr(quantity, name) for name in QUANTITY},
        "indicator_any": to_forms(fact.indicator),
        "action_any": to_forms(fact.action),
        "place_adcode": fact.place.adcode if fact.place else None,
        "period_any": to_forms(fact.period),
        "program_any": to_forms(fact.program),
    }
    return gold if judged else {**gold, "optional": True}


def to_forms(span: TextSpan | None) -> list[str]:
    """The forms that are right; an empty one where none is."""
    return ["" if span is None else span.text]


def _write_text(folder: Path, document: Document, text: str) -> str:
    """A document's text in a folder; its name there, which tells documents of one name apart by their content."""
    stem = Path(document.doc).name.translate(MARKS).removesuffix(".txt") or "text"
    name = f"{stem}-{document.sha256[:8]}.txt"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(text.encode("utf-8"))
    except OSError as error:
        raise ExportError(f"{folder / name}: {error.strerror or error}") from error
    return name
