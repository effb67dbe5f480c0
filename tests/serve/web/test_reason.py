"""Each reason's row says what its example becomes; the reasons that the review really gives are among them."""

from __future__ import annotations

import pytest

from extractor.serve.web.reason import load_reasons, to_reason


@pytest.mark.parametrize("row", [row for _, row in load_reasons()], ids=lambda row: str(row["expected"]))
def test_examples(row: dict[str, str]) -> None:
    assert to_reason(row["example"], "zh") == row["expected"]
    assert to_reason(row["example"], "en") == row["example"]


def test_what_no_row_knows_stays() -> None:
    assert to_reason("something else", "zh") == "something else"
    assert len(to_reason("x" * 5_000, "zh")) == 300


@pytest.mark.parametrize(
    "fields",
    [
        {"quantity": {"value": "许多"}},
        {"quantity": {"value": None, "min_value": None, "max_value": None}},
        {"quantity": {"min_value": "9", "max_value": "1"}},
        {"indicator": "不在句中"},
        {"place": "乌有县"},
        {"kind": "nonsense"},
        {"period": {"text": "今年", "start_date": "2020年"}},
    ],
)
def test_the_review_speaks_so(own_connection, fields) -> None:  # type: ignore[no-untyped-def]
    from extractor.review.target import find_target
    from extractor.serve.web.correction import find_errors

    sql = "SELECT fact_id FROM fact WHERE period_text LIKE '%今年%' ORDER BY fact_pk LIMIT 1"
    ((fact,),) = own_connection.query(sql)
    target = find_target(own_connection, fact)
    errors = find_errors(target.shown, fields, target.sentence)
    assert errors
    for reason in errors.values():
        assert to_reason(reason, "zh") != reason, reason
