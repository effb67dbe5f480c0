"""Which places a name, a code or a path of a question means: divisions over time with all that lies in them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from extractor.errors import UsageError
from extractor.fold import to_simplified
from extractor.gazetteer import Division, load_gazetteer
from extractor.search.condition import NONE, Condition, any_of, one_of

CODE = re.compile(r"(?:[0-9]{2}){1,3}|[0-9]{9}|[0-9]{12}")
PARTS = re.compile(r"[/／>＞\s]+")
MOST_PARTS = 8
LEVEL_COLUMNS = {"province": "province_code", "prefecture": "prefecture_code", "county": "county_code"}
LAST_YEAR = 2100  # of the years that a period without an end is looked at


class Target(NamedTuple):
    """Divisions of the gazetteer, codes of townships, and names for what the gazetteer does not hold (villages, zones,
    communes), each within `above` where a path says so."""

    identities: tuple[int, ...]
    townships: tuple[str, ...]
    name: str | None
    above: tuple[int, ...]
    placed: bool  # whether names before the last one narrow it


def resolve_place(text: str) -> Target:
    """What a place option means. Raises UsageError where the start of a path names no division."""
    surface = to_simplified(text.strip())
    if CODE.fullmatch(surface):
        if len(surface) > 6:
            return Target((), (surface,), None, (), False)
        return Target(find_by_code(surface.ljust(6, "0")), (), None, (), False)
    parts = [part for part in PARTS.split(surface) if part]
    if not parts or len(parts) > MOST_PARTS:
        raise UsageError(f"--place {text}: expected a name, a code or a path such as 山东省/济宁市")
    if len(parts) == 1:
        parts = split_name(parts[0])
    above: tuple[int, ...] = ()
    for number, part in enumerate(parts[:-1]):
        found = find_named(part, above, narrow=number > 0)
        if not found:
            if number:
                break  # below the divisions of the gazetteer (a township): what stands above it narrows enough
            raise UsageError(f"--place {text}: {part} names no division")
        above = found
    name, placed = parts[-1], len(parts) > 1
    identities = find_named(name, above, narrow=placed)
    townships = find_townships(name, above, narrow=placed)
    return Target(identities, townships, name, above, placed)


def split_name(name: str) -> list[str]:
    """Names that stand together, from large to small (山东济宁, 济宁市金乡县); alone where it is a name itself."""
    gazetteer = load_gazetteer()
    if gazetteer.form(name) is not None or gazetteer.townships(name):
        return [name]
    for end in range(len(name) - 1, 1, -1):
        if gazetteer.form(name[:end]) is not None:
            rest = name[end:]
            if gazetteer.form(rest) is not None or gazetteer.townships(rest):
                return [name[:end], rest]
            below = split_name(rest)
            if len(below) > 1:
                return [name[:end], *below]
    return [name]


def find_named(name: str, above: Iterable[int], *, narrow: bool) -> tuple[int, ...]:
    """Identities that a full or short name may mean, those within `above` where it narrows."""
    gazetteer = load_gazetteer()
    form = gazetteer.form(name)
    found = () if form is None else form.identities
    if not narrow:
        return found
    held = set(above)
    return tuple(identity for identity in found if held & gazetteer.ancestors(identity))


def find_townships(name: str, above: Iterable[int], *, narrow: bool) -> tuple[str, ...]:
    """Codes of the townships of this name."""
    gazetteer, held = load_gazetteer(), set(above)
    found = []
    for township in gazetteer.townships(name):
        county = gazetteer.by_code(township.county)
        if narrow and (county is None or not held & (gazetteer.ancestors(county.identity) | {county.identity})):
            continue
        found.append(township.adcode)
    return tuple(found)


@lru_cache(maxsize=1)
def _load_codes() -> dict[str, tuple[int, ...]]:
    codes: dict[str, dict[int, None]] = {}
    for identity, periods in load_gazetteer().periods.items():
        for division in periods:
            codes.setdefault(division.adcode, {})[identity] = None
    return {code: tuple(identities) for code, identities in codes.items() if code}


def find_by_code(code: str) -> tuple[int, ...]:
    """Identities that bore a six-digit code at any time."""
    return _load_codes().get(code, ())


@lru_cache(maxsize=256)
def find_paths(identity: int) -> tuple[str, ...]:
    """All paths that a division had, over its own renaming and that of what it lay in."""
    gazetteer = load_gazetteer()
    paths: dict[str, None] = {}
    for division in gazetteer.periods[identity]:
        for year in range(division.valid_from, min(division.valid_to, LAST_YEAR)):
            names = [above.name for above in gazetteer.path(division, year)]
            paths["/".join(names)] = None
    return tuple(paths)


def to_condition(target: Target) -> Condition:
    """The condition on a place row: the place itself and all below it."""
    parts = [_within(identity) for identity in target.identities]
    if target.townships:
        parts.append(one_of("adcode", target.townships))
        # Villages have no code: their path runs through the township's.
        parts.append(_below_rows("t.adcode", target.townships))
    if target.name is not None:
        held = any_of([_within(identity) for identity in target.above]) if target.placed else Condition("1 = 1")
        lowest = one_of("level", ("township", "zone", "village"))
        through = Condition("path LIKE ? ESCAPE '!'", (f"%/{escape(target.name)}/%",))
        named = any_of([Condition("name = ?", (target.name,)), through])
        parts.append(Condition(f"{held.sql} AND {lowest.sql} AND {named.sql}", _chain(held, lowest, named)))
    return any_of(parts) if parts else NONE


def _chain(*conditions: Condition) -> tuple[object, ...]:
    return tuple(value for condition in conditions for value in condition.values)


def _below_rows(column: str, values: tuple[str, ...]) -> Condition:
    named = one_of(column, values)
    return Condition(
        f"EXISTS (SELECT 1 FROM place t WHERE {named.sql} AND substr(place.path, 1, length(t.path) + 1) = "
        "t.path || '/')",
        named.values,
    )


def _within(identity: int) -> Condition:
    """A division of the gazetteer: by its identity, by its codes of all times, and by its paths what has no code."""
    gazetteer = load_gazetteer()
    periods: list[Division] = gazetteer.periods[identity]
    parts = [Condition("place_id = ?", (gazetteer.place_id(identity),))]
    for level, column in LEVEL_COLUMNS.items():
        codes = tuple(dict.fromkeys(d.adcode for d in periods if d.level == level and d.adcode))
        if codes:
            parts.append(one_of(column, codes))
    paths = find_paths(identity)
    by_path = [Condition("substr(path, 1, ?) = ?", (len(path) + 1, path + "/")) for path in paths]
    inside = any_of([one_of("path", paths), *by_path])
    parts.append(Condition(f"adcode IS NULL AND {inside.sql}", inside.values))
    return any_of(parts)


def escape(text: str) -> str:
    """A text within a LIKE pattern with ESCAPE '!'."""
    return re.sub("([!%_])", r"!\1", text)
