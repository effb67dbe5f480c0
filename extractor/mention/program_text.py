"""What the parts of the program reader share: candidates, and how a name is written out."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import lru_cache

from extractor.mention.quotation import MARKS
from extractor.model import Program
from extractor.text import BodySpan


@lru_cache(maxsize=1)
def _marks() -> re.Pattern[str]:
    return re.compile(f"[{re.escape(MARKS)}]+")


def drop_marks(surface: str) -> str:
    """The surface without quotation and book marks."""
    return _marks().sub("", surface).strip()


def to_program(text: str, start: int, end: int, type_: str, rule: str, canonical: str | None = None) -> Program:
    name = drop_marks(text[start:end])
    return Program(BodySpan(start, end), name, type_, rule, None if canonical == name else canonical)


class Cover:
    """The stretches that programs already take, for overlap questions in logarithmic time."""

    def __init__(self, programs: list[Program]) -> None:
        spans = sorted(program.span for program in programs)
        self._starts = [span.start for span in spans]
        self._ends = [span.end for span in spans]

    def overlaps(self, start: int, end: int) -> bool:
        i = bisect_right(self._starts, start)
        return (i > 0 and self._ends[i - 1] > start) or (i < len(self._starts) and self._starts[i] < end)


def merge_programs(*groups: list[Program]) -> list[Program]:
    """One ascending list without overlaps; where two overlap, the longer one stays."""
    out: list[Program] = []
    for program in sorted((p for group in groups for p in group), key=lambda p: (p.span.start, -p.span.end)):
        if out and program.span.start < out[-1].span.end:
            last = out[-1].span
            if program.span.end - program.span.start > last.end - last.start:
                out[-1] = program
            continue
        out.append(program)
    return out
