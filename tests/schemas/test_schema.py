"""The models hold what CONTRACT.md says and refuse what breaks it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

import schemas

ROOT = Path(__file__).resolve().parents[2]

QUANTITY: dict[str, Any] = {
    "text": "约3.2万亩",
    "start_char": 6,
    "end_char": 12,
    "value": "32000",
    "min_value": None,
    "max_value": None,
    "modifier": "approx",
    "unit": "亩",
    "dimension": "area",
}
SENTENCE = {"text": "全乡造林面积约3.2万亩。", "start_char": 0, "end_char": 13}
FACT: dict[str, Any] = {
    "doc": "a.txt",
    "fact_id": "0123456789abcdef",
    "article_id": "fedcba9876543210",
    "kind": "measure",
    "quantity": QUANTITY,
    "indicator": {"text": "造林面积", "start_char": 2, "end_char": 6},
    "action": None,
    "subject": None,
    "place": None,
    "program": None,
    "period": None,
    "rule": "figure",
    "evidence": SENTENCE,
    "confidence": 0.9,
}


def test_fact_round_trip() -> None:
    fact = schemas.FactRecord.model_validate(FACT)
    again = TypeAdapter[Any](schemas.AnyRecord).validate_json(fact.model_dump_json())
    assert again == fact
    assert fact.quantity.value == "32000"


@pytest.mark.parametrize("value", ["3.20", "1e5", "1E+5", "007", "1,250", "3.", ".5", "", "３", "1\n"])
def test_value_is_a_plain_decimal(value: str) -> None:
    with pytest.raises(ValidationError):
        schemas.QuantityValue.model_validate({**QUANTITY, "value": value})


@pytest.mark.parametrize("value", ["0", "0.5", "-3.2", "31600", "1200000000000"])
def test_value_accepts(value: str) -> None:
    assert schemas.QuantityValue.model_validate({**QUANTITY, "value": value}).value == value


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"start_char": 12}, "empty span"),
        ({"start_char": -1}, "before the source"),
        ({"text": ""}, "no surface"),
        ({"modifier": "about"}, "not in the contract"),
        ({"dimension": "pressure"}, "not in the contract"),
        ({"colour": "red"}, "unknown field"),
    ],
)
def test_quantity_refuses(change: dict[str, Any], why: str) -> None:
    with pytest.raises(ValidationError):
        schemas.QuantityValue.model_validate({**QUANTITY, **change})


def test_records_are_frozen() -> None:
    fact = schemas.FactRecord.model_validate(FACT)
    with pytest.raises(ValidationError):
        fact.kind = "money"


def test_period_does_not_end_before_it_begins() -> None:
    span = {"text": "今年", "start_char": 0, "end_char": 2}
    with pytest.raises(ValidationError):
        schemas.PeriodSpan.model_validate({**span, "start_date": "2020-01-02", "end_date": "2020-01-01"})


def test_every_record_carries_doc_and_record_and_describes_each_field() -> None:
    for name, model in schemas.RECORDS.items():
        assert model.model_fields["record"].default == name
        assert "doc" in model.model_fields
        assert [field for field, info in model.model_fields.items() if not info.description] == []


def test_schemas_is_a_leaf() -> None:
    code = "import sys, schemas; print([m for m in sys.modules if m.split('.')[0] in ('extractor', 'spacy')])"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True)
    assert run.stdout.strip() == "[]"


def test_generated_files_are_current() -> None:
    run = subprocess.run(
        [sys.executable, str(ROOT / "scripts/build_schemas"), "--check"], capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stderr


@pytest.mark.parametrize("span", [(3, 3), (4, 2), (-1, 2)])
def test_an_article_s_spans_are_spans(span: tuple[int, int]) -> None:
    article = {
        "doc": "a.txt",
        "article_id": "0123456789abcdef",
        "ordinal": 0,
        "kind": "news",
        "title": None,
        "kicker": None,
        "byline": [],
        "dateline": None,
        "place": None,
        "published": None,
        "body": "",
    }
    assert schemas.ArticleRecord.model_validate({**article, "spans": [(0, 4)]}).spans == ((0, 4),)
    with pytest.raises(ValidationError):
        schemas.ArticleRecord.model_validate({**article, "spans": [span]})
