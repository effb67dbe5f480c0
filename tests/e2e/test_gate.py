"""The gate's floors only rise, and what stands below one is named."""

from __future__ import annotations

import runpy
from pathlib import Path
from typing import Any

import pytest

from support import ROOT

GATE = runpy.run_path(str(ROOT / "scripts" / "gate.py"))


@pytest.fixture
def gold_set(tmp_path: Path) -> Any:
    (tmp_path / "a.gold.jsonl").write_text('{"text_file": "a.txt", "facts": []}\n', "utf-8")
    (tmp_path / "a.txt").write_text("全县新修水渠35公里。", "utf-8")
    return GATE["GoldSet"]("a", tmp_path / "a.gold.jsonl", tmp_path, True)


def score(**shares: float) -> Any:
    return GATE["Score"](shares=shares)


def test_an_update_never_lowers(gold_set: Any) -> None:
    pinned: dict[str, Any] = {}
    GATE["raise_floors"](gold_set, score(detect=0.9, fact=0.5), pinned)
    GATE["raise_floors"](gold_set, score(detect=0.8, fact=0.6, places=0.7), pinned)
    assert pinned["a"]["floors"] == {"detect": 0.9, "fact": 0.6, "places": 0.7}


def test_below_a_floor_fails_and_at_it_passes(gold_set: Any) -> None:
    pinned: dict[str, Any] = {}
    GATE["raise_floors"](gold_set, score(detect=0.9), pinned)
    assert GATE["find_failures"](gold_set, score(detect=0.9), pinned) == []
    (failure,) = GATE["find_failures"](gold_set, score(detect=0.8999), pinned)
    assert "detect" in failure
    (failure,) = GATE["find_failures"](gold_set, score(), pinned)
    assert "detect" in failure


def test_changed_texts_must_be_pinned_again(gold_set: Any) -> None:
    pinned: dict[str, Any] = {}
    GATE["raise_floors"](gold_set, score(detect=0.9), pinned)
    (gold_set.texts / "a.txt").write_text("全县新修水渠36公里。", "utf-8")
    (failure,) = GATE["find_failures"](gold_set, score(detect=0.9), pinned)
    assert "digest" in failure


def test_facts_count_at_their_confidence() -> None:
    def item(start: int, **more: Any) -> dict[str, Any]:
        return {
            "text": "3个",
            "start_char": start,
            "end_char": start + 2,
            "kind": "count",
            "value": "3",
            "unit": "个",
            **more,
        }

    facts = [
        {"kind": "count", "confidence": confidence, "quantity": item(start), "evidence": {"text": "3个"}}
        for start, confidence in ((0, 0.95), (10, 1.0), (20, 0.31), (30, 0.35))
    ]
    gold = [item(0), item(10, value="4"), item(20), item(30, optional=True)]
    counted = GATE["Score"]()
    GATE["count_tenths"](gold, facts, counted)
    assert dict(counted.tenths) == {9: [1, 2], 3: [1, 1]}
