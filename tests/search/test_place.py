"""Places by name, code and path, over time, with all that lies in them."""

from __future__ import annotations

import pytest

from extractor.search import Question, search
from extractor.search.place import find_paths, resolve_place, split_name
from extractor.store import Connection


@pytest.mark.parametrize(
    "place",
    [
        "即墨",
        "即墨县",
        "即墨市",
        "即墨区",
        "370282",
        "370215",
        "青岛市/即墨区",
        "山东省/青岛市/即墨",
        "山东省青岛市即墨区",
        "卽墨",
    ],
)
def test_one_county_under_all_its_names(few: Connection, place: str) -> None:
    days = {(hit.day or "")[:4] for hit in search(few, Question(place=place, sort="date")).hits}
    assert days == {"1985", "1995", "2020"}


@pytest.mark.parametrize("place", ["山东", "山东省", "37", "3702", "370200", "青岛市", "山东/青岛"])
def test_all_that_lies_in_it(few: Connection, place: str) -> None:
    found = search(few, Question(place=place, limit=100))
    assert {(hit.day or "")[:4] for hit in found.hits} >= {"1985", "1995", "2020"}
    assert any("温泉街道" in "/".join(hit.fact.place.path) for hit in found.hits if hit.fact.place)


def test_township_by_name_and_below_a_path(few: Connection) -> None:
    alone = search(few, Question(place="温泉街道"))
    assert alone.total == search(few, Question(place="即墨区/温泉街道")).total > 0
    assert search(few, Question(place="金乡县/温泉街道")).total == 0


def test_village_without_a_code(connection: Connection) -> None:
    rows = list(connection.query("SELECT name, path FROM place WHERE level = 'village' AND path LIKE '%/%/%'"))
    assert rows
    for name, path in rows:
        assert search(connection, Question(place=name)).total == search(connection, Question(place=path)).total


def test_unknown_places_are_told(few: Connection) -> None:
    page = search(few, Question(place="无名小村"))
    assert (page.total, page.hits, page.cursor) == (0, (), None)
    assert "无名小村" in page.notes[0]
    assert search(few, Question(place="北京市")).notes == ()


def test_names_that_several_bear() -> None:
    assert len(resolve_place("鼓楼区").identities) > 1
    (one,) = resolve_place("江苏省/鼓楼区").identities[:1]
    assert any(path.startswith("江苏省/") for path in find_paths(one))
    assert split_name("河北省桥西区") == ["河北省", "桥西区"]
    assert split_name("山东济宁金乡") == ["山东", "济宁", "金乡"]
    assert split_name("无此地") == ["无此地"]
