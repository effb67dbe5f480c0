"""Crossing marks are cut so that they nest; figures stay whole."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.text import MappedText, Run, Span
from extractor.view.mark import RANKS
from extractor.view.markup import render_block, split_marks
from extractor.view.nest import Mark, nest_marks
from extractor.view.stretch import Block, Stretch, split_blocks

SIZE = 30


@st.composite
def marks(draw: st.DrawFn) -> list[Mark]:
    """Marks of all kinds; those of the highest rank do not cross each other."""
    found: list[Mark] = []
    for number in range(draw(st.integers(0, 8))):
        start = draw(st.integers(0, SIZE - 1))
        end = draw(st.integers(start + 1, SIZE))
        kind = draw(st.sampled_from(list(RANKS)))
        apart = all(end <= m.start or m.end <= start for m in found if m.kind == "quantity")
        if kind != "quantity" or apart:
            found.append(Mark(start, end, RANKS[kind], kind, f"m{number}"))
    return found


@given(marks())
def test_they_nest_and_cover_the_same(given_marks: list[Mark]) -> None:
    nested = nest_marks(given_marks)
    for i, one in enumerate(nested):
        for other in nested[i + 1 :]:
            apart = one.end <= other.start or other.end <= one.start
            assert apart or one.start <= other.start <= other.end <= one.end
    assert [mark.start for mark in nested] == sorted(mark.start for mark in nested)

    def cover(some: list[Mark]) -> set[tuple[str, int]]:
        return {(mark.kind, at) for mark in some for at in range(mark.start, mark.end)}

    assert cover(nested) == cover(given_marks)
    assert sorted(mark.key for mark in nested if mark.key) == sorted(mark.key for mark in given_marks)


@given(marks())
def test_figures_are_not_cut(given_marks: list[Mark]) -> None:
    def whole(some: list[Mark]) -> list[tuple[int, int]]:
        return sorted((mark.start, mark.end) for mark in some if mark.kind == "quantity")

    assert whole(nest_marks(given_marks)) == whole(given_marks)


@given(marks(), st.lists(st.integers(1, SIZE - 1), unique=True, max_size=3))
def test_blocks_show_their_text_with_every_anchor_once(given_marks: list[Mark], cuts: list[int]) -> None:
    text = "".join(chr(0x4E00 + at) for at in range(SIZE))
    ends = [0, *sorted(cuts), SIZE]
    blocks = [Block(0, (Stretch(a, b, 0, "body"),)) for a, b in pairwise(ends)]
    parts = split_marks(given_marks, blocks)
    html = "".join(render_block(text, block, part) for block, part in zip(blocks, parts, strict=True))
    assert "".join(c for c in html if c >= "\u4e00") == text
    assert all(html.count(f'id="{mark.key}"') == 1 for mark in given_marks)


@pytest.mark.parametrize(
    ("spans", "expected"),
    [
        ([(0, 5, "subject"), (3, 8, "quantity")], "<mark>012</mark><mark><mark>34</mark>567</mark>89"),
        ([(0, 5, "quantity"), (3, 8, "subject")], "<mark>012<mark>34</mark></mark><mark>567</mark>89"),
        ([(0, 8, "program"), (2, 4, "place")], "<mark>01<mark>23</mark>4567</mark>89"),
        ([(2, 4, "place"), (2, 4, "subject")], "01<mark><mark>23</mark></mark>456789"),
    ],
)
def test_cuts(spans: list[tuple[int, int, str]], expected: str) -> None:
    import re

    some = [Mark(start, end, RANKS[kind], kind) for start, end, kind in spans]  # type: ignore[index]
    html = render_block("0123456789", Block(0, (Stretch(0, 10, 0, "body"),)), some)
    assert re.sub(r"<mark [^>]*>", "<mark>", html) == expected


def test_links_do_not_nest() -> None:
    some = [
        Mark(0, 9, RANKS["program"], "program", "m1", "f1"),
        Mark(2, 6, RANKS["quantity"], "quantity", "m2", "f1"),
        Mark(3, 4, RANKS["place"], "place", "m3", "f2"),
        Mark(7, 8, RANKS["action"], "action", "m4", "f2"),
    ]
    html = render_block("0123456789", Block(0, (Stretch(0, 10, 0, "body"),)), some)
    assert html == (
        '<mark id="m1" class="program">01<a id="m2" class="quantity" href="#f1">2<mark id="m3" class="place">3</mark>45'
        '</a>6<a id="m4" class="action" href="#f2">7</a>8</mark>9'
    )


def test_blank_lines_at_the_ends_take_no_room() -> None:
    text = "\n\n　　修渠。\n\n"
    html = render_block(text, Block(0, (Stretch(0, len(text), 0, "body"),)), [])
    assert html == "<span hidden>\n\n</span>　　修渠。<span hidden>\n\n</span>"
    assert render_block(" \n", Block(None, (Stretch(0, 2, None, "aside"),)), []) == "<span hidden> \n</span>"


def test_blocks() -> None:
    """What stands inside an article goes with it, what stands between two does not."""
    stretches = [
        Stretch(0, 2, None, "aside"),
        Stretch(2, 4, 0, "title"),
        Stretch(4, 5, None, "aside"),
        Stretch(5, 7, 0, "body"),
        Stretch(7, 8, None, "aside"),
        Stretch(8, 9, 1, "body"),
        Stretch(9, 10, 0, "body"),
    ]
    blocks = split_blocks(stretches)
    assert [(block.owner, block.span) for block in blocks] == [
        (None, Span(0, 2)),
        (0, Span(2, 7)),
        (None, Span(7, 8)),
        (1, Span(8, 9)),
        (0, Span(9, 10)),
    ]


def test_roles_follow_the_map() -> None:
    from extractor.model import Article
    from extractor.text import BodySpan
    from extractor.view.stretch import find_roles, split_stretches

    source = "正文一正文二  题目"
    mapped = MappedText("题目\n正文一\n正文二", [Run(0, 8, 2), Run(3, 0, 3), Run(7, 3, 3)])
    parts = (("title", BodySpan(0, 2)), ("body", BodySpan(3, 6)), ("body", BodySpan(7, 10)))
    article = Article(0, "news", mapped, parts, "题目", None)
    assert find_roles(article) == [("title", Span(8, 10)), ("body", Span(0, 3)), ("body", Span(3, 6))]
    assert split_stretches(source, [article]) == [Stretch(0, 8, 0, "body"), Stretch(8, 10, 0, "title")]


def test_a_run_that_several_parts_share() -> None:
    from extractor.model import Article
    from extractor.text import BodySpan
    from extractor.view.stretch import find_roles, split_stretches

    source = "题目。正文正文"
    mapped = MappedText(source, [Run(0, 0, len(source))])
    parts = (("title", BodySpan(0, 3)), ("body", BodySpan(3, 7)))
    article = Article(0, "news", mapped, parts, "题目。", None)
    assert find_roles(article) == [("title", Span(0, 3)), ("body", Span(3, 7))]
    other = Article(1, "news", mapped, (("body", BodySpan(1, 7)),), None, None)
    stretches = split_stretches(source, [article, other])
    assert stretches == [Stretch(0, 3, 0, "title"), Stretch(3, 7, 1, "body")]
