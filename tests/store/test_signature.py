"""Signatures: the same for the same text whatever its layout, near for small changes, far for other stories."""

from __future__ import annotations

import struct

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from extractor.store.signature import FORM, PERMUTATIONS, SHORTEST, to_signature
from sample import FILLERS, articles
from store_case import CANAL, COTTON


def compare(first: bytes | None, second: bytes | None) -> float:
    """Share of equal numbers."""
    assert first is not None and second is not None
    return sum(a == b for a, b in zip(FORM.unpack(first), FORM.unpack(second), strict=True)) / PERMUTATIONS


def test_form() -> None:
    signature = to_signature(CANAL)
    assert signature is not None and len(signature) == 4 * PERMUTATIONS
    assert len(set(struct.unpack(f"<{PERMUTATIONS}I", signature))) > PERMUTATIONS // 2


@given(st.text("田地水，。 \n", max_size=SHORTEST * 2))
def test_short_texts_have_none(text: str) -> None:
    letters = sum(map(str.isalnum, text))
    assert (to_signature(text) is None) == (letters < SHORTEST)


@given(articles(), st.data())
@settings(max_examples=30)
def test_layout_does_not_count(paragraphs: list[str], data: st.DataObject) -> None:
    text = "\n".join(paragraphs)
    assume(to_signature(text) is not None)
    at = data.draw(st.integers(0, len(text)))
    mark = data.draw(st.sampled_from(["\n", "　　", " ", "、", "……"]))
    assert to_signature(text[:at] + mark + text[at:]) == to_signature(text)


@given(articles())
@settings(max_examples=20)
def test_one_more_sentence_stays_near(paragraphs: list[str]) -> None:
    text = "".join(paragraphs)
    assume(len(text) > 300 and FILLERS[0] not in text)
    assert compare(to_signature(text), to_signature(text + FILLERS[0])) > 0.6


def test_other_stories_are_far() -> None:
    assert compare(to_signature(CANAL), to_signature(COTTON)) < 0.3
    assert compare(to_signature(CANAL), to_signature(CANAL)) == 1
