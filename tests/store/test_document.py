"""Records to rows: what is shared is kept once, numbers fit, dates to filter by."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractor.store.document import to_year_and_day
from extractor.store.row import COLUMNS, to_json_list, to_place_row
from sample import pages, print_page
from schemas import PlaceRecord
from store_case import read_all, read_rows

LISTS = {
    name: f"{name}s" for name in ("article", "sentence", "fact", "place_mention", "program_mention", "period_mention")
}


@pytest.mark.parametrize(("table", "name"), LISTS.items())
def test_rows_are_as_long_as_the_columns(table: str, name: str) -> None:
    rows = [row for document in read_all() for row in getattr(document, name)]
    assert rows and {len(row) for row in rows} == {len(COLUMNS[table])}
    for document in read_all():
        assert len(document.document) == len(COLUMNS["document"]) - 2
        assert {len(row) for row in document.places} <= {len(COLUMNS["place"]) - 1}


@given(pages(), st.integers(8, 40))
@settings(max_examples=20)
def test_numbers_within_a_document_point_at_rows(items: list[tuple[str, list[str]]], width: int) -> None:
    rows = read_rows("page.txt", print_page(items, width), "2020-05-01")
    assert [row[0] for row in rows.articles] == list(range(len(rows.articles)))
    assert [row[0] for row in rows.sentences] == list(range(len(rows.sentences))) and len(rows.sentence_tokens) == len(
        rows.sentences
    )
    assert len(rows.article_tokens) == len(rows.articles)
    assert len(set(rows.places)) == len(rows.places)
    for fact in rows.facts:
        _, article, sentence, place = fact[:4]
        assert 0 <= article < len(rows.articles) and rows.sentences[sentence][1] == article
        assert place is None or 0 <= place < len(rows.places)
    spans = [(row[1], row[2], row[3]) for row in rows.sentences]
    assert len(set(spans)) == len(spans)


def test_one_sentence_proves_several_facts() -> None:
    rows = read_rows("canal.txt")
    assert len(rows.sentences) < len(rows.facts)


def test_the_same_article_twice_on_a_page() -> None:
    """They share an id; each holds what stands in it, so that one of them can be left out of counts."""
    text = "水渠通到各村\n\n　　本报讯 兴国县整修水渠35公里，实施“清水进村”工程。今年以来，投资120万元。\n"
    rows = read_rows("twice.txt", text + "\n\n" + text, "2020-05-01")
    assert len(rows.articles) == 2 and len({row[3] for row in rows.articles}) == 1
    for mentions in (rows.place_mentions, rows.program_mentions, rows.period_mentions, [r[1:] for r in rows.facts]):
        assert [row[0] for row in mentions] == [0] * (len(mentions) // 2) + [1] * (len(mentions) // 2) != []


@pytest.mark.parametrize(
    ("date", "expected"),
    [
        (None, (None, None)),
        ("1958", (1958, "1958-12-31")),
        ("1974-07", (1974, "1974-07-31")),
        ("2024-02", (2024, "2024-02-29")),
        ("1900-02", (1900, "1900-02-28")),
        ("2024-07-15", (2024, "2024-07-15")),
    ],
)
def test_year_and_day(date: str | None, expected: tuple[int | None, str | None]) -> None:
    assert to_year_and_day(date) == expected


@pytest.mark.parametrize(
    ("adcode", "codes"),
    [
        ("340000", ("340000", None, None)),
        ("341100", ("340000", "341100", None)),
        ("341124", ("340000", "341100", "341124")),
        ("341124101", ("340000", "341100", "341124")),
        (None, (None, None, None)),
    ],
)
def test_codes_of_the_divisions_above(adcode: str | None, codes: tuple[str | None, ...]) -> None:
    place = PlaceRecord(
        doc="a",
        text="全椒",
        start_char=0,
        end_char=2,
        article_id="0" * 16,
        adcode=adcode,
        place_id=None,
        name="全椒县",
        level="county",
        path=("安徽省", "全椒县"),
        resolved_by="only",
    )
    row = to_place_row(place)
    assert row[4:6] == ("安徽省/全椒县", "安徽省") and row[6:] == codes


def test_lists_are_json() -> None:
    assert to_json_list((1.0, 2.5, 1e-3, 1234567.25)) == "[1,2.5,0.001,1234567.25]"
    assert to_json_list(None) is None
    for document in read_all():
        for row in document.articles:
            cells = dict(zip(COLUMNS["article"], row, strict=True))
            assert all(start < end for start, end in json.loads(cells["spans"]))
            assert isinstance(json.loads(cells["byline"]), list)
