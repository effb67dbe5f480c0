"""A hit as the results list shows it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from extractor.search.highlight import find_quantity
from extractor.serve.web.address import Address
from extractor.serve.web.facet import to_indicator
from extractor.serve.web.number import Figure, to_figure
from extractor.serve.web.segment import Mark, Segment, split_segments
from extractor.store import Connection
from schemas import FactRecord, TextSpan
from schemas.search import SearchHit

PARTS = ("indicator", "action", "subject", "program", "period", "base")


class Result(NamedTuple):
    """A fact for the reader. `thing`: its canonical name, else as printed; `sentence`, `title`: cut at their marks."""

    hit: SearchHit
    figure: Figure
    thing: str
    sentence: list[Segment]
    title: list[Segment]
    article: str
    place: str


def to_results(connection: Connection, hits: Sequence[SearchHit], address: Address) -> list[Result]:
    """Hits with their marks and links, the places that their sentences name among them."""
    named = _read_places(connection, hits)
    return [to_result(hit, address, named.get((hit.fact.doc, hit.fact.article_id), ())) for hit in hits]


def _read_places(connection: Connection, hits: Sequence[SearchHit]) -> dict[tuple[str, str], list[TextSpan]]:
    articles = sorted({hit.fact.article_id for hit in hits})
    sql = (
        "SELECT d.doc, a.article_id, m.text, m.start_char, m.end_char FROM article a "
        "JOIN place_mention m ON m.article_pk = a.article_pk JOIN document d ON d.document_pk = a.document_pk "
        f"WHERE a.article_id IN ({','.join('?' * len(articles))})"
    )
    found: dict[tuple[str, str], list[TextSpan]] = {}
    for doc, article, text, start, end in connection.query(sql, articles) if articles else ():
        found.setdefault((doc, article), []).append(TextSpan(text=text, start_char=start, end_char=end))
    return found


def to_result(hit: SearchHit, address: Address, places: Sequence[TextSpan] = ()) -> Result:
    """One hit with its marks and links."""
    fact, title = hit.fact, hit.article.title or ""
    return Result(
        hit=hit,
        figure=to_figure(fact.quantity, address.language),
        thing=to_thing(fact, address),
        sentence=split_segments(fact.evidence.text, find_marks(hit, places)),
        title=split_segments(title, [Mark(start, end, "term") for start, end in hit.highlight.title]),
        article=f"{address.to(f'/article/{fact.article_id}')}#at-{fact.fact_id}",
        place=to_place_href(fact, address),
    )


def to_thing(fact: FactRecord, address: Address) -> str:
    """What is counted: as printed; the canonical name where nothing was printed."""
    if fact.indicator is not None:
        return fact.indicator.text
    return to_indicator(fact.indicator_id, address.language) if fact.indicator_id else ""


def to_place_href(fact: FactRecord, address: Address) -> str:
    """The page of a fact's place, empty where it has none."""
    return address.to("/place/" + "/".join(fact.place.path or (fact.place.name,))) if fact.place else ""


def find_marks(hit: SearchHit, places: Sequence[TextSpan] = ()) -> list[Mark]:
    """Where the quantity, the fact's other parts, the terms of the search and the places stand in the sentence."""
    evidence = hit.fact.evidence
    marks = [Mark(start, end, "term") for start, end in hit.highlight.terms]
    if hit.highlight.quantity is not None:
        marks.append(Mark(*hit.highlight.quantity, "quantity"))
    parts: list[tuple[str, TextSpan | None]] = [(name, getattr(hit.fact, name)) for name in PARTS]
    for name, part in [*parts, *(("place", place) for place in places)]:
        if part is None or not evidence.start_char <= part.start_char < evidence.end_char:
            continue
        found = find_quantity(evidence.text, evidence.start_char, evidence.end_char, part.text, part.start_char)
        if found is not None:
            marks.append(Mark(*found, name))
    return marks
