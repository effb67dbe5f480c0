"""docs/limits.md shows what is measured: every annotated document, sorted, and no better than it is."""

from __future__ import annotations

import re

import pytest

from extractor.evaluate import read_gold
from scripts.quality import BLIND, LAYERS, NAMES, Figures, add_up, find_worse, measure, read_figures, read_genres
from support import ROOT

LIMITS = (ROOT / "docs" / "limits.md").read_text("utf-8")
OWN = sorted((ROOT / "corpora").glob("*/*.gold.jsonl")) + sorted((ROOT / "corpora").glob("heldout*/gold/*.gold.jsonl"))


def find_documents() -> set[str]:
    names = set()
    for gold in OWN:
        set_ = "pages" if gold.parent.name == "gold" and gold.parents[1].name == "corpora" else gold.parents[1].name
        if set_ == "pages" or set_.startswith("heldout"):
            names |= {f"{set_}/{document['text_file']}" for document in read_gold(gold)}
    return names


def test_every_document_is_measured_and_sorted() -> None:
    measured = {row.key for row in read_figures()}
    documents = find_documents()
    assert len(documents) >= 30
    assert documents <= measured
    genres = read_genres()
    assert measured == set(genres)
    assert set(genres.values()) <= set(NAMES) - {"other"}


def test_the_page_is_no_better_than_what_is_measured() -> None:
    worse = find_worse(read_figures(), measure())
    assert not worse, "\n".join(worse)


def test_blind_figures_are_of_documents_that_are_there() -> None:
    """They are kept as they were: the first run is no more."""
    blind = {row.key: row for row in read_figures(BLIND)}
    assert blind and blind.keys() <= {row.key for row in read_figures()}
    total = add_up(blind.values(), lambda _: "all")["all"]
    assert f"{total.f1('fact'):.3f}" in LIMITS


def test_what_was_seen_is_said_of_every_set() -> None:
    sets = {row.set for row in read_figures()}
    told = re.findall(r"^\| ([\w, ]+) \| .* \|$", LIMITS, re.MULTILINE)
    assert sets <= {name for cell in told for name in cell.split(", ")}
    assert "0.847" in LIMITS and "0.804" in LIMITS


def make_figures(right: int, wrong: int) -> Figures:
    return Figures("own", "a.txt", "1958", right + wrong, dict.fromkeys(LAYERS, (right, wrong, wrong)))


@pytest.mark.parametrize(("right", "worse"), [(90, 0), (95, 0), (89, len(LAYERS)), (0, len(LAYERS))])
def test_what_has_become_worse_is_found(right: int, worse: int) -> None:
    assert len(find_worse([make_figures(91, 9)], [make_figures(right, 100 - right)])) == worse


def test_shares_are_those_of_the_counts() -> None:
    total = add_up([make_figures(3, 1), make_figures(3, 1)], lambda row: row.set)["own"]
    assert total.documents == 2 and total.facts == 8
    assert total.f1("fact") == pytest.approx(0.75)
    empty = Figures("own", "b.txt", "", 0, dict.fromkeys(LAYERS, (0, 0, 0)))
    assert add_up([empty], lambda row: row.set)["own"].f1("fact") is None


def test_what_formats_lose_is_what_is_tested() -> None:
    source = (ROOT / "tests" / "e2e" / "test_formats.py").read_text("utf-8")
    assert 'SAME = {"html": 1.0, "pdf": 1.0, "scan": 0.95}' in source
    assert "HTML and PDF give all the facts of the text, the scans at least 95 %" in LIMITS
