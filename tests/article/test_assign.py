"""Headlines and bodies find each other over the whole page."""

from __future__ import annotations

import pytest

from extractor.article.assign import Body, Split, Unit, assign, share

CANAL = Body("本报讯 河口镇今年新修水渠30公里，水渠通到每个村。")
BRIDGE = Body("本报东岭讯 东岭县今年建成便民桥5座，方便群众出行。", "东岭")
HEAD_CANAL = Unit("河口镇水渠通到村")
HEAD_BRIDGE = Unit("便民桥方便群众出行")


def test_headlines_before_their_bodies() -> None:
    assert assign([[HEAD_CANAL], [HEAD_BRIDGE], []], [CANAL, BRIDGE]) == [Split(0, False)] * 3


def test_headlines_behind_their_bodies() -> None:
    assert assign([[], [HEAD_CANAL], [HEAD_BRIDGE]], [CANAL, BRIDGE]) == [
        Split(0, False),
        Split(1, False),
        Split(1, False),
    ]


def test_words_decide_where_positions_do_not() -> None:
    assert assign([[], [HEAD_CANAL], []], [CANAL, BRIDGE])[1] == Split(1, False)
    assert assign([[], [HEAD_BRIDGE], []], [CANAL, BRIDGE])[1] == Split(0, False)


def test_kicker_and_headline_stay_together() -> None:
    gap = [Unit("东岭县", kicker=True), HEAD_BRIDGE]
    assert assign([[HEAD_CANAL], gap, []], [CANAL, BRIDGE])[1] == Split(0, False)
    assert assign([[], [Unit("河口镇", kicker=True), HEAD_CANAL], gap], [CANAL, BRIDGE]) == [
        Split(0, False),
        Split(2, False),
        Split(2, False),
    ]


def test_lines_behind_a_headed_body_are_left_to_it() -> None:
    assert assign([[HEAD_CANAL], [Unit("县政府办公室")]], [CANAL]) == [Split(0, False), Split(1, True)]


def test_long_gaps_stay_cheap() -> None:
    units = [Unit("县乡村镇")] * 5000
    assert len(assign([units, units, units], [CANAL, BRIDGE])) == 3


@pytest.mark.parametrize(("head", "value"), [("", 0.0), ("水", 0.0), ("水渠", 1.0), ("水坝", 0.0), ("水渠坝", 0.5)])
def test_share(head: str, value: float) -> None:
    assert share(head, "新修水渠30公里") == value
