"""Places above a place."""

from __future__ import annotations

from dataclasses import replace

from extractor.gazetteer.table import LEVELS, Division, load_gazetteer
from extractor.model import Place

# From the widest to the narrowest; a zone counts as a county.
RANK = {level: rank for rank, level in enumerate((*LEVELS.values(), "township", "village"))} | {"zone": 2}


def find_divisions(place: Place) -> tuple[Division, ...]:
    """The gazetteer's divisions from the province down to the place; for a township or a zone down to its holder.
    The path's names pick the periods."""
    gazetteer = load_gazetteer()
    found: list[Division] = []
    holder: Division | None = None
    for name in place.path:
        form = gazetteer.form(name)
        options = [
            division
            for identity in (form.identities if form is not None else ())
            for division in gazetteer.periods[identity]
            if division.name == name and (holder is None or division.parent == holder.adcode)
        ]
        if not options:
            break
        if place.adcode:
            same = [division for division in options if division.adcode == place.adcode]
            options = same or options
        holder = max(options, key=lambda division: division.valid_from)
        found.append(holder)
    return tuple(found)


def find_ancestor(place: Place, depth: int) -> Place | None:
    """The place's ancestor whose path has `depth` names (1 is the province), itself at full depth, None beyond."""
    if depth == len(place.path):
        return place
    divisions = find_divisions(place)
    if not 0 < depth <= len(divisions):
        return None
    return to_ancestor(place, divisions[depth - 1], depth)


def find_ancestor_at(place: Place, level: str) -> Place | None:
    """The place itself or its ancestor at `level` (province, prefecture, county, township, zone)."""
    if place.level == level:
        return place
    for depth, division in enumerate(find_divisions(place), 1):
        if division.level == level:
            return to_ancestor(place, division, depth)
    return None


def find_common(places: list[Place]) -> Place | None:
    """The smallest place that holds all of them (one of them, where it holds the rest); None across provinces."""
    if not places:
        return None
    shared = places[0].path
    for place in places[1:]:
        while shared and place.path[: len(shared)] != shared:
            shared = shared[:-1]
    for place in places:
        if place.path == shared and shared:
            return place
    return find_ancestor(places[0], len(shared)) if shared else None


def is_within(small: Place, large: Place) -> bool:
    """True where `small` is `large` or lies in it, over renaming and changed codes."""
    if large.place_id is None or small.place_id is None:
        return bool(large.path) and small.path[: len(large.path)] == large.path
    if small.place_id == large.place_id:
        return True
    gazetteer = load_gazetteer()
    target = gazetteer.identity_of.get(large.place_id)
    if target is None:
        return bool(large.path) and small.path[: len(large.path)] == large.path
    own = gazetteer.identity_of.get(small.place_id)
    if own is None:
        held = find_divisions(small)
        return any(division.identity == target for division in held)
    return target in gazetteer.ancestors(own)


def to_ancestor(place: Place, division: Division, depth: int) -> Place:
    """The ancestor `division`, whose path is the first `depth` names of the place's; the span stays the place's."""
    return replace(
        place,
        text=division.name,
        adcode=division.adcode or None,
        place_id=load_gazetteer().place_id(division.identity),
        name=division.name,
        level=division.level,
        path=place.path[:depth],
        resolved_by=f"{place.resolved_by}:ancestor",
    )
