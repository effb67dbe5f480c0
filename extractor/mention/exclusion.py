"""Stretches whose numerals are no quantities: ordinals, codes, clock times, set phrases, words."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import ahocorasick_rs
import regex

from extractor.errors import LexiconError
from extractor.lexicon.table import read_table
from extractor.mention.numeral import NUMERAL
from extractor.model import Exclusion
from extractor.text import BodySpan

_NEAR = 16  # how far before a numeral a pattern may begin
_FAR = 40  # and how far behind it may end
_TRIGGER = regex.compile(rf"{NUMERAL}|[半几数零双]|[A-Za-z@/]{{3,}}|[①-⑳]")


@dataclass(frozen=True, slots=True)
class ExclusionIndex:
    pattern: regex.Pattern[str]
    phrases: ahocorasick_rs.AhoCorasick
    rules: tuple[str, ...]


@lru_cache(maxsize=4)
def load_exclusions(overlay: Path | None = None) -> ExclusionIndex:
    parts = []
    for row in read_table("exclusion.tsv", overlay):
        try:
            regex.compile(row["pattern"])
        except regex.error as error:
            raise LexiconError(f"{row['_line']}: pattern: {error}") from error
        parts.append(f"(?P<{row['rule']}>{row['pattern']})")
    surfaces, rules = [], []
    for table in ("idiom", "numeral_word"):
        for row in read_table(f"{table}.tsv", overlay):
            surfaces.append(row["surface"])
            rules.append(f"{table}.{row['kind']}:{row['surface']}")
    automaton = ahocorasick_rs.AhoCorasick(surfaces, matchkind=ahocorasick_rs.MATCHKIND_LEFTMOST_LONGEST)
    return ExclusionIndex(regex.compile("|".join(parts), regex.M), automaton, tuple(rules))


def find_exclusions(text: str, overlay: Path | None = None) -> list[Exclusion]:
    """All excluded stretches, ascending, set phrases and patterns together (they may overlap)."""
    index = load_exclusions(overlay)
    out: list[Exclusion] = []
    for which, start, end in index.phrases.find_matches_as_indexes(text):
        out.append(Exclusion(BodySpan(start, end), text[start:end], index.rules[which]))
    for low, high in _zones(text):
        for match in index.pattern.finditer(text, low, high):
            if match.end() > match.start():
                span = BodySpan(match.start(), match.end())
                out.append(Exclusion(span, match[0], f"exclusion.{match.lastgroup}"))
    out.sort(key=lambda e: (e.span.start, -e.span.end))
    return out


def _zones(text: str) -> list[tuple[int, int]]:
    """Windows round the numerals: patterns cost too much to run over the rest."""
    zones: list[tuple[int, int]] = []
    for match in _TRIGGER.finditer(text):
        low, high = max(0, match.start() - _NEAR), min(len(text), match.end() + _FAR)
        if zones and low <= zones[-1][1]:
            zones[-1] = (zones[-1][0], high)
        else:
            zones.append((low, high))
    return zones
