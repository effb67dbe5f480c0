"""Verdicts and gold between databases."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from extractor.evaluate import Report, read_gold, score_document
from extractor.review import (
    add_beside,
    decide,
    export_gold,
    export_verdicts,
    import_file,
    list_reviews,
    undo,
)
from review.desk import Desk

SCORE = Path(__file__).resolve().parents[2] / "../shared/eval/score.py"


def judge_some(desk: Desk) -> None:
    desk.judge("12个", "correct", fields={"quantity": {"value": "21"}, "indicator": None})
    desk.judge("3.5万份", "reject")
    desk.judge("36公里", "accept")
    desk.judge("1500余名", "accept")
    add_beside(desk.connection, desk.find("36公里"), {"quantity": {"text": "山乡", "value": "1", "unit": "个"}}, "林溪")


def move_quantity(fact: dict[str, Any], shift: int) -> dict[str, Any]:
    quantity = fact["quantity"]
    ends = {end: quantity[end] + shift for end in ("start_char", "end_char")}
    return {**fact, "quantity": {**quantity, **ends}}


def log_of(desk: Desk) -> list[str]:
    out = io.StringIO()
    export_verdicts(desk.connection, out)
    return out.getvalue().splitlines()


@pytest.fixture
def other(desk: Desk, tmp_path: Path) -> Iterator[Desk]:
    """Another database of the same documents."""
    with closing(Desk(str(tmp_path / "other.db"), tmp_path)) as other:
        other.run()
        yield other


def test_a_log_carries_all_to_another_database_once(desk: Desk, other: Desk) -> None:
    judge_some(desk)
    desk.undo(desk.find("1500余名"))
    report = import_file(other.connection, log_of(desk))
    assert (report.added, report.known, report.conflicts, report.errors) == (6, 0, [], [])
    assert other.read() == desk.read()
    other.check()
    again = import_file(other.connection, log_of(desk))
    assert (again.added, again.known) == (0, 6)
    assert log_of(other) == log_of(desk)


def test_the_order_of_imports_does_not_matter(desk: Desk, other: Desk, tmp_path: Path) -> None:
    """Two reviewers, each with a database: what both held decides by time, in either."""
    judge_some(desk)
    fact = other.find("12个")
    decide(other.connection, fact, "reject", "周平")
    decide(other.connection, other.find("860户"), "accept", "周平")
    mine, theirs = log_of(desk), log_of(other)
    report = import_file(desk.connection, theirs)
    assert len(report.conflicts) == 1 and fact in report.conflicts[0] and "周平 rejected" in report.conflicts[0]
    import_file(other.connection, mine)
    assert other.read() == desk.read() and log_of(other) == log_of(desk)
    assert [state.verdict for state in list_reviews(desk.connection, disputed=True).reviews] == ["rejected"]


def test_verdicts_wait_for_documents_that_are_not_there_yet(desk: Desk, tmp_path: Path) -> None:
    judge_some(desk)
    with closing(Desk(str(tmp_path / "other.db"), tmp_path)) as other:
        other.run(inputs=[str(desk.folder / "cotton-19531102.txt")])
        assert import_file(other.connection, log_of(desk)).added == 5
        assert {state.found for state in list_reviews(other.connection).reviews} == {False}
        other.run()
        assert other.read() == desk.read()
        other.check()


def test_wrong_lines_are_named_and_the_others_taken(desk: Desk, other: Desk) -> None:
    judge_some(desk)
    lines = log_of(desk)
    plain = json.loads(lines[0])
    wrong = [
        "{",
        "[]",
        json.dumps({**plain, "reviewer": ""}),
        json.dumps({**plain, "colour": "red"}),
        json.dumps({**plain, "action": "undo", "verdict_id": "0" * 16}),
        json.dumps({**plain, "action": "accept", "fact": None, "verdict_id": "1" * 16}),
        json.dumps({**plain, "fields": None, "verdict_id": "2" * 16}),
        json.dumps({**plain, "fact": move_quantity(plain["fact"], 3), "verdict_id": "3" * 16}),
        json.dumps({**plain, "fact": move_quantity(plain["fact"], 3000), "verdict_id": "4" * 16}),
        '{"text_file": "nowhere.txt", "facts": []}',
        "[" * 100_000,
    ]
    report = import_file(other.connection, [*wrong, "", *lines], "周平")
    numbers = [error.split(":")[0].removeprefix("line ") for error in report.errors]
    assert sorted(numbers, key=int) == [str(number) for number in range(1, len(wrong) + 1)]
    assert report.added == len(lines)
    assert other.read() == desk.read()


def test_gold_is_what_score_takes(desk: Desk, tmp_path: Path) -> None:
    judge_some(desk)
    texts, path = tmp_path / "texts", tmp_path / "gold.jsonl"
    with path.open("w", encoding="utf-8") as out:
        report = export_gold(desk.connection, out, texts)
    assert (report.documents, report.facts, report.missing) == (2, 4, [])
    gold = {line["doc_id"]: line for line in read_gold(path)}
    canal = {fact["text"]: fact for fact in gold["canal-20240715"]["facts"]}
    assert canal["12个"] | {"optional": False} == {
        "text": "12个",
        "start_char": canal["12个"]["start_char"],
        "end_char": canal["12个"]["end_char"],
        "kind": "count",
        "value": "21",
        "min_value": "21",
        "max_value": "21",
        "modifier": "exact",
        "unit": "个",
        "dimension": None,
        "indicator_any": [""],
        "action_any": ["新建"],
        "place_adcode": canal["12个"]["place_adcode"],
        "period_any": canal["12个"]["period_any"],
        "program_any": [""],
        "optional": False,
    }
    assert "3.5万份" not in canal and canal["95.6%"]["optional"] and "optional" not in canal["1500余名"]
    assert gold["canal-20240715"]["date"] == "2024-07-15"
    for line in gold.values():
        text = (texts / line["text_file"]).read_text("utf-8")
        for fact in line["facts"]:
            span = text[fact["start_char"] : fact["end_char"]]
            assert "".join(span.split()) == "".join(fact["text"].split())


def test_evaluate_and_score_agree_on_it(desk: Desk, tmp_path: Path) -> None:
    """The machine's own reading against what people made of it: one wrong, one spurious, one missed, two right."""
    judge_some(desk)
    texts, path = tmp_path / "texts", tmp_path / "gold.jsonl"
    with path.open("w", encoding="utf-8") as out:
        export_gold(desk.connection, out, texts)
    command = [sys.executable, "-m", "extractor.cli.main", "evaluate", str(path), "--texts", str(texts), "--json"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    found = json.loads(done.stdout)
    assert {name: found["detect"][name] for name in ("tp", "fp", "fn")} == {"tp": 3, "fp": 1, "fn": 1}
    assert {name: found["quantity"][name] for name in ("tp", "fp", "fn")} == {"tp": 2, "fp": 2, "fn": 2}
    if not SCORE.exists():
        pytest.skip("score.py is not here")
    predicted = tmp_path / "predicted.jsonl"
    extract = [sys.executable, "-m", "extractor.cli.main", "extract", *sorted(map(str, texts.glob("*.txt")))]
    predicted.write_bytes(subprocess.run(extract, capture_output=True, check=True).stdout)
    command = [sys.executable, str(SCORE), str(path), str(predicted), "--texts", str(texts), "--json"]
    theirs = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
    assert theirs["detect"]["tp"] == 3 and theirs["grounding"]["broken"] == 0


def test_gold_without_texts_names_the_documents_and_with_them_needs_these(desk: Desk, tmp_path: Path) -> None:
    judge_some(desk)
    out = io.StringIO()
    export_gold(desk.connection, out)
    files = [json.loads(line)["text_file"] for line in out.getvalue().splitlines()]
    assert files == [str(desk.folder / name) for name in ("canal-20240715.txt", "wrapped-20190308.txt")]
    (desk.folder / "canal-20240715.txt").unlink()
    (desk.folder / "wrapped-20190308.txt").write_text("别的", "utf-8")
    report = export_gold(desk.connection, io.StringIO(), tmp_path / "texts")
    assert (report.documents, len(report.missing)) == (0, 2)


@pytest.mark.parametrize("named", [True, False], ids=["texts", "documents"])
def test_gold_of_one_database_gives_another_the_same_reading(
    desk: Desk, other: Desk, tmp_path: Path, named: bool
) -> None:
    judge_some(desk)
    out = io.StringIO()
    export_gold(desk.connection, out, tmp_path / "texts" if named else None)
    lines = out.getvalue().splitlines()
    refused = import_file(other.connection, lines)
    assert len(refused.errors) == 2 and "a reviewer is needed" in refused.errors[0]
    report = import_file(other.connection, lines, "周平")
    assert (report.added, report.known, report.conflicts, report.errors) == (5, 0, [], [])
    names = (
        "quantity_text",
        "value",
        "unit",
        "indicator",
        "action",
        "adcode",
        "period",
        "program",
        "verdict",
        "counted",
    )
    assert [[one[name] for name in names] for one in other.read()] == [
        [one[name] for name in names] for one in desk.read()
    ]
    other.check()
    again = import_file(other.connection, lines, "周平")
    assert (again.added, again.known, again.errors) == (0, 5, [])


def test_gold_of_what_differs_corrects(desk: Desk) -> None:
    gold: dict[str, Any] = {
        "doc_id": "x",
        "text_file": "wrapped-20190308.txt",
        "date": "2019",
        "facts": [
            {"text": "36公里", "start_char": 0, "end_char": 0, "kind": "measure", "value": "63", "modifier": "exact",
             "unit": "公里", "min_value": "63", "max_value": "63", "action_any": ["栽种", "新修"],
             "indicator_any": ["山公路"], "period_any": [""], "place_adcode": None},
            {"text": "无", "start_char": 1, "end_char": 2, "optional": True},
        ],
    }  # fmt: skip
    text = (desk.folder / "wrapped-20190308.txt").read_text("utf-8")
    start = text.index("36公里")
    gold["facts"][0] |= {"start_char": start, "end_char": start + 4}
    report = import_file(desk.connection, [json.dumps(gold)], "周平")
    assert report.errors == report.conflicts == []
    (fact,) = [one for one in desk.read("wrapped") if one["quantity_text"] == "36公里"]
    assert (fact["value"], fact["indicator"], fact["action"], fact["period"], fact["place"]) == (
        *("63", "山公路", "新修", None, None),
    )
    assert desk.texts("wrapped") == ["36公里"], "what gold does not list is no fact"
    desk.check()


@pytest.mark.parametrize(
    ("facts", "reason"),
    [([7], "expected objects"), ([{"text": "x"}], "start_char: missing"), ([{"start_char": 1}], "text: missing")],
)
def test_broken_gold_is_refused(desk: Desk, facts: list[Any], reason: str) -> None:
    report = import_file(desk.connection, [json.dumps({"text_file": "cotton-19531102.txt", "facts": facts})], "周平")
    assert len(report.errors) == 1 and reason in report.errors[0]


def test_gold_that_cannot_be_placed_is_a_conflict(desk: Desk) -> None:
    fact = {"text": "无此句", "start_char": 900, "end_char": 903, "kind": "count", "value": "1"}
    report = import_file(desk.connection, [json.dumps({"text_file": "cotton-19531102.txt", "facts": [fact]})], "周平")
    assert any("no sentence that proves a fact holds it" in conflict for conflict in report.conflicts)


def test_a_verdict_taken_back_elsewhere_is_taken_back_here(desk: Desk, other: Desk) -> None:
    fact = desk.judge("12个", "reject").fact_id
    import_file(other.connection, log_of(desk))
    assert "12个" not in other.texts()
    undo(desk.connection, fact, "林溪")
    import_file(other.connection, log_of(desk))
    assert other.read() == desk.read() and "12个" in other.texts()


def test_a_report_of_evaluate_counts_a_perfect_reading(desk: Desk, tmp_path: Path) -> None:
    """What is read after a review, scored against that review's gold, is right."""
    judge_some(desk)
    path = tmp_path / "gold.jsonl"
    with path.open("w", encoding="utf-8") as out:
        export_gold(desk.connection, out, tmp_path / "texts")
    report = Report()
    for line in read_gold(path):
        stem = line["doc_id"]
        records = [fact.model_dump(mode="json") for fact in desk.hits(repeats=True) if Path(fact.doc).stem == stem]
        score_document(line, records, None, report)
    assert report.to_dict()["fact"]["f1"] == 1
