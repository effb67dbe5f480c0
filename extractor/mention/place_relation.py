"""Which names can hold which: relations between surfaces and identities over all periods."""

from __future__ import annotations

from collections.abc import Iterable

from extractor.gazetteer.table import Gazetteer
from extractor.mention.place_form import TOWNSHIP, Hit

# Stems of a full name that is spelled with one of these ends.
ENDS = ("地区", "专区", "省", "市", "县", "区", "旗", "盟", "州")


PREFECTURE_ENDS = ("专区", "地区", "盟")


def stem_of(surface: str) -> str:
    for end in ENDS:
        if surface.endswith(end) and len(surface) - len(end) >= 2:
            return surface[: -len(end)]
    return surface


def identities_of(hit: Hit, gazetteer: Gazetteer) -> frozenset[int]:
    """Divisions that the surface may name; of a zone formed from a name, none."""
    form = gazetteer.form(hit.surface)
    return frozenset(form.identities) if form is not None else frozenset()


def holders_of(hit: Hit, gazetteer: Gazetteer) -> frozenset[int]:
    """Divisions that hold what the surface may name, themselves left out (for townships and zones the parent is in)."""
    found: set[int] = set()
    if hit.kind in TOWNSHIP:
        for township in gazetteer.townships(hit.surface):
            county = gazetteer.by_code(township.county)
            if county is not None:
                found |= {county.identity, *gazetteer.ancestors(county.identity)}
        return frozenset(found)
    if hit.kind == "Z":
        zone = gazetteer.zones.get(hit.surface)
        parent = gazetteer.by_code(zone.parent) if zone is not None else None
        return (
            frozenset({parent.identity, *gazetteer.ancestors(parent.identity)}) if parent is not None else frozenset()
        )
    for identity in identities_of(hit, gazetteer):
        found |= gazetteer.ancestors(identity)
    return frozenset(found)


def is_inside(small: Hit, large: Hit, gazetteer: Gazetteer) -> bool:
    """True where some reading of `small` lies in some reading of `large`."""
    if small.kind == "Z" and small.surface not in gazetteer.zones:
        stem = next(
            (form for form in (small.surface[:n] for n in range(len(small.surface), 1, -1)) if gazetteer.form(form)), ""
        )
        return bool(stem) and is_inside(Hit(small.start, small.end, stem, "F"), large, gazetteer)
    return not holders_of(small, gazetteer).isdisjoint(identities_of(large, gazetteer))


def is_below_prefecture(small: Hit, large: Hit, gazetteer: Gazetteer) -> bool:
    """True for a county directly behind a prefecture of its province (信阳专区遂平县): which counties a prefecture
    held before the first tables is not known."""
    if small.kind != "F" or large.kind != "F" or not large.surface.endswith(PREFECTURE_ENDS):
        return False
    if not small.surface.endswith(("县", "旗", "市")):
        return False
    return not holders_of(small, gazetteer).isdisjoint(holders_of(large, gazetteer))


def are_sisters(one: Hit, other: Hit, gazetteer: Gazetteer) -> bool:
    """True where some readings of both share a direct parent."""
    return not parents_of(identities_of(one, gazetteer), gazetteer).isdisjoint(
        parents_of(identities_of(other, gazetteer), gazetteer)
    )


def parents_of(identities: Iterable[int], gazetteer: Gazetteer) -> frozenset[int]:
    found = set()
    for identity in identities:
        for division in gazetteer.periods[identity]:
            parent = gazetteer.by_code(division.parent, division.valid_from) if division.parent else None
            if parent is not None:
                found.add(parent.identity)
    return frozenset(found)
