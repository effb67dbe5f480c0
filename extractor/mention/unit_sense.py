"""What a unit of several senses (分 of land, work or a test; 块 of money or things) means where it stands."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from pathlib import Path

import regex

from extractor.errors import LexiconError
from extractor.lexicon.table import Row, read_table
from extractor.mention.unit import Unit, parse_factor

REACH = 14  # characters before the number that tell its sense


@dataclass(frozen=True, slots=True)
class Sense:
    unit: Unit
    before: regex.Pattern[str] | None
    behind: regex.Pattern[str] | None


@lru_cache(maxsize=4)
def load_senses(overlay: Path | None = None) -> dict[str, tuple[Sense, ...]]:
    """The senses of each surface, in the order of the table."""
    found: dict[str, list[Sense]] = {}
    for row in read_table("unit_sense.tsv", overlay):
        factor = parse_factor(row["standard_factor"], row) if row["standard_factor"] else None
        unit = Unit(
            row["surface"], row["kind"], row["unit"], Decimal(1), row["dimension"] or None, factor,
            row["standard_unit"] or None,
        )  # fmt: skip
        before, behind = (_compile(row, side) for side in ("before", "behind"))
        found.setdefault(row["surface"], []).append(Sense(unit, before, behind))
    return {surface: tuple(senses) for surface, senses in found.items()}


def _compile(row: Row, side: str) -> regex.Pattern[str] | None:
    try:
        return regex.compile(row[side]) if row[side] else None
    except regex.error as error:
        raise LexiconError(f"{row['_line']}: {side}: {error}") from error


def find_sense(senses: tuple[Sense, ...], text: str, start: int, end: int) -> Unit | None:
    """The unit whose number begins at `start` and which ends at `end`; None where nothing tells."""
    for sense in senses:
        if sense.before is not None and not sense.before.search(text, max(0, start - REACH), start):
            continue
        if sense.behind is None or sense.behind.match(text, end):
            return sense.unit
    return None
