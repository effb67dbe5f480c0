"""Sheets of print for the tests of reading order, and what a file's gold says."""

from __future__ import annotations

import json
import re
from collections import Counter
from difflib import SequenceMatcher
from pathlib import Path
from typing import NamedTuple

from extractor.model import Source
from extractor.pipeline import read_articles
from extractor.read import read_source
from extractor.read.layout_sheet import Edges, Ink, Sheet
from extractor.settings import Settings

CORPORA = Path(__file__).resolve().parents[2] / "corpora"
SPACE = re.compile(r"\s+")
Fact = tuple[str, str, str, str, str, str | None, str | None]


class Scored(NamedTuple):
    """Likeness of each gold article's body and title to the article found in its place."""

    bodies: list[float]
    titles: list[float]
    kickers: list[bool]
    found: int


def put(sheet: Sheet, text: str, left: float, top: float, size: float = 10.0, *, vertical: bool = False) -> None:
    """A piece of print with full-width characters."""
    length = size * len(text)
    edges = Edges(left, top, left + size, top + length) if vertical else Edges(left, top, left + length, top + size)
    sheet.inks.append(Ink(text, edges, size, vertical))


def put_column(sheet: Sheet, lines: list[str], left: float, top: float, size: float = 10.0) -> float:
    """Lines below each other; the lowest edge."""
    for number, line in enumerate(lines):
        put(
            sheet,
            line.lstrip("\u3000"),
            left + size * (len(line) - len(line.lstrip("\u3000"))),
            top + 16 * number,
            size,
        )
    return top + 16 * len(lines) - 6


def read(path: str) -> Source:
    return read_source(str(CORPORA / path), Settings())


def score(source: Source, gold: str) -> Scored:
    """The articles of a source against a gold file, place by place."""
    wanted = json.loads((CORPORA / gold).read_text("utf-8"))["articles"]
    found = [reading.article for reading in read_articles(source, Settings())]
    bodies, titles, kickers = [], [], []
    for article, gold_article in zip(found, wanted, strict=False):
        body = "".join(article.text.text[s.start : s.end] for role, s in article.parts if role == "body")
        bodies.append(_ratio(body, "".join(gold_article["body"])))
        titles.append(_ratio(article.title or "", gold_article["title"] or ""))
        kickers.append(_bare(article.kicker or "") == _bare(gold_article["kicker"] or ""))
    missing = [0.0] * (len(wanted) - len(bodies))
    return Scored(bodies + missing, titles + missing, kickers, len(found))


def _ratio(a: str, b: str) -> float:
    return SequenceMatcher(None, _bare(a), _bare(b), autojunk=False).ratio() if a or b else 1.0


def _bare(text: str) -> str:
    return SPACE.sub("", text)


def find_facts(source: Source) -> Counter[Fact]:
    """What the facts of a source say, wherever they stand."""
    out: Counter[Fact] = Counter()
    for reading in read_articles(source, Settings()):
        for fact in reading.facts:
            bounds = fact.quantity.bounds
            place = fact.place.place.adcode if fact.place else None
            indicator = fact.indicator.text if fact.indicator else None
            numbers = (str(bounds.value), str(bounds.low), str(bounds.high))
            out[fact.quantity.kind, *numbers, fact.quantity.unit, indicator, place] += 1
    return out


def share_same(source: Source, reference: Source) -> float:
    """Share of the facts of both that the two have in common."""
    mine, theirs = find_facts(source), find_facts(reference)
    return (mine & theirs).total() / max(mine.total(), theirs.total(), 1)


def check_boxes(source: Source) -> None:
    """Every printed line stands in a box, every box holds one line."""
    covered = set()
    for box in source.boxes:
        assert "\n" not in source.text[box.start : box.end] and source.text[box.start : box.end].strip()
        assert box.left < box.right and box.top < box.bottom
        covered.update(range(box.start, box.end))
    assert all(c.isspace() or n in covered for n, c in enumerate(source.text))
