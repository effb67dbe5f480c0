"""Readings to records."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.model import Published
from extractor.record import to_records, to_run_record, to_source_record
from extractor.record.span import remove_marks, remove_whitespace
from extractor.record.value import normalise, to_id, to_plain
from extractor.settings import Settings
from extractor.text import BodySpan
from extractor.version import lexicon_digest
from record.fake_reading import BODY, TITLE, reading, source, wrap

PAGE = wrap(9)


def spans(node: Any, key: str = "") -> list[tuple[str, str, int, int]]:
    """All (key, text, start, end) inside a record."""
    found = []
    if isinstance(node, dict):
        if isinstance(node.get("start_char"), int):
            found.append((key, node["text"], node["start_char"], node["end_char"]))
        for name, value in node.items():
            found += spans(value, name)
    elif isinstance(node, (list, tuple)):
        for value in node:
            found += spans(value, key)
    return found


def test_fact() -> None:
    records = to_records(source(PAGE), [reading(PAGE)])
    length, money = records.facts
    assert length.quantity.text == "3.50公里"
    assert (length.quantity.value, length.quantity.standard_value, length.quantity.standard_unit) == (
        "3.5",
        "3500",
        "m",
    )
    assert (money.quantity.value, money.quantity.value_cny, money.quantity.standard_value) == ("1200000", "120", None)
    assert length.program is not None
    assert (length.program.text, length.program.type) == ("春雨行动", "campaign")
    assert length.place is not None
    assert (length.place.basis, length.place.path) == ("mention", ("甲省", "青石乡"))
    assert length.evidence.text == BODY
    assert length.confidence == 0.8765
    assert money.indicator is None
    assert length.fact_id != money.fact_id


def test_article() -> None:
    (article,) = to_records(source(PAGE, published=Published(1958, 3, 2)), [reading(PAGE)]).articles
    assert (article.title, article.body, article.published) == (TITLE, BODY, "1958-03-02")
    assert "".join(PAGE[start:end] for start, end in article.spans) == TITLE + BODY
    assert article.text_quality is not None and article.text_quality > 0.95


@pytest.mark.parametrize(("width", "pad"), [(5, ""), (9, "  "), (13, "　　"), (40, "")])
def test_ids_do_not_depend_on_layout_or_name(width: int, pad: str) -> None:
    page = wrap(width, pad)
    first = to_records(source(PAGE), [reading(PAGE)])
    again = to_records(source(page, doc="b.txt"), [reading(page)])
    assert [article.article_id for article in again.articles] == [article.article_id for article in first.articles]
    assert [fact.fact_id for fact in again.facts] == [fact.fact_id for fact in first.facts]
    for record in again:
        for key, text, start, end in spans(record.model_dump(), record.model_dump()["record"]):
            bare = remove_marks if key == "program" else remove_whitespace
            assert bare(page[start:end]) == bare(text)


def test_same_quantity_twice_gives_two_ids() -> None:
    once = reading(PAGE)
    twice = replace(once, facts=(once.facts[0], once.facts[0]))
    first, second = to_records(source(PAGE), [twice]).facts
    assert first.fact_id != second.fact_id
    assert first.fact_id == to_records(source(PAGE), [once]).facts[0].fact_id


def test_a_period_that_only_a_fact_names_is_a_record_too() -> None:
    bare = replace(reading(PAGE), periods=())
    (period,) = to_records(source(PAGE), [bare]).periods
    assert (period.text, period.start_date) == ("今年", "1958-01-01")


def test_inverted_period_is_not_resolvable() -> None:
    once = reading(PAGE)
    turned = replace(once.periods[0], start_date="1959-01-01")
    (period,) = to_records(source(PAGE), [replace(once, periods=(turned,))]).periods
    assert (period.start_date, period.end_date) == (None, None)


@pytest.mark.parametrize(
    ("value", "plain"),
    [
        ("3.160E+4", "31600"),
        ("2.80", "2.8"),
        ("0.5", "0.5"),
        ("3.2E+7", "32000000"),
        ("1E-7", "0.0000001"),
        ("-0", "0"),
        ("100", "100"),
    ],
)
def test_plain_decimal(value: str, plain: str) -> None:
    assert to_plain(Decimal(value)) == plain


@given(st.decimals(allow_nan=False, allow_infinity=False, places=6, min_value=-(10**18), max_value=10**18))
def test_plain_decimal_keeps_the_value(value: Decimal) -> None:
    plain = to_plain(value)
    assert plain is not None
    assert Decimal(plain) == value
    assert "E" not in plain
    assert not ("." in plain and plain.endswith("0"))


def test_normalised_text_and_ids() -> None:
    assert normalise("３．５ 公\n里") == normalise("3.5公里")
    assert to_id("a", "bc") != to_id("ab", "c")
    assert len(to_id("a")) == 16


def test_provenance(tmp_path: Path) -> None:
    record = to_source_record(source(PAGE, published=Published(1974, 7, None, "file_name")))
    assert (record.published, record.published_basis) == ("1974-07", "file_name")
    settings = Settings(newspaper="海滨日报")
    run = to_run_record(settings, "2020-01-02T03:04:05Z", date="1958")
    assert run.run_id == to_run_record(settings, "2020-01-02T03:04:05Z", date="1958").run_id
    assert run.run_id != to_run_record(settings, "2020-01-02T03:04:06Z", date="1958").run_id
    assert run.settings["newspaper"] == "海滨日报"
    (tmp_path / "unit.tsv").write_text("unit\n亩\n", encoding="utf-8")
    assert lexicon_digest(tmp_path) != lexicon_digest() == run.lexicon_digest


def test_foreign_money_and_open_values_have_no_yuan() -> None:
    once = reading(PAGE)
    money = once.facts[1]
    foreign = replace(money, quantity=replace(money.quantity, unit="USD"))
    old = money.quantity.bounds
    vague = replace(money, quantity=replace(money.quantity, bounds=old._replace(value=None, modifier="range")))
    today = replace(money, quantity=replace(money.quantity, unit="CNY"))
    facts = to_records(source(PAGE), [replace(once, facts=(foreign, vague, today))]).facts
    assert [fact.quantity.value_cny for fact in facts] == [None, None, "1200000"]
    assert [fact.quantity.value for fact in facts] == ["1200000", None, "1200000"]


def test_spans_of_an_article_that_names_none_are_its_text() -> None:
    once = reading(PAGE)
    (article,) = to_records(source(PAGE), [once]).articles
    assert once.article.spans == ()
    assert article.spans


def test_a_mention_that_stands_nowhere_gives_no_record() -> None:
    once = reading(PAGE)
    gap = BodySpan(len(TITLE), len(TITLE) + 1)  # the line feed between title and body
    lost = replace(
        once,
        facts=(replace(once.facts[0], quantity=replace(once.facts[0].quantity, span=gap)),),
        places=(replace(once.places[0], span=gap),),
        programs=(replace(once.programs[0], span=gap),),
        periods=(replace(once.periods[0], span=gap),),
    )
    records = to_records(source(PAGE), [lost])
    assert (records.facts, records.places, records.programs) == ([], [], [])
    assert [period.text for period in records.periods] == ["今年"]  # the fact's own


def test_a_fact_keeps_what_stands_and_drops_what_does_not() -> None:
    once = reading(PAGE)
    gap = BodySpan(len(TITLE), len(TITLE) + 1)
    fact = once.facts[0]
    assert fact.action is not None and fact.program is not None and fact.period is not None
    bare = replace(
        fact,
        action=replace(fact.action, span=gap),
        program=replace(fact.program, span=gap),
        period=replace(fact.period, span=gap),
    )
    (record,) = to_records(source(PAGE), [replace(once, facts=(bare,))]).facts
    assert (record.action, record.program, record.period) == (None, None, None)
    assert record.indicator is not None
