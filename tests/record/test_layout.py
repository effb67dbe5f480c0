"""Where a stretch stands in print."""

from __future__ import annotations

from extractor.model import Box
from extractor.record.layout import Layout

BOXES = [Box(0, 10, 1, 50, 100, 150, 112), Box(11, 20, 1, 50, 114, 140, 126), Box(21, 30, 2, 60, 40, 160, 52)]


def test_a_stretch_over_two_lines_has_the_edges_of_both() -> None:
    assert Layout(BOXES).find(5, 15) == (1, (50, 100, 150, 126))


def test_a_stretch_over_two_pages_takes_the_page_with_most_lines() -> None:
    assert Layout(BOXES).find(2, 25) == (1, (50, 100, 150, 126))


def test_no_line_gives_none() -> None:
    assert Layout(BOXES).find(31, 40) is None
    assert Layout([]).find(0, 1) is None
    assert Layout(BOXES).find(10, 11) is None


def test_cover_stays_on_the_first_page() -> None:
    assert Layout(BOXES).cover([(0, 5), (21, 25)]) == (1, (50, 100, 150, 112))
    assert Layout(BOXES).cover([(40, 50)]) is None
