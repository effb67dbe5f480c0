"""The span invariant holds whatever the map does."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from extractor.record.span import remove_marks, remove_whitespace, to_marked, to_surface
from extractor.text import BodySpan, MappedText, Run, Span

SOURCE = "　　全乡今年修\n渠十二公里，受\n益农田三千亩。\n第2版\n　　“春雨”行\n动惠及百户。\n"


def mapped(*pieces: Span | str) -> MappedText:
    return MappedText.build(SOURCE, pieces)


def at(text: str) -> Span:
    start = SOURCE.index(text)
    return Span(start, start + len(text))


def test_a_span_over_a_line_wrap() -> None:
    text = mapped(at("全乡今年修"), at("渠十二公里，受"), at("益农田三千亩。"))
    surface = to_surface(SOURCE, text, BodySpan(4, 10))
    assert surface is not None
    assert surface.text == "修渠十二公里"
    assert SOURCE[surface.start : surface.end] == "修\n渠十二公里"


def test_a_span_that_ends_on_an_inserted_character() -> None:
    text = mapped(at("全乡今年修"), "\n", at("渠十二公里，受"))
    surface = to_surface(SOURCE, text, BodySpan(2, 6))
    assert surface is not None
    assert (surface.text, SOURCE[surface.start : surface.end]) == ("今年修", "今年修")


def test_a_span_of_inserted_characters_is_none() -> None:
    assert to_surface(SOURCE, mapped(at("全乡"), "--", at("今年")), BodySpan(2, 4)) is None


def test_a_small_gap_stays_in_the_surface() -> None:
    text = mapped(at("益农田三千亩。"), at("“春雨”行"), at("动惠及百户。"))
    surface = to_surface(SOURCE, text, BodySpan(0, len(text.text)))
    assert surface is not None
    assert surface.text == "益农田三千亩。第2版“春雨”行动惠及百户。"


def test_a_wide_gap_is_cut_at_the_anchor() -> None:
    text = mapped(at("全乡今年修"), at("“春雨”行"), at("动惠及百户。"))
    whole = BodySpan(0, len(text.text))
    cut = to_surface(SOURCE, text, whole)
    held = to_surface(SOURCE, text, whole, anchor=BodySpan(1, 3))
    assert cut is not None
    assert held is not None
    assert (cut.text, held.text) == ("“春雨”行动惠及百户。", "全乡今年修")


def test_parts_that_turn_round() -> None:
    text = mapped(at("“春雨”行"), at("动惠及百户。"), at("全乡今年修"))
    surface = to_surface(SOURCE, text, BodySpan(0, len(text.text)))
    assert surface is not None
    assert surface.text == "“春雨”行动惠及百户。"


def test_a_program_drops_its_marks() -> None:
    text = mapped(at("“春雨”行"), at("动惠及百户。"))
    surface = to_marked(SOURCE, text, BodySpan(0, 6), "春雨行动")
    assert surface is not None
    assert (surface.text, SOURCE[surface.start : surface.end]) == ("春雨行动", "“春雨”行\n动")
    wrong = to_marked(SOURCE, text, BodySpan(0, 6), "春雨计划")
    assert wrong is not None
    assert wrong.text == "春雨行动"
    assert to_marked(SOURCE, text, BodySpan(0, 1), "") is None


RUNS = st.lists(st.tuples(st.integers(0, 2), st.integers(0, len(SOURCE) - 1), st.integers(1, 12)), max_size=8)


@given(RUNS, st.integers(0, 80), st.integers(1, 80), st.booleans())
def test_invariant(parts: list[tuple[int, int, int]], start: int, length: int, marked: bool) -> None:
    pieces: list[str] = []
    runs: list[Run] = []
    size = 0
    for inserted, source, count in parts:
        pieces.append("\n渠"[:inserted])
        size += len(pieces[-1])
        stretch = SOURCE[source : source + count]
        pieces.append(stretch)
        runs.append(Run(size, source, len(stretch)))
        size += len(stretch)
    text = MappedText("".join(pieces), runs)
    span = BodySpan(start, min(start + length, size))
    bare = remove_marks if marked else remove_whitespace
    surface = to_marked(SOURCE, text, span, "春雨行动") if marked else to_surface(SOURCE, text, span, span)
    if surface is not None:
        assert 0 <= surface.start < surface.end <= len(SOURCE)
        assert bare(SOURCE[surface.start : surface.end]) == bare(surface.text) != ""
    elif not marked and span.start < span.end:
        mapped_characters = [
            run.source + i - run.start
            for run in runs
            for i in range(max(run.start, span.start), min(run.start + run.length, span.end))
        ]
        assert not any(SOURCE[i].strip() for i in mapped_characters)
