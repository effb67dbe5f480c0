"""Every row of the read stage's tables does what its example says."""

from __future__ import annotations

import re

import pytest

from extractor.lexicon.table import Row, read_table
from extractor.read.date import fold_width, to_published
from extractor.read.header import find_header, parse_label
from extractor.read.masthead import find_masthead, parse_masthead


def rows(name: str) -> list[pytest.param]:  # type: ignore[valid-type]
    return [pytest.param(row, id=row["_line"]) for row in read_table(name)]


@pytest.mark.parametrize("row", rows("header_date.tsv"))
def test_date_form(row: Row) -> None:
    match = re.search(row["pattern"], fold_width(row["example"]))
    assert match is not None
    date = to_published(match, "option")
    assert date is not None
    parts = [f"{part:02d}" for part in (date.year, date.month, date.day) if part is not None]
    assert "-".join(parts) == row["expected"]


@pytest.mark.parametrize("row", rows("header.tsv"))
def test_label(row: Row) -> None:
    role, _, value = row["expected"].partition(" ")
    assert role == row["role"]
    example = row["example"]
    if role == "tail":
        hidden = find_header(f"全县植树。\n{example}\n＠①左木右土\n").hidden
        assert [span.start for span in hidden] == [6]
    elif example.startswith("【"):
        parsed = parse_label(example)
        assert parsed is not None
        assert (parsed[0], example[parsed[1] :]) == (role, value)
    else:
        items = parse_masthead(f"第3版 {example}")  # a line of authors alone is none
        assert items is not None
        assert items[1].match["value"] == value


@pytest.mark.parametrize("row", rows("paper.tsv"))
def test_paper(row: Row) -> None:
    below = "" if row["where"] == "any" else "1961年8月9日\n"
    assert (find_masthead(f"{row['example']}\n{below}").newspaper or "none") == row["expected"]


@pytest.mark.parametrize("row", rows("paper_item.tsv"))
def test_item(row: Row) -> None:
    match = re.match(row["pattern"], row["example"])
    assert match is not None
    assert match.end() > 0
    assert row["expected"] == row["role"]
    dated = row["role"] in ("date_mark", "spoken")
    items = parse_masthead(f"2003年6月9日 {row['example']}" if dated else row["example"])
    assert items is not None
    assert row["role"] in {item.role for item in items}
