"""Coordinates: spans of the source, spans of an unwrapped text, and the map between them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from typing import NamedTuple


class Span(NamedTuple):
    """Code points [start, end) of the source."""

    start: int
    end: int


class BodySpan(NamedTuple):
    """Code points [start, end) of an unwrapped text."""

    start: int
    end: int


class Run(NamedTuple):
    """`length` code points of the text at `start` stand in the source at `source`."""

    start: int
    source: int
    length: int


class MappedText:
    """An unwrapped text and, as runs, where each of its characters stands in the source.

    Characters that no run covers (a joining line feed) have no source. Runs ascend in the text; in the source they
    may stand in any order (a headline printed behind its body).
    """

    __slots__ = ("_starts", "runs", "text")

    def __init__(self, text: str, runs: Iterable[Run]) -> None:
        self.text = text
        self.runs = tuple(runs)
        self._starts = [run.start for run in self.runs]

    @classmethod
    def whole(cls, text: str, offset: int = 0) -> MappedText:
        return cls(text, [Run(0, offset, len(text))] if text else [])

    @classmethod
    def build(cls, source: str, pieces: Iterable[Span | str]) -> MappedText:
        """Joins stretches of `source` (Span) and inserted characters (str)."""
        parts: list[str] = []
        runs: list[Run] = []
        at = 0
        for piece in pieces:
            if isinstance(piece, str):
                parts.append(piece)
                at += len(piece)
                continue
            length = piece.end - piece.start
            if length <= 0:
                continue
            parts.append(source[piece.start : piece.end])
            if runs and runs[-1].start + runs[-1].length == at and runs[-1].source + runs[-1].length == piece.start:
                runs[-1] = Run(runs[-1].start, runs[-1].source, runs[-1].length + length)
            else:
                runs.append(Run(at, piece.start, length))
            at += length
        return cls("".join(parts), runs)

    def to_source(self, span: BodySpan) -> Span:
        """The source stretch from the span's first to its last character. Raises ValueError on an empty span or
        where an end stands on an inserted character."""
        if span.end <= span.start:
            raise ValueError(f"empty span {span}")
        return Span(self._at(span.start), self._at(span.end - 1) + 1)

    def _at(self, index: int) -> int:
        i = bisect_right(self._starts, index) - 1
        if i >= 0:
            run = self.runs[i]
            if index < run.start + run.length:
                return run.source + index - run.start
        raise ValueError(f"character {index} of the text has no place in the source")
