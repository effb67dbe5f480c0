"""Vertical print typed in columns: read from right to left and downward."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor import Settings
from extractor.matching import to_matching
from extractor.pipeline import read_articles
from extractor.read import read_source
from extractor.read.upright import to_level
from extractor.record import Records, to_records
from support import ROOT, assert_linear

FIRST = "　　本报讯今年以来，凤阳县新修水渠三十六里，受益农户一千二百户，每户增收三百余元。各乡共出工八万六千个。"
SECOND = "　　各区互助组掀起爱国增产竞赛，十八天内积肥三十六万担，超过原订计划百分之二十。"
LEVEL = f"{FIRST}\n{SECOND}\n"


def stand(paragraphs: tuple[str, ...], height: int, between: str = "", *, bare: bool = False) -> str:
    """The paragraphs in columns of `height` characters from right to left."""
    columns = [p[at : at + height].ljust(height, "　") for p in paragraphs for at in range(0, len(p), height)]
    rows = [between.join(column[at] for column in reversed(columns)) for at in range(height)]
    return "\n".join(row.strip() if bare else row.rstrip() for row in rows) + "\n"


def read(text: str) -> Records:
    source = read_source("page.txt", Settings(), data=text.encode(), date="1952-06-14")
    return to_records(source, read_articles(source, Settings()))


def figures(records: Records) -> list[tuple[str, str | None, str | None]]:
    return [(f.quantity.text, f.quantity.value, f.indicator and f.indicator.text) for f in records.facts]


@pytest.mark.parametrize("between", ["", " ", "　", "\t", "│", " | "])
@pytest.mark.parametrize("height", [8, 12, 15, 20])
@pytest.mark.parametrize("bare", [False, True])
def test_columns_give_the_facts_of_the_level_text(between: str, height: int, *, bare: bool) -> None:
    found = read(stand((FIRST, SECOND), height, between, bare=bare))
    assert figures(found) == figures(read(LEVEL))
    assert [a.body for a in found.articles] == [a.body for a in read(LEVEL).articles]


def test_offsets_count_in_the_text_as_it_is_read() -> None:
    source = read_source("page.txt", Settings(), data=stand((FIRST, SECOND), 12, " ").encode())
    assert source.format == "vertical text"
    assert source.text.startswith("　　本报讯今年以来，凤阳\n县新修水渠")
    for fact in to_records(source, read_articles(source, Settings())).facts:
        quantity = fact.quantity
        assert "".join(source.text[quantity.start_char : quantity.end_char].split()) == quantity.text


def test_level_lines_around_the_columns_stay() -> None:
    text = f"淮河日报　1952年6月14日\n\n{stand((FIRST, SECOND), 12)}\n"
    level = to_level(text)
    assert level is not None
    assert level.startswith("淮河日报　1952年6月14日\n\n　　本报讯今年以来，凤阳\n")


def test_traditional_columns() -> None:
    text = "　　各區互助組掀起愛國增產競賽，十八天內積肥三十六萬擔，超過原訂計劃百分之二十，開渠四十六裡。"
    found = read(stand((text,), 10, "　"))
    assert to_matching(found.articles[0].body) == read(to_matching(text)).articles[0].body
    assert [f.quantity.text for f in found.facts] == ["十八天", "三十六萬擔", "百分之二十", "四十六裡"]


def test_one_character_a_line() -> None:
    text = "\n".join(FIRST.strip()) + "\n"
    assert to_level(text) is None  # the page's own lines, whose offsets are kept
    assert figures(read(text)) == figures(read(FIRST))


LEVEL_TEXTS = [
    "张 三\n李 四\n王 五\n赵 六\n周 七\n吴 八\n陈 九\n",
    "全县农业发展很快\n各乡农民积极生产\n干部群众一起努力\n今年粮食又获丰收\n",
    "1 2 3\n4 5 6\n7 8 9\n1 2 3\n4 5 6\n7 8 9\n",
    "粮食 棉花 油料\n三千 二百 四百\n五千 六百 八百\n三千 二百 四百\n",
    "",
    "\n\n",
    "启　事\n\n本社招收学员三十名。\n",
]


@pytest.mark.parametrize("text", LEVEL_TEXTS)
def test_level_text_stays(text: str) -> None:
    assert to_level(text) is None


def test_our_pages_stay() -> None:
    for page in (ROOT / "corpora" / "pages").glob("*.txt"):
        assert to_level(page.read_text("utf-8")) is None, page.name


@given(st.text(alphabet="全县 　\n\t│三亩，a1", max_size=400))
def test_any_text(text: str) -> None:
    level = to_level(text)
    if level is not None:
        assert sorted(set(level) - set(" 　\n\t│|")) == sorted(set(text) - set(" 　\n\t│|"))


def test_time_is_linear() -> None:
    assert_linear(lambda size: to_level("渠 水 修 新\n" * size), 1_000)
    assert_linear(lambda size: to_level(("渠 水 修 新\n" * 8 + "\n") * size), 100)
