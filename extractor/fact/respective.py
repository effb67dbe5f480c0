"""分别: figures in a row that belong to names in a row (甲、乙和丙分别为1、2和3)."""

from __future__ import annotations

from collections.abc import Sequence

from extractor.fact.chunk import Chunk

_JOINTS = frozenset("HC")
_MARKER = "分别"


def find_series(chunks: Sequence[Chunk]) -> dict[int, tuple[int, int]]:
    """Each figure of a row behind 分别: quantity index to (place in its row, length of the row)."""
    out: dict[int, tuple[int, int]] = {}
    for series, _ in _series(chunks):
        out.update((quantity, (place, len(series))) for place, quantity in enumerate(series))
    return out


def pair_series(chunks: Sequence[Chunk]) -> dict[int, int]:
    """Index of a quantity chunk to the index of the NP, L or T chunk that it belongs to, for figures behind 分别."""
    out: dict[int, int] = {}
    for series, marker in _series(chunks):
        for names in reversed(_rows(chunks, ("NP", "L", "T"), max(0, marker - 30), series[0])):
            same = {chunks[i].tag for i in names}
            if len(names) == len(series) and len(same) == 1:
                out.update(zip(series, names, strict=True))
                break
    return out


def _series(chunks: Sequence[Chunk]) -> list[tuple[list[int], int]]:
    """The rows of figures and where the 分别 before each stands."""
    out: list[tuple[list[int], int]] = []
    if not any(_MARKER in chunk.text for chunk in chunks):
        return out
    for series in _rows(chunks, ("Q",), 0, len(chunks)):
        first = series[0]
        marker = next((i for i in range(first - 1, max(-1, first - 14), -1) if _MARKER in chunks[i].text), None)
        if marker is not None:
            out.append((series, marker))
    return out


def _rows(chunks: Sequence[Chunk], tags: tuple[str, ...], start: int, end: int) -> list[list[int]]:
    """Runs of two or more chunks with these tags, parted by one 、 or 和 each."""
    rows: list[list[int]] = []
    current: list[int] = []
    for i in range(start, end):
        if chunks[i].tag not in tags:
            continue
        if (
            current
            and i == current[-1] + 2
            and chunks[i - 1].tag in _JOINTS
            and chunks[i].tag == chunks[current[-1]].tag
        ):
            current.append(i)
        else:
            if len(current) > 1:
                rows.append(current)
            current = [i]
    if len(current) > 1:
        rows.append(current)
    return rows
