"""The held-out pages: their gold is current and grounded in the texts."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from support import ROOT, SPACE, SPACE_OR_MARK, Plain

NAMES = ("heldout", "heldout2")
CORPORA = ROOT / "corpora"


def read_docs(name: str) -> list[Plain]:
    lines = (CORPORA / name / "gold" / f"{name}.gold.jsonl").read_text("utf-8").split("\n")
    return [json.loads(line) for line in lines if line]


DOCS = [(CORPORA / name / "pages", doc) for name in NAMES for doc in read_docs(name)]


def run_check(folder: Path, name: str, compiled: str) -> subprocess.CompletedProcess[str]:
    """`build_gold --check` on the held-out annotations and a compiled text, under the name that it looks for."""
    for annotation in (CORPORA / name / "gold").glob("*.ann"):
        (folder / annotation.name).write_bytes(annotation.read_bytes())
    (folder / "pages.gold.jsonl").write_text(compiled, "utf-8")
    pages = CORPORA / name / "pages"
    command = [sys.executable, str(ROOT / "scripts" / "build_gold"), "--gold", str(folder), "--pages", str(pages)]
    return subprocess.run([*command, "--check"], capture_output=True, encoding="utf-8", check=False)


def read_compiled(name: str) -> str:
    return (CORPORA / name / "gold" / f"{name}.gold.jsonl").read_text("utf-8")


@pytest.mark.parametrize("name", NAMES)
def test_gold_compiles_without_drift(name: str, tmp_path: Path) -> None:
    done = run_check(tmp_path, name, read_compiled(name))
    assert done.returncode == 0, done.stderr


def test_drift_is_seen(tmp_path: Path) -> None:
    assert run_check(tmp_path, "heldout", read_compiled("heldout").replace('"exact"', '"approx"', 1)).returncode == 1


@pytest.mark.parametrize("name", NAMES)
def test_every_page_has_gold(name: str) -> None:
    pages = sorted(page.name for page in (CORPORA / name / "pages").iterdir())
    assert sorted(doc["text_file"] for doc in read_docs(name)) == pages


@pytest.mark.parametrize(("pages", "doc"), DOCS, ids=lambda cell: cell["doc_id"] if isinstance(cell, dict) else "")
def test_spans_are_grounded_and_inside_articles(pages: Path, doc: Plain) -> None:
    source = (pages / doc["text_file"]).read_bytes().decode("utf-8")
    spans = [span for article in doc["articles"] for span in article["spans"]]
    ends = 0
    for fact in doc["facts"]:
        assert ends <= fact["start_char"], fact["text"]
        ends = fact["end_char"]
        assert any(start <= fact["start_char"] and ends <= end for start, end in spans), fact["text"]
    for key, blank in (("facts", SPACE), ("places", SPACE), ("programs", SPACE_OR_MARK)):
        for mention in doc.get(key, []):
            surface = source[mention["start_char"] : mention["end_char"]]
            assert blank.sub("", surface) == blank.sub("", mention["text"]) != ""


def test_forms_that_gold_accepts_stand_on_the_page() -> None:
    """Of the first set; the second also accepts forms that a reader puts together (县委书记 for 公社和县的书记)."""
    missing = []
    for pages, doc in DOCS:
        if pages.parent.name != "heldout":
            continue
        text = SPACE_OR_MARK.sub("", (pages / doc["text_file"]).read_text("utf-8"))
        for fact in doc["facts"]:
            for key in ("indicator_any", "period_any", "action_any", "program_any"):
                forms = [SPACE_OR_MARK.sub("", form) for form in fact.get(key, [])]
                missing += [(doc["doc_id"], fact["text"], key, form) for form in forms if form not in text]
    assert not missing
