"""The Matcher and the regular expressions of the fact grammar give the same frames."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from extractor import Settings, extract
from extractor.fact import assemble
from extractor.fact.chunk import Chunk
from extractor.fact.frame import Frame, find_frames, load_rows
from extractor.spacy_component.frame import find_frames as find_by_matcher
from extractor.spacy_component.frame import to_pattern

PAGES = sorted((Path(__file__).resolve().parents[2] / "corpora" / "pages").glob("*.txt"))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_twins_agree_on_sample_pages(page: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[tuple[dict[int, Frame], dict[int, Frame]]] = []

    def both(chunks: Sequence[Chunk], kinds: Sequence[frozenset[str]], overlay: Path | None = None) -> dict[int, Frame]:
        frames = find_frames(chunks, kinds, overlay)
        seen.append((frames, find_by_matcher(chunks, kinds, overlay)))
        return frames

    monkeypatch.setattr(assemble, "find_frames", both)
    extract(page.read_text("utf-8"), settings=Settings())
    assert seen
    for ours, matched in seen:
        assert ours == matched


def test_every_row_has_one_quantity_token() -> None:
    for row in load_rows():
        _, roles = to_pattern(row)
        assert roles.count("q") == 1, row.rule
