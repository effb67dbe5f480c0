"""Villages named behind their division stand for it afterwards."""

from __future__ import annotations

import pytest

from extractor.mention.place import find_places
from extractor.mention.place_alias import find_aliases, find_stems
from extractor.mention.place_resolve import PlaceContext, resolve_places
from extractor.mention.place_village import find_villages
from extractor.model import Published


def show(text: str) -> list[str]:
    places = resolve_places(text, find_places(text), PlaceContext(Published(2020)))
    villages = find_villages(text, places)
    found = find_aliases([*villages, *find_stems(text, villages, places)])
    assert all(text[span.start : span.end] for span, _ in found)
    return [f"{text[span.start : span.end]}={place.adcode}" for span, place in found]


CASES = [
    ("凤阳县柳塘村打井3眼。柳塘村又修桥1座。", ["柳塘村=341126"]),
    ("凤阳县柳塘村打井3眼。柳塘的井水清甜。", ["柳塘=341126"]),
    ("凤阳县柳塘社区打井3眼。柳塘社区又修桥。", ["柳塘社区=341126"]),
    ("凤阳县红旗大队打井3眼。红旗大队又修桥。", ["红旗大队=341126"]),
    ("凤阳县红星公社打井3眼。红星公社又修桥。", ["红星公社=341126"]),
    ("凤阳县柳家庄打井3眼。柳家庄又修桥。", ["柳家庄=341126"]),
    ("凤阳县柳塘村打井。正定县松坡村修桥。柳塘村种树，松坡村种瓜。", ["柳塘村=341126", "松坡村=130123"]),
    ("柳塘村打井3眼。凤阳县修桥。", []),
    ("凤阳县太平村打井3眼。太平洋上，天下太平。", []),
    ("凤阳县柳塘村打井3眼。柳塘饭店开业。", []),
    ("凤阳县柳塘农场打井3眼。柳塘农场又修桥。", ["柳塘农场=341126"]),
    ("凤阳县小溪河镇柳塘村打井3眼。柳塘村又修桥。", ["柳塘村=341126112"]),
    ("凤阳县各村打井3眼。各村又修桥。", []),
    ("凤阳县农村打井3眼。农村又修桥。", []),
    ("凤阳县全村打井3眼。全村又修桥。", []),
    ("凤阳县三个村打井3眼。三个村又修桥。", []),
    ("凤阳县村民打井3眼。村民又修桥。", []),
    ("凤阳县打井3眼。柳塘村又修桥。", []),
    ("凤阳县柳塘村打井3眼。", []),
    ("", []),
]


@pytest.mark.parametrize(("text", "expected"), CASES, ids=[case[0][:20] or "empty" for case in CASES])
def test_case(text: str, expected: list[str]) -> None:
    assert show(text) == expected


def test_the_name_behind_its_division_is_no_alias() -> None:
    text = "凤阳县柳塘村打井3眼。凤阳县柳塘村又修桥。"
    assert show(text) == []


def test_the_first_division_keeps_the_name() -> None:
    text = "凤阳县柳塘村打井。正定县柳塘村修桥。柳塘村种树。"
    assert show(text) == ["柳塘村=341126"]
