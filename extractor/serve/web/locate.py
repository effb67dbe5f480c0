"""Where stretches of a document stand in an article's text, from which the layout's white space has been removed.

The database keeps the article's text and the offsets of its parts in the document, not the document. White space is all
that may lie between the two: the sentences that prove facts, long and in order, tie both together; what lies between is
looked for near the place that an even layout would give.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from typing import NamedTuple

WINDOW = 400  # characters on either side of the expected place


class Stretch(NamedTuple):
    """A surface without white space and its first offset in the document."""

    text: str
    start: int
    end: int


class Locator:
    """Finds stretches in `text`, whose parts are the document's `spans`; `anchors`: its sentences."""

    def __init__(self, text: str, spans: Sequence[tuple[int, int]], anchors: Iterable[Stretch]) -> None:
        self._kept = [at for at, character in enumerate(text) if not character.isspace()]
        self._bare = "".join(text[at] for at in self._kept)
        self._starts: list[int] = []
        self._before: list[int] = []
        self._spans = sorted(spans)
        size = 0
        for start, end in self._spans:
            self._starts.append(start)
            self._before.append(size)
            size += end - start
        self._ties: list[tuple[int, int]] = [(0, 0)]
        for anchor in sorted(set(anchors), key=lambda stretch: stretch.start):
            self._tie(anchor)
        self._ties.append((max(size, self._ties[-1][0] + 1), len(self._bare)))

    def find(self, stretch: Stretch) -> tuple[int, int] | None:
        """First index in the text and the one behind the last; None where it does not stand there."""
        offset = self._flatten(stretch.start)
        number = max(0, min(bisect_right(self._ties, (offset, len(self._bare))) - 1, len(self._ties) - 2))
        (left, low), (right, high) = self._ties[number], self._ties[number + 1]
        expected = low + (offset - left) * (high - low) / max(1, right - left)
        at = self._search("".join(stretch.text.split()), expected, low)
        return None if at is None else (self._kept[at[0]], self._kept[at[1] - 1] + 1)

    def _search(self, bare: str, expected: float, low: int) -> tuple[int, int] | None:
        if not bare:
            return None
        first = max(0, int(expected) - WINDOW)
        last = min(len(self._bare), int(expected) + WINDOW + len(bare))
        best: int | None = None
        at = self._bare.find(bare, first, last)
        while at >= 0:
            if best is None or abs(at - expected) < abs(best - expected):
                best = at
            at = self._bare.find(bare, at + 1, last)
        return None if best is None else (best, best + len(bare))

    def _tie(self, anchor: Stretch) -> None:
        bare = "".join(anchor.text.split())
        offset, (left, low) = self._flatten(anchor.start), self._ties[-1]
        if not bare or offset < left:
            return
        at = self._bare.find(bare, low, low + offset - left + len(bare) + WINDOW)
        if at < 0:
            return
        self._ties.append((offset, at))
        self._ties.append((max(self._flatten(anchor.end), offset + 1), at + len(bare)))

    def _flatten(self, offset: int) -> int:
        """An offset of the document as one of its spans laid end to end."""
        number = bisect_right(self._starts, offset) - 1
        if number < 0:
            return 0
        start, end = self._spans[number]
        return self._before[number] + min(offset, end) - start
