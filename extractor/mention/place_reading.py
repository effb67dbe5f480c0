"""What a place name may mean at a date."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from extractor.gazetteer import RANK, Division, Gazetteer
from extractor.gazetteer.table import FIRST_YEAR, OPEN, Township
from extractor.mention.place_form import TOWNSHIP, Hit
from extractor.mention.place_relation import identities_of, stem_of
from extractor.model import Published

# Before this year a path that ends in a township resolves to the county: the township table is of 2023.
TOWNSHIP_FROM = 2000


@dataclass(frozen=True, slots=True)
class Moment:
    """The publication date as the tables can use it; `iso` settles the year of a change."""

    year: int
    iso: str | None
    earliest: bool

    @classmethod
    def of(cls, published: Published | None) -> Moment:
        if published is None:
            return cls(OPEN - 1, None, False)
        if published.year < FIRST_YEAR:
            return cls(published.year, published.iso(), True)
        return cls(published.year, published.iso(), False)


@dataclass(frozen=True, slots=True)
class Reading:
    """One meaning: a division, or a township with its county."""

    division: Division
    township: Township | None = None

    @property
    def key(self) -> str:
        return self.township.adcode if self.township is not None else f"{self.division.identity}"


def find_readings(hit: Hit, moment: Moment, gazetteer: Gazetteer, *, narrow: bool = False) -> list[Reading]:
    """All meanings of the surface at the date, the fitting forms only; empty for zones and unknown names. A short name
    means the widest of its namesakes; `narrow` gives the others too."""
    return list(_find_readings(hit.surface, hit.kind, moment, gazetteer, narrow))


@lru_cache(maxsize=8192)
def _find_readings(surface: str, kind: str, moment: Moment, gazetteer: Gazetteer, narrow: bool) -> tuple[Reading, ...]:
    hit = Hit(0, len(surface), surface, kind)
    if hit.kind in TOWNSHIP:
        readings = []
        for township in gazetteer.townships(hit.surface):
            county = gazetteer.by_code(township.county)
            division = _period(county.identity, county.name, moment, gazetteer) if county is not None else None
            if division is not None:
                readings.append(Reading(division, township))
        return tuple(readings)
    identities = identities_of(hit, gazetteer)
    found = _present(identities, hit.surface, moment, gazetteer)
    if hit.kind in "FEP":
        exact = [division for division in found if _is_name(division.name, hit.surface)]
        found = _lasting(exact, moment) or _once_named(found, hit.surface, gazetteer) or found
        if not found:
            stem = gazetteer.form(stem_of(hit.surface))
            levels = {gazetteer.periods[identity][-1].level for identity in identities}
            namesakes = _present(stem.identities if stem is not None else (), hit.surface, moment, gazetteer)
            name = stem_of(hit.surface)
            found = [d for d in namesakes if d.level in levels and d.name.startswith(name)]
    if not found:
        found = _successors(identities, moment, gazetteer)
    if hit.kind not in "FEP" and not narrow:
        found = _widest(found)
    return tuple(Reading(division) for division in found)


def _once_named(divisions: list[Division], surface: str, gazetteer: Gazetteer) -> list[Division]:
    """Those that had the name in another year: 达县 for what it became, not for what became of 达县市."""
    return [d for d in divisions if any(_is_name(p.name, surface) for p in gazetteer.periods[d.identity])]


def _lasting(divisions: list[Division], moment: Moment) -> list[Division]:
    """Of namesakes in the year that one took the other's name, the new one, from the day of the decision on."""
    lasting = [d for d in divisions if d.valid_to > moment.year]
    ending = [d for d in divisions if d.valid_to == moment.year]
    if not lasting or moment.earliest:
        return divisions
    before = [d for d in ending if d.decided and moment.iso is not None and moment.iso < d.decided]
    return before or lasting


def _present(
    identities: frozenset[int] | tuple[int, ...], surface: str, moment: Moment, gazetteer: Gazetteer
) -> list[Division]:
    found = [division for i in identities if (division := _period(i, surface, moment, gazetteer)) is not None]
    if moment.earliest:
        # Historic provinces have their own years; of the rest, those of the first table come first.
        live = [d for d in found if d.valid_from < FIRST_YEAR and d.valid_from <= moment.year <= d.valid_to]
        if live:
            return live
        found = [d for d in found if d.valid_to > FIRST_YEAR]
        old = [d for d in found if d.valid_from <= FIRST_YEAR]
        return old or found
    return found


def _period(identity: int, surface: str, moment: Moment, gazetteer: Gazetteer) -> Division | None:
    """The form of the division at the date. In the year of a change the name as printed decides, then the day."""
    periods = gazetteer.periods[identity]
    if moment.earliest:
        stem = stem_of(surface)
        fitting = [d for d in periods if _is_name(d.name, surface)] or [d for d in periods if d.name.startswith(stem)]
        return (fitting or periods)[0]
    current = [d for d in periods if d.valid_from <= moment.year <= d.valid_to]
    if not current:
        return None
    printed = [d for d in current if _is_name(d.name, surface)]
    if len(printed) == 1 and printed[0].name == surface:
        return printed[0]
    pool = printed or current
    for division in pool[:-1]:
        if moment.iso is not None and division.decided and moment.iso < division.decided:
            return division
    return pool[-1]


def _is_name(name: str, surface: str) -> bool:
    """The official name, or its short form with the suffix (景宁县 for 景宁畲族自治县)."""
    if name == surface:
        return True
    return "自治" in name and len(surface) >= 3 and name.startswith(surface[:-1]) and surface[-1] == name[-1]


def _successors(identities: frozenset[int], moment: Moment, gazetteer: Gazetteer) -> list[Division]:
    """Where divisions of that name have ended: what holds their area, if it is one; before their first year, their
    first form."""
    found = {}
    for identity in identities:
        periods = gazetteer.periods[identity]
        if moment.year < periods[0].valid_from:
            found[periods[0].identity] = periods[0]
            continue
        last = periods[-1]
        for _ in range(6):
            if moment.year <= last.valid_to or len(last.successors) != 1:
                break
            following = gazetteer.by_code(last.successors[0], last.valid_to)
            if following is None:
                break
            last = following
        if (last.valid_from <= moment.year <= last.valid_to and last.valid_to > periods[-1].valid_to) or (
            last.level == "province" and not last.adcode
        ):
            found[last.identity] = last
    return list(found.values())


def _widest(found: list[Division]) -> list[Division]:
    if not found:
        return found
    top = min(RANK[division.level] for division in found)
    widest = [division for division in found if RANK[division.level] == top]
    # 徐州 is the city where 徐州市 and 徐州地区 stood side by side, unless the text speaks of the latter.
    return sorted(widest, key=lambda division: division.name.endswith("地区"))
