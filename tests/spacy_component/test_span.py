"""Records to spans: order, sharing, and a record that stands in no token."""

from __future__ import annotations

from typing import Any

import pytest
import spacy
from spacy.tokens import Doc

from extractor import InternalError, extract
from extractor.spacy_component.span import GROUPS, assemble_groups, to_key
from support import to_plain

TEXT = "今年以来，凤阳县新建农家书屋120余个，培训管理员86名。去年，明光市发放资料3万份。"


@pytest.fixture
def doc() -> Doc:
    return spacy.blank("zh")(TEXT)


def make_records() -> dict[str, list[dict[str, Any]]]:
    return to_plain(extract(TEXT, date="2024-07-15"))


def test_spans_stand_in_text_order_whatever_the_order_of_the_records(doc: Doc) -> None:
    """A page's articles are read in another order than they are printed in."""
    records = {name: values[::-1] for name, values in make_records().items()}
    assert len(records["facts"]) == 3
    spans, index = assemble_groups(doc, records)
    for name in GROUPS:
        starts = [span.start for span in spans[name]]
        assert len(starts) >= 2 or name == "programs"
        assert starts == sorted(starts)
    assert [index[to_key(span)]["record"] for span in spans["facts"]] == [["facts", 2], ["facts", 1], ["facts", 0]]
    assert [index[to_key(span)]["facts"] for span in spans["actions"]] == [[2], [1], [0]]


def test_what_facts_share_stands_once(doc: Doc) -> None:
    records = make_records()
    first, second, third = records["facts"]
    second["indicator"], second["action"] = first["indicator"], first["action"]
    spans, index = assemble_groups(doc, records)
    for name in ("indicators", "actions"):
        assert [index[to_key(span)]["facts"] for span in spans[name]] == [[0, 1], [2]]
    assert [span.id_ for span in spans["facts"]] == [fact["fact_id"] for fact in (first, second, third)]


def test_a_record_outside_the_text_is_a_fault_of_ours(doc: Doc) -> None:
    records = make_records()
    records["places"][0] |= {"start_char": len(TEXT), "end_char": len(TEXT) + 2}
    with pytest.raises(InternalError, match=rf"places: no token holds characters {len(TEXT)} to {len(TEXT) + 2}"):
        assemble_groups(doc, records)
