"""Marks in texts: nesting, overlap, and where stretches of a document stand in a text without its layout."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from extractor.serve.web.locate import Locator, Stretch
from extractor.serve.web.segment import Mark, split_lines, split_segments
from sample import pages, print_page
from support import assert_linear

MARKS = st.builds(
    Mark, st.integers(-5, 60), st.integers(-5, 60), st.sampled_from("abc"), st.sampled_from(["", "k", "l"])
)


@given(st.text("甲乙\n丙", max_size=40), st.lists(MARKS, max_size=12))
def test_segments_cover_the_text_and_each_mark(text: str, marks: list[Mark]) -> None:
    segments = split_segments(text, marks)
    assert "".join(segment.text for segment in segments) == text
    at = 0
    covered: dict[Mark, set[int]] = {}
    for segment in segments:
        for mark in segment.marks:
            covered.setdefault(mark, set()).update(range(at, at + len(segment.text)))
        at += len(segment.text)
    cut = {mark._replace(start=max(0, mark.start), end=min(len(text), mark.end)) for mark in marks}
    wanted = {mark: set(range(mark.start, mark.end)) for mark in cut if mark.start < mark.end}
    assert covered == wanted
    begins = [key for segment in segments for key in segment.begins]
    assert set(begins) == {mark.key for mark in wanted if mark.key}


@given(st.text("甲\n乙", max_size=40), st.lists(MARKS, max_size=6))
def test_lines_are_those_of_the_text(text: str, marks: list[Mark]) -> None:
    lines = split_lines(split_segments(text, marks))
    assert ["".join(segment.text for segment in line) for line in lines] == text.split("\n")


def test_the_shortest_mark_comes_first() -> None:
    outer, inner = Mark(0, 6, "program", "p"), Mark(2, 4, "quantity", "q")
    head, middle, tail = split_segments("六个字的名称", [outer, inner])
    assert (head.kinds, middle.kinds, tail.kinds) == (("program",), ("quantity", "program"), ("program",))
    assert (head.begins, middle.begins, tail.begins) == (("p",), ("q",), ())
    assert middle.keys == ("q", "p")


@given(pages(), st.integers(9, 25))
def test_stretches_are_found_whatever_the_layout(items: list[tuple[str, list[str]]], width: int) -> None:
    """Every tenth character and what follows it, from a page of print, in the text without line breaks."""
    source = print_page(items, width)
    body = "\n".join("".join(paragraph.split()) for title, body in items for paragraph in (title, *body))
    sentences = []
    start = 0
    for end in [at + 1 for at, character in enumerate(source) if character == "。"]:
        while source[start].isspace():
            start += 1
        sentences.append(Stretch("".join(source[start:end].split()), start, end))
        start = end
    locator = Locator(body, [(0, len(source))], sentences[::2])
    kept = [at for at, character in enumerate(source) if not character.isspace()]
    places = [at for at, character in enumerate(body) if not character.isspace()]
    for number in range(0, len(kept) - 6, 10):
        first, last = kept[number], kept[number + 5]
        stretch = Stretch("".join(source[first : last + 1].split()), first, last + 1)
        found = locator.find(stretch)
        assert found is not None
        assert "".join(body[slice(*found)].split()) == stretch.text
        exact = any(sentence.start <= first and last < sentence.end for sentence in sentences[::2])
        if exact and source.count(stretch.text) == 1 and body.count(stretch.text) == 1:
            assert found == (places[number], places[number + 5] + 1)


def test_repeated_words_are_told_apart_by_their_offsets() -> None:
    source = "  投资3亿元，\n投资\n3亿元，投资3亿\n元。"
    body = "".join(source.split())
    sentence = Stretch(body, 2, len(source))
    locator = Locator(body, [(0, len(source))], [sentence])
    found = [locator.find(Stretch("投资", at, at + 2)) for at in (2, 9, 16)]
    assert found == [(0, 2), (6, 8), (12, 14)]


def test_what_stands_nowhere_is_not_found() -> None:
    locator = Locator("全县投资", [(0, 4)], [Stretch("别的句子", 0, 4), Stretch(" ", 1, 2)])
    assert locator.find(Stretch("修路", 0, 2)) is None
    assert locator.find(Stretch(" ", 0, 1)) is None
    assert Locator("", [], []).find(Stretch("修", 0, 1)) is None
    assert locator.find(Stretch("投资", 900, 902)) == (2, 4)


def test_linear_on_a_long_text() -> None:
    def run(size: int) -> None:
        text = "全县投资3亿元。" * size
        anchors = [Stretch("全县投资3亿元。", at * 8, at * 8 + 8) for at in range(size)]
        locator = Locator(text, [(0, len(text))], anchors)
        marks = []
        for at in range(size):
            start, end = locator.find(Stretch("3亿元", at * 8 + 4, at * 8 + 7)) or (0, 0)
            marks.append(Mark(start, end, "quantity", str(at)))
        split_segments(text, marks)

    assert_linear(run, 60)
