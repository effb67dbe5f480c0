"""Marks that cross each other to marks that nest, as elements do."""

from __future__ import annotations

from collections.abc import Iterable
from heapq import heapify, heappop, heappush
from itertools import count
from typing import NamedTuple


class Mark(NamedTuple):
    """A stretch [start, end) of a text that is shown in its own way. `rank`: where two cross, the lower one is cut;
    where both are the same stretch, it is the outer one. `key` is the anchor that it carries, `row` the one that it
    leads to; empty where it has none."""

    start: int
    end: int
    rank: int
    kind: str
    key: str = ""
    row: str = ""
    note: str = ""

    def part(self, start: int, end: int) -> Mark:
        """A part of it; only the part that begins it is its anchor."""
        return self._replace(start=start, end=end, key=self.key if start == self.start else "")


def nest_marks(marks: Iterable[Mark]) -> list[Mark]:
    """The marks in the order in which they open, cut so that of two one holds the other or they do not meet."""
    ticket = count()
    heap = [(mark.start, -mark.end, mark.rank, next(ticket), mark) for mark in marks if mark.start < mark.end]
    heapify(heap)
    out: list[Mark] = []
    open_: list[int] = []  # indexes of out, outer first
    while heap:
        mark = heappop(heap)[-1]
        while open_ and out[open_[-1]].end <= mark.start:
            open_.pop()
        rest: list[Mark] = []
        while open_ and out[open_[-1]].end < mark.end:
            inner = out[open_[-1]]
            if mark.rank <= inner.rank:
                rest.append(mark.part(inner.end, mark.end))
                mark = mark.part(mark.start, inner.end)
                break
            rest.append(inner.part(mark.start, inner.end))
            at = open_.pop()
            if inner.start < mark.start:
                out[at] = inner.part(inner.start, mark.start)
            else:  # it began here too: it opens inside the mark, if at all
                del out[at]
        for part in rest:
            heappush(heap, (part.start, -part.end, part.rank, next(ticket), part))
        open_.append(len(out))
        out.append(mark)
    return out
