"""How sure a fact is: the share of right facts by construction (lexicon/confidence.tsv, by scripts/fit_confidence)."""

from __future__ import annotations

from functools import lru_cache

from extractor.lexicon.table import read_table
from extractor.model import FactPlace, Phrase, Quantity


@lru_cache(maxsize=1)
def _table() -> dict[str, float]:
    return {row["feature"]: float(row["share"]) for row in read_table("confidence.tsv")}


def feature_of(rule: str, quantity: Quantity, indicator: Phrase | None, place: FactPlace | None) -> str:
    """The construction as one word: frame row, kind, and whether the place was named, taken over or unknown."""
    return f"{rule}:{quantity.kind}"


def estimate_confidence(rule: str, quantity: Quantity, indicator: Phrase | None, place: FactPlace | None) -> float:
    """0..1, the share of right facts among those like it in the fitting gold."""
    table = _table()
    return table.get(feature_of(rule, quantity, indicator, place), table.get(rule, table["*"]))
