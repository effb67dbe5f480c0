"""Sentences as rows of chunks."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.fact.chunk import Mark, split_chunks
from extractor.fact.theme import trim_phrase
from extractor.text import BodySpan
from sample import paragraphs


def show(text: str, *marks: tuple[str, str]) -> str:
    """The chunks of `text`; `marks` are (surface, tag) of its mentions in order."""
    at, placed = 0, []
    for surface, tag in marks:
        start = text.index(surface, at)
        at = start + len(surface)
        placed.append(Mark(BodySpan(start, at), tag, None))
    return " ".join(f"{c.text}/{c.tag}" for c in split_chunks(text, BodySpan(0, len(text)), placed))


CASES = [
    ("建成水厂6座。", [("6座", "Q")], "建成/V 水厂/NP 6座/Q 。/W"),
    ("建成6座水厂。", [("6座", "Q")], "建成/V 6座/Q 水厂/NP 。/W"),
    ("定远县建成水厂6座。", [("定远县", "L"), ("6座", "Q")], "定远县/L 建成/V 水厂/NP 6座/Q 。/W"),
    ("去年建成水厂6座。", [("去年", "T"), ("6座", "Q")], "去年/T 建成/V 水厂/NP 6座/Q 。/W"),
    ("苹果、梨和桃3亩", [("3亩", "Q")], "苹果/NP 、/H 梨/NP 和/C 桃/NP 3亩/Q"),
    ("优良的品种6个", [("6个", "Q")], "优良/A 的/U 品种/NP 6个/Q"),
    ("水厂（在城东）6座", [("6座", "Q")], "水厂/NP 6座/Q"),
    ("水厂（6座）投产", [("6座", "Q")], "水厂/NP （/W 6座/Q ）/W 投产/V"),
    ("每户补助6元", [("6元", "Q")], "每户/D 补助/V 6元/Q"),
    ("", [], ""),
]


@pytest.mark.parametrize(("text", "marks", "expected"), CASES, ids=[case[0] or "nothing" for case in CASES])
def test_case(text: str, marks: list[tuple[str, str]], expected: str) -> None:
    assert show(text, *marks) == expected


def test_clauses_are_counted() -> None:
    text = "打井三眼，挖渠，种树。"
    assert [c.clause for c in split_chunks(text, BodySpan(0, len(text)), []) if c.tag == "W"] == [0, 1, 2]


@given(paragraphs())
def test_chunks_ascend_and_hold_their_text(text: str) -> None:
    at = 0
    for chunk in split_chunks(text, BodySpan(0, len(text)), []):
        assert at <= chunk.start < chunk.end <= len(text)
        assert text[chunk.start : chunk.end] == chunk.text
        assert chunk.tag == "NP" or len(chunk.tag) == 1
        assert chunk.tag != "NP" or chunk.start <= chunk.head < chunk.end
        at = chunk.end


@given(paragraphs(), st.integers(0, 30))
def test_a_sentence_is_cut_where_it_stands(text: str, offset: int) -> None:
    alone = split_chunks(text, BodySpan(0, len(text)), [])
    inside = split_chunks("前" * offset + text, BodySpan(offset, offset + len(text)), [])
    assert [(c.text, c.tag, c.start + offset, c.clause) for c in alone] == [
        (c.text, c.tag, c.start, c.clause) for c in inside
    ]


@pytest.mark.parametrize("text", ["（" * 5000, "（）" * 3000, "“" * 5000, "“”" * 3000, "、" * 5000, "的" * 5000])
def test_hostile_text_is_cut(text: str) -> None:
    assert all(c.text for c in split_chunks(text, BodySpan(0, len(text)), []))


TRIMMED = [
    ("水厂", "水厂"),
    ("的水厂", "水厂"),
    ("该水厂", "水厂"),
    ("“水厂", "水厂"),
    ("水厂”", "水厂"),
    ("“清泉”工程", "“清泉”工程"),
    ("新水厂的", "新水厂"),
    ("、水厂、", "水厂"),
    ("《规划》", "《规划》"),
    ("的", None),
]


@pytest.mark.parametrize(("text", "expected"), TRIMMED)
def test_phrases_are_trimmed(text: str, expected: str | None) -> None:
    phrase = trim_phrase(text, 0, len(text))
    assert (phrase.text if phrase else None) == expected
    if phrase is not None:
        assert text[phrase.span.start : phrase.span.end] == phrase.text
