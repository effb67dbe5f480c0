"""Which time expression a quantity belongs to."""

from __future__ import annotations

from collections.abc import Sequence

from extractor.fact.chunk import Chunk
from extractor.model import Period


def tie_period(chunks: Sequence[Chunk], index: int) -> Period | None:
    """The nearest governing period before the quantity in its sentence, else one behind it in its clause."""
    recurrence: Period | None = None
    clause = chunks[index].clause
    for i in range(index - 1, -1, -1):
        chunk = chunks[i]
        period = chunk.item
        if _is_base(chunks, i, index):
            continue
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


def _is_base(chunks: Sequence[Chunk], i: int, index: int) -> bool:
    """Whether the period only dates another figure (由2013年的4200元增至): 的 and that figure stand behind it."""
    behind = [chunk.tag for chunk in chunks[i + 1 : i + 3]]
    return i > 0 and chunks[i - 1].tag == "P" and behind == ["U", "Q"] and i + 2 != index
