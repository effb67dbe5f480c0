"""Stretches whose numerals are no quantities: ordinals, codes, clock times, set phrases, words."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from string import ascii_lowercase, ascii_uppercase

import ahocorasick_rs
import regex

from extractor.errors import LexiconError
from extractor.lexicon.table import read_table
from extractor.mention.unit import UnitIndex, load_units
from extractor.model import Exclusion
from extractor.text import BodySpan

_CONTEXTS = ("", "山", "。", "1", "（")  # what may stand before a match, for lookbehinds
_CLASSES = {"0": "0123456789", "０": "０１２３４５６７８９", "A": ascii_uppercase, "a": ascii_lowercase}
_CLASSES["Ａ"] = "".join(chr(ord(c) + 0xFEE0) for c in ascii_uppercase)


@dataclass(frozen=True, slots=True)
class ExclusionIndex:
    trigger: regex.Pattern[str]  # any character that a pattern may begin with
    patterns: dict[str, regex.Pattern[str]]  # by that character, the patterns as one
    phrases: ahocorasick_rs.AhoCorasick
    rules: tuple[str, ...]


@lru_cache(maxsize=4)
def load_exclusions(overlay: Path | None = None) -> ExclusionIndex:
    by_first: dict[str, list[str]] = {}
    for row in read_table("exclusion.tsv", overlay):
        try:
            pattern = regex.compile(row["pattern"], regex.M)
        except regex.error as error:
            raise LexiconError(f"{row['_line']}: pattern: {error}") from error
        for character in _first_characters(pattern):
            by_first.setdefault(character, []).append(f"(?P<{row['rule']}>{row['pattern']})")
    compiled: dict[str, regex.Pattern[str]] = {}
    for parts in by_first.values():
        joined = "|".join(parts)
        if joined not in compiled:
            compiled[joined] = regex.compile(joined, regex.M)
    patterns = {character: compiled["|".join(parts)] for character, parts in by_first.items()}
    trigger = regex.compile("[" + regex.escape("".join(sorted(patterns))) + "]")
    surfaces, rules = [], []
    for table in ("idiom", "numeral_word"):
        for row in read_table(f"{table}.tsv", overlay):
            surfaces.append(row["surface"])
            rules.append(f"{table}.{row['kind']}:{row['surface']}")
    automaton = ahocorasick_rs.AhoCorasick(surfaces, matchkind=ahocorasick_rs.MATCHKIND_LEFTMOST_LONGEST)
    return ExclusionIndex(trigger, patterns, automaton, tuple(rules))


def _first_characters(pattern: regex.Pattern[str]) -> set[str]:
    """The characters that a match may begin with, by partial matching of the pattern's own and of one of each class."""
    own = {c for c in pattern.pattern if not c.isascii() or c.isalpha() or c in "@#:/[("} | set("（(")
    out: set[str] = set()
    for character in own | set(_CLASSES) | set("1234789BGgw"):
        if any(pattern.match(before + character, len(before), partial=True) for before in _CONTEXTS):
            out.update(_CLASSES.get(character, character))
    return out


_CODES = frozenset(("model", "mixed_code"))


def _has_unit(code: str, units: UnitIndex) -> bool:
    """Whether the letters of a code are a currency before its digits (CNY350) or a unit behind them (260kWh)."""
    letters = code.strip("0123456789０１２３４５６７８９.．-－")
    return letters in units.before if code.startswith(letters) else letters in units.after


def find_exclusions(text: str, overlay: Path | None = None) -> list[Exclusion]:
    """All excluded stretches, ascending, set phrases and patterns together (they may overlap)."""
    index = load_exclusions(overlay)
    out: list[Exclusion] = []
    for which, start, end in index.phrases.find_matches_as_indexes(text):
        out.append(Exclusion(BodySpan(start, end), text[start:end], index.rules[which]))
    units = load_units(overlay)
    at = 0
    while (first := index.trigger.search(text, at)) is not None:
        at = first.end()
        match = index.patterns[first[0]].match(text, first.start())
        if match is not None and match.end() > match.start():
            at = match.end()
            if match.lastgroup in _CODES and _has_unit(match[0], units):
                continue
            span = BodySpan(match.start(), match.end())
            out.append(Exclusion(span, match[0], f"exclusion.{match.lastgroup}"))
    out.sort(key=lambda e: (e.span.start, -e.span.end))
    return out
