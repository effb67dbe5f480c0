"""Faults that users of comparable tools have reported, each with what is right: cases.jsonl, keyed by id.

A case says all facts of its text; a key that an expected fact lacks is not asked. A row that fails for now
carries `xfail` with the reason.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from extractor import extract
from support import Plain, find_broken_spans, parse_lines, run_govfacts, to_plain

CASES: list[Plain] = [
    json.loads(line) for line in Path(__file__).with_name("cases.jsonl").read_text("utf-8").splitlines()
]
OF_QUANTITY = ("text", "start_char", "end_char", "value", "min_value", "max_value", "modifier", "unit", "dimension")


def see_fact(fact: Plain, keys: list[str]) -> Plain:
    """A fact by the keys that a case asks for."""
    seen: Plain = {}
    for key in keys:
        if key in OF_QUANTITY:
            seen[key] = fact["quantity"][key]
        elif key == "place":
            seen[key] = fact["place"] and fact["place"]["adcode"]
        elif key == "period":
            seen[key] = fact["period"] and [fact["period"]["start_date"], fact["period"]["end_date"]]
        elif key == "indicator":
            seen[key] = fact["indicator"] and fact["indicator"]["text"]
        else:
            seen[key] = fact[key]
    return seen


def mark(case: Plain) -> Any:
    marks = [pytest.mark.xfail(reason=case["xfail"])] if "xfail" in case else []
    return pytest.param(case, id=case["id"], marks=marks)


@pytest.mark.parametrize("case", [mark(case) for case in CASES])
def test_case(case: Plain) -> None:
    records = to_plain(extract(case["text"], date=case.get("date")))
    facts = sorted(records["facts"], key=lambda fact: fact["quantity"]["start_char"])
    assert len(facts) == len(case["facts"]), [fact["quantity"]["text"] for fact in facts]
    for fact, want in zip(facts, case["facts"], strict=True):
        assert see_fact(fact, list(want)) == want
    if "places" in case:
        assert [
            {key: place[key] for key in want} for place, want in zip(records["places"], case["places"], strict=True)
        ] == case["places"]
    assert not [
        line for name in records for record in records[name] for line in find_broken_spans(case["text"], record)
    ]


def test_ids_are_unique() -> None:
    assert len({case["id"] for case in CASES}) == len(CASES)


def test_b31_the_end_of_a_long_input_is_seen() -> None:
    text = "本村道路平整。" * 9000 + "全年修渠18公里。"
    (fact,) = to_plain(extract(text))["facts"]
    quantity = fact["quantity"]
    assert (quantity["start_char"], quantity["end_char"], quantity["value"]) == (63004, 63008, "18")


def test_b33_gb18030_beyond_gb2312(tmp_path: Path) -> None:
    text = "镕㐂村修渠3.5公里，喆川村打井20眼。"
    path = tmp_path / "rare.txt"
    path.write_bytes(text.encode("gb18030"))
    records = parse_lines(run_govfacts("extract", path).stdout)
    facts = [record for record in records if record["record"] == "fact"]
    assert [(fact["quantity"]["value"], fact["quantity"]["unit"]) for fact in facts] == [("3.5", "公里"), ("20", "眼")]
    assert not [line for record in records[2:] for line in find_broken_spans(text, record)]
