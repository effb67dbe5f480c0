"""Villages, brigades, communes: named places below the township without a code, and words that are none."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.lexicon.table import parse_table, read_table
from extractor.mention import PlaceContext, find_mentions
from extractor.mention.place import find_places
from extractor.mention.place_alias import find_stems
from extractor.mention.place_resolve import resolve_article_place, resolve_places
from extractor.mention.place_village import Village, find_villages
from extractor.model import Place, Published
from fact.case import read_facts
from support import ROOT, assert_linear

CASES = list(parse_table((ROOT / "tests" / "mention" / "village_cases.tsv").read_text("utf-8"), "village_cases.tsv"))


def search(text: str, year: int = 2020) -> tuple[list[Place], list[Village]]:
    context = PlaceContext(Published(year))
    places = resolve_places(text, find_places(text), context)
    villages = find_villages(text, places, resolve_article_place(text, places, context))
    villages = sorted([*villages, *find_stems(text, villages, places)], key=lambda village: village.span)
    return places, [village for village in villages if village.tail.record]


@pytest.mark.parametrize("row", CASES, ids=lambda row: row["text"])
def test_case(row: dict[str, str]) -> None:
    _, villages = search(row["text"], int(row["date"]))
    found = [village.to_place(row["text"]) for village in villages]
    assert ("；".join("/".join(place.path) for place in found) or "-") == row["expected"]
    assert all(place.adcode is None and place.place_id is None for place in found)


def test_cases_are_many() -> None:
    none = [row for row in CASES if row["expected"] == "-"]
    assert len(none) >= 40
    assert len(CASES) - len(none) >= 40


@pytest.mark.parametrize("row", read_table("place_village_tail.tsv"), ids=lambda row: row["tail"])
def test_tail_row(row: dict[str, str]) -> None:
    _, villages = search(row["example"])
    assert ("、".join(f"{v.name}={v.tail.level}" for v in villages) or "-") == row["expected"]


@pytest.mark.parametrize("row", read_table("place_village_word.tsv"), ids=lambda row: row["word"])
def test_word_row(row: dict[str, str]) -> None:
    _, villages = search(row["example"])
    assert ("、".join(v.name for v in villages) or "-") == row["expected"]


@pytest.mark.parametrize("row", read_table("place_village_slogan.tsv"), ids=lambda row: row["verb"])
def test_slogan_row(row: dict[str, str]) -> None:
    _, villages = search(row["example"])
    assert ("、".join(v.name for v in villages) or "-") == row["expected"]


@pytest.mark.parametrize("text", ["走访上兴村、李家兴村。", "走访陈家富村、刘美村。"])
def test_a_name_with_the_verb_of_a_slogan_is_a_village(text: str) -> None:
    _, villages = search(text)
    assert "、".join(v.name for v in villages) == text.removeprefix("走访").removesuffix("。")


def test_a_village_is_a_mention_beside_its_division() -> None:
    text = "凤阳县小溪河镇柳塘村打井3眼。"
    mentions = find_mentions(text, PlaceContext(Published(2020)))
    assert [place.text for place in mentions.places] == ["凤阳县小溪河镇"]
    [village] = mentions.villages
    assert (village.text, village.level, village.resolved_by) == ("柳塘村", "village", "village:behind")
    assert village.path == (*mentions.places[0].path, "柳塘村")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("凤阳县小溪河镇柳塘村打井3眼。", "小溪河镇"),
        ("凤阳县柳塘村打井3眼。", "凤阳县"),
        ("凤阳县修渠。柳塘村打井3眼。", "凤阳县"),
        ("凤阳县七一村打井3眼。", "凤阳县"),
    ],
)
def test_a_fact_keeps_the_division(text: str, expected: str) -> None:
    [fact] = read_facts(text)
    assert fact.quantity.text == "3眼"
    assert fact.place is not None and fact.place.name == expected


def test_a_village_is_not_the_place_of_its_article() -> None:
    mentions = find_mentions("凤阳县柳塘村通车\n柳塘村修桥。柳塘村打井。", PlaceContext(Published(2020)))
    assert mentions.article_place is not None and mentions.article_place.name == "凤阳县"


PIECES = [
    "凤阳县",
    "小溪河镇",
    "柳塘",
    "太平",
    "村",
    "社区",
    "大队",
    "公社",
    "、",
    "，",
    "。",
    "在",
    "的",
    "各",
    "农",
    "\n",
    "三",
    "12",
]


@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join), st.integers(1950, 2026))
def test_spans_are_exact_and_apart(text: str, year: int) -> None:
    places, villages = search(text, year)
    spans = sorted([*(place.span for place in places), *(village.span for village in villages)])
    assert all(one.end <= other.start for one, other in pairwise(spans))
    for village in villages:
        place = village.to_place(text)
        assert text[place.span.start : place.span.end] == place.text
        assert place.path[-1] == place.name


@pytest.mark.parametrize("unit", ["村", "凤阳县柳塘村、", "柳塘村。", "大队公社", "凤阳县", "甲乙丙丁村"])
def test_time_is_linear(unit: str) -> None:
    def run(count: int) -> None:
        search(unit * count)

    assert_linear(run, 500)
