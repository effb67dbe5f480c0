"""The quality gate: scores the gold sets and fails where one stands below its floor.

usage: scripts/gate [--update] [--errors N]

Floors stand in scripts/gate.floors.json with a digest of the gold and its texts: a changed gold fails until it is
pinned again. `--update` pins what is measured where it is higher and never lowers a floor; that takes an editor and a
reason.
Then: of the facts at each tenth of confidence, how many are right (kind, quantity, indicator and place).
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from extractor import Settings
from extractor.cli.evaluate import extract_records
from extractor.evaluate import Report, read_gold, score_document
from extractor.evaluate.match import pair_spans
from extractor.evaluate.score import score_facts

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
FLOORS = ROOT / "scripts" / "gate.floors.json"
LAYERS = ("detect", "quantity", "fact", "places", "programs")

Plain = dict[str, Any]


@dataclass(frozen=True, slots=True)
class GoldSet:
    """A gold file and the folder of its texts. `own` sets stand in the checkout, others may be absent."""

    name: str
    gold: Path
    texts: Path
    own: bool

    def digest(self) -> str:
        """sha256 over the gold and the texts that it names."""
        digest = hashlib.sha256(self.gold.read_bytes())
        for document in read_gold(self.gold):
            digest.update((self.texts / document["text_file"]).read_bytes())
        return digest.hexdigest()


@dataclass(slots=True)
class Score:
    """`shares` by layer or field; `tenths`: confidence in tenths -> [right, facts]."""

    shares: dict[str, float] = field(default_factory=dict)
    tenths: defaultdict[int, list[int]] = field(default_factory=lambda: defaultdict(lambda: [0, 0]))
    broken: int = 0
    errors: list[str] = field(default_factory=list)


SETS = (
    GoldSet("pages", ROOT / "corpora/gold/pages.gold.jsonl", ROOT / "corpora/pages", True),
    GoldSet("heldout", ROOT / "corpora/heldout/gold/heldout.gold.jsonl", ROOT / "corpora/heldout/pages", True),
    GoldSet("heldout2", ROOT / "corpora/heldout2/gold/heldout2.gold.jsonl", ROOT / "corpora/heldout2/pages", True),
    GoldSet("heldout3", ROOT / "corpora/heldout3/gold/heldout3.gold.jsonl", ROOT / "corpora/heldout3/pages", True),
    GoldSet("dev", SHARED / "eval/dev.gold.jsonl", SHARED / "eval/texts", False),
    GoldSet("seed", SHARED / "eval/seed.gold.jsonl", SHARED / "seed", False),
)


def score_set(gold_set: GoldSet) -> Score:
    """Extracts and scores a set's texts."""
    report, score = Report(), Score()
    for gold in read_gold(gold_set.gold):
        date = gold.get("date")
        text, records = extract_records(
            gold_set.texts / gold["text_file"], None if date is None else str(date), Settings()
        )
        score_document(gold, records, text, report)
        count_tenths(gold["facts"], [record for record in records if record["record"] == "fact"], score)
    rows = report.to_dict()
    score.shares = {layer: rows[layer]["f1"] for layer in LAYERS if layer in rows}
    score.shares |= {f"{name} (share)": row["share"] for name, row in rows["accuracy"].items()}
    score.broken = rows["grounding"]["broken"]
    score.errors = report.errors
    return score


def count_tenths(gold: list[Plain], facts: list[Plain], score: Score) -> None:
    """Counts each fact, right or wrong, at its confidence; those that pair with an optional one count as neither."""
    pair_of = {j: i for i, j in pair_spans(gold, [fact["quantity"] for fact in facts])}
    for j, fact in enumerate(facts):
        right = 0
        if j in pair_of:
            item = gold[pair_of[j]]
            if item.get("optional"):
                continue
            alone = Report()
            score_facts([item], [fact], "", alone)
            right = alone.tallies["fact"].right
        tally = score.tenths[min(9, int(fact["confidence"] * 10))]
        tally[0] += right
        tally[1] += 1


def find_failures(gold_set: GoldSet, score: Score, pinned: Plain) -> list[str]:
    """What stands below its floor, and what is not pinned as it is."""
    failures = [f"{gold_set.name}: {score.broken} spans do not say what stands in the source"] if score.broken else []
    entry = pinned.get(gold_set.name)
    if entry is None or entry["digest"] != gold_set.digest():
        return [
            *failures,
            f"{gold_set.name}: gold or texts are not those of the pinned digest: run scripts/gate --update",
        ]
    for name, floor in entry["floors"].items():
        got = score.shares.get(name)
        if got is None or got < floor:
            failures.append(f"{gold_set.name}: {name} is {got}, its floor is {floor}")
    return failures


def raise_floors(gold_set: GoldSet, score: Score, pinned: Plain) -> None:
    """Pins the set's digest, and each measured share where it is higher."""
    floors = pinned.get(gold_set.name, {}).get("floors", {})
    raised = {name: max(share, floors.get(name, 0.0)) for name, share in score.shares.items()}
    pinned[gold_set.name] = {"digest": gold_set.digest(), "floors": floors | raised}


def show(scores: dict[str, Score], pinned: Plain, console: Console) -> None:
    table = Table("layer (F1) or field", *(f"{name}: got, floor" for name in scores))
    for key in dict.fromkeys(key for score in scores.values() for key in score.shares):
        cells = []
        for name, score in scores.items():
            floor = pinned.get(name, {}).get("floors", {}).get(key)
            cells.append(f"{score.shares.get(key, float('nan')):.4f}  {'-' if floor is None else f'{floor:.4f}'}")
        table.add_row(key, *cells)
    console.print(table)
    table = Table("confidence", *(f"{name}: right / facts" for name in scores))
    for tenth in range(9, -1, -1):
        tallies = [score.tenths.get(tenth) for score in scores.values()]
        if any(tallies):
            cells = [f"{t[0]:4d} / {t[1]:<4d} {t[0] / t[1]:.2f}" if t else "" for t in tallies]
            table.add_row(f"{tenth / 10:.1f} to {(tenth + 1) / 10:.1f}", *cells)
    console.print(table)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--update", action="store_true", help="raise floors to what is measured, pin the digests")
    parser.add_argument("--errors", type=int, default=0, metavar="N", help="print the first N errors of each set")
    arguments = parser.parse_args()
    pinned: Plain = json.loads(FLOORS.read_text("utf-8")) if FLOORS.is_file() else {}
    scores: dict[str, Score] = {}
    failures: list[str] = []
    for gold_set in SETS:
        if not gold_set.own and not gold_set.gold.is_file():
            print(f"{gold_set.name}: not here, left out")
            continue
        score = scores[gold_set.name] = score_set(gold_set)
        if arguments.update:
            raise_floors(gold_set, score, pinned)
        failures += find_failures(gold_set, score, pinned)
        for line in score.errors[: arguments.errors]:
            print(line, file=sys.stderr)
    show(scores, pinned, Console(width=None if sys.stdout.isatty() else 110))
    if arguments.update:
        FLOORS.write_text(json.dumps(pinned, indent=1, sort_keys=True) + "\n", "utf-8")
    for failure in failures:
        print(f"FAILED {failure}", file=sys.stderr)
    return int(bool(failures))


if __name__ == "__main__":
    sys.exit(main())
