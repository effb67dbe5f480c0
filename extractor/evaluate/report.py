"""What a scoring adds up to."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any


@dataclass(slots=True)
class Tally:
    """Right, spurious and missed items of a layer."""

    right: int = 0
    spurious: int = 0
    missed: int = 0

    def add(self, right: bool) -> None:
        """A paired item: a wrong one is both spurious and missed."""
        self.right += right
        self.spurious += not right
        self.missed += not right

    def to_row(self) -> dict[str, float | int]:
        """Precision, recall and F1 to four places, and the counts."""
        precision = _share(self.right, self.right + self.spurious)
        recall = _share(self.right, self.right + self.missed)
        f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
        shares = {"precision": round(precision, 4), "recall": round(recall, 4), "f1": round(f1, 4)}
        return {**shares, "tp": self.right, "fp": self.spurious, "fn": self.missed}


@dataclass(slots=True)
class Report:
    """`tallies` by layer, `checks` by field (right, of), spans whose surface does not stand in the source, errors."""

    tallies: defaultdict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))
    checks: defaultdict[str, list[int]] = field(default_factory=lambda: defaultdict(lambda: [0, 0]))
    spans: int = 0
    broken: int = 0
    errors: list[str] = field(default_factory=list)

    def check(self, name: str, right: bool) -> None:
        self.checks[name][0] += right
        self.checks[name][1] += 1

    def note(self, layer: str, doc: str, message: str) -> None:
        self.errors.append(f"{layer}\t{doc}\t{message}")

    def to_dict(self) -> dict[str, Any]:
        """The report as plain values: a row a layer, `accuracy` by field, `grounding`."""
        rows: dict[str, Any] = {layer: tally.to_row() for layer, tally in sorted(self.tallies.items())}
        rows["accuracy"] = {
            name: {"right": right, "of": total, "share": round(right / total, 4)}
            for name, (right, total) in sorted(self.checks.items())
            if total
        }
        rows["grounding"] = {"spans": self.spans, "broken": self.broken}
        return rows


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0
