"""Words that stand for a place named before: 全县, 我市, 该镇, 县委, and the place they mean."""

from __future__ import annotations

from dataclasses import dataclass

import regex

from extractor.gazetteer import find_ancestor_at, find_divisions
from extractor.gazetteer.ancestry import to_ancestor
from extractor.lexicon.table import active_overlay, per_overlay, read_table
from extractor.mention.place_guard import has_left_edge
from extractor.model import Place, Published
from extractor.text import BodySpan

SAME = "same"
# Rules of words that only point to a division of that level.
LEVELS = frozenset({"province", "prefecture", "city", "county", "district", "township"})
# Name endings that the levels city and district look for, from the place upwards.
NAMED = {"city": ("市",), "district": ("区",)}


@dataclass(frozen=True, slots=True)
class Coreference:
    """`level`: province, prefecture, county, township; city or district for the nearest place so named; None for the
    article's own place."""

    span: BodySpan
    text: str
    level: str | None
    rule: str

    @property
    def points(self) -> bool:
        """Whether the words do nothing but point (该镇, 全县); offices (县委) and 各乡镇 name something besides."""
        return self.rule in LEVELS


@per_overlay()
def _patterns() -> tuple[regex.Pattern[str], list[tuple[str, str, bool]]]:
    rows = read_table("place_coreference.tsv", active_overlay())
    # of the two engines regex alone finds the characters that a row may begin with
    pattern = regex.compile("|".join(f"({row['pattern']})" for row in rows) or "(?!)")
    return pattern, [(row["rule"], row["level"], row["edge"] == "yes") for row in rows]


def find_coreferences(text: str) -> list[Coreference]:
    """In order, none overlapping."""
    pattern, rules = _patterns()
    found = []
    at = 0
    while (match := pattern.search(text, at)) is not None:
        rule, level, edge = rules[(match.lastindex or 1) - 1]
        if edge and not _begins(text, match.start()):
            at = match.start() + 1
            continue
        found.append(
            Coreference(BodySpan(match.start(), match.end()), match.group(), None if level == SAME else level, rule)
        )
        at = match.end()
    return found


def _begins(text: str, start: int) -> bool:
    """省委, 市委 are bare where no name stands before; 市 and 县 before them would be the end of one."""
    return has_left_edge(text, start) and (start == 0 or text[start - 1] not in "省市州区县盟旗")


def lift(place: Place, level: str | None, published: Published | None = None) -> Place | None:
    """The place itself or its ancestor at `level`; None where the place is wider than that. `published` is not needed
    where the place was resolved for that date: its path tells the forms."""
    if level is None:
        return place
    endings = NAMED.get(level)
    if endings is None:
        return find_ancestor_at(place, level)
    if place.name.endswith(endings) and place.level != "township":
        return place
    divisions = find_divisions(place)
    for depth in range(len(divisions), 0, -1):
        if divisions[depth - 1].name.endswith(endings):
            return to_ancestor(place, divisions[depth - 1], depth)
    return None
