"""All mentions of a text together: what one kind takes, no other reads."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.mention.find import Mentions, find_mentions, is_old_yuan, merge_blocked
from extractor.mention.place_resolve import PlaceContext
from extractor.mention.quantity import Blocked
from extractor.model import Published
from sample import paragraphs


def find(text: str, published: Published | None = None) -> Mentions:
    return find_mentions(text, PlaceContext(published=published))


TEXT = "2019年，凤阳县实施“清泉入户”工程，全县新打机井46眼，3个月完成，居全省第2位。十里铺第三小学有师生百余人。"


def test_every_kind_is_found() -> None:
    found = find(TEXT, Published(2020, 1, 2))
    assert [q.text for q in found.quantities] == ["46眼", "3个月", "第2位", "百余人"]
    assert [p.text for p in found.places] == ["凤阳县"]
    assert [p.text for p in found.periods] == ["2019年"]
    assert [p.text for p in found.programs] == ["清泉入户工程"]
    assert [c.text for c in found.coreferences] == ["全县", "全省"]
    assert "第三小学" in [e.text for e in found.exclusions]
    assert found.article_place is not None and found.article_place.name == "凤阳县"


def test_spans_hold_their_text() -> None:
    found = find(TEXT, Published(2020, 1, 2))
    for items in (found.quantities, found.exclusions, found.places, found.periods, found.coreferences):
        for item in items:
            assert TEXT[item.span.start : item.span.end] == item.text


NOT_READ = [
    ("2019年3月修桥4座。", ["4座"], "a date"),
    ("三亚市修桥4座。", ["4座"], "a place"),
    ("“三百天攻坚”行动修桥4座。", ["4座"], "a program"),
    ("第三次会议决定修桥4座。", ["4座"], "an ordinal"),
    ("居全省第3位，修桥4座。", ["第3位", "4座"], "a rank"),
    ("八月修桥4座。", ["4座"], "a month"),
    ("每年修桥4座。", ["4座"], "a recurrence"),
    ("每3年修桥4座。", ["4座"], "a recurrence"),
]


@pytest.mark.parametrize(("text", "surfaces", "why"), NOT_READ, ids=[case[2] for case in NOT_READ])
def test_numbers_inside_other_mentions_are_not_read(text: str, surfaces: list[str], why: str) -> None:
    assert [q.text for q in find(text, Published(2020)).quantities] == surfaces, why


def test_exclusions_give_way_to_quantities() -> None:
    found = find("居全省第3位。")
    assert [q.text for q in found.quantities] == ["第3位"]
    assert found.exclusions == []


@given(paragraphs())
def test_mentions_of_a_kind_ascend_and_do_not_overlap(text: str) -> None:
    found = find(text, Published(2020))
    for items in (found.quantities, found.places, found.periods, found.coreferences):
        at = 0
        for item in items:
            assert item.span.start >= at
            at = item.span.end
    for quantity in found.quantities:
        for other in (*found.places, *found.exclusions):
            assert quantity.span.end <= other.span.start or other.span.end <= quantity.span.start


@pytest.mark.parametrize(
    ("published", "old"),
    [
        (None, False),
        (Published(1949), True),
        (Published(1954, 12, 31), True),
        (Published(1955, 2, 28), True),
        (Published(1955, 2), True),
        (Published(1955, 3, 1), False),
        (Published(1955), False),
        (Published(1956, 1, 1), False),
    ],
)
def test_old_yuan(published: Published | None, old: bool) -> None:
    assert is_old_yuan(published) is old


def test_blocked_stretches_are_merged() -> None:
    text = "甲乙丙丁戊己庚"
    merged = merge_blocked(text, [Blocked(2, 5, "b"), Blocked(0, 3, "a"), Blocked(6, 7, "d"), Blocked(1, 2, "c")])
    assert merged == [Blocked(0, 5, "a"), Blocked(6, 7, "d")]


def test_a_word_that_begins_inside_a_numeral_is_dropped() -> None:
    text = "二十一律"
    word = Blocked(2, 4, "numeral_word.word:一律")
    assert merge_blocked(text, [word]) == []
    assert merge_blocked("共一律", [Blocked(1, 3, word.rule)]) == [Blocked(1, 3, word.rule)]
    assert merge_blocked(text, [Blocked(2, 4, "exclusion.ordinal")]) == [Blocked(2, 4, "exclusion.ordinal")]


@given(st.lists(st.tuples(st.integers(0, 60), st.integers(1, 9)), max_size=12))
def test_merged_stretches_cover_the_same_characters(pieces: list[tuple[int, int]]) -> None:
    stretches = [Blocked(start, start + size, "test") for start, size in pieces]
    merged = merge_blocked("字" * 80, stretches)
    cover = {i for b in stretches for i in range(b.start, b.end)}
    assert {i for b in merged for i in range(b.start, b.end)} == cover
    assert all(a.end <= b.start for a, b in pairwise(merged))
