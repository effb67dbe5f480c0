"""Where a stretch of a source stands in print."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence

from extractor.model import Box

Edges = tuple[float, float, float, float]


class Layout:
    """The printed lines of a source by their place in its text."""

    def __init__(self, boxes: Sequence[Box]) -> None:
        self._boxes = sorted(boxes)
        self._starts = [box.start for box in self._boxes]

    def find(self, start: int, end: int) -> tuple[int, Edges] | None:
        """Page and edges (left, top, right, bottom) of the lines that hold text[start:end]; of the page with most of
        them where they stand on several. None where no line does."""
        at = max(0, bisect_right(self._starts, start) - 1)
        inside: list[Box] = []
        while at < len(self._boxes) and self._boxes[at].start < end:
            if self._boxes[at].end > start:
                inside.append(self._boxes[at])
            at += 1
        if not inside:
            return None
        page = Counter(box.page for box in inside).most_common(1)[0][0]
        here = [box for box in inside if box.page == page]
        edges = (
            min(box.left for box in here),
            min(box.top for box in here),
            max(box.right for box in here),
            max(box.bottom for box in here),
        )
        left, top, right, bottom = (round(edge, 2) for edge in edges)
        return page, (left, top, right, bottom)

    def cover(self, spans: Sequence[tuple[int, int]]) -> tuple[int, Edges] | None:
        """Page and edges around several stretches, on the page where the first stands."""
        found = [place for start, end in spans if (place := self.find(start, end)) is not None]
        if not found:
            return None
        page = found[0][0]
        edges = [edge for number, edge in found if number == page]
        return page, (
            min(edge[0] for edge in edges),
            min(edge[1] for edge in edges),
            max(edge[2] for edge in edges),
            max(edge[3] for edge in edges),
        )
