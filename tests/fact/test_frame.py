"""Each construction of the grammar gives the indicator and the action of its own example."""

from __future__ import annotations

from pathlib import Path

import pytest

from extractor import Settings, extract
from extractor.errors import LexiconError
from extractor.fact.frame import load_rows
from extractor.lexicon.table import Row, read_table

ROWS = read_table("frame.tsv")
HEADER = "rule\tpattern\tindicator\tkinds\texample\texpected\n"


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["rule"])
def test_example_gives_what_the_row_expects(row: Row) -> None:
    found = [
        f"{fact.rule} {fact.indicator.text if fact.indicator else '-'} / {fact.action.text if fact.action else '-'}"
        for fact in extract(row["example"]).facts
    ]
    assert f"frame.{row['rule']} {row['expected']}" in found


def test_rows_compile_to_one_pattern_each() -> None:
    rows = load_rows()
    assert len(rows) == len(ROWS)
    assert {row["indicator"] for row in ROWS} <= {"", "topic", "none"}
    kinds = {kind for row in ROWS for kind in row["kinds"].split()}
    assert kinds <= {"count", "money", "measure", "ratio", "rank", "thing", "person", "event"}


def test_any_quantity_has_a_frame() -> None:
    assert (ROWS[-1]["rule"], ROWS[-1]["pattern"]) == ("topic", "q:Q")


def overlay(folder: Path, row: str) -> Path:
    (folder / "frame.tsv").write_text(HEADER + row, "utf-8")
    return folder


WRONG = [
    ("bad\tq:Q x:NP\t\t\t三个\t-\n", "pattern element 'x:NP'"),
    ("bad\tq:Q np\t\t\t三个\t-\n", "pattern element 'np'"),
    ("bad\ti:NP Q\t\t\t三个\t-\n", "one q: element"),
    ("bad\tq:Q q:Q\t\t\t三个\t-\n", "one q: element"),
]


@pytest.mark.parametrize(("row", "message"), WRONG)
def test_a_wrong_pattern_names_its_row(tmp_path: Path, row: str, message: str) -> None:
    with pytest.raises(LexiconError, match=rf"frame\.tsv:2: .*{message}"):
        load_rows(overlay(tmp_path, row))


def test_a_user_may_take_a_construction_away(tmp_path: Path) -> None:
    names = {row.rule for row in load_rows(overlay(tmp_path, "-of_noun\n"))}
    assert {row["rule"] for row in ROWS} - names == {"of_noun"}


def test_a_user_may_take_all_constructions_away(tmp_path: Path) -> None:
    rows = "".join(f"-{row['rule']}\n" for row in ROWS)
    facts = extract("县水利局建成水厂6座。", settings=Settings(lexicon=overlay(tmp_path, rows))).facts
    assert [(fact.rule, fact.quantity.text, fact.indicator) for fact in facts] == [("frame.none", "6座", None)]
