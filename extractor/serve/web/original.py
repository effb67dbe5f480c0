"""An article as it was printed: its lines as the document holds them, the marks at their own offsets."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from extractor.review.sentence import read_document
from extractor.serve.web.body import PARTS, Body, Found
from extractor.serve.web.segment import Mark, split_lines, split_segments
from extractor.store import Connection
from extractor.store.match import Document
from schemas.search import SearchHit

FORMATS = frozenset(("text",))  # those whose lines are those of print and which are read in no time
LARGEST = 5_000_000  # bytes of a document that is read for one page


def read_original(connection: Connection, article: int) -> tuple[str, int] | None:
    """The text of an article's document and the offset of its first character; None where the document has no lines,
    is not there any more or is another one now."""
    sql = (
        "SELECT d.format, d.bytes, d.doc, d.part, d.sha256, d.char_offset FROM article a "
        "JOIN document d ON d.document_pk = a.document_pk WHERE a.article_pk = ?"
    )
    for form, size, *where in connection.query(sql, (article,)):
        if form in FORMATS and size <= LARGEST:
            document = Document(*where)
            text = read_document(connection, document)
            return None if text is None else (text, document.offset)
    return None


def lay_out_lines(
    source: str, offset: int, spans: Sequence[tuple[int, int]], hits: Sequence[SearchHit], found: Sequence[Found]
) -> Body:
    """The article's lines with every mark where its offsets say."""
    places = [(start - offset, end - offset) for start, end in sorted(spans)]
    starts = [start for start, _ in places]
    bases: list[int] = []
    size = 0
    for start, end in places:
        bases.append(size)
        size += end - start + 1
    text = "\n".join(source[start:end] for start, end in places).replace("\r", " ")

    def shift(start: int, end: int) -> tuple[int, int]:
        number = max(0, bisect_right(starts, start - offset) - 1)
        first = bases[number] - starts[number] - offset
        return start + first, min(end + first, bases[number] + places[number][1] - places[number][0])

    marks = [Mark(*shift(mention.start, mention.end), mention.kind, mention.key) for mention in found] if places else []
    for hit in hits if places else ():
        quantity = hit.fact.quantity
        marks.append(Mark(*shift(quantity.start_char, quantity.end_char), "quantity", hit.fact.fact_id))
        for name in PARTS:
            part = getattr(hit.fact, name)
            if part is not None:
                marks.append(Mark(*shift(part.start_char, part.end_char), name))
    return Body([], split_lines(split_segments(text, marks)), frozenset(mark.key for mark in marks if mark.key), 0)
