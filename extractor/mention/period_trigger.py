"""The words that a time expression may begin with, found in one pass."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import ahocorasick_rs

from extractor.mention.period_table import load_table

# A one-character word counts only before a number.
_RUN = frozenset("0123456789〇零○O一二三四五六七八九十百廿卅千几数两半")
_FOLLOW = {
    "前": _RUN,
    "头": _RUN,
    "近": _RUN,
    "这": frozenset("0123456789一两三四五六七八九十几"),
    "第": frozenset("一二三四五六七八九十1234"),
}


@lru_cache(maxsize=4)
def _automaton(overlay: Path | None) -> tuple[ahocorasick_rs.AhoCorasick, list[str]]:
    table = load_table(overlay)
    surfaces = list({**table.words, **table.events, **table.holidays})
    return ahocorasick_rs.AhoCorasick(surfaces, matchkind=ahocorasick_rs.MatchKind.Standard), surfaces


def find_triggers(plain: str, overlay: Path | None = None) -> dict[int, str]:
    """Where a word stands and the longest that does, ascending. `plain` has ASCII digits."""
    automaton, surfaces = _automaton(overlay)
    found: dict[int, str] = {}
    for index, start, end in automaton.find_matches_as_indexes(plain, overlapping=True):
        surface = surfaces[index]
        follow = _FOLLOW.get(surface)
        if follow is None or plain[end : end + 1] in follow:
            found[start] = surface  # matches come by their ends: of one start the longest last
    return dict(sorted(found.items()))
