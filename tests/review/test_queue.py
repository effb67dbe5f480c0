"""What is left to be judged: the least confident first, without what the reviewer has done."""

from __future__ import annotations

import pytest

from extractor.errors import UsageError
from extractor.review import count_queue, decide, find_next
from extractor.search import Question
from review.desk import Desk


def list_all(desk: Desk, reviewer: str, **options: object) -> list[str]:
    return [one.hit.fact.fact_id for one in find_next(desk.connection, reviewer, limit=100, **options)]  # type: ignore[arg-type]


def test_the_least_confident_comes_first(desk: Desk) -> None:
    found = find_next(desk.connection, "林溪", limit=100)
    confidences = [one.confidence for one in found]
    assert confidences == sorted(confidences) and len(set(confidences)) > 1
    assert len(found) == sum(fact["counted"] for fact in desk.read()) == count_queue(desk.connection, "林溪")
    assert {one.seen for one in found} == {0}
    assert [one.hit for one in find_next(desk.connection, "林溪", limit=3)] == [one.hit for one in found[:3]]


def test_what_a_reviewer_did_is_left_out_for_this_one_alone(desk: Desk) -> None:
    before = list_all(desk, "林溪")
    for fact, action in zip(before[:3], ("accept", "reject", "accept"), strict=True):
        decide(desk.connection, fact, action, "林溪")
    assert list_all(desk, "林溪") == before[3:] and count_queue(desk.connection, "林溪") == len(before) - 3
    assert list_all(desk, "周平") == before, "the machine's confidence orders what others judged"
    assert count_queue(desk.connection, "周平") == len(before)
    assert list_all(desk, "周平", unjudged=True) == before[3:]
    assert [one.seen for one in find_next(desk.connection, "周平", limit=4)] == [1, 1, 1, 0]
    desk.undo(before[1])
    assert set(list_all(desk, "林溪")) == {before[1], *before[3:]}


def test_a_question_narrows_it(desk: Desk) -> None:
    asked = Question(text="资金", kind="money")
    (one,) = find_next(desk.connection, "林溪", asked, limit=10)
    assert one.hit.fact.quantity.text == "约3200万元" and count_queue(desk.connection, "林溪", asked) == 1
    decide(desk.connection, one.hit.fact.fact_id, "reject", "林溪")
    assert find_next(desk.connection, "林溪", asked) == []
    (other,) = find_next(desk.connection, "周平", asked)
    assert other.hit.verdict == "rejected" and other.review is not None and other.review.reviewer == "林溪"


def test_skipped_facts_are_passed_over(desk: Desk) -> None:
    facts = list_all(desk, "林溪")
    assert list_all(desk, "林溪", skip=set(facts[:2])) == facts[2:]
    with pytest.raises(UsageError):
        find_next(desk.connection, "林溪", limit=0)
