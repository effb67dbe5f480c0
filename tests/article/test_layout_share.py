"""Composed pages of many looks (corpora/layout): the share of bodies and titles that are right."""

from __future__ import annotations

import json
import re
from collections import Counter
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

import pytest

from extractor.article import split_articles
from extractor.model import Article
from extractor.page import split_page
from extractor.read import read_source
from extractor.settings import Settings

FOLDER = Path(__file__).resolve().parents[2] / "corpora" / "layout"
GOLD: dict[str, list[dict[str, Any]]] = json.loads((FOLDER / "gold.json").read_text("utf-8"))
LEAST = 0.9


def squeeze(text: str | None) -> str:
    return re.sub(r"\s", "", text or "")


def body_of(article: Article) -> str:
    parts = (article.text.text[span.start : span.end] for role, span in article.parts if role == "body")
    return squeeze("".join(parts))


def share(one: str, other: str) -> float:
    """Characters in common of all, and in their order."""
    a, b = Counter(one), Counter(other)
    return min((a & b).total() / max((a | b).total(), 1), SequenceMatcher(None, one, other, autojunk=False).ratio())


def read(name: str) -> list[Article]:
    source = read_source(str(FOLDER / f"{name}.txt"), Settings())
    return split_articles(source, split_page(source))


def count_right(name: str) -> tuple[int, int, int]:
    """Bodies, titles and kinds of the page's gold that an article has."""
    found = read(name)
    bodies = titles = kinds = 0
    for gold in GOLD[name]:
        wanted = squeeze("".join(gold["body"]))
        best = max(found, key=lambda article: share(wanted, body_of(article)))
        bodies += share(wanted, body_of(best)) >= 0.95
        titles += squeeze(best.title) == squeeze(gold["title"])
        kinds += best.kind == gold["kind"]
    return bodies, titles, kinds


def test_every_page_has_its_gold() -> None:
    assert sorted(path.stem for path in FOLDER.glob("*.txt")) == sorted(GOLD)


def test_bodies_titles_and_kinds() -> None:
    total = sum(map(len, GOLD.values()))
    bodies, titles, kinds = (sum(column) for column in zip(*map(count_right, GOLD), strict=True))
    assert bodies >= LEAST * total and titles >= LEAST * total and kinds >= LEAST * total


@pytest.mark.parametrize("name", sorted(GOLD))
def test_the_day_and_the_paper_are_the_masthead_s(name: str) -> None:
    source = read_source(str(FOLDER / f"{name}.txt"), Settings())
    assert source.published is not None and source.newspaper
    assert source.published.year == int(name[:4]) and source.published.basis in ("masthead", "header")


@pytest.mark.parametrize("name", sorted(GOLD))
def test_each_character_stands_in_one_article_at_most(name: str) -> None:
    seen: set[int] = set()
    for article in read(name):
        mapped = {run.source + k for run in article.text.runs for k in range(run.length)}
        assert not mapped & seen
        seen |= mapped
