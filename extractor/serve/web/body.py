"""An article's headline and text with all that was found in it, cut for the page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from extractor.serve.web.locate import Locator, Stretch
from extractor.serve.web.segment import Mark, Segment, split_lines, split_segments
from schemas import TextSpan
from schemas.search import SearchHit

PARTS = ("indicator", "action", "subject")  # of facts; they have no list of their own


class Found(NamedTuple):
    """A mention: its key on the page, its kind, where the document holds it, and what it stands for."""

    key: str
    kind: str
    text: str
    start: int
    end: int
    cells: dict[str, Any]


class Body(NamedTuple):
    """`title` and each paragraph as pieces; `keys`: the marks that stand in them; `missing`: those found nowhere."""

    title: list[Segment]
    paragraphs: list[list[Segment]]
    keys: frozenset[str]
    missing: int


def lay_out(
    title: str, body: str, spans: Sequence[tuple[int, int]], hits: Sequence[SearchHit], found: Sequence[Found]
) -> Body:
    """Puts every mention where it stands in headline or text. A mark never reaches over the line between the two."""
    text = f"{title}\n{body}"
    anchors = [
        Stretch(hit.fact.evidence.text, hit.fact.evidence.start_char, hit.fact.evidence.end_char) for hit in hits
    ]
    locator = Locator(text, [(start, end) for start, end in spans], anchors)
    marks: list[Mark] = []
    missing = 0
    for mention in found:
        place = locator.find(Stretch(mention.text, mention.start, mention.end))
        if place is None:
            missing += 1
        else:
            marks.append(Mark(*place, mention.kind, mention.key))
    for hit in hits:
        quantity = _find(locator, hit.fact.quantity)
        if quantity is None:
            missing += 1
        else:
            marks.append(Mark(*quantity, "quantity", hit.fact.fact_id))
        for name in PARTS:
            part = _find(locator, getattr(hit.fact, name))
            if part is not None:
                marks.append(Mark(*part, name))
    edge = len(title)
    head = [mark for mark in marks if mark.end <= edge]
    rest = [mark._replace(start=mark.start - edge - 1, end=mark.end - edge - 1) for mark in marks if mark.start > edge]
    keys = frozenset(mark.key for mark in (*head, *rest) if mark.key)
    return Body(split_segments(title, head), split_lines(split_segments(body, rest)), keys, missing)


def _find(locator: Locator, span: TextSpan | None) -> tuple[int, int] | None:
    return None if span is None else locator.find(Stretch(span.text, span.start_char, span.end_char))
