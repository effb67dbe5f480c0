"""How sure a fact is: the share of right facts by construction (lexicon/confidence.tsv, by scripts/fit_confidence)."""

from __future__ import annotations

from functools import lru_cache

from extractor.lexicon.table import read_table
from extractor.model import Quantity


@lru_cache(maxsize=1)
def _table() -> dict[str, float]:
    return {row["feature"]: float(row["share"]) for row in read_table("confidence.tsv")}


def estimate_confidence(rule: str, quantity: Quantity) -> float:
    """0..1, the share of right facts among those of the same construction and kind in the fitting gold."""
    table = _table()
    return table.get(f"{rule}:{quantity.kind}", table.get(rule, table["*"]))
