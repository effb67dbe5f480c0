"""Lines that run downwards, cut into their characters and laid side by side: recognisers read level lines best.

On our page of 1952 the marks (。、，) of such lines are read, where the line turned as a whole loses them.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from extractor.read.ocr_image import Grey

SLIM, FULL = 0.9, 1.6  # of a line's width: the least and the largest step from character to character
FLAT = 0.34  # of a cell, from which a mark that lies across it is a bracket turned


def lay_down(grey: Grey, ink: Grey, strips: Sequence[Any]) -> list[Grey]:
    """One level picture a strip."""
    return [_lay(*(page[max(s.top, 0) : s.bottom, max(s.left, 0) : s.right] for page in (grey, ink))) for s in strips]


def _lay(grey: Grey, ink: Grey) -> Grey:
    import numpy as np

    across = np.flatnonzero(ink.any(axis=0))
    if not len(across):
        return np.rot90(grey)
    left, right = int(across[0]), int(across[-1]) + 1
    width = right - left
    cuts = find_cuts(ink[:, left:right].sum(axis=1).astype(float), width)
    height = max(int(max(b - a for a, b in cuts)), width) + max(width // 5, 2)
    cells = [_cell(grey[a:b, left:right], ink[a:b, left:right], height) for a, b in cuts]
    return np.concatenate(cells, axis=1)


def find_cuts(profile: Any, width: int) -> list[tuple[int, int]]:
    """Characters' stretches along a line by its ink: the step and start whose cuts meet least ink."""
    import numpy as np

    length = len(profile)
    inked = np.flatnonzero(profile)
    if length < 1.5 * width or not len(inked):
        return [(0, length)]
    smooth = np.convolve(profile, np.ones(3) / 3, mode="same")
    best, chosen = float("inf"), (float(width), 0.0)
    for step in np.arange(SLIM * width, FULL * width, max(width / 60, 0.25)):
        for start in np.arange(-0.5 * step, 0.5 * step, max(step / 24, 1.0)):
            at = np.arange(start, length + step, step)
            inside = at[(at >= 0) & (at < length)].round().astype(int)
            inside = inside[inside < length]
            missed = abs(start - inked[0]) / step * 0.05
            cost = smooth[inside].mean() / max(profile.max(), 1) + 0.02 * step / width + missed if len(inside) else 1.0
            if cost < best:
                best, chosen = cost, (float(step), float(start))
    step, start = chosen
    cuts = []
    at = start
    while at < length:
        a, b = max(round(at), 0), min(round(at + step), length)
        if b > a and profile[a:b].any():
            cuts.append((a, b))
        at += step
    return cuts or [(0, length)]


def _cell(grey: Grey, ink: Grey, height: int) -> Grey:
    """A character on a square ground: brackets turned back, marks brought down to the left."""
    import numpy as np

    out = np.full((height, height), 255, np.uint8)
    rows, columns = np.flatnonzero(ink.any(axis=1)), np.flatnonzero(ink.any(axis=0))
    if not len(rows):
        return out
    top, bottom, left, right = int(rows[0]), int(rows[-1]) + 1, int(columns[0]), int(columns[-1]) + 1
    tall, wide = bottom - top, right - left
    rim, size = height // 10, max(len(grey), grey.shape[1])
    middle = (top + bottom) / 2 / len(grey)
    if (tall < FLAT * size and wide > 0.5 * size and not 0.36 < middle < 0.64) or (
        wide < 0.2 * size and tall > 0.75 * size
    ):
        grey = np.rot90(grey)
    elif tall < 0.45 * size and wide < 0.45 * size and middle < 0.5 and (left + right) / 2 > 0.5 * grey.shape[1]:
        mark = grey[top:bottom, left:right]
        y, x = height - rim - tall, rim
        out[y : y + tall, x : x + wide] = mark
        return out
    h, w = min(grey.shape[0], height), min(grey.shape[1], height)
    y, x = (height - h) // 2, (height - w) // 2
    out[y : y + h, x : x + w] = grey[:h, :w]
    return out
