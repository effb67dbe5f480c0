"""Which place 我县, 全县, 县委 stand for where the names in the text are wider or of other counties."""

from __future__ import annotations

import pytest

from extractor.mention.place import find_places
from extractor.mention.place_resolve import PlaceContext, resolve_article_place, resolve_places
from extractor.model import Published

CASES = [
    # text, year, newspaper, adcode of the article's place
    ("江西省委召开会议以后，我县修塘三百口。弋阳火车站运来水泥，供应赣州、吉安两市。", 1958, None, "362326"),
    ("江西省委召开会议以后，我县修塘三百口。", 1958, None, None),
    ("江西省委召开会议以后，我县修塘三百口。", 1958, "于都报", "362132"),
    ("贵州省委来电祝贺。全县播种油菜九万亩。县委派出干部四十人。息烽的公路修通了。", 1959, None, "522523"),
    ("贵州省委来电祝贺。全县播种油菜九万亩。", 1959, None, "520000"),
    ("贵州省三级干部会后，全省播种油菜九百万亩，息烽县委带头，全县播种九万亩。", 1959, None, "520000"),
    ("我县干部到息烽县参观，又到开阳县学习，贵州省委派人同行。", 1959, None, None),
    ("全县通车里程八十公里，比相邻的息烽县多三里。", 2003, "开阳报", "520122"),
    ("我县通车里程八十公里，比相邻的息烽县多三里。", 2003, "开阳报", "520121"),
    ("我市通车里程八十公里，比相邻的息烽县多三里。", 2003, "开阳报", "520122"),
    ("新会县改种晚稻。全县插秧完毕。", 1961, "新会报", "442726"),
    ("全县插秧完毕，县委派人检查。", 1961, "新会农民", "442726"),
    ("全县插秧完毕。", 1961, "平安通讯录", None),
]


@pytest.mark.parametrize(("text", "year", "newspaper", "adcode"), CASES)
def test_voice(text: str, year: int, newspaper: str | None, adcode: str | None) -> None:
    context = PlaceContext(Published(year), newspaper=newspaper)
    place = resolve_article_place(text, resolve_places(text, find_places(text), context), context)
    assert (place.adcode if place else None) == adcode
