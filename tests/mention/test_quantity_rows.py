"""Every row of the number tables holds its own example."""

from __future__ import annotations

import unicodedata
from decimal import Decimal

import pytest

from extractor.lexicon.table import Row, read_table
from mention.case import read_quantities, show_all

TABLES = (
    "classifier",
    "money",
    "measure",
    "ratio",
    "qualifier",
    "exclusion",
    "rank",
    "idiom",
    "numeral_word",
    "unit_sense",
    "unit_part",
)
FACTS = [row for table in TABLES for row in read_table(f"{table}.tsv") if row["expected"] != "-"]
NONE = [row for table in TABLES for row in read_table(f"{table}.tsv") if row["expected"] == "-"]


@pytest.mark.parametrize("row", FACTS, ids=lambda row: row["_line"])
def test_example_gives_what_the_row_expects(row: Row) -> None:
    kind, value, unit, modifier = (*row["expected"].split(), "exact")[:4]
    found = read_quantities(row["example"])
    assert any(
        (q.kind, q.unit or "-", q.bounds.modifier) == (kind, unit, modifier) and q.bounds.value == Decimal(value)
        for q in found
    ), show_all(found)


def test_examples_without_a_quantity_give_none() -> None:
    wrong = [
        f"{row['_line']} {row['example']} {show_all(found)}"
        for row in NONE
        if (found := read_quantities(row["example"]))
    ]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("table", TABLES)
def test_every_row_has_an_example(table: str) -> None:
    assert [row["_line"] for row in read_table(f"{table}.tsv") if not row["example"] or not row["expected"]] == []


@pytest.mark.parametrize("table", ["classifier", "money", "measure", "ratio", "qualifier", "idiom", "numeral_word"])
def test_the_example_shows_its_surface(table: str) -> None:
    rows = read_table(f"{table}.tsv")
    assert [row["_line"] for row in rows if normalise(row["surface"]) not in normalise(row["example"])] == []


def normalise(text: str) -> str:
    return unicodedata.normalize("NFKC", text)
