"""Loads the compiled gazetteer: divisions with their periods, surface forms, townships, zones."""

from __future__ import annotations

import hashlib
import zlib
from bisect import bisect_right
from collections.abc import Iterator
from functools import lru_cache
from importlib import resources
from typing import NamedTuple

from extractor.errors import InternalError

OPEN = 9999  # valid_to of a division that stands today
FIRST_YEAR = 1980  # the gazetteer's earliest table
LEVELS = {"p": "province", "c": "prefecture", "x": "county"}


class Division(NamedTuple):
    """One period of a division. `valid_to` is the year of its change; `identity` is shared over renaming."""

    adcode: str
    name: str
    level: str
    parent: str
    valid_from: int
    valid_to: int
    identity: int
    decided: str
    successors: tuple[str, ...]


class Township(NamedTuple):
    adcode: str
    name: str
    county: str


class Zone(NamedTuple):
    name: str
    parent: str


class Form(NamedTuple):
    """A surface and what it may name. `kind`: F full name, E full name of two characters, S short name of a province or
    prefecture, C short name of a county that stands alone, W short name that needs evidence."""

    kind: str
    identities: tuple[int, ...]


class Gazetteer:
    """Read-only tables; look-ups by surface, by code and by identity."""

    def __init__(self, text: str) -> None:
        sections = text.split("\n\n")
        if len(sections) != 4:
            raise InternalError(f"gazetteer.bin has {len(sections)} sections, expected 4: run scripts/build_gazetteer")
        self.periods: dict[int, list[Division]] = {}
        self._by_code: dict[str, list[Division]] = {}
        for line in sections[0].split("\n"):
            code, name, level, parent, start, end, identity, decided, successors = line.split("\t")
            division = Division(
                code, name, LEVELS[level], parent, int(start), int(end) if end else OPEN, int(identity), decided,
                tuple(successors.split(",")) if successors else (),
            )  # fmt: skip
            self.periods.setdefault(division.identity, []).append(division)
            if code:
                self._by_code.setdefault(code, []).append(division)
        for periods in self.periods.values():
            periods.sort(key=lambda d: d.valid_from)
        self._forms: dict[str, str] = {}
        for line in sections[1].split("\n"):
            form, rest = line.split("\t", 1)
            self._forms[form] = rest
        self._townships: dict[str, str] = {}
        for line in sections[2].split("\n"):
            name, codes = line.split("\t", 1)
            self._townships[name] = codes
        self.zones: dict[str, Zone] = {}
        for line in sections[3].split("\n"):
            name, parent, _ = line.split("\t")
            self.zones[name] = Zone(name, parent)
        self._ancestors: dict[int, frozenset[int]] = {}
        self._read_forms: dict[str, Form] = {}
        self._paths: dict[tuple[Division, int], tuple[Division, ...]] = {}

    def form_kinds(self) -> Iterator[tuple[str, str]]:
        """Surfaces of divisions with their kinds."""
        return ((form, rest[0]) for form, rest in self._forms.items())

    def township_kinds(self) -> Iterator[tuple[str, str]]:
        """Names with T, or U where the name without its suffix is a word (联合镇)."""
        return ((name, rest[0]) for name, rest in self._townships.items())

    def form(self, surface: str) -> Form | None:
        known = self._read_forms.get(surface)
        if known is not None:
            return known
        raw = self._forms.get(surface)
        if raw is None:
            return None
        kind, ids = raw.split("\t")
        form = self._read_forms[surface] = Form(kind, tuple(map(int, ids.split(","))))
        return form

    def townships(self, name: str) -> tuple[Township, ...]:
        raw = self._townships.get(name)
        if raw is None:
            return ()
        found = []
        for item in raw[2:].split(","):
            code, _, county = item.partition(":")
            found.append(Township(code, name, county or (code[:6] if code[:6] in self._by_code else code[:4] + "00")))
        return tuple(found)

    def by_code(self, code: str, year: int = OPEN) -> Division | None:
        """The division with this code in that year, the nearest period where the year has none."""
        periods = self._by_code.get(code)
        if not periods:
            return None
        if len(periods) == 1:
            return periods[0]
        periods = sorted(periods, key=lambda d: d.valid_from)
        return periods[max(0, bisect_right([d.valid_from for d in periods], year) - 1)]

    def ancestors(self, identity: int) -> frozenset[int]:
        """Identities that held the division in any period, itself left out."""
        known = self._ancestors.get(identity)
        if known is not None:
            return known
        found: set[int] = set()
        for division in self.periods[identity]:
            for parent in self._by_code.get(division.parent, ()):
                if parent.valid_from < division.valid_to and division.valid_from < parent.valid_to:
                    found.add(parent.identity)
                    found |= self.ancestors(parent.identity)
        self._ancestors[identity] = frozenset(found)
        return self._ancestors[identity]

    def path(self, division: Division, year: int) -> tuple[Division, ...]:
        """From the province down to the division, as of the year."""
        known = self._paths.get((division, year))
        if known is not None:
            return known
        chain = [division]
        while chain[-1].parent:
            moment = min(max(year, chain[-1].valid_from), chain[-1].valid_to - 1)
            parent = self.by_code(chain[-1].parent, moment)
            if parent is None:
                break
            chain.append(parent)
        path = self._paths[division, year] = tuple(reversed(chain))
        return path

    def place_id(self, identity: int) -> str:
        """One id over time: the earliest code and its year."""
        first = self.periods[identity][0]
        return f"{first.adcode or f'{first.parent}{first.name}'}@{first.valid_from}"

    @property
    def identity_of(self) -> dict[str, int]:
        """place_id -> identity."""
        return _identity_of(self)


@lru_cache(maxsize=1)
def _identity_of(gazetteer: Gazetteer) -> dict[str, int]:
    return {gazetteer.place_id(identity): identity for identity in gazetteer.periods}


def _read_bytes() -> bytes:
    return resources.files("extractor.gazetteer").joinpath("gazetteer.bin").read_bytes()


@lru_cache(maxsize=1)
def load_gazetteer() -> Gazetteer:
    return Gazetteer(zlib.decompress(_read_bytes()).decode("utf-8"))


@lru_cache(maxsize=1)
def gazetteer_digest() -> str:
    """SHA-256 of the tables, whatever the compressor: the first 16 hex digits."""
    return hashlib.sha256(zlib.decompress(_read_bytes())).hexdigest()[:16]
