"""Stretches to highlight stand exactly where the words stand."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from extractor.fold import fold
from extractor.search.highlight import find_quantity, find_terms, merge

TEXT = st.text("修渠12公里 　，ＧＤＰ資", max_size=30)


def test_terms_meet_and_blanks_lie_between() -> None:
    assert find_terms("投入資 金资金", ["资金"]) == [(2, 7)]
    assert find_terms("全市ＧＤＰ增长", ["gdp", "增"]) == [(2, 6)]
    assert find_terms("无", ["资金"]) == []
    assert find_terms("", ["资"]) == []


@given(text=TEXT, term=st.text("修渠12公里，", min_size=1, max_size=3))
def test_all_of_a_term_and_nothing_else(text: str, term: str) -> None:
    marked = {at for start, end in find_terms(text, [term]) for at in range(start, end)}
    kept = [at for at, character in enumerate(text) if not character.isspace()]
    bare = fold("".join(text[at] for at in kept))
    expected = {kept[at + i] for at in range(len(bare)) if bare.startswith(term, at) for i in range(len(term))}
    assert {at for at in marked if not text[at].isspace()} == expected


def test_merge() -> None:
    assert merge([(3, 5), (0, 2), (4, 8), (8, 9)]) == [(0, 2), (3, 9)]


@given(
    lines=st.lists(st.sampled_from(["新修水渠12公里，", "植树", "投资30万元，", "12公里"]), min_size=1, max_size=8),
    wrap=st.integers(3, 12),
)
def test_quantity_behind_line_wraps(lines: list[str], wrap: int) -> None:
    """Offsets count the layout's white space, the sentence's text has none."""
    text = "".join(lines)
    printed = "\n".join(text[at : at + wrap] for at in range(0, len(text), wrap))
    position = dict(enumerate(at for at, c in enumerate(printed) if c != "\n"))
    at = text.find("12公里")
    while at >= 0:
        found = find_quantity(text, 100, 100 + len(printed), "12公里", 100 + position[at])
        assert found == (at, at + 4)
        at = text.find("12公里", at + 1)


def test_quantity_that_is_not_there() -> None:
    assert find_quantity("新修水渠", 0, 4, "12公里", 0) is None
    assert find_quantity("新修水渠", 0, 9, "12公里", 2) is None
