"""Bodies, titles, kickers and datelines of the development gold; skipped where it is not at hand."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from extractor.article import split_articles
from extractor.page import split_page
from extractor.read import read_source
from extractor.settings import Settings

SHARED = Path(__file__).resolve().parents[2] / "../shared"
FOLDERS = {"eval/seed.gold.jsonl": "seed", "eval/dev.gold.jsonl": "eval/texts"}


def _documents() -> list[Any]:
    out = []
    for gold, folder in FOLDERS.items():
        path = SHARED / gold
        if path.is_file():
            rows = [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]
            out += [pytest.param(row, SHARED / folder / row["text_file"], id=row["doc_id"]) for row in rows]
    return out or [pytest.param(None, None, marks=pytest.mark.skip(reason="no gold here"))]


@pytest.mark.parametrize(("document", "path"), _documents())
def test_gold_articles(document: dict[str, Any], path: Path) -> None:
    source = read_source(str(path), Settings())
    articles = split_articles(source, split_page(source))
    assert len(articles) == len(document["articles"])
    for gold in document["articles"]:
        want = {i for s, e in gold["spans"] for i in range(s, e) if not source.text[i].isspace()}
        shares = []
        for article in articles:
            got = {i for s, e in article.spans for i in range(s, e) if not source.text[i].isspace()}
            shares.append(len(want & got) / len(want | got))
        best = articles[shares.index(max(shares))]
        assert max(shares) >= 0.95
        assert re.sub(r"\s", "", best.title or "") == re.sub(r"\s", "", gold["title"] or "")
        assert best.kicker == gold["kicker"]
        assert best.kind == gold["kind"]
        dateline = best.text.text[best.dateline.start : best.dateline.end] if best.dateline else None
        assert dateline == gold["dateline"]
