"""How sure a fact is: the share of right facts by construction (lexicon/confidence.tsv, by scripts/fit_confidence)."""

from __future__ import annotations

from extractor.lexicon.table import active_overlay, per_overlay, read_table
from extractor.model import Quantity

MENDED = 0.85  # of numerals that OCR broke, those that a human reads the same


@per_overlay()
def _table() -> dict[str, float]:
    return {row["feature"]: float(row["share"]) for row in read_table("confidence.tsv", active_overlay())}


def estimate_confidence(rule: str, quantity: Quantity) -> float:
    """0..1, the share of right facts among those of the same construction and kind in the fitting gold."""
    table = _table()
    share = table.get(f"{rule}:{quantity.kind}", table.get(rule, table.get("*", 0.5)))
    return share if quantity.as_read is None else MENDED * share
