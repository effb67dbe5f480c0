"""Where the terms and the quantity stand in the text that proves a fact."""

from __future__ import annotations

from collections.abc import Iterable

from extractor.fold import fold

Pair = tuple[int, int]


def find_terms(text: str, terms: Iterable[str]) -> list[Pair]:
    """All stretches of a text that hold a folded term without blanks, in order; those that meet are one."""
    kept = [at for at, character in enumerate(text) if not character.isspace()]
    bare = fold("".join(text[at] for at in kept))
    found: list[Pair] = []
    for term in terms:
        at = bare.find(term)
        while at >= 0 and term:
            found.append((kept[at], kept[at + len(term) - 1] + 1))
            at = bare.find(term, at + 1)
    return merge(found)


def merge(pairs: Iterable[Pair]) -> list[Pair]:
    """Stretches in order, those that overlap or touch as one."""
    merged: list[Pair] = []
    for start, end in sorted(pairs):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def find_quantity(text: str, start: int, end: int, quantity: str, quantity_start: int) -> Pair | None:
    """Where a quantity stands in a sentence's text. `start`, `end` and `quantity_start` are offsets of the document.

    The text lacks the layout's white space, so an offset may stand up to that much further left; where the same words
    stand there twice, the place is taken that a layout with lines of one length gives.
    """
    offset, removed = quantity_start - start, (end - start) - len(text)
    if not removed:
        return (offset, offset + len(quantity)) if text.startswith(quantity, offset) else None
    expected = offset * len(text) / (end - start)
    best: int | None = None
    at = text.find(quantity, max(0, offset - removed))
    while 0 <= at <= offset:
        if best is None or abs(at - expected) < abs(best - expected):
            best = at
        at = text.find(quantity, at + 1)
    return None if best is None else (best, best + len(quantity))
