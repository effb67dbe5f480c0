"""The same figure told again in one article (headline and body, opening and detail)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from schemas import FactRecord

Stretch = tuple[str | None, str | None]


def mark_repeats(facts: Sequence[FactRecord]) -> list[FactRecord]:
    """The facts of one article with `repeat_of` set where an earlier one says the same: the same number, unit,
    indicator and place, and no other period. A fact without an indicator repeats nothing."""
    first: dict[tuple[object, ...], list[tuple[Stretch, str]]] = defaultdict(list)
    out: list[FactRecord] = []
    for fact in facts:
        if fact.indicator is None:
            out.append(fact)
            continue
        known = first[_key(fact)]
        stretch = (fact.period.start_date, fact.period.end_date) if fact.period else (None, None)
        same = next((identity for other, identity in known if _agrees(other, stretch)), None)
        if same is None:
            known.append((stretch, fact.fact_id))
            out.append(fact)
        else:
            out.append(fact.model_copy(update={"repeat_of": same}))
    return out


def _key(fact: FactRecord) -> tuple[object, ...]:
    quantity = fact.quantity
    numbers = (quantity.value, quantity.min_value, quantity.max_value, quantity.unit, quantity.per)
    place = (fact.place.adcode, fact.place.name) if fact.place else None
    indicator = fact.indicator.text if fact.indicator else None
    return fact.kind, numbers, place, indicator, fact.base.text if fact.base else None


def _agrees(one: Stretch, other: Stretch) -> bool:
    return one == other or one == (None, None) or other == (None, None)
