"""How sure a fact is, by its construction."""

from __future__ import annotations

from decimal import Decimal

import pytest

from extractor.fact.confidence import estimate_confidence
from extractor.lexicon.table import read_table
from extractor.model import Bounds, Quantity
from extractor.text import BodySpan
from fact.case import read_facts

SHARE = {row["feature"]: float(row["share"]) for row in read_table("confidence.tsv")}


def quantity(kind: str) -> Quantity:
    one = Decimal(1)
    return Quantity(BodySpan(0, 2), "1个", kind, Bounds(one, one, one, "exact"), "个", None, "quantity.unit")


def test_shares_are_shares() -> None:
    assert all(0 <= share <= 1 for share in SHARE.values())
    assert "*" in SHARE


def test_features_name_rows_and_kinds() -> None:
    rules = {f"frame.{row['rule']}" for row in read_table("frame.tsv")}
    for feature in SHARE:
        rule, _, kind = feature.partition(":")
        assert feature == "*" or rule in rules | {rule.removeprefix("frame.") for rule in rules}
        assert kind in ("", "count", "money", "measure", "ratio", "rank")


def test_the_construction_and_kind_decide_then_the_construction_then_all() -> None:
    feature = next(feature for feature in SHARE if ":" in feature)
    rule, kind = feature.split(":")
    assert estimate_confidence(rule, quantity(kind)) == SHARE[feature]
    assert estimate_confidence(rule, quantity("no such kind")) == SHARE[rule]
    assert estimate_confidence("no such rule", quantity("count")) == SHARE["*"]


@pytest.mark.parametrize("text", ["建成水厂6座。", "其余12户。", "增长6.5%。"])
def test_facts_carry_it(text: str) -> None:
    [fact] = read_facts(text)
    assert 0 < fact.confidence <= 1
    assert fact.confidence in {round(share, 3) for share in SHARE.values()} | set(SHARE.values())
