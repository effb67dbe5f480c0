"""Lines that run downwards, cut into their characters and laid side by side: recognisers read level lines best.

On our page of 1952 the marks (。、，) of such lines are read, where the line turned as a whole loses them; its
characters are read more surely the other way, so both readings are taken together.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from extractor.read.ocr_image import Grey

SLIM, FULL = 0.85, 1.6  # of a line's width: the least and the largest step from character to character
ALIKE = 0.25  # part by which widths of lines of one size differ at most
NEAR = 0.06  # part by which a line's step differs from that of others of its size
FLAT = 0.34  # of a cell, from which a mark that lies across it is a bracket turned
KEPT = ".%+-/()"  # marks within the ASCII range that stand with figures; others are dirt
SURE = 0.9  # from here a reading is kept though the other has another number of characters


def lay_down(grey: Grey, ink: Grey, strips: Sequence[Any]) -> list[Grey]:
    """One level picture a strip."""
    pairs = [trim(*(page[max(s.top, 0) : s.bottom, max(s.left, 0) : s.right] for page in (grey, ink))) for s in strips]
    widths = _level([part.shape[1] for _, part in pairs], [part.shape[1] for _, part in pairs])
    profiles = [part.sum(axis=1).astype(float) for _, part in pairs]
    steps = [
        find_step(profile, width, SLIM * width, FULL * width) for profile, width in zip(profiles, widths, strict=True)
    ]
    usual = _level([step for step, _ in steps], widths)
    out = []
    for (part, inked), profile, width, step in zip(pairs, profiles, widths, usual, strict=True):
        cuts = find_cuts(profile, *find_step(profile, width, (1 - NEAR) * step, (1 + NEAR) * step))
        out.append(_lay(part, inked, cuts))
    return out


def trim(grey: Grey, ink: Grey) -> tuple[Grey, Grey]:
    """A strip without the white at its sides, a character of white added at its ends."""
    import numpy as np

    across = np.flatnonzero(ink.any(axis=0))
    if len(across):
        grey, ink = (part[:, int(across[0]) : int(across[-1]) + 1] for part in (grey, ink))
    ends = ((grey.shape[1], grey.shape[1]), (0, 0))
    return np.pad(grey, ends, constant_values=255), np.pad(ink, ends)


def _level(values: Sequence[float], widths: Sequence[float]) -> list[float]:
    """Each value replaced by the middle one of lines of about the same width."""
    out = []
    for width in widths:
        near = sorted(v for v, w in zip(values, widths, strict=True) if abs(w / width - 1) <= ALIKE)
        out.append(float(near[(len(near) - 1) // 2]))
    return out


def find_step(profile: Any, width: float, low: float, high: float) -> tuple[float, float]:
    """Step from character to character and where the first begins: those whose cuts meet least ink."""
    import numpy as np

    length = len(profile)
    inked = np.flatnonzero(profile)
    if not len(inked) or inked[-1] - inked[0] < 1.3 * width:
        return max((low + high) / 2, 1.0), float(inked[0] if len(inked) else 0)
    smooth = np.convolve(profile, np.ones(3) / 3, mode="same") / max(float(profile.max()), 1.0)
    best, chosen = float("inf"), ((low + high) / 2, float(inked[0]))
    for step in np.arange(low, high, max(width / 60, 0.25)):
        for start in np.arange(inked[0] - 0.8 * step, inked[0] + 0.1 * step, max(step / 24, 1.0)):
            at = np.arange(start, inked[-1] + step, step).round().astype(int)
            at = at[(at >= 0) & (at < length)]
            cost = float(smooth[at].mean()) + 0.02 * float(step) / width if len(at) else 1.0
            if cost < best:
                best, chosen = cost, (float(step), float(start))
    return chosen


def find_cuts(profile: Any, step: float, start: float) -> list[tuple[int, int]]:
    """The characters' stretches; empty ones before the first and behind the last left out."""
    cuts: list[tuple[int, int]] = []
    at = max(start, 0.0)
    while at < len(profile):
        a, b = round(at), min(round(at + step), len(profile))
        if b > a:
            cuts.append((a, b))
        at += max(step, 1.0)
    inked = [k for k, (a, b) in enumerate(cuts) if profile[a:b].any()]
    return cuts[inked[0] : inked[-1] + 1] if inked else [(0, len(profile))]


def _lay(grey: Grey, ink: Grey, cuts: Sequence[tuple[int, int]]) -> Grey:
    import numpy as np

    width = grey.shape[1]
    height = max(max(b - a for a, b in cuts), width) + max(width // 5, 2)
    return np.concatenate([_cell(grey[a:b], ink[a:b], height) for a, b in cuts], axis=1)


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
    bracket = tall < FLAT * size and wide > 0.5 * size and not 0.36 < middle < 0.64
    dash = wide < 0.2 * size and tall > 0.75 * size
    if bracket or dash:
        grey = np.rot90(grey)
    elif tall < 0.45 * size and wide < 0.45 * size and middle < 0.5 and (left + right) / 2 > 0.5 * grey.shape[1]:
        y, x = height - rim - tall, rim
        out[y : y + tall, x : x + wide] = grey[top:bottom, left:right]
        return out
    h, w = min(grey.shape[0], height), min(grey.shape[1], height)
    y, x = (height - h) // 2, (height - w) // 2
    out[y : y + h, x : x + w] = grey[:h, :w]
    return out


def join_readings(laid: str, laid_sure: float, turned: str, turned_sure: float) -> tuple[str, float]:
    """The marks of the line laid down with the characters of the line turned, where they have as many."""
    laid = "".join(laid.split()).replace("°", "。")
    turned = "".join(turned.split())
    letters = [c for c in turned if c.isalnum()]
    if sum(c.isalnum() for c in laid) == len(letters):
        take = iter(letters)
        return "".join(
            next(take) if c.isalnum() else c for c in laid if c.isalnum() or c in KEPT or not c.isascii()
        ), max(laid_sure, turned_sure)
    return (laid, laid_sure) if laid_sure >= max(SURE, turned_sure - 0.02) else (turned, turned_sure)
