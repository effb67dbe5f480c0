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
        return recurrence if recurrence is not None and chunk.clause != clause else period
    if recurrence is not None:
        return recurrence
    for chunk in chunks[index + 1 :]:
        if chunk.clause != clause:
            break
        if chunk.tag == "T" and isinstance(chunk.item, Period) and chunk.item.governs:
            return chunk.item
    return None


_COMPARISONS = ("同比", "环比")


def find_base(chunks: Sequence[Chunk], index: int) -> tuple[int, int] | None:
    """What the figure is compared with, where its clause says so (比去年同期, 同比), as start and end in the text."""
    clause = chunks[index].clause
    for chunk in reversed(chunks[:index]):
        if chunk.clause != clause:
            break
        if chunk.tag == "T" and isinstance(chunk.item, Period) and not chunk.item.governs:
            return chunk.start, chunk.end
        if chunk.text.startswith(_COMPARISONS):
            return chunk.start, chunk.start + 2
    return None


def _is_base(chunks: Sequence[Chunk], i: int, index: int) -> bool:
    """Whether the period only dates another figure (由2013年的4200元增至): 的 and that figure stand behind it."""
    if i == 0 or chunks[i - 1].tag != "P" or chunks[i].tag != "T" or i + 2 == index or i + 2 >= len(chunks):
        return False
    return chunks[i + 1].tag == "U" and chunks[i + 2].tag == "Q"
