"""Six pages, each as text, HTML, PDF and scan: the same facts, bodies and headlines."""

from __future__ import annotations

import json
from collections import Counter
from difflib import SequenceMatcher
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest

from extractor.model import Reading
from extractor.pipeline import read_articles
from extractor.read import read_source
from extractor.settings import Settings

CORPORA = Path(__file__).resolve().parents[2] / "corpora"
PAGES = (
    "2024-04-18-santai",
    "2019-11-27-ningde",
    "2020-09-03-yudu",
    "2016-05-12-jingning",
    "2008-break",
    "1973-dense",
)
FORMATS = {"text": (".txt",), "html": (".html",), "pdf": (".pdf",), "scan": (".png", ".tif")}
FOLDERS = ("pages", "layout", "formats", "pdf", "scan")
SAME = {"html": 1.0, "pdf": 1.0, "scan": 0.95}  # share of the text's facts
LEAST = 0.9  # of bodies and titles
Fact = tuple[str, str, str, str, str, str | None, str | None]


def find_file(name: str, form: str) -> Path:
    found = [CORPORA / folder / f"{name}{suffix}" for folder in FOLDERS for suffix in FORMATS[form]]
    return next(path for path in found if path.exists())


@lru_cache(maxsize=32)
def read(name: str, form: str) -> list[Reading]:
    return read_articles(read_source(str(find_file(name, form)), Settings()), Settings())


def squeeze(text: str | None) -> str:
    return "".join((text or "").split())


@lru_cache(maxsize=8)
def read_gold(name: str) -> list[tuple[str, str]]:
    """Body and title of each article."""
    layouts: dict[str, list[dict[str, Any]]] = json.loads((CORPORA / "layout" / "gold.json").read_text("utf-8"))
    if name in layouts:
        rows = layouts[name]
    else:
        path = next(
            CORPORA / folder / f"{name}.gold.json"
            for folder in ("pdf", "scan")
            if list((CORPORA / folder).glob(f"{name}.gold.json"))
        )
        rows = json.loads(path.read_text("utf-8"))["articles"]
    return [(squeeze("".join(row["body"])), squeeze(row["title"])) for row in rows]


def find_facts(readings: list[Reading]) -> Counter[Fact]:
    """What the facts say: kind, value, bounds, unit, indicator, place."""
    out: Counter[Fact] = Counter()
    for fact in (fact for reading in readings for fact in reading.facts):
        bounds = fact.quantity.bounds
        numbers = (str(bounds.value), str(bounds.low), str(bounds.high))
        indicator = squeeze(fact.indicator.text) if fact.indicator else None
        out[
            fact.quantity.kind, *numbers, fact.quantity.unit, indicator, fact.place.place.adcode if fact.place else None
        ] += 1
    return out


def share_same(name: str, form: str) -> float:
    mine, theirs = find_facts(read(name, form)), find_facts(read(name, "text"))
    return (mine & theirs).total() / max(mine.total(), theirs.total(), 1)


def body_of(reading: Reading) -> str:
    article = reading.article
    return squeeze("".join(article.text.text[span.start : span.end] for role, span in article.parts if role == "body"))


def _ratio(one: str, other: str) -> float:
    return SequenceMatcher(None, one, other, autojunk=False).ratio() if one or other else 1.0


def count_right(name: str, form: str) -> tuple[int, int]:
    """Bodies (nineteen of twenty characters) and titles of the gold that an article has."""
    bodies = titles = 0
    for body, title in read_gold(name):
        best = max(read(name, form), key=lambda reading: _ratio(body_of(reading), body))
        bodies += _ratio(body_of(best), body) >= 0.95
        near = 0.9 if form == "scan" else 1.0
        titles += _ratio(squeeze(best.article.title), title) >= near
    return bodies, titles


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("form", SAME)
def test_the_facts_are_those_of_the_text(form: str, name: str) -> None:
    assert find_facts(read(name, "text"))
    assert share_same(name, form) >= SAME[form]


@pytest.mark.parametrize("form", FORMATS)
def test_bodies_and_titles(form: str) -> None:
    total = sum(len(read_gold(name)) for name in PAGES)
    bodies, titles = (sum(column) for column in zip(*(count_right(name, form) for name in PAGES), strict=True))
    assert bodies >= LEAST * total and titles >= LEAST * total
