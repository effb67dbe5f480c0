"""Chooses among the readings of an ambiguous name by the places around it."""

from __future__ import annotations

from typing import NamedTuple

from extractor.gazetteer import Gazetteer
from extractor.mention.place_reading import Reading
from extractor.mention.place_relation import parents_of
from extractor.text import BodySpan

# How much it tells for a reading when an anchor is the same place, holds it, lies in it or stands beside it.
SAME, HOLDS_COUNTY, HOLDS_PREFECTURE, HOLDS_PROVINCE, HELD, SISTER, SAME_PROVINCE = 8.0, 5.0, 4.0, 2.0, 2.0, 2.0, 0.5
NEAR = 40  # characters within which a name before or behind tells more
NEAR_FACTOR = 2.0


class Anchor(NamedTuple):
    """A place known to matter here; `span` None for what stands outside the text."""

    identity: int
    span: BodySpan | None
    weight: float


def choose(readings: list[Reading], span: BodySpan, anchors: list[Anchor], text: str, gazetteer: Gazetteer) -> Reading | None:
    """The reading that the anchors favour, None where none or several do."""
    scored = sorted(((_score(r, span, anchors, text, gazetteer), i) for i, r in enumerate(readings)), reverse=True)
    if not scored or scored[0][0] <= 0 or (len(scored) > 1 and scored[0][0] <= scored[1][0]):
        return None
    best = readings[scored[0][1]]
    if best.township is not None and scored[0][0] < HOLDS_PROVINCE:
        return None
    return best


def _score(reading: Reading, span: BodySpan, anchors: list[Anchor], text: str, gazetteer: Gazetteer) -> float:
    own = reading.division.identity
    above = gazetteer.ancestors(own)
    parents = parents_of((own,), gazetteer)
    total = 0.0
    for anchor in anchors:
        if anchor.span is not None and anchor.span.start == span.start:
            continue
        value = _relation(reading, own, above, parents, anchor.identity, gazetteer)
        if value and anchor.span is not None and _is_near(anchor.span, span, text):
            value *= NEAR_FACTOR
        total += value * anchor.weight
    return total


def _relation(
    reading: Reading, own: int, above: frozenset[int], parents: frozenset[int], anchor: int, gazetteer: Gazetteer
) -> float:
    if anchor == own:
        return HOLDS_COUNTY if reading.township is not None else SAME
    if anchor in above:
        return HOLDS_PREFECTURE if gazetteer.periods[anchor][-1].level == "prefecture" else HOLDS_PROVINCE
    over = gazetteer.ancestors(anchor)
    if own in over:
        return HELD
    if not parents.isdisjoint(parents_of((anchor,), gazetteer)):
        return SISTER
    return SAME_PROVINCE if not above.isdisjoint(over) else 0.0


def _is_near(one: BodySpan, other: BodySpan, text: str) -> bool:
    first, second = sorted((one, other))
    gap = text[first.end : second.start]
    return len(gap) <= NEAR and "。" not in gap and "\n" not in gap
