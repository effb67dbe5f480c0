"""Names behind a role are one word."""

from __future__ import annotations

import pytest

from extractor.fact.actor import load_actors
from extractor.fact.chunk import Chunk
from extractor.fact.person import join_names

CASES = [
    ("村民/N 王/N 有/V 福/N 承包/V", "村民 王有福 承包"),
    ("书记/N 刘/N 洋/A 协调/V", "书记 刘洋 协调"),
    ("社员/N 李/N 大明/N 流转/N", "社员 李大明 流转"),
    ("农民/N 种/O 地/N", "农民 种 地"),
    ("水厂/N 王/N 有/V 福/N", "水厂 王 有 福"),
    ("村民/N 王/N 和/C 社员/N", "村民 王 和 社员"),
    ("王/N 有/V 福/N", "王 有 福"),
]


@pytest.mark.parametrize(("spelled", "expected"), CASES)
def test_join(spelled: str, expected: str) -> None:
    words, at = [], 0
    for piece in spelled.split():
        text, tag = piece.split("/")
        words.append(Chunk(text, tag, at, at + len(text)))
        at += len(text)
    assert " ".join(word.text for word in join_names(words, load_actors().ends_role)) == expected
