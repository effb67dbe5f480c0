"""Physical lines of a source, hidden stretches left out."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractor.layout import Line
from extractor.layout_rule import find_glued
from extractor.model import Source
from extractor.page.gutter import unweave
from extractor.text import Span

_LINE = re.compile(r"[^\n\r\f\v\x85\u2028\u2029]+")
_GAP_HINT = re.compile(r"\S[ \t\u3000\xa0]+[【\[（(〔［■□●◆]?\s?(?:本|据|新华|中新)")
_CELLS = {"\u3000": 2, "\t": 4}


def to_cells(text: str) -> int:
    """Display width: ASCII counts one cell, all else two."""
    return 2 * len(text) - len(text.encode("ascii", "ignore"))


def split_lines(source: Source) -> list[Line]:
    """The lines that hold ink, in reading order: columns side by side one behind the other. A report that opens behind
    a headline on its line is a line of its own."""
    lines = _read_lines(source)
    if not source.boxes and not source.items:  # their readers know the order
        lines = unweave(source.text, lines)
    return [part for line in lines for part in _cut_glued(source.text, line)]


def _read_lines(source: Source) -> list[Line]:
    """The physical lines in their order."""
    text = source.text
    lines: list[Line] = []
    at = 0  # end of the last stretch seen
    blanks, page = 0, 1
    for start, end in _stretches(source):
        gap = text[at:start]
        if gap == "\n":
            blanks += 1
        elif gap:
            feeds = gap.count("\f")
            page += feeds
            blanks += max(gap.count("\n"), gap.count("\r"), feeds) if len(gap) < 3 else _count_breaks(gap)
        at = end
        raw = text[start:end]
        bare = raw.strip().strip("\ufeff\x00")
        if not bare:
            continue
        margin = raw.index(bare)
        indent = sum(_CELLS.get(c, 1) for c in raw[:margin]) if margin else 0
        first = start + margin
        empty = max(blanks - 1, 0) if lines else blanks
        blanks = 0
        width = indent + to_cells(bare)
        lines.append(Line(Span(first, first + len(bare)), indent, width, margin + len(bare), empty, page))
    return lines


def _cut_glued(text: str, line: Line) -> list[Line]:
    """The line, in two where a report opens behind a headline."""
    first, last = line.span
    head = text[first : min(first + 90, last)]
    cut = find_glued(text, first, last) if _has_gap(head) and _GAP_HINT.search(head) else None
    if cut is None:
        return [line]
    head = text[first:cut].rstrip()
    before = Line(
        Span(first, first + len(head)), line.indent, line.indent + to_cells(head), len(head), line.blanks, line.page
    )
    return [before, Line(Span(cut, last), 0, line.width, last - cut, 0, line.page, glued=True)]


def _has_gap(bare: str) -> bool:
    return " " in bare or "\u3000" in bare or "\t" in bare or "\xa0" in bare


def _count_breaks(gap: str) -> int:
    """Line breaks in a gap; hidden ink counts for nothing."""
    feeds = gap.count("\n") or gap.count("\r")
    return feeds + gap.count("\f") + gap.count("\u2028") + gap.count("\x85") + gap.count("\v")


def _stretches(source: Source) -> Iterator[tuple[int, int]]:
    """Line stretches without the hidden ones and the declared headlines."""
    cuts = sorted([*source.hidden, *source.titles])
    if not cuts:
        for match in _LINE.finditer(source.text):
            yield match.span()
        return
    i = 0
    for match in _LINE.finditer(source.text):
        start, end = match.span()
        while i < len(cuts) and cuts[i].end <= start:
            i += 1
        j = i
        while j < len(cuts) and cuts[j].start < end:
            if cuts[j].start > start:
                yield start, cuts[j].start
            start = max(start, cuts[j].end)
            j += 1
        if start < end:
            yield start, end
