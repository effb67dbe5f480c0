"""Villages and the like named once behind their division stand for it afterwards (某市某村 ... 某村)."""

from __future__ import annotations

from collections.abc import Sequence

import regex

from extractor.model import Place
from extractor.text import BodySpan

_SEAT = regex.compile(r"(?P<name>[一-龥]{1,4}?)(?P<tail>村|社区|大队|公社|农场|林场|屯|寨|庄)(?![民委干级镇官组里庄])")
_COMMON = frozenset("全各本该每农山乡新老旧城郊小大几多二两三四五六七八九十百千万我你他这那其某一外邻帮联富穷")


def find_aliases(text: str, places: Sequence[Place]) -> list[tuple[BodySpan, Place]]:
    """Later mentions of a seat below a named division, as (span, the division), ascending, clear of the places."""
    seats: dict[str, Place] = {}
    for place in places:
        if place.adcode is None:
            continue
        match = _SEAT.match(text, place.span.end)
        if match is None or match["name"][0] in _COMMON:
            continue
        name = match["name"] + match["tail"]
        seats.setdefault(name, place)
        if len(match["name"]) > 1:
            seats.setdefault(match["name"] if match["tail"] in "村屯寨" else name, place)
    if not seats:
        return []
    pattern = regex.compile("|".join(regex.escape(name) for name in sorted(seats, key=len, reverse=True)))
    taken = {place.span.end for place in places}
    return [
        (BodySpan(*match.span()), seats[match[0]]) for match in pattern.finditer(text) if match.start() not in taken
    ]
