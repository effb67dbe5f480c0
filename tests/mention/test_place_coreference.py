"""全县, 我市, 该镇, 县委: found, and lifted to the place they mean."""

from __future__ import annotations

import pytest

from extractor.lexicon.table import read_table
from extractor.mention.coreference import find_coreferences, lift
from extractor.mention.place import find_places
from extractor.mention.place_resolve import PlaceContext, resolve_places
from extractor.model import Place, Published


def resolve(text: str, year: int = 2020) -> Place:
    return resolve_places(text, find_places(text), PlaceContext(Published(year)))[0]


@pytest.mark.parametrize("row", read_table("place_coreference.tsv"), ids=lambda row: row["rule"])
def test_row(row: dict[str, str]) -> None:
    found = [f"{c.text}={c.level or 'same'}" for c in find_coreferences(row["example"])]
    assert found == [row["expected"]]
    assert {c.rule for c in find_coreferences(row["example"])} == {row["rule"]}


@pytest.mark.parametrize(
    "text", ["安全县区创建", "中共临朐县委开会", "完全省力", "全区别对待", "健全市场机制", "全市民众"]
)
def test_none(text: str) -> None:
    assert find_coreferences(text) == []


@pytest.mark.parametrize(
    ("text", "level", "name"),
    [
        ("临朐县", "county", "临朐县"),
        ("临朐县", "city", "潍坊市"),
        ("临朐县", "prefecture", "潍坊市"),
        ("临朐县", "province", "山东省"),
        ("临朐县", "township", None),
        ("临朐县", None, "临朐县"),
        ("潍坊市", "county", None),
        ("江阴市", "city", "江阴市"),
        ("江阴市", "prefecture", "无锡市"),
        ("临朐县九山镇", "county", "临朐县"),
        ("临朐县九山镇", "township", "九山镇"),
        ("天津市河西区", "district", "河西区"),
        ("天津市河西区", "city", "天津市"),
        ("广西桂林市", "district", "广西壮族自治区"),
        ("苏州工业园区", "district", "苏州工业园区"),
        ("苏州工业园区", "city", "苏州市"),
        ("山东省", "county", None),
    ],
)
def test_lift(text: str, level: str | None, name: str | None) -> None:
    place = lift(resolve(text), level)
    assert (place.name if place else None) == name


def test_lift_keeps_the_forms_of_the_date() -> None:
    place = lift(resolve("临朐县", 1980), "prefecture")
    assert place is not None and (place.adcode, place.path) == ("372200", ("山东省", "昌潍地区"))
