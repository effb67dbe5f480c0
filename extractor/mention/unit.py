"""Units: what may stand behind (or, for money, before) a numeral."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from pathlib import Path

from extractor.errors import LexiconError
from extractor.lexicon.table import Row, read_table

_FULL = {chr(c): chr(c + 0xFEE0) for c in range(0x21, 0x7F)}


@dataclass(frozen=True, slots=True)
class Unit:
    """`scale` multiplies the number into `unit`; `factor` multiplies that into `standard_unit`."""

    surface: str
    kind: str
    unit: str
    scale: Decimal
    dimension: str | None = None
    factor: Decimal | None = None
    standard_unit: str | None = None
    flags: frozenset[str] = frozenset()
    position: str = "suffix"


@dataclass(frozen=True, slots=True)
class UnitIndex:
    after: dict[str, Unit]
    before: dict[str, Unit]
    guard: dict[str, str]
    sizes: dict[str, tuple[int, ...]]  # by first character, the lengths of the units behind a number, longest first
    sizes_before: dict[str, tuple[int, ...]]  # by last character, of the currencies before one

    def match(self, text: str, at: int) -> tuple[Unit, int] | None:
        """The longest unit that begins at `at` and the index behind it."""
        for size in self.sizes.get(text[at], ()) if at < len(text) else ():
            unit = self.after.get(text[at : at + size])
            if unit is None or at + size > len(text):
                continue
            end = at + size
            if end < len(text):
                following = text[end]
                if (
                    unit.surface[-1].isascii()
                    and unit.surface[-1].isalpha()
                    and following.isascii()
                    and following.isalpha()
                ):
                    continue
                if following in self.guard.get(unit.surface, ""):
                    continue
            return unit, end
        return None

    def match_before(self, text: str, end: int) -> tuple[Unit, int] | None:
        """The longest currency word or code that ends at `end` and the index where it begins."""
        for size in self.sizes_before.get(text[end - 1], ()) if end else ():
            unit = self.before.get(text[end - size : end]) if size <= end else None
            if unit is not None:
                start = end - size
                first = text[start]
                if (
                    first.isascii()
                    and first.isalpha()
                    and start
                    and text[start - 1].isascii()
                    and text[start - 1].isalpha()
                ):
                    continue
                return unit, start
        return None


def parse_factor(cell: str, row: Row) -> Decimal:
    try:
        top, _, bottom = cell.partition("/")
        return Decimal(top) / Decimal(bottom) if bottom else Decimal(top)
    except ArithmeticError as error:
        raise LexiconError(f"{row['_line']}: {cell!r} is no number") from error


@lru_cache(maxsize=1)
def _compatibility() -> dict[str, list[str]]:
    """Plain spelling to the single characters that stand for it (m2 to ㎡)."""
    out: dict[str, list[str]] = {}
    for block in ((0x2100, 0x2140), (0x3300, 0x3400), (0xFFE0, 0xFFE7)):
        for code in range(*block):
            out.setdefault(unicodedata.normalize("NFKC", chr(code)), []).append(chr(code))
    return out


def _variants(surface: str) -> Iterable[str]:
    """The spellings of one surface: as it is, full-width, and as one compatibility character (㎡)."""
    yield surface
    if surface.isascii():
        yield "".join(_FULL.get(c, c) for c in surface)
    plain = unicodedata.normalize("NFKC", surface)
    yield plain
    yield from _compatibility().get(plain, ())
    if plain[-1] in "23" and plain[:-1].isascii():
        yield plain[:-1] + {"2": "²", "3": "³"}[plain[-1]]


def _sizes(surfaces: Iterable[str], at: int) -> dict[str, tuple[int, ...]]:
    """The lengths of the surfaces by their character `at` (first or last), longest first."""
    found: dict[str, set[int]] = {}
    for surface in surfaces:
        found.setdefault(surface[at], set()).add(len(surface))
    return {character: tuple(sorted(sizes, reverse=True)) for character, sizes in found.items()}


@lru_cache(maxsize=4)
def load_units(overlay: Path | None = None) -> UnitIndex:
    """All unit tables as one index."""
    after: dict[str, Unit] = {}
    before: dict[str, Unit] = {}

    def add(unit: Unit, row: Row) -> None:
        for surface in _variants(unit.surface):
            if unit.position in ("suffix", "both", "minor"):
                other = after.setdefault(surface, unit)
                if other is not unit and (other.kind, other.unit) != (unit.kind, unit.unit):
                    after[surface] = min(
                        other, unit, key=lambda u: ("measure", "ratio", "money", "count").index(u.kind)
                    )
            if unit.position in ("prefix", "both"):
                before.setdefault(surface, unit)

    for row in read_table("classifier.tsv", overlay):
        flags = frozenset(filter(None, row["flags"].split(",")))
        name = "" if "division" in flags else row["surface"]
        add(Unit(row["surface"], "count", name, Decimal(1), flags=flags), row)
    for row in read_table("money.tsv", overlay):
        unit = Unit(row["surface"], "money", row["unit"], parse_factor(row["scale"], row), position=row["position"])
        add(unit, row)
    for row in read_table("measure.tsv", overlay):
        factor = parse_factor(row["standard_factor"], row) if row["standard_factor"] else None
        add(
            Unit(
                row["surface"],
                "measure",
                row["unit"],
                parse_factor(row["scale"], row),
                row["dimension"],
                factor,
                row["standard_unit"] or None,
            ),
            row,
        )
    for row in read_table("ratio.tsv", overlay):
        add(Unit(row["surface"], "ratio", row["unit"], parse_factor(row["scale"], row)), row)
    guard = {row["surface"]: row["not_before"] for row in read_table("unit_guard.tsv", overlay)}
    return UnitIndex(after, before, guard, _sizes(after, 0), _sizes(before, -1))
