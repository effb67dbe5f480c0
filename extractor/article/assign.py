"""Which headline belongs to which body: decided for the whole page at once."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

_TITLE = 1.0  # a body has a headline
_AGREES = 1.2  # times the share of the headline's character pairs that the body's beginning holds
_NAMES = 0.6  # the headline or its kicker names the dateline's place
_AGAINST = 0.7  # headline on the other side than the page's others
_TAIL = 1.0  # headline-like lines left to the body before them
_PARTED = 1.0  # kicker and headline on different sides
_PRIOR = 0.1  # headlines stand before their bodies unless the page speaks against it
_MOST = 6  # lines of a gap tried from each end
_HEAD = 800  # characters of a body compared with a headline
_LONGEST = 120  # characters of a headline compared


@dataclass(frozen=True, slots=True)
class Unit:
    """One headline block: its text, and whether it is a kicker (a bare place or rubric)."""

    text: str
    kicker: bool = False
    tied: bool = False  # no empty line parts it from the unit before


@dataclass(frozen=True, slots=True)
class Body:
    text: str
    place: str = ""  # of the dateline


@dataclass(frozen=True, slots=True)
class Split:
    """Of a gap's units the first `back` are the headline of the body before (or `tail`: left to it as text), the
    rest the headline of the body behind."""

    back: int
    tail: bool


Worths = dict[tuple[str, int], float]  # by headline text and body, whichever side it stands on


def assign(gaps: Sequence[Sequence[Unit]], bodies: Sequence[Body]) -> list[Split]:
    """One split a gap; gap k stands before body k, the last behind the last body."""
    best: tuple[float, list[Split]] | None = None
    known: Worths = {}
    for first in (True, False):
        score, splits = _solve(gaps, bodies, first, known)
        score += _PRIOR if first else 0.0
        if best is None or score > best[0] + 1e-9:
            best = score, splits
    return best[1] if best else []


def _solve(
    gaps: Sequence[Sequence[Unit]], bodies: Sequence[Body], first: bool, known: Worths
) -> tuple[float, list[Split]]:
    """Best splits where headlines stand before (`first`) or behind their bodies. State: the body before a gap has
    its headline in front already."""
    trail: list[dict[bool, tuple[bool, Split]]] = []
    scores: dict[bool, float] = {False: 0.0}
    for k, units in enumerate(gaps):
        following: dict[bool, float] = {}
        links: dict[bool, tuple[bool, Split]] = {}
        for back in _cuts(len(units)):
            if 0 < back < len(units) and units[back].tied:
                continue
            after = units[back:]
            gain = 0.0
            if after:
                gain += _worth(after, k, bodies, first, known) if k < len(bodies) else -2.0
            if 0 < back < len(units) and units[back - 1].kicker:
                gain -= _PARTED
            for fronted, score in scores.items():
                for tail in (False, True) if back else (False,):
                    total = score + gain
                    if back and tail:
                        total -= _TAIL
                    elif back:
                        if k == 0 or fronted:
                            continue
                        total += _worth(units[:back], k - 1, bodies, not first, known)
                    state = bool(after)
                    if k == 0 and back:
                        continue
                    if state not in following or total > following[state] + 1e-9:
                        following[state] = total
                        links[state] = (fronted, Split(back, tail))
        scores = following
        trail.append(links)
    state = max(scores, key=lambda s: (scores[s], s))
    total = scores[state]
    splits: list[Split] = []
    for links in reversed(trail):
        state, split = links[state]
        splits.append(split)
    return total, splits[::-1]


def _cuts(size: int) -> list[int]:
    if size <= 2 * _MOST:
        return list(range(size + 1))
    return [*range(_MOST), *range(size - _MOST, size + 1)]


def _worth(units: Sequence[Unit], k: int, bodies: Sequence[Body], along: bool, known: Worths) -> float:
    """What it is worth that `units` are the headline of body `k`; `along`: on the page's usual side."""
    text = "".join([unit.text for unit in units[:_MOST]])[:_LONGEST]
    worth = known.get((text, k))
    if worth is None:
        body = bodies[k]
        worth = _TITLE + _AGREES * share(text, body.text[:_HEAD])
        if body.place and body.place in text:
            worth += _NAMES
        known[text, k] = worth
    return worth if along else worth - _AGAINST


def share(head: str, body: str) -> float:
    """Share of the headline's character pairs that the body holds."""
    ink = re.sub(r"\W+", "", head)
    pairs = {ink[i : i + 2] for i in range(len(ink) - 1)}
    return sum(1 for pair in pairs if pair in body) / len(pairs) if pairs else 0.0
