"""Every rule row of a lexicon table carries its own example and what is expected of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from extractor.lexicon.table import parse_table
from support import ROOT

# Tables that only list words, their classes or weights: there is no rule to show at work.
WORD_LISTS = frozenset({"actor.tsv", "confidence.tsv", "direction.tsv", "unit_guard.tsv", "word.tsv"})
# Tables of what is not to be found: an example shows the stretch, and nothing is expected of it.
GUARDS = frozenset({"period_guard.tsv"})
ELSEWHERE = frozenset({"gazetteer", "serve"})  # names of divisions, texts of the page
TABLES = sorted(
    path for path in (ROOT / "extractor").rglob("*.tsv") if not ELSEWHERE & set(path.relative_to(ROOT).parts)
)


@pytest.mark.parametrize("path", TABLES, ids=lambda path: path.name)
def test_every_row_has_example_and_expected(path: Path) -> None:
    rows = list(parse_table(path.read_text("utf-8"), path.name))
    assert rows
    if path.name in WORD_LISTS:
        return
    columns = ["example"] if path.name in GUARDS else ["example", "expected"]
    assert set(columns) <= rows[0].keys(), f"{path.name} has columns {sorted(rows[0])}"
    bare = [row["_line"] for row in rows if not all(row[column] for column in columns)]
    assert not bare, f"rows without {' or '.join(columns)}: {bare}"


def test_word_lists_are_tables_that_exist() -> None:
    assert {path.name for path in TABLES} >= WORD_LISTS | GUARDS
