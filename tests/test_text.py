"""Coordinates: an unwrapped text and where its characters stand in the source."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.text import BodySpan, MappedText, Run, Span

SOURCE = "修渠三公里，\n　　打井五眼。\n植树千株。"


@st.composite
def mapped(draw: st.DrawFn) -> tuple[str, list[Span | str], MappedText]:
    """A source, stretches of it in any order with inserted characters between, and the text built from them."""
    source = draw(st.text(alphabet="甲乙丙丁1234\n　 𠮷", max_size=40))
    spans = st.tuples(st.integers(0, len(source)), st.integers(0, len(source))).map(lambda p: Span(min(p), max(p)))
    pieces = draw(st.lists(st.one_of(spans, spans, st.sampled_from(["\n", "，", "", "甲乙"])), max_size=8))
    return source, pieces, MappedText.build(source, pieces)


@given(mapped())
def test_text_is_the_pieces_joined(case: tuple[str, list[Span | str], MappedText]) -> None:
    source, pieces, text = case
    assert text.text == "".join(p if isinstance(p, str) else source[p.start : p.end] for p in pieces)


@given(mapped())
def test_each_character_goes_back_to_its_own(case: tuple[str, list[Span | str], MappedText]) -> None:
    source, pieces, text = case
    expected: list[int | None] = []
    for piece in pieces:
        expected += [None] * len(piece) if isinstance(piece, str) else range(piece.start, piece.end)
    for index, at in enumerate(expected):
        if at is None:
            with pytest.raises(ValueError, match="no place in the source"):
                text.to_source(BodySpan(index, index + 1))
        else:
            assert text.to_source(BodySpan(index, index + 1)) == Span(at, at + 1)
            assert source[at] == text.text[index]


@given(mapped(), st.integers(0, 40), st.integers(1, 40))
def test_a_stretch_goes_from_its_first_to_its_last_character(
    case: tuple[str, list[Span | str], MappedText], start: int, size: int
) -> None:
    text = case[2]
    end = start + size
    try:
        first, last = text.to_source(BodySpan(start, start + 1)), text.to_source(BodySpan(end - 1, end))
    except ValueError:
        with pytest.raises(ValueError):
            text.to_source(BodySpan(start, end))
    else:
        assert text.to_source(BodySpan(start, end)) == Span(first.start, last.end)


@given(mapped())
def test_runs_ascend_and_cover_what_is_not_inserted(case: tuple[str, list[Span | str], MappedText]) -> None:
    _, pieces, text = case
    at = 0
    for run in text.runs:
        assert run.length > 0
        assert run.start >= at
        at = run.start + run.length
    assert at <= len(text.text)
    assert sum(run.length for run in text.runs) == sum(p.end - p.start for p in pieces if isinstance(p, Span))


@given(st.text(alphabet="甲乙丙丁", max_size=20), st.integers(0, 100))
def test_whole_text_is_one_run(text: str, offset: int) -> None:
    mapped_text = MappedText.whole(text, offset)
    assert len(mapped_text.runs) == bool(text)
    for start in range(len(text)):
        for end in range(start + 1, len(text) + 1):
            assert mapped_text.to_source(BodySpan(start, end)) == Span(start + offset, end + offset)


def test_touching_stretches_are_one_run() -> None:
    text = MappedText.build(SOURCE, [Span(0, 3), Span(3, 6)])
    assert (text.text, text.runs) == ("修渠三公里，", (Run(0, 0, 6),))


def test_line_wraps_are_left_out() -> None:
    text = MappedText.build(SOURCE, [Span(0, 6), Span(9, 14)])
    assert text.text == "修渠三公里，打井五眼。"
    start = text.text.index("里，打")
    assert text.to_source(BodySpan(start, start + 3)) == Span(4, 10)


def test_a_headline_printed_behind_its_body() -> None:
    text = MappedText.build(SOURCE, [Span(15, 20), "\n", Span(0, 5)])
    assert text.text == "植树千株。\n修渠三公里"
    assert text.to_source(BodySpan(0, 5)) == Span(15, 20)
    assert text.to_source(BodySpan(6, 11)) == Span(0, 5)


@pytest.mark.parametrize("span", [(0, 0), (3, 3), (4, 2)])
def test_an_empty_span_has_no_source(span: tuple[int, int]) -> None:
    with pytest.raises(ValueError, match="empty span"):
        MappedText.whole(SOURCE).to_source(BodySpan(*span))


@pytest.mark.parametrize("span", [(0, 100), (50, 60), (-1, 2)])
def test_a_span_outside_has_no_source(span: tuple[int, int]) -> None:
    with pytest.raises(ValueError, match="no place in the source"):
        MappedText.whole(SOURCE).to_source(BodySpan(*span))


def test_an_end_on_an_inserted_character_has_no_source() -> None:
    text = MappedText.build(SOURCE, [Span(0, 2), "\n", Span(9, 11)])
    assert text.to_source(BodySpan(1, 4)) == Span(1, 10)
    for span in ((1, 3), (2, 3), (2, 5)):
        with pytest.raises(ValueError, match="character 2 of the text"):
            text.to_source(BodySpan(*span))


def test_an_empty_text() -> None:
    text = MappedText.build("", [])
    assert (text.text, text.runs) == ("", ())
    with pytest.raises(ValueError):
        text.to_source(BodySpan(0, 1))
