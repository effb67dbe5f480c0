"""Every row of the program tables holds its own example."""

from __future__ import annotations

import pytest

from extractor.lexicon.table import Row, read_table
from extractor.mention.program import find_programs

TABLES = (
    "program_after.tsv",
    "program_before.tsv",
    "program_drive.tsv",
    "program_head.tsv",
    "program_national.tsv",
    "program_plain.tsv",
    "program_title.tsv",
)
TYPES = {"document", "project", "campaign", "mechanism", "brand"}
ROWS = [row for table in TABLES for row in read_table(table)]


def show(text: str) -> str:
    return "; ".join(f"{program.text}/{program.type}" for program in find_programs(text)) or "-"


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["_line"])
def test_example_gives_what_the_row_expects(row: Row) -> None:
    assert show(row["example"]) == row["expected"]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["_line"])
def test_types_are_those_of_the_contract(row: Row) -> None:
    assert row.get("type", "") in TYPES | {"", "none"}


def test_the_national_table_is_broad() -> None:
    assert len(read_table("program_national.tsv")) >= 120
