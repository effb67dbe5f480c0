"""分别: figures in a row that belong to names in a row (甲、乙和丙分别为1、2和3)."""

from __future__ import annotations

from collections.abc import Sequence

from extractor.fact.chunk import Chunk

_JOINTS = frozenset("HC")


def pair_series(chunks: Sequence[Chunk]) -> tuple[dict[int, int], dict[int, tuple[int, int]]]:
    """The rows of figures behind 分别: quantity index to the NP or L chunk that it belongs to, where the names stand in a
    row too; and quantity index to (place in its row, length of the row)."""
    pairs: dict[int, int] = {}
    rows: dict[int, tuple[int, int]] = {}
    for series in _rows(chunks, ("Q",), 0, len(chunks)):
        first = series[0]
        marker = next((i for i in range(first - 1, max(-1, first - 14), -1) if "分别" in chunks[i].text), None)
        if marker is None:
            continue
        rows.update((quantity, (place, len(series))) for place, quantity in enumerate(series))
        for names in reversed(_rows(chunks, ("NP", "L"), max(0, marker - 30), first)):
            same = {chunks[i].tag for i in names}
            if len(names) == len(series) and len(same) == 1:
                pairs.update(zip(series, names, strict=True))
                break
    return pairs, rows


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
