"""Agreement figures against published examples, and over a database."""

from __future__ import annotations

import pytest

from extractor.review import decide, measure_agreement
from extractor.review.agreement import find_alpha, find_kappa, share_equal
from review.desk import Desk

# Krippendorff (2011), Computing Krippendorff's Alpha-Reliability: four observers, twelve units, some not judged.
OBSERVERS = (
    "1 2 3 3 2 1 4 1 2 . . .",
    "1 2 3 3 2 2 4 1 2 5 . 3",
    ". 3 3 3 2 3 4 2 2 5 1 .",
    "1 2 3 3 2 4 4 1 2 5 1 .",
)


def to_units(rows: tuple[str, ...]) -> list[dict[str, str]]:
    columns = zip(*(row.split() for row in rows), strict=True)
    return [{str(at): value for at, value in enumerate(column) if value != "."} for column in columns]


def test_alpha_of_the_published_example() -> None:
    assert find_alpha(to_units(OBSERVERS)) == pytest.approx(0.743, abs=0.0005)


def test_alpha_of_two_observers_of_binary_data() -> None:
    """The same source's first example."""
    rows = ("0 1 0 0 0 0 0 0 1 0", "1 1 1 0 0 1 0 0 0 0")
    assert find_alpha(to_units(rows)) == pytest.approx(0.095, abs=0.0005)
    assert share_equal(to_units(rows)) == pytest.approx(0.6)


def test_kappa_of_a_table() -> None:
    """Twenty yes-yes, five yes-no, ten no-yes, fifteen no-no: 0.7 observed, 0.5 by chance."""
    pairs = [("y", "y")] * 20 + [("y", "n")] * 5 + [("n", "y")] * 10 + [("n", "n")] * 15
    units = [{"a": one, "b": other} for one, other in pairs]
    assert find_kappa(units) == pytest.approx(0.4)


def test_where_a_figure_is_not_defined() -> None:
    same = [{"a": 1, "b": 1}, {"a": 1, "b": 1}]
    assert (share_equal([]), find_alpha([]), find_kappa([])) == (None, None, None)
    assert (share_equal(same), find_alpha(same), find_kappa(same)) == (1, None, None)
    assert find_kappa([{"a": 1, "b": 1, "c": 2}]) is None
    assert find_alpha([{"a": 1}, {"b": 2}]) is None
    assert find_kappa([{"a": 1}, {"b": 2}]) is None


def test_over_a_database(desk: Desk) -> None:
    facts = [desk.find(text) for text in ("12个", "3.5万份", "1500余名", "36公里")]
    for fact in facts:
        decide(desk.connection, fact, "accept", "林溪")
    assert measure_agreement(desk.connection).reviewers == ()
    decide(desk.connection, facts[0], "accept", "周平")
    decide(desk.connection, facts[1], "reject", "周平")
    decide(desk.connection, facts[2], "correct", "周平", fields={"indicator": None})
    decide(desk.connection, facts[3], "reject", "方圆")
    desk.undo(facts[3], "方圆")
    agreement = measure_agreement(desk.connection)
    rows = {row.field: row for row in agreement.fields}
    assert agreement.reviewers == ("周平", "林溪")
    assert (rows["fact"].facts, rows["fact"].percent) == (3, pytest.approx(2 / 3, abs=1e-4))
    assert (rows["indicator"].facts, rows["indicator"].percent) == (2, 0.5)
    assert (rows["quantity"].percent, rows["place"].percent) == (1, 1)
    assert rows["fact"].kappa == 0 and rows["fact"].alpha is not None
    assert measure_agreement(desk.connection, ["林溪"]).reviewers == ()
