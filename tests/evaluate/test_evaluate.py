"""The scores are those of the shared scorer."""

from __future__ import annotations

import importlib.util
import json
import random
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest

from extractor.errors import UndecodableError, UnreadableError
from extractor.evaluate import Report, read_gold, score_document
from extractor.evaluate.match import is_accepted, pair_spans, parse_value
from support import SHARED

EVAL = SHARED / "eval"

SOURCE = "全乡今年修渠十二公里，植树三千亩。\n"
FACT: dict[str, Any] = {
    "record": "fact",
    "kind": "measure",
    "quantity": {
        "text": "十二公里",
        "start_char": 6,
        "end_char": 10,
        "value": "12",
        "modifier": "exact",
        "unit": "公里",
    },
    "indicator": {"text": "渠", "start_char": 5, "end_char": 6},
    "place": None,
    "evidence": {"text": "全乡今年修渠十二公里，植树三千亩。", "start_char": 0, "end_char": 17},
}
GOLD: dict[str, Any] = {
    "text_file": "a.txt",
    "facts": [
        {
            "text": "十二公里",
            "start_char": 6,
            "end_char": 10,
            "kind": "measure",
            "value": "12.0",
            "unit": "公里",
            "indicator_any": ["水渠", "渠"],
            "place_adcode": None,
        },
        {"text": "三千亩", "start_char": 13, "end_char": 16, "kind": "measure", "value": "3000", "unit": "亩"},
    ],
}


def test_layers_by_hand() -> None:
    report = Report()
    score_document(GOLD, [FACT], SOURCE, report)
    rows = report.to_dict()
    assert rows["detect"] == {"precision": 1.0, "recall": 0.5, "f1": 0.6667, "tp": 1, "fp": 0, "fn": 1}
    assert rows["fact"] == rows["quantity"] == rows["detect"]
    assert rows["accuracy"]["indicator"] == {"right": 1, "of": 1, "share": 1.0}
    assert rows["grounding"] == {"spans": 3, "broken": 0}
    assert report.errors == ["missed\ta.txt\t三千亩 [13]"]


def test_a_wrong_unit_is_spurious_and_missed() -> None:
    report = Report()
    score_document(GOLD, [{**FACT, "quantity": {**FACT["quantity"], "unit": "里"}}], SOURCE, report)
    assert (report.tallies["quantity"].right, report.tallies["quantity"].spurious) == (0, 1)
    assert report.tallies["quantity"].missed == 2
    assert report.tallies["detect"].right == 1


def test_a_surface_that_does_not_stand_there_is_broken() -> None:
    report = Report()
    score_document({"text_file": "a.txt"}, [{**FACT, "indicator": {**FACT["indicator"], "text": "井"}}], SOURCE, report)
    assert report.broken == 1


def test_pairs_are_one_to_one_and_best_first() -> None:
    gold = [{"start_char": 0, "end_char": 4}, {"start_char": 3, "end_char": 9}]
    predicted = [{"start_char": 2, "end_char": 9}, {"start_char": 20, "end_char": 21}]
    assert pair_spans(gold, predicted) == [(1, 0)]


def test_values_compare_as_numbers() -> None:
    assert parse_value("12.0") == parse_value("12")
    assert parse_value("") is None
    assert parse_value("many") == "many"


def test_accepted_forms() -> None:
    assert is_accepted([""], None)
    assert is_accepted(["“渠”"], {"text": "渠"})
    assert not is_accepted(["渠"], None)


def test_gold_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError):
        read_gold(tmp_path / "none.jsonl")
    path = tmp_path / "gold.jsonl"
    for content, reason in ((b"\n{\n", "line 2"), (b"{}\n", "text_file"), (b"\xff\n", "not UTF-8")):
        path.write_bytes(content)
        with pytest.raises(UndecodableError, match=reason):
            read_gold(path)


def to_predictions(gold: dict[str, Any], source: str, chance: random.Random) -> list[dict[str, Any]]:
    """Records such as a faulty extraction would give: some left out, some moved, some with other values."""
    records: list[dict[str, Any]] = []

    def moved(item: dict[str, Any]) -> dict[str, Any]:
        start = max(0, item["start_char"] + chance.choice([0, 0, 0, -1, 1, 40]))
        end = min(len(source), max(start + 1, item["end_char"] + chance.choice([0, 0, 0, 1])))
        text = source[start:end] if chance.random() < 0.9 else "渠"
        return {"text": text or "渠", "start_char": start, "end_char": end}

    def phrase(forms: list[str] | None) -> dict[str, Any] | None:
        if not forms or chance.random() < 0.3:
            return None
        return {"text": chance.choice(forms) or "井", "start_char": 0, "end_char": 1}

    for item in gold.get("facts", []):
        if chance.random() < 0.15:
            continue
        quantity = {key: item.get(key) for key in ("value", "min_value", "max_value", "modifier", "unit")}
        if chance.random() < 0.2:
            quantity[chance.choice(list(quantity))] = chance.choice([None, "1", "approx"])
        place = {"adcode": item.get("place_adcode")} if chance.random() < 0.8 else None
        fact: dict[str, Any] = {"record": "fact", "kind": item["kind"], "quantity": {**moved(item), **quantity}}
        fact |= {key: phrase(item.get(f"{key}_any")) for key in ("indicator", "action", "period", "program")}
        records.append({**fact, "place": place, "evidence": {"text": source[:9], "start_char": 0, "end_char": 9}})
    for layer, record in (("places", "place"), ("programs", "program")):
        for item in gold.get(layer, []):
            if chance.random() < 0.8:
                code = item.get("adcode") if chance.random() < 0.8 else "110000"
                records.append({"record": record, **moved(item), "adcode": code})
    for item in gold.get("articles", []):
        spans = [[start, max(start + 1, end - chance.choice([0, 0, 60]))] for start, end in item["spans"]]
        place = {"adcode": item.get("place_adcode")} if chance.random() < 0.7 else None
        title = item.get("title") if chance.random() < 0.7 else "题"
        records.append({"record": "article", "title": title, "spans": spans, "place": place})
        if chance.random() < 0.2:
            records.append({"record": "article", "title": None, "spans": [[0, 3]], "place": None})
    return records


@pytest.mark.skipif(not (EVAL / "score.py").is_file(), reason="the shared scorer is not here")
@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("with_texts", [True, False])
def test_same_numbers_as_the_shared_scorer(seed: int, with_texts: bool) -> None:
    spec = importlib.util.spec_from_file_location("shared_score", EVAL / "score.py")
    assert spec is not None and spec.loader is not None
    shared = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(shared)
    gold = [json.loads(line) for line in (EVAL / "dev.gold.jsonl").read_text("utf-8").splitlines() if line]
    chance = random.Random(seed)
    by_doc: dict[str, list[dict[str, Any]]] = defaultdict(list)
    report = Report()
    for document in gold:
        source = (EVAL / "texts" / document["text_file"]).read_bytes().decode("utf-8-sig")
        records = to_predictions(document, source, chance)
        by_doc[document["text_file"]] = records
        score_document(document, records, source if with_texts else None, report)
    errors: list[str] = []
    want = shared.score(gold, by_doc, EVAL / "texts" if with_texts else None, errors)
    assert report.to_dict() == want
    assert len(report.errors) == len(errors)
