"""What the layout must not change, and what every span must keep."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor import extract
from sample import articles, pages, print_page, sentences, wrap
from support import PAGES, drop_offsets, find_broken_spans, to_plain

LAYOUTS = st.fixed_dictionaries(
    {
        "indent": st.just("　　"),
        "blank": st.booleans(),
        "pad": st.sampled_from(["", " ", "　"]),
    }
)


@given(articles(), st.integers(8, 60), LAYOUTS)
def test_every_span_says_what_stands_in_the_source(body: list[str], width: int, layout: dict[str, Any]) -> None:
    page = wrap(body, width, **layout)
    records = to_plain(extract(page))
    assert records["facts"]
    assert not [line for name in records for record in records[name] for line in find_broken_spans(page, record)]


@given(articles(), st.integers(8, 60), LAYOUTS)
def test_another_column_width_gives_the_same_facts(body: list[str], width: int, layout: dict[str, Any]) -> None:
    whole = to_plain(extract(wrap(body, 10_000)))
    wrapped = to_plain(extract(wrap(body, width, **layout)))
    assert drop_offsets(wrapped["facts"]) == drop_offsets(whole["facts"])
    assert [article["body"] for article in wrapped["articles"]] == [article["body"] for article in whole["articles"]]


@given(pages(), st.integers(12, 60), LAYOUTS)
def test_another_column_width_gives_the_same_articles(
    items: list[tuple[str, list[str]]], width: int, layout: dict[str, Any]
) -> None:
    page = print_page(items, width, **layout)
    whole, wrapped = to_plain(extract(print_page(items, 10_000))), to_plain(extract(page))
    assert [article["title"] for article in whole["articles"]] == [headline for headline, _ in items]
    for name in ("articles", "facts"):
        assert drop_offsets(wrapped[name]) == drop_offsets(whole[name])
    assert not [line for name in wrapped for record in wrapped[name] for line in find_broken_spans(page, record)]


@given(st.lists(sentences(), min_size=2, max_size=6))
def test_sentences_do_not_change_each_other_s_quantities(parts: list[str]) -> None:
    def quantities(text: str) -> list[Any]:
        facts = sorted(to_plain(extract(text))["facts"], key=lambda fact: fact["quantity"]["start_char"])
        return [drop_offsets([fact["kind"], fact["quantity"]]) for fact in facts]

    assert quantities("".join(parts)) == [quantity for part in parts for quantity in quantities(part)]


@given(articles(), articles())
def test_a_call_leaves_nothing_behind(first: list[str], second: list[str]) -> None:
    page = wrap(first, 20)
    before = extract(page)
    extract(wrap(second, 30), date="1958")
    assert extract(page) == before


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_padding_and_line_ends_of_a_sample_page_change_no_fact(path: Any) -> None:
    source = path.read_bytes().decode("utf-8-sig")
    padded = "\n".join(f"{line} " if line.strip() else line for line in source.split("\n"))
    want, got = to_plain(extract(source)), to_plain(extract(padded))
    assert drop_offsets(got["facts"]) == drop_offsets(want["facts"])
    assert not [line for name in got for record in got[name] for line in find_broken_spans(padded, record)]
