"""Which time expression a quantity belongs to."""

from __future__ import annotations

from collections.abc import Sequence

from extractor.fact.chunk import Chunk
from extractor.model import Period


def tie_period(chunks: Sequence[Chunk], index: int) -> Period | None:
    """The nearest governing period before the quantity in its sentence, else one behind it in its clause."""
    recurrence: Period | None = None
    clause = chunks[index].clause
    for chunk in reversed(chunks[:index]):
        period = chunk.item
        if chunk.tag != "T" or not isinstance(period, Period) or not period.governs:
            continue
        if period.rule == "recurrence":
            if chunk.clause == clause:
                recurrence = recurrence or period
            continue
        return period
    if recurrence is not None:
        return recurrence
    for chunk in chunks[index + 1 :]:
        if chunk.clause != clause:
            break
        if chunk.tag == "T" and isinstance(chunk.item, Period) and chunk.item.governs:
            return chunk.item
    return None
