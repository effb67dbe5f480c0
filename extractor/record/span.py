"""Spans of an unwrapped text to spans of the source with a surface that matches.

Invariant of every record: remove_whitespace(source[start:end]) == remove_whitespace(text); for a program with its
quotation and book marks removed too.
"""

from __future__ import annotations

import re
import sys
from bisect import bisect_right
from itertools import pairwise
from typing import NamedTuple

from extractor.text import BodySpan, MappedText, Span

MARKS = re.compile("[“”‘’\"'《》〈〉「」『』]+")
EXTRA = 8  # characters between a span's ends that the text dropped (a hyphen, a page mark) and the surface may keep


class Surface(NamedTuple):
    """A stretch of the source and its surface without the white space of the layout."""

    text: str
    start: int
    end: int


class Piece(NamedTuple):
    """A part of a span that stands in the source in one piece."""

    text: BodySpan
    source: Span


def remove_whitespace(text: str) -> str:
    """The text without any white space."""
    return "".join(text.split())


def remove_marks(text: str) -> str:
    """The text without white space, quotation marks and book marks."""
    return remove_whitespace(MARKS.sub("", text))


def to_surface(source: str, mapped: MappedText, span: BodySpan, anchor: BodySpan | None = None) -> Surface | None:
    """The span in the source; None where no character of it stands there.

    Where foreign text stands between its ends (a sentence that goes on in another column) the longest part that
    stands together is taken; with an `anchor` inside the span, the part that holds the anchor's begin.
    """
    surface = _find_close(source, mapped, span)
    if surface is not None:
        return surface
    pieces = _find_pieces(mapped, span)
    if not pieces:
        return None
    surface = _join(source, mapped, pieces)
    if surface is not None:
        return surface
    groups = _split_groups(source, pieces)
    if anchor is not None:
        groups = [g for g in groups if g[0].text.start <= anchor.start < g[-1].text.end] or groups
    groups.sort(key=lambda g: g[0].text.start - g[-1].text.end)
    return next((found for group in groups if (found := _join(source, mapped, group)) is not None), None)


def to_marked(source: str, mapped: MappedText, span: BodySpan, name: str) -> Surface | None:
    """The span of a program in the source; its surface is `name`, which drops the marks."""
    surface = to_surface(source, mapped, span)
    if surface is None:
        return None
    plain = MARKS.sub("", surface.text).strip()
    if name != plain and remove_marks(name) != remove_marks(source[surface.start : surface.end]):
        name = plain
    return surface._replace(text=name) if name else None


def _find_pieces(mapped: MappedText, span: BodySpan) -> list[Piece]:
    """The span cut at the map's runs, without inserted characters."""
    pieces: list[Piece] = []
    runs = mapped.runs
    for at in range(_first_run(mapped, span.start), len(runs)):
        run = runs[at]
        if run.start >= span.end:
            break
        start, end = max(run.start, span.start), min(run.start + run.length, span.end)
        if start < end:
            offset = run.source - run.start
            pieces.append(Piece(BodySpan(start, end), Span(start + offset, end + offset)))
    return pieces


def _first_run(mapped: MappedText, start: int) -> int:
    """Index of the last run that begins at or before `start` (0 where none does)."""
    return max(0, bisect_right(mapped.runs, (start, sys.maxsize)) - 1)


def _find_close(source: str, mapped: MappedText, span: BodySpan) -> Surface | None:
    """The usual case without its pieces: one run holds the span, or only white space parts those that do."""
    start, end = span
    runs = mapped.runs
    if not runs or start >= end:
        return None
    i, j = _first_run(mapped, start), _first_run(mapped, end - 1)
    if i < j and runs[i].start + runs[i].length <= start:
        i += 1
    first, last = runs[i], runs[j]
    start, end = max(first.start, start), min(last.start + last.length, end)
    if start >= first.start + first.length or end <= last.start:
        return None
    text = mapped.text[start:end].strip()
    at, to = first.source + start - first.start, last.source + end - last.start
    if not text or (i < j and (at >= to or remove_whitespace(source[at:to]) != remove_whitespace(text))):
        return None
    return Surface(text, at, to)


def _join(source: str, mapped: MappedText, pieces: list[Piece]) -> Surface | None:
    """One surface of pieces that stand in order with little between them, else None."""
    start, end = pieces[0].source.start, pieces[-1].source.end
    if start >= end:
        return None
    text = mapped.text[pieces[0].text.start : pieces[-1].text.end].strip()
    bare, wanted = remove_whitespace(source[start:end]), remove_whitespace(text)
    if not bare:
        return None
    if bare == wanted:
        return Surface(text, start, end)
    together = all(a.source.end <= b.source.start for a, b in pairwise(pieces))
    return Surface(bare, start, end) if together and len(bare) <= len(wanted) + EXTRA else None


def _split_groups(source: str, pieces: list[Piece]) -> list[list[Piece]]:
    """The pieces in groups that only white space parts in the source."""
    groups = [[pieces[0]]]
    for before, piece in pairwise(pieces):
        gap = source[before.source.end : piece.source.start]
        if before.source.end <= piece.source.start and not gap.strip():
            groups[-1].append(piece)
        else:
            groups.append([piece])
    return groups
