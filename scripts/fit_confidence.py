"""Fits lexicon/confidence.tsv: the share of right facts by construction, over all gold that is there.

usage: scripts/fit_confidence

A fact's feature is its frame row and its kind. Each share is drawn towards that of its row, and the row's towards the
whole, with the weight of WEIGHT facts, so that rare constructions do not claim more than is known.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from gate import ROOT, SETS, Plain

from extractor import Settings
from extractor.cli.evaluate import extract_records
from extractor.evaluate import Report, read_gold
from extractor.evaluate.match import pair_spans
from extractor.evaluate.score import score_facts

WEIGHT = 4
TABLE = ROOT / "extractor" / "lexicon" / "confidence.tsv"


def judge_facts(gold: list[Plain], facts: list[Plain]) -> list[tuple[str, str, bool]]:
    """Row, kind and verdict of each fact that a scored or no gold fact meets."""
    pair_of = {j: i for i, j in pair_spans(gold, [fact["quantity"] for fact in facts])}
    out = []
    for j, fact in enumerate(facts):
        right = False
        if j in pair_of:
            item = gold[pair_of[j]]
            if item.get("optional"):
                continue
            report = Report()
            score_facts([item], [fact], "", report)
            right = bool(report.tallies["fact"].right)
        out.append((fact["rule"], fact["kind"], right))
    return out


def main() -> int:
    counts: defaultdict[str, list[int]] = defaultdict(lambda: [0, 0])
    for gold_set in (s for s in SETS if not s.name.startswith("heldout")):
        if not gold_set.gold.is_file():
            print(f"fit_confidence: {gold_set.name}: gold is not there, left out", file=sys.stderr)
            continue
        for gold in read_gold(gold_set.gold):
            date = gold.get("date")
            path = gold_set.texts / gold["text_file"]
            _, records = extract_records(path, None if date is None else str(date), Settings())
            facts = [record for record in records if record["record"] == "fact"]
            for rule, kind, right in judge_facts(gold["facts"], facts):
                for feature in ("*", rule, f"{rule}:{kind}"):
                    counts[feature][0] += right
                    counts[feature][1] += 1
    shares = {"*": counts["*"][0] / counts["*"][1]}
    for feature in sorted((f for f in counts if f != "*"), key=lambda f: (f.count(":"), f)):
        parent = shares[feature.partition(":")[0]] if ":" in feature else shares["*"]
        right, total = counts[feature]
        shares[feature] = (right + WEIGHT * parent) / (total + WEIGHT)
    lines = [
        "# Share of right facts by construction; written by scripts/fit_confidence, not by hand.",
        "feature\tshare\tfacts",
    ]
    lines += [f"{feature}\t{share:.3f}\t{counts[feature][1]}" for feature, share in sorted(shares.items())]
    TABLE.write_text("\n".join(lines) + "\n", "utf-8")
    print(f"{counts['*'][1]} facts, {len(shares)} shares, {shares['*']:.3f} right: {TABLE.relative_to(ROOT)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
