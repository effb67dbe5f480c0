"""Golden pages: layouts of several decades, each with the articles a reader sees."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from extractor.article import split_articles
from extractor.model import Article
from extractor.page import split_page
from extractor.read import read_text
from extractor.settings import Settings

PAGES = Path(__file__).parent / "pages"
EXPECTED: dict[str, list[dict[str, Any]]] = json.loads((PAGES / "expected.json").read_text("utf-8"))


def articles_of(text: str) -> list[Article]:
    source = read_text(text, "-", Settings())
    return split_articles(source, split_page(source))


def to_plain(article: Article) -> dict[str, Any]:
    text = article.text.text
    return {
        "kind": article.kind,
        "kicker": article.kicker,
        "title": article.title,
        "dateline": text[article.dateline.start : article.dateline.end] if article.dateline else None,
        "byline": list(article.byline),
        "body": [text[span.start : span.end] for role, span in article.parts if role == "body"],
    }


def test_every_page_has_its_expectation() -> None:
    assert sorted(path.stem for path in PAGES.glob("*.txt")) == sorted(EXPECTED)


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_page(name: str) -> None:
    text = (PAGES / f"{name}.txt").read_bytes().decode("utf-8")
    assert [to_plain(article) for article in articles_of(text)] == EXPECTED[name]


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_articles_do_not_share_text_and_keep_their_order(name: str) -> None:
    text = (PAGES / f"{name}.txt").read_bytes().decode("utf-8")
    articles = articles_of(text)
    seen: set[int] = set()
    for i, article in enumerate(articles):
        assert article.ordinal == i
        covered = {at for start, end in article.spans for at in range(start, end)}
        assert not covered & seen
        seen |= covered
        mapped = {run.source + k for run in article.text.runs for k in range(run.length)}
        assert mapped <= covered
        assert not any(text[at].strip() for at in covered - mapped)
