"""Which place a fact belongs to: clause heads, topics, lists, coreferences, names that are only a goal."""

from __future__ import annotations

import pytest

from extractor.lexicon.table import read_table
from fact.case import read_facts, to_params

CASES = [
    # text, "quantity place basis" of each fact
    ("凤阳县新挖水渠18公里。", ["18公里 凤阳县 mention"]),
    ("今年，凤阳县新挖水渠18公里，打井46眼。", ["18公里 凤阳县 mention", "46眼 凤阳县 mention"]),
    ("凤阳县挖渠。该县今年打井46眼。", ["46眼 凤阳县 coreference"]),
    ("凤阳县今年兴修水利。全县打井46眼。", ["46眼 凤阳县 coreference"]),
    ("凤阳县今年兴修水利。乡亲们打井46眼。", ["46眼 凤阳县 article"]),
    ("凤阳县挖渠18公里。定远县挖渠26公里。", ["18公里 凤阳县 mention", "26公里 定远县 mention"]),
    ("凤阳县挖渠18公里，定远县挖渠26公里。", ["18公里 凤阳县 mention", "26公里 定远县 mention"]),
    ("凤阳县挖渠18公里、定远县26公里。", ["18公里 凤阳县 mention", "26公里 定远县 mention"]),
    (
        "滁州市今年挖渠860公里，其中凤阳县180公里、定远县260公里。",
        ["860公里 滁州市 mention", "180公里 凤阳县 mention", "260公里 定远县 mention"],
    ),
    ("滁州市今年造林。凤阳县造林1.2万亩。定远县造林2.6万亩。", ["1.2万亩 凤阳县 mention", "2.6万亩 定远县 mention"]),
    ("滁州市今年造林。在凤阳县，造林1.2万亩。群众植树46万株。", ["1.2万亩 凤阳县 article", "46万株 凤阳县 article"]),
    ("凤阳县小溪河镇挖渠18公里。镇里又打井46眼。", ["18公里 小溪河镇 mention", "46眼 小溪河镇 article"]),
    ("凤阳县小溪河镇挖渠18公里。该镇打井46眼。", ["18公里 小溪河镇 mention", "46眼 小溪河镇 coreference"]),
    ("在凤阳县小溪河镇，46名干部驻村。", ["46名 小溪河镇 article"]),
    ("凤阳县柳塘村挖渠18公里。柳塘村打井3眼。", ["18公里 凤阳县 mention", "3眼 凤阳县 coreference"]),
    ("凤阳县组织民工460名到定远县筑堤。", ["460名 凤阳县 mention"]),
    ("凤阳县向定远县赠送树苗460株。", ["460株 凤阳县 mention"]),
    ("凤阳县果品销往上海市36万斤。", ["36万斤 凤阳县 mention"]),
    ("凤阳县今年造林1.2万亩，比定远县多造3000亩。", ["1.2万亩 凤阳县 mention", "3000亩 凤阳县 mention"]),
    ("凤阳县距定远县46公里。", ["46公里 凤阳县 mention"]),
    ("记者从凤阳县了解到，全县打井46眼。", ["46眼 凤阳县 coreference"]),
    ("安徽省去年造林860万亩。凤阳县造林1.2万亩。", ["860万亩 安徽省 mention", "1.2万亩 凤阳县 mention"]),
    ("凤阳县、定远县、来安县等3个县挖渠。", ["3个 滁州市 mention"]),
    (
        "凤阳县、定远县、来安县等3个县挖渠86公里。",
        ["3个 滁州市 mention", "86公里 滁州市 mention"],
    ),
    ("凤阳、定远和来安等县挖渠86公里。", ["86公里 滁州市 mention"], "a list before 等县 is not read as one"),
    ("凤阳县和定远县分别挖渠18公里和26公里。", ["18公里 凤阳县 mention", "26公里 定远县 mention"]),
    (
        "凤阳县、定远县、来安县分别挖渠18公里、26公里和32公里。",
        ["18公里 凤阳县 mention", "26公里 定远县 mention", "32公里 来安县 mention"],
    ),
    ("全国有46个县通了铁路。", ["46个 - -"]),
    ("新挖水渠18公里。", ["18公里 - -"]),
]


@pytest.mark.parametrize(("text", "expected"), to_params(CASES, 2))
def test_case(text: str, expected: list[str]) -> None:
    facts = read_facts(text)
    assert [
        f"{f.quantity.text} {f.place.name if f.place else '-'} {f.place.basis if f.place else '-'}" for f in facts
    ] == expected


@pytest.mark.parametrize("word", [row["surface"] for row in read_table("direction.tsv")])
def test_a_name_behind_a_word_of_direction_does_not_rule(word: str) -> None:
    [fact] = read_facts(f"凤阳县今年办实事。全县群众{word}定远县运送树苗460株。")
    assert fact.place is not None and fact.place.name == "凤阳县"


def test_a_new_paragraph_forgets_the_topic() -> None:
    head = "滁州市今年造林\n　　本报滁州讯 滁州市今年造林忙。"
    same = read_facts(head + "凤阳县抓得早。群众植树46万株。\n")
    other = read_facts(head + "凤阳县抓得早。\n　　群众植树46万株。\n")
    assert [f.place.name for f in same if f.place] == ["凤阳县"]
    assert [f.place.name for f in other if f.place] == ["滁州市"]


def test_the_place_record_is_whole() -> None:
    [fact] = read_facts("凤阳县小溪河镇打井46眼。")
    place = fact.place
    assert place is not None
    assert (place.name, place.level, place.basis) == ("小溪河镇", "township", "mention")
    assert list(place.path)[:3] == ["安徽省", "滁州市", "凤阳县"]
    assert place.adcode is not None and place.adcode.startswith("341126")
