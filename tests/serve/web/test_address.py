"""Addresses: what is asked survives, in every link."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.errors import UsageError
from extractor.search import Question, parse_question
from extractor.serve.web.address import ASKED, LONGEST, read_address, to_question
from extractor.serve.web.chip import build_chips
from serve.web.page import read_query


def test_the_names_are_those_of_the_interface() -> None:
    address = read_address("", "/", {"min_quality": "0.9", "text": " 水库 ", "from": "2019", "utm_source": "x"}, "zh")
    assert dict(address.asked) == {"min-quality": "0.9", "text": "水库", "from": "2019"}
    assert to_question(address) == Question(text="水库", first_day="2019", min_quality=0.9)


@given(st.dictionaries(st.sampled_from(ASKED), st.text(max_size=20), max_size=6))
def test_links_ask_what_was_asked(query: dict[str, str]) -> None:
    address = read_address("/facts", "/", query, "zh")
    again = read_query(address.ask())
    assert again == {**address.asked}
    assert urlsplit(address.ask()).path == "/facts/"
    try:
        question = to_question(address)
    except UsageError:
        return
    cells = {
        key: value
        for key, value in again.items()
        if not (key == "sort" and "text" not in again and value == "relevance")
    }
    assert parse_question(cells) == question


def test_changes_begin_at_the_first_page() -> None:
    query = {"text": "水库", "kind": "money", "cursor": "abc", "page": "3", "limit": "50", "lang": "en"}
    address = read_address("", "/", query, "en")
    assert (address.page, address.limit, address.cursor) == (3, 50, "abc")
    assert read_query(address.ask({"kind": None})) == {"text": "水库", "limit": "50", "lang": "en"}
    assert read_query(address.next("def")) == {
        "text": "水库",
        "kind": "money",
        "cursor": "def",
        "page": "4",
        "limit": "50",
        "lang": "en",
    }
    assert read_query(address.speak("zh")) == {**query, "lang": "zh"}
    assert address.to("/place/山东省", q="") == "/place/%E5%B1%B1%E4%B8%9C%E7%9C%81?lang=en"


@pytest.mark.parametrize("page", ["0x3", "-1", "٣", "9" * 30, ""])
def test_a_page_number_that_is_none(page: str) -> None:
    assert read_address("", "/", {"cursor": "a", "page": page}, "zh").page == 1


def test_relevance_needs_a_text() -> None:
    address = read_address("", "/", {"text": "水库", "sort": "relevance"}, "zh")
    assert read_query(address.ask({"text": None})) == {}
    assert to_question(read_address("", "/", {"sort": "relevance"}, "zh")) == Question()


def test_a_text_without_end_is_refused() -> None:
    with pytest.raises(UsageError, match="--text"):
        to_question(read_address("", "/", {"text": "水" * 10_000_000}, "zh"))
    assert len(read_address("", "/", {"place": "水" * 10_000_000}, "zh").asked["place"]) == LONGEST


def test_chips() -> None:
    query = {
        "text": "水库",
        "kind": "money",
        "from": "2019",
        "to": "2019",
        "sort": "date",
        "repeats": "yes",
        "unit": "m2",
    }
    chips = build_chips(read_address("", "/", query, "zh"))
    assert [(chip.name, chip.value) for chip in chips] == [
        *[("时间", "2019"), ("检索词", "水库"), ("种类", "金额"), ("单位", "平方米"), ("重复数字", "包括重复与转载")]
    ]
    for chip in chips:
        rest = read_query(chip.href)
        assert rest.items() <= query.items() and len(rest) < len(query)
    assert [chip.value for chip in build_chips(read_address("", "/", {"from": "2019", "repeats": "no"}, "en"))] == [
        "2019"
    ]
