"""The shared conformance cases, put straight to find_periods."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from extractor.mention.period import find_periods
from extractor.model import Period, Published

CASES = Path(__file__).resolve().parents[2] / "../shared/conformance/period.jsonl"
FLOOR = 146  # right cases; never lower it


def is_met(want: dict[str, Any], got: Period) -> bool:
    have = {
        "text": got.text,
        "start_char": got.span.start,
        "end_char": got.span.end,
        "start_date": got.start_date,
        "end_date": got.end_date,
    }
    return all(have[key] == value for key, value in want.items())


def test_conformance_share() -> None:
    if not CASES.is_file():
        pytest.skip("the shared cases are not here")
    wrong = []
    cases = [json.loads(line) for line in CASES.read_text("utf-8").splitlines() if line.strip()]
    for case in cases:
        day = case["reference_date"]
        published = Published(*(int(n) for n in day.split("-"))) if day else None
        got = find_periods(case["text"], published)
        want = case["expected"]
        met = all(any(is_met(w, g) for g in got) for w in want) if want else not got
        if not met:
            wrong.append((case["text"], [(p.text, p.start_date, p.end_date) for p in got]))
    assert len(cases) - len(wrong) >= FLOOR, wrong
