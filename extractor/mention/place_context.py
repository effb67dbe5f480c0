"""Chooses among the readings of an ambiguous name by the places around it."""

from __future__ import annotations

from bisect import bisect_left, insort
from functools import lru_cache

from extractor.gazetteer import load_gazetteer
from extractor.mention.place_reading import Reading
from extractor.mention.place_relation import parents_of
from extractor.text import BodySpan

# How much it tells for a reading when another place is the same, holds it, lies in it or stands beside it.
SAME, HOLDS_COUNTY, HOLDS_PREFECTURE, HOLDS_PROVINCE, HELD, SISTER, SAME_PROVINCE = 8.0, 5.0, 4.0, 2.0, 2.0, 2.0, 0.5
NEAR = 40  # characters within which a name before or behind tells more
MENTIONS = 8.0  # a place named more often tells no more
WIDEST = 200  # so many different places tell enough (bounds the work on hostile input)


class Surroundings:
    """The places known to matter here: by identity with their weight, and where in the text they stand."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._weights: dict[int, float] = {}
        self._spans: list[tuple[int, int, int]] = []  # start, end, identity

    def add(self, identity: int, span: BodySpan | None, weight: float) -> None:
        if identity in self._weights or len(self._weights) < WIDEST:
            self._weights[identity] = min(MENTIONS, self._weights.get(identity, 0.0) + weight)
        if span is not None:
            insort(self._spans, (span.start, span.end, identity))

    def __bool__(self) -> bool:
        return bool(self._weights)

    def choose(self, readings: list[Reading], span: BodySpan) -> Reading | None:
        """The reading that the places around favour, None where none or several do."""
        near = self._near(span)
        scored = sorted(((self._score(r, near), i) for i, r in enumerate(readings)), reverse=True)
        if not scored:
            return None
        best, tied = scored[0][0], len(scored) > 1 and scored[0][0] == scored[1][0]
        if _is_city_and_prefecture(readings) and (best <= 0 or tied):
            return readings[0]
        if best <= 0 or tied:
            return None
        reading = readings[scored[0][1]]
        return None if reading.township is not None and best < HOLDS_PROVINCE else reading

    def _near(self, span: BodySpan) -> set[int]:
        """Places in the same sentence within reach."""
        found = set()
        first = bisect_left(self._spans, (span.start - NEAR, 0, 0))
        for start, end, identity in self._spans[first : first + 2 * NEAR]:
            if start > span.end + NEAR:
                break
            gap = self._text[min(end, span.end) : max(start, span.start)]
            if start != span.start and "。" not in gap and "\n" not in gap:
                found.add(identity)
        return found

    def _score(self, reading: Reading, near: set[int]) -> float:
        own, is_township = reading.division.identity, reading.township is not None
        total = sum(_relation(own, other, is_township) * weight for other, weight in self._weights.items())
        return total + sum(_relation(own, other, is_township) for other in near)


@lru_cache(maxsize=1 << 16)
def _relation(own: int, other: int, is_township: bool) -> float:
    gazetteer = load_gazetteer()
    if other == own:
        return HOLDS_COUNTY if is_township else SAME
    above = gazetteer.ancestors(own)
    if other in above:
        return HOLDS_PREFECTURE if gazetteer.periods[other][-1].level == "prefecture" else HOLDS_PROVINCE
    over = gazetteer.ancestors(other)
    if own in over:
        return HELD
    if not parents_of((own,), gazetteer).isdisjoint(parents_of((other,), gazetteer)):
        return SISTER
    return SAME_PROVINCE if not above.isdisjoint(over) else 0.0


def _is_city_and_prefecture(readings: list[Reading]) -> bool:
    """A short name for a city and the prefecture around it: the city comes first."""
    if len(readings) != 2 or any(r.township is not None or r.division.level != "prefecture" for r in readings):
        return False
    one, other = (r.division for r in readings)
    return one.parent == other.parent and one.name.endswith("市") and other.name.endswith("地区")
