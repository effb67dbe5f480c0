"""Every row of the layout lexicons does to its example what it says."""

from __future__ import annotations

import pytest

from extractor.article.credit import parse_names
from extractor.layout_rule import count_masthead, find_dateline, find_role, is_name, is_role
from extractor.lexicon.table import Row, read_table

FURNITURE = {"separator", "folio", "jump", "code", "date", "label", "author", "mark", "footer", "footer_line"}


def _id(row: Row) -> str:
    return row["_line"]


@pytest.mark.parametrize("row", read_table("layout.tsv"), ids=_id)
def test_line_role(row: Row) -> None:
    assert row["expected"] == row["role"]
    if row["role"] in FURNITURE:
        assert find_role(row["example"]) == row["expected"]
    else:
        assert is_role(row["example"], row["expected"])


@pytest.mark.parametrize("row", read_table("dateline.tsv"), ids=_id)
def test_dateline(row: Row) -> None:
    found = find_dateline(row["example"], 0, len(row["example"]))
    assert found is not None
    assert row["example"][found[0] : found[1]] == row["expected"]


@pytest.mark.parametrize("row", read_table("masthead.tsv"), ids=_id)
def test_masthead_pieces(row: Row) -> None:
    assert count_masthead(row["example"])[0] == int(row["expected"])


@pytest.mark.parametrize("row", read_table("layout_role.tsv"), ids=_id)
def test_reporter_word(row: Row) -> None:
    assert parse_names(row["example"]) == [row["expected"]]


@pytest.mark.parametrize("row", read_table("layout_surname.tsv"), ids=_id)
def test_surname(row: Row) -> None:
    assert is_name(row["example"]) == (row["expected"] == "yes")


@pytest.mark.parametrize(
    "text",
    [
        "本报通讯员队伍不断壮大",
        "本报记者从县委获悉，",
        "新华社记者到村里采访",
        "电厂今年发电30亿千瓦时",
        "本报热线电话一天响了80次",
    ],
)
def test_no_dateline(text: str) -> None:
    assert find_dateline(text, 0, len(text)) is None


@pytest.mark.parametrize("text", ["全县粮食连年丰收", "1500余人参加", "三是加强督查", "28.6公里，", "县报发行站"])
def test_text_of_the_page_has_no_furniture_role(text: str) -> None:
    assert find_role(text) is None


@pytest.mark.parametrize("text", ["节选", "河口镇", "全面加强管理", "A组"])
def test_not_a_name(text: str) -> None:
    assert not is_name(text)
