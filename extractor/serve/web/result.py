"""A hit as the results list shows it."""

from __future__ import annotations

from typing import NamedTuple

from extractor.search.highlight import find_quantity
from extractor.serve.web.address import Address
from extractor.serve.web.facet import to_indicator
from extractor.serve.web.number import Figure, to_figure
from extractor.serve.web.segment import Mark, Segment, split_segments
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


def to_result(hit: SearchHit, address: Address) -> Result:
    """One hit with its marks and links."""
    fact, title = hit.fact, hit.article.title or ""
    return Result(
        hit=hit,
        figure=to_figure(fact.quantity, address.language),
        thing=to_thing(fact, address),
        sentence=split_segments(fact.evidence.text, find_marks(hit)),
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


def find_marks(hit: SearchHit) -> list[Mark]:
    """The fact's parts in its sentence, the quantity and the terms of the search."""
    evidence = hit.fact.evidence
    marks = [Mark(start, end, "term") for start, end in hit.highlight.terms]
    if hit.highlight.quantity is not None:
        marks.append(Mark(*hit.highlight.quantity, "quantity"))
    for name in PARTS:
        part: TextSpan | None = getattr(hit.fact, name)
        if part is None or not evidence.start_char <= part.start_char < evidence.end_char:
            continue
        found = find_quantity(evidence.text, evidence.start_char, evidence.end_char, part.text, part.start_char)
        if found is not None:
            marks.append(Mark(*found, name))
    return marks
