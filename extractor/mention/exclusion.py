"""Stretches whose numerals are no quantities: ordinals, codes, clock times, set phrases, words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from string import ascii_letters

import ahocorasick_rs
import regex

from extractor.errors import LexiconError
from extractor.lexicon.table import read_table
from extractor.mention.unit import UnitIndex, load_units
from extractor.model import Exclusion
from extractor.text import BodySpan

# what a pattern of ASCII classes may begin with; every other character that stands in a pattern is added to them
_ASCII = "0123456789#@[(" + ascii_letters
_CONTEXTS = ("", "山", "。", "1", "（")  # what may stand before, for lookbehinds
_FULL = "".join(chr(ord(c) + 0xFEE0) for c in _ASCII)


@dataclass(frozen=True, slots=True)
class ExclusionIndex:
    trigger: regex.Pattern[str]  # a character that a pattern may begin with
    pattern: re.Pattern[str] | regex.Pattern[str]  # all patterns as one
    phrases: ahocorasick_rs.AhoCorasick
    rules: tuple[str, ...]


@lru_cache(maxsize=4)
def load_exclusions(overlay: Path | None = None) -> ExclusionIndex:
    parts: list[str] = []
    letters = set(_ASCII + _FULL + "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳")
    for row in read_table("exclusion.tsv", overlay):
        parts.append(f"(?P<{row['rule']}>{row['pattern']})")
        letters.update(c for c in row["pattern"] if not c.isascii())
    try:
        pattern = regex.compile("|".join(parts), regex.M)
    except regex.error as error:
        raise LexiconError(_blame(overlay) or f"exclusion.tsv: {error}") from error
    first = sorted(c for c in letters if any(pattern.match(b + c, len(b), partial=True) for b in _CONTEXTS))
    trigger = regex.compile("[" + regex.escape("".join(first)) + "]")
    quick = _to_quick("|".join(parts)) or pattern
    surfaces, rules = [], []
    for table in ("idiom", "numeral_word"):
        for row in read_table(f"{table}.tsv", overlay):
            surfaces.append(row["surface"])
            rules.append(f"{table}.{row['kind']}:{row['surface']}")
    automaton = ahocorasick_rs.AhoCorasick(surfaces, matchkind=ahocorasick_rs.MATCHKIND_LEFTMOST_LONGEST)
    return ExclusionIndex(trigger, quick, automaton, tuple(rules))


def _to_quick(pattern: str) -> re.Pattern[str] | None:
    """The standard library matches these patterns twice as fast; a user's row may hold what it does not know."""
    try:
        return re.compile(pattern, re.M)
    except re.error:
        return None


def _blame(overlay: Path | None) -> str | None:
    """The line of the first row whose pattern is wrong."""
    for row in read_table("exclusion.tsv", overlay):
        try:
            regex.compile(row["pattern"], regex.M)
        except regex.error as error:
            return f"{row['_line']}: pattern: {error}"
    return None


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
        match = index.pattern.match(text, first.start())
        if match is not None and match.end() > match.start():
            at = match.end()
            if match.lastgroup in _CODES and _has_unit(match[0], units):
                continue
            span = BodySpan(match.start(), match.end())
            out.append(Exclusion(span, match[0], f"exclusion.{match.lastgroup}"))
    out.sort(key=lambda e: (e.span.start, -e.span.end))
    return out
