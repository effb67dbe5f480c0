"""Every surface that may name a place, found in one pass."""

from __future__ import annotations

from typing import NamedTuple

import ahocorasick_rs

from extractor.gazetteer.table import load_gazetteer
from extractor.lexicon.table import active_overlay, per_overlay, read_table

# F full name, E full name of two characters, S short name of a province or prefecture, C of a county, W short name that
# needs evidence, D the same where the full form elsewhere is not enough, P generic name that stands only in a path,
# T township, U township named with a word, t short name of a township, Z zone.
TOWNSHIP = "TUt"
RULE_KIND = {"weak": "W", "word": "D", "path": "P"}


class Hit(NamedTuple):
    start: int
    end: int
    surface: str
    kind: str


@per_overlay()
def _kinds() -> dict[str, str]:
    gazetteer = load_gazetteer()
    kinds = dict(gazetteer.township_kinds())
    kinds.update(gazetteer.form_kinds())
    kinds.update((name, "Z") for name in gazetteer.zones)
    for row in read_table("place_word.tsv", active_overlay()):
        if row["rule"] == "never":
            kinds.pop(row["name"], None)
        elif row["name"] in kinds:
            kinds[row["name"]] = RULE_KIND[row["rule"]]
    return kinds


@per_overlay()
def _automaton() -> tuple[ahocorasick_rs.AhoCorasick, list[str]]:
    names = list(_kinds())
    return ahocorasick_rs.AhoCorasick(names, matchkind=ahocorasick_rs.MatchKind.Standard), names


def kind_of(surface: str) -> str | None:
    return _kinds().get(surface)


def find_hits(text: str) -> list[Hit]:
    """All surfaces, overlapping ones too, by start, the longest first."""
    automaton, names = _automaton()
    kinds = _kinds()
    hits = [
        Hit(start, end, names[index], kinds[names[index]])
        for index, start, end in automaton.find_matches_as_indexes(text, overlapping=True)
    ]
    hits.sort(key=lambda hit: (hit.start, -hit.end))
    return hits
