"""Lines -> pieces of running text: wraps and layout white space undone."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractor.text import Span

Piece = Span | str

_CALL = re.compile(r"[（(][\u4e00-\u9fff]{0,6}(?:记者|通讯员)$")
_TABLE = 3  # blanks between two columns of a table
_LATIN = re.compile(r"[A-Za-zÀ-ɏ]")
_BREAK = re.compile(r"\s+")


def _is_word(c: str) -> bool:
    """A CJK character: white space between two of them parts words on purpose."""
    return c.isalpha() and ord(c) >= 0x2E80 and not "Ａ" <= c <= "ｚ"


def _keeps(before: str, after: str) -> bool:
    """White space between two characters of one line says something."""
    if _is_word(before) and _is_word(after):
        return True
    if before in "”’」』》" and after in "“‘「『《":
        return True
    narrow = before.isalnum() and after.isalnum() and not _is_word(before) and not _is_word(after)
    return narrow or (before in ",.;:!?)" and after.isascii() and after.isalnum())


def _wrap_keeps(before: str, after: str) -> bool:
    """A wrap between two characters stands for a space: only inside a Latin phrase."""
    return bool(_LATIN.match(before) and _LATIN.match(after))


def _calls(source: str, piece: Piece) -> bool:
    """A line ends in （通讯员 or （记者: the name that follows was parted from it."""
    if isinstance(piece, str):
        return False
    start, end = piece
    return source[end - 1] in "者员" and _CALL.search(source[max(start, end - 12) : end]) is not None


def to_pieces(source: str, lines: Sequence[Span], cut: Sequence[Span] = ()) -> list[Piece]:
    """Body text: lines joined, one space where white space parts words, none beside figures and marks.

    `cut`: stretches of the source to leave out, sorted.
    """
    pieces: list[Piece] = []
    last = ""
    at = 0
    for line in lines:
        fresh = True
        for start, end in _ink(source, line, cut):
            if last:
                keeps = _wrap_keeps if fresh else _keeps
                wide = not fresh and (start - at >= _TABLE or "\t" in source[at:start])
                if wide or keeps(last, source[start]) or (fresh and _calls(source, pieces[-1])):
                    pieces.append(" ")
            pieces.append(Span(start, end))
            last = source[end - 1]
            at = end
            fresh = False
    return pieces


def to_head_pieces(source: str, lines: Sequence[Span]) -> list[Piece]:
    """Headline text: its parts joined by one space each, characters that stand apart (启　事) closed up."""
    pieces: list[Piece] = []
    for line in lines:
        stretches = _ink(source, line, ())
        apart = len(stretches) > 1 and all(end - start == 1 and _is_word(source[start]) for start, end in stretches)
        for i, (start, end) in enumerate(stretches):
            if pieces and not (apart and i):
                pieces.append(" ")
            pieces.append(Span(start, end))
    return pieces


def _ink(source: str, line: Span, cut: Sequence[Span]) -> list[tuple[int, int]]:
    """Stretches of the line without white space in them."""
    stretches: list[tuple[int, int]] = []
    at = line.start
    for gap in cut:
        if gap.end <= at or gap.start >= line.end:
            continue
        stretches += _split(source, at, min(gap.start, line.end))
        at = max(at, gap.end)
    return stretches + _split(source, at, line.end)


def _split(source: str, start: int, end: int) -> list[tuple[int, int]]:
    out: list[tuple[int, int]] = []
    for match in _BREAK.finditer(source, start, end):
        if match.start() > start:
            out.append((start, match.start()))
        start = match.end()
    if start < end:
        out.append((start, end))
    return out
