"""Every rule row of a lexicon table carries its own example and what is expected of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from extractor.lexicon.table import parse_table
from support import ROOT

# Tables that only list words or map one name to another: there is no rule to show at work.
WORD_LISTS: frozenset[str] = frozenset()
TABLES = sorted(path for path in (ROOT / "extractor").rglob("*.tsv") if "gazetteer" not in path.relative_to(ROOT).parts)


@pytest.mark.parametrize("path", TABLES, ids=lambda path: path.name)
def test_every_row_has_example_and_expected(path: Path) -> None:
    rows = list(parse_table(path.read_text("utf-8"), path.name))
    assert rows
    if path.name in WORD_LISTS:
        return
    assert {"example", "expected"} <= rows[0].keys(), f"{path.name} has columns {sorted(rows[0])}"
    bare = [row["_line"] for row in rows if not row["example"] or not row["expected"]]
    assert not bare, f"rows without example or expected: {bare}"


def test_word_lists_are_tables_that_exist() -> None:
    assert {path.name for path in TABLES} >= WORD_LISTS
