"""The shared conformance cases: each file's share of right cases, which may only rise.

The cases stand beside the checkout, not in it; where they are absent there is nothing to run.
"""

from __future__ import annotations

import json
import runpy
from pathlib import Path
from typing import Any

import pytest

from extractor import extract
from support import SHARED, to_plain

CASES = SHARED / "conformance"
FLOORS: dict[str, int] = json.loads(Path(__file__).with_name("floors.json").read_text("utf-8"))

pytestmark = pytest.mark.skipif(not (CASES / "run.py").is_file(), reason="no shared conformance cases")


@pytest.fixture(scope="module")
def runner() -> dict[str, Any]:
    return runpy.run_path(str(CASES / "run.py"))


def run_extract(text: str, date: str | None) -> dict[str, list[dict[str, Any]]]:
    return to_plain(extract(text, date=date))


@pytest.mark.parametrize("name", ["numeral", "quantity", "period", "place"])
def test_right_cases(name: str, runner: dict[str, Any]) -> None:
    cases = [json.loads(line) for line in (CASES / f"{name}.jsonl").read_text("utf-8").splitlines() if line.strip()]
    wrong = []
    for case in cases:
        right, want, got = runner["CHECKS"][name](case, run_extract)
        if not right:
            wrong.append(f"{case['id']} {case['text']}\n    want {want}\n    got  {runner['shorten'](name, got)}")
    right = len(cases) - len(wrong)
    assert right >= FLOORS[name], f"{right} of {len(cases)} right, the floor is {FLOORS[name]}:\n" + "\n".join(wrong)
