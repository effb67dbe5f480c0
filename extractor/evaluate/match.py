"""When a predicted value is the gold value, and which prediction goes with which gold item."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

Plain = dict[str, Any]

BLANK = re.compile(r"[\s\u3000\ufeff]+")
MARKS = re.compile(r"[\s\u3000\ufeff“”‘’\"'《》〈〉「」『』]+")


def squash(text: str | None) -> str:
    """The text without white space and quotation marks; empty for None."""
    return MARKS.sub("", text or "")


def parse_value(value: object) -> Decimal | str | None:
    """A decimal string as a number that compares by value; None for none, the string itself where it is no number."""
    if value is None or value == "":
        return None
    try:
        return Decimal(str(value)).normalize()
    except InvalidOperation:
        return str(value)


def shared_length(first: Plain, second: Plain) -> int:
    """Code points that two spans share; negative where they lie apart."""
    return int(min(first["end_char"], second["end_char"]) - max(first["start_char"], second["start_char"]))


def share_overlap(first: Plain, second: Plain) -> float:
    """Intersection over union of two spans."""
    both = shared_length(first, second)
    hull = max(first["end_char"], second["end_char"]) - min(first["start_char"], second["start_char"])
    return both / hull if both > 0 and hull else 0.0


def pair_spans(gold: Sequence[Plain], predicted: Sequence[Plain]) -> list[tuple[int, int]]:
    """One-to-one pairs (gold index, predicted index) of overlapping spans, the best overlap first."""
    candidates = [
        (share_overlap(one, other), i, j)
        for i, one in enumerate(gold)
        for j, other in enumerate(predicted)
        if shared_length(one, other) > 0
    ]
    taken_gold: set[int] = set()
    taken: set[int] = set()
    pairs: list[tuple[int, int]] = []
    for _, i, j in sorted(candidates, reverse=True):
        if i in taken_gold or j in taken:
            continue
        taken_gold.add(i)
        taken.add(j)
        pairs.append((i, j))
    return pairs


def is_same_quantity(gold: Plain, quantity: Plain) -> bool:
    """Value, modifier and unit agree."""
    return (
        parse_value(gold.get("value")) == parse_value(quantity.get("value"))
        and (gold.get("modifier") or "exact") == (quantity.get("modifier") or "exact")
        and squash(gold.get("unit")) == squash(quantity.get("unit"))
    )


def is_same_bounds(gold: Plain, quantity: Plain) -> bool:
    """Least and greatest value agree."""
    return all(parse_value(gold.get(key)) == parse_value(quantity.get(key)) for key in ("min_value", "max_value"))


def is_accepted(forms: Iterable[str], span: Plain | None) -> bool:
    """The predicted span is one of the accepted forms; an empty form accepts that there is none."""
    return squash(span["text"] if span else "") in {squash(form) for form in forms}


def adcode_of(record: Plain | None) -> str | None:
    """Code of a record's place, None where it has none."""
    place = (record or {}).get("place") or {}
    return place.get("adcode")


SAME_MENTION: dict[str, Callable[[Plain, Plain], bool]] = {
    "places": lambda gold, record: gold.get("adcode") == record.get("adcode"),
    "programs": lambda gold, record: squash(gold["text"]) == squash(record["text"]),
}
