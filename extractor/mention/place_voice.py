"""The level at which a text speaks of its own place (我县, 全县, 县委), and the place that it then is about."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractor.gazetteer import RANK, find_ancestor_at, is_within
from extractor.mention.coreference import find_coreferences
from extractor.model import Place

# 我县 speaks of one's own county; 全县 may speak of one named before.
OWN = re.compile(r"[我本]([省市县区旗州盟]|地区)(?![场民长级别域最第平排各])")
WHOLE = "[我全本]{word}(?![场民长级别域])"
# How often 全县, 县委 must stand where 我县 does not, and the share of county mentions that one of them must hold.
TIMES, SHARE = 2, 0.5
COUNTY = "county"


def fit_to_voice(text: str, chosen: Place | None, places: Sequence[Place], home: Place | None) -> Place | None:
    """The place that 我县, 全县, 县委 stand for where `chosen` is wider than a county: the newspaper's home, else the
    county named most; None where the text speaks of its own county and none is told. `chosen` elsewhere."""
    own = OWN.search(text)
    if home is not None and _is_home(text, own, chosen, home):
        return home
    if chosen is not None and RANK[chosen.level] >= RANK[COUNTY]:
        return chosen
    levels = [c.level for c in find_coreferences(text) if c.level is not None]
    if set(levels) - {COUNTY, "township"} or (own is None and levels.count(COUNTY) < TIMES):
        return chosen
    if own is not None and own[1] not in ("县", "旗"):
        return chosen
    county = _most_named(places, chosen)
    if county is not None or own is None:
        return county or chosen
    return None


def _is_home(text: str, own: re.Match[str] | None, chosen: Place | None, home: Place) -> bool:
    """Whether a text that says 我县 (or, where nothing narrower is known, 全县) means the newspaper's own."""
    if chosen is not None and is_within(chosen, home):
        return False
    word = "地区" if home.name.endswith("地区") else home.name[-1]
    if own is not None:
        return own[1] == word
    wider = chosen is None or is_within(home, chosen)
    return wider and re.search(WHOLE.format(word=word), text) is not None


def _most_named(places: Sequence[Place], chosen: Place | None) -> Place | None:
    """The county that most mentions of counties (or of townships in one) are of."""
    counties = []
    for place in places:
        county = find_ancestor_at(place, COUNTY) if place.level in (COUNTY, "township") else None
        if county is not None and county.name[-1] in "县旗" and (chosen is None or is_within(county, chosen)):
            counties.append(county)
    if not counties:
        return None
    names = [county.place_id for county in counties]
    best = max(counties, key=lambda county: names.count(county.place_id))
    rest = set(names) - {best.place_id}
    return best if not rest or names.count(best.place_id) / len(names) > SHARE else None
