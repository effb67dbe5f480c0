"""A text with marks that may nest and overlap, cut into the pieces that a page is written of."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise
from typing import NamedTuple


class Mark(NamedTuple):
    """A stretch of a text. `kind`: what it is; `key`: the row that it belongs to, empty where there is none."""

    start: int
    end: int
    kind: str
    key: str = ""


class Segment(NamedTuple):
    """A piece of the text. `marks`: those that cover it, the shortest first; `begins`: keys of the marks that begin
    here."""

    text: str
    marks: tuple[Mark, ...]
    begins: tuple[str, ...]

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of the marks, each once."""
        return tuple(dict.fromkeys(mark.kind for mark in self.marks))

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys of the marks, each once."""
        return tuple(dict.fromkeys(mark.key for mark in self.marks if mark.key))


def split_segments(text: str, marks: Iterable[Mark]) -> list[Segment]:
    """Pieces that cover the text; the cover of each is the same all through. Marks outside the text are cut to it."""
    size = len(text)
    kept = sorted(
        {
            mark._replace(start=max(0, mark.start), end=min(size, mark.end))
            for mark in marks
            if min(size, mark.end) > max(0, mark.start)
        },
        key=lambda mark: (mark.start, -mark.end, mark.kind, mark.key),
    )
    edges = sorted({0, size, *(mark.start for mark in kept), *(mark.end for mark in kept)})
    segments: list[Segment] = []
    active: list[Mark] = []
    at = 0
    for start, end in pairwise(edges):
        active = [mark for mark in active if mark.end > start]
        begun: list[str] = []
        while at < len(kept) and kept[at].start == start:
            active.append(kept[at])
            if kept[at].key and kept[at].key not in begun:
                begun.append(kept[at].key)
            at += 1
        cover = tuple(sorted(active, key=lambda mark: (mark.end - mark.start, mark.kind, mark.key)))
        segments.append(Segment(text[start:end], cover, tuple(begun)))
    return segments


def split_lines(segments: Iterable[Segment]) -> list[list[Segment]]:
    """The segments line by line, the line feeds left out."""
    lines: list[list[Segment]] = [[]]
    for segment in segments:
        for number, piece in enumerate(segment.text.split("\n")):
            if number:
                lines.append([])
            if piece:
                lines[-1].append(segment._replace(text=piece, begins=() if number else segment.begins))
    return lines
