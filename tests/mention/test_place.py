"""Place names: found where they stand and only there, with the code of the date."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.gazetteer import load_gazetteer
from extractor.lexicon.table import parse_table, read_table
from extractor.mention.place import find_places
from extractor.mention.place_resolve import PlaceContext, resolve_article_place, resolve_places
from extractor.model import Place, Published
from extractor.text import BodySpan
from support import ROOT, assert_linear

CASES = list(parse_table((ROOT / "tests" / "mention" / "place_cases.tsv").read_text("utf-8"), "place_cases.tsv"))
LEXICON = [
    (table, row) for table in ("place_word.tsv", "place_guard.tsv", "place_tail.tsv") for row in read_table(table)
]


def resolve(text: str, context: PlaceContext) -> list[Place]:
    return resolve_places(text, find_places(text), context)


@pytest.mark.parametrize("row", CASES, ids=lambda row: f"{row['text']}@{row['date']}")
def test_case(row: dict[str, str]) -> None:
    places = resolve(row["text"], PlaceContext(Published(int(row["date"]))))
    assert ("；".join(f"{p.text}={p.adcode or 'null'}" for p in places) or "-") == row["expected"]


def test_cases_are_many() -> None:
    none = [row for row in CASES if row["expected"] == "-"]
    assert len(none) >= 80
    assert len(CASES) - len(none) >= 150


@pytest.mark.parametrize(("table", "row"), LEXICON, ids=[f"{table}:{row['_line']}" for table, row in LEXICON])
def test_lexicon_row(table: str, row: dict[str, str]) -> None:
    assert ("、".join(name.text for name in find_places(row["example"])) or "-") == row["expected"], table


PIECES = [
    "江苏省",
    "无锡",
    "江阴市",
    "鼓楼区",
    "合作",
    "东方",
    "、",
    "，",
    "。",
    "县委",
    "在",
    "的",
    "镇",
    "路",
    "九山镇",
    "\n",
    "12",
]


@given(st.lists(st.sampled_from(PIECES), max_size=30).map("".join), st.integers(1949, 2026))
def test_spans_are_exact_and_apart(text: str, year: int) -> None:
    places = resolve(text, PlaceContext(Published(year)))
    end = 0
    for place in places:
        assert text[place.span.start : place.span.end] == place.text
        assert place.span.start >= end
        end = place.span.end
        assert place.path[-1:] == ((place.name,) if place.path else ())
        assert place.adcode is None or len(place.adcode) in (6, 9)


@given(st.text(max_size=200))
def test_any_text(text: str) -> None:
    for name in find_places(text):
        assert text[name.span.start : name.span.end] == name.text


@pytest.mark.parametrize("unit", ["1", "“", "无锡市", "朝阳区、", "东方、", "北京市、鼓楼区、", "城关镇，", "海淀、"])
def test_time_is_linear(unit: str) -> None:
    def run(count: int) -> None:
        text = unit * count
        resolve_article_place(text, resolve(text, PlaceContext()), PlaceContext())

    assert_linear(run, 1_000)


CONTEXT_CASES = [
    # text, newspaper, expected code of the last mention
    ("鼓楼区修了便民桥。", "徐州日报", "320302"),
    ("鼓楼区修了便民桥。", "大众日报", None),
    ("鼓楼区修了便民桥。", None, None),
    ("福州市召开会议。鼓楼区修了便民桥。", None, "350102"),
    ("桥西区清雪。", "张家口日报", "130703"),
]


@pytest.mark.parametrize(("text", "newspaper", "code"), CONTEXT_CASES)
def test_context_decides(text: str, newspaper: str | None, code: str | None) -> None:
    assert resolve(text, PlaceContext(Published(2020), newspaper=newspaper))[-1].adcode == code


def test_page_places_decide() -> None:
    page = tuple(resolve("江苏省徐州市", PlaceContext(Published(2020))))
    assert resolve("鼓楼区修了便民桥", PlaceContext(Published(2020), page_places=page))[0].adcode == "320302"


def test_day_decides_in_the_year_of_a_change() -> None:
    [row] = [r for r in CASES if r["text"] == "北京市宣武区" and r["date"] == "2009"]
    assert row["expected"] == "北京市宣武区=110104"
    before = resolve("昌平办节", PlaceContext(Published(1999, 3, 1)))
    after = resolve("昌平办节", PlaceContext(Published(1999, 12, 1)))
    assert [p.name for p in before + after] == ["昌平县", "昌平区"]


def test_one_identity_over_time() -> None:
    found = {
        resolve(text, PlaceContext(Published(year)))[0].place_id
        for text, year in (("章丘县", 1984), ("章丘市", 2000), ("章丘区", 2020), ("章丘县", 2020))
    }
    assert len(found) == 1 and None not in found


ARTICLE_CASES = [
    # head, dateline, body, year, expected
    ("无锡市修通环湖路", "", "今年，全市修路。", 2020, "320200"),
    ("修通环湖路", "本报无锡讯", "今年，修路三条。", 2020, "320200"),
    ("修通环湖路", "本报无锡讯", "近日，江阴市修通公路。江阴市还建了桥。", 2020, "320281"),
    ("江阴市修通公路", "本报北京讯", "江阴市与宜兴市合作修路。", 2020, "320281"),
    ("两地修通公路", "", "江阴市与宜兴市今年共同修路。", 2020, "320200"),
    ("全国修路忙", "本报北京讯", "今年，全国修路。", 2020, None),
    ("各地修路忙", "", "江阴市、临朐县、海口市今年都修了路。", 2020, None),
    ("", "", "临朐县九山镇修了路。临朐县冶源街道建了桥。临朐县五井镇打了井。", 2020, "370724"),
    ("苏州工业园区建新厂", "本报苏州讯", "园区投产。", 2020, None),
]


@pytest.mark.parametrize(("head", "dateline", "body", "year", "code"), ARTICLE_CASES)
def test_article_place(head: str, dateline: str, body: str, year: int, code: str | None) -> None:
    text = f"{head}\n{dateline}{body}"
    start = len(head) + 1
    context = PlaceContext(
        Published(year),
        head=(BodySpan(0, len(head)),) if head else (),
        dateline=BodySpan(start, start + len(dateline)) if dateline else None,
    )
    place = resolve_article_place(text, resolve(text, context), context)
    assert (place.adcode if place else None) == code


def test_zone_is_the_place_of_its_article() -> None:
    text = "苏州工业园区建新厂\n本报苏州讯园区投产。"
    context = PlaceContext(Published(2020), head=(BodySpan(0, 9),), dateline=BodySpan(10, 15))
    place = resolve_article_place(text, resolve(text, context), context)
    assert place is not None
    assert (place.level, place.name, place.path[:2]) == ("zone", "苏州工业园区", ("江苏省", "苏州市"))


def test_newspaper_is_home_where_nothing_else_is_named() -> None:
    text = "全市修路三条。"
    place = resolve_article_place(text, [], PlaceContext(Published(2020), newspaper="徐州日报"))
    assert place is not None and place.adcode == "320300"
    assert resolve_article_place("修路三条。", [], PlaceContext(Published(2020), newspaper="徐州日报")) is None


@pytest.mark.parametrize("row", read_table("place_newspaper.tsv"), ids=lambda row: row["newspaper"])
def test_newspaper_row(row: dict[str, str]) -> None:
    ending = {"省": "全省", "市": "全市"}[row["home"][-1]]
    context = PlaceContext(Published(2020), newspaper=row["example"])
    place = resolve_article_place(f"{ending}修路三条。", [], context)
    assert place is not None and place.name == row["expected"]


@pytest.mark.parametrize("table", ["place_word.tsv", "place_guard.tsv"])
def test_lexicon_names_are_in_the_gazetteer(table: str) -> None:
    gazetteer = load_gazetteer()
    towns = {name for name, _ in gazetteer.township_kinds()}
    unknown = [
        row["name"] for row in read_table(table) if gazetteer.form(row["name"]) is None and row["name"] not in towns
    ]
    assert unknown == []


def test_full_form_makes_the_short_form_a_place() -> None:
    names = [name.text for name in find_places("正定县种麦。由于都要修正定位，正定人平整土地。")]
    assert names == ["正定县", "正定"]
