"""Questions that make no sense are refused with the name of the option."""

from __future__ import annotations

from typing import Any

import pytest

from extractor.errors import UsageError
from extractor.search import OPTIONS, Question, count_facets, parse_question, search, suggest
from extractor.search.term import Term, split_terms
from extractor.store import Connection


@pytest.mark.parametrize(
    ("fields", "option"),
    [
        ({"text": "资" * 10_000_000}, "--text"),
        ({"text": " ".join(map(str, range(17)))}, "--text"),
        ({"text": "资\ud800"}, "--text"),
        ({"kind": "cash"}, "--kind"),
        ({"sort": "size"}, "--sort"),
        ({"sort": "relevance"}, "--sort"),
        ({"sort": "relevance", "text": "-资金"}, "--sort"),
        ({"limit": 0}, "--limit"),
        ({"limit": 1001}, "--limit"),
        ({"min_quality": 1.5}, "--min-quality"),
        ({"min_quality": float("nan")}, "--min-quality"),
        ({"min_confidence": -0.1}, "--min-confidence"),
        ({"place": ""}, "--place"),
        ({"place": "山" * 201}, "--place"),
        ({"place": "/"}, "--place"),
        ({"place": "无此省/济宁市"}, "--place"),
        ({"program": "工程\ud800"}, "--program"),
        ({"indicator": "\0"}, "--indicator"),
        ({"unit": " "}, "--unit"),
        ({"unit": "万"}, "--unit"),
        ({"minimum": "many"}, "--min"),
        ({"minimum": "1e400"}, "--min"),
        ({"minimum": "9" * 190}, "--min"),
        ({"minimum": "5无此单位"}, "--min"),
        ({"maximum": "5亩", "unit": "元"}, "--max"),
        ({"minimum": "5", "maximum": "4"}, "--min"),
        ({"first_day": "yesterday"}, "--from"),
        ({"first_day": "2020-02-30"}, "--from"),
        ({"last_day": "2020-13"}, "--to"),
        ({"cursor": "abc"}, "--cursor"),
        ({"cursor": "资"}, "--cursor"),
        ({"cursor": "A" * 10_000}, "--cursor"),
        ({"cursor": "bnVsbA"}, "--cursor"),
    ],
    ids=lambda value: str(value)[:30],
)
def test_refused(connection: Connection, fields: dict[str, Any], option: str) -> None:
    with pytest.raises(UsageError, match=f"^{option}\\b") as caught:
        search(connection, Question(**fields))
    assert len(str(caught.value)) < 700


def test_texts_to_a_question() -> None:
    cells = {
        "text": "资金",
        "min": " 5 ",
        "from": "2020",
        "limit": "7",
        "min-quality": "0.5",
        "repeats": "yes",
        "place": "",
    }
    asked = parse_question(cells)
    assert asked == Question(text="资金", minimum="5", first_day="2020", limit=7, min_quality=0.5, repeats=True)
    assert parse_question({"MIN_QUALITY": "0.5"}) == Question(min_quality=0.5)
    for wrong in ({"size": "1"}, {"limit": "x"}, {"min-quality": "inf"}, {"repeats": "maybe"}, {"kind": "cash"}):
        with pytest.raises(UsageError, match=next(iter(wrong))):
            parse_question(wrong)


def test_every_field_is_an_option() -> None:
    assert list(OPTIONS) == list(Question.__dataclass_fields__)
    assert len(set(OPTIONS.values())) == len(OPTIONS)


def test_terms() -> None:
    assert split_terms("驻村　資金 资金") == (Term("驻村"), Term("资金"))
    assert split_terms('-"a b" "c d"e -f') == (Term("ab", True), Term('"c'), Term('d"e'), Term("f", True))
    assert split_terms(' "" - ') == (Term("-"),)


def test_facets_and_suggestions_refuse(connection: Connection) -> None:
    with pytest.raises(UsageError, match="--limit"):
        count_facets(connection, Question(), limit=0)
    with pytest.raises(UsageError, match="no such facet"):
        count_facets(connection, Question(), ("size",))
    with pytest.raises(UsageError, match="no suggestions"):
        suggest(connection, "size", "a")
    with pytest.raises(UsageError, match="--limit"):
        suggest(connection, "place", "济", 101)
