"""Villages named once stand for themselves and, behind their division, for it afterwards (某市某村 ... 某村)."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

import ahocorasick_rs

from extractor.mention.place_form import kind_of
from extractor.mention.place_guard import is_other_name
from extractor.mention.place_village import Village
from extractor.mention.place_village_name import PROPER, load_words
from extractor.model import Place
from extractor.text import BodySpan
from extractor.words import load_tagger

# Type words that a village's name may do without.
SHORT = ("村", "屯", "寨")


def find_stems(text: str, villages: Sequence[Village], places: Sequence[Place]) -> list[Village]:
    """Names of certain villages without their type word (柳塘 for 柳塘村), ascending, clear of villages and places."""
    seats: dict[str, Village] = {}
    for village in villages:
        stem = village.name.removesuffix(village.tail.text)
        if village.tail.text in SHORT and village.is_tied and _is_plain(stem):
            seats.setdefault(stem, village)
    if not seats:
        return []
    names = list(seats)
    automaton = ahocorasick_rs.AhoCorasick(names, matchkind=ahocorasick_rs.MatchKind.LeftmostLongest)
    taken = sorted([*((v.span.start, v.span.end) for v in villages), *((p.span.start, p.span.end) for p in places)])
    return [
        replace(seats[names[index]], span=BodySpan(start, end), rule="stem", tied=True)
        for index, start, end in automaton.find_matches_as_indexes(text)
        if _is_clear(taken, start, end) and not is_other_name(text, end)
    ]


def find_aliases(villages: Sequence[Village]) -> list[tuple[BodySpan, Place]]:
    """(span, the division) of the villages named again that first stood behind their division."""
    return [
        (v.span, v.holder)
        for v in villages
        if v.rule in ("later", "stem") and v.is_tied and v.holder is not None and v.holder.adcode is not None
    ]


def _is_plain(stem: str) -> bool:
    """Whether the name without its type word is no word and no other place: 柳塘, but not 太平."""
    if len(stem) < 2 or stem in load_words().names or kind_of(stem) is not None:
        return False
    first, *rest = load_tagger()(stem)
    return bool(rest) or first[1] in PROPER


def _is_clear(taken: Sequence[tuple[int, int]], start: int, end: int) -> bool:
    i = bisect_left(taken, (end, 0)) - 1
    return i < 0 or taken[i][1] <= start
