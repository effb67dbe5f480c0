"""What the component writes to a Doc: spans on token borders, records as `extract` gives them, plain values."""

from __future__ import annotations

import subprocess
import sys
from importlib.metadata import entry_points
from typing import Any

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc, Span

from extractor import UsageError, extract
from extractor.spacy_component import GROUPS, make_govfacts
from sample import articles, wrap
from support import ROOT, to_plain

TEXT = (
    "本报讯 今年以来，凤阳县实施“暖春行”工程，新建农家书屋120余个，\n　　培训管理员86名。"
    "全县群众满意率达98.5%，比上年提高2.5个百分点。去年，凤阳县投入资金3200万元。\n"
)
DATE = "2024-07-15"
ATTRIBUTES = {
    "govfacts": "facts",
    "govfacts_articles": "articles",
    "govfacts_places": "places",
    "govfacts_programs": "programs",
    "govfacts_periods": "periods",
}


@pytest.fixture(scope="module")
def nlp() -> Language:
    pipeline = spacy.blank("zh")
    pipeline.add_pipe("govfacts", config={"date": DATE, "source": "sample"})
    return pipeline


@pytest.fixture(scope="module")
def doc(nlp: Language) -> Doc:
    return nlp(TEXT)


def is_plain(node: Any) -> bool:
    """Built of dict, list and scalars of exactly these types."""
    if type(node) is dict:
        return all(type(key) is str and is_plain(value) for key, value in node.items())
    if type(node) is list:
        return all(map(is_plain, node))
    return node is None or type(node) in (str, int, float, bool)


def find_expanded(doc: Doc, node: dict[str, Any]) -> tuple[int, int]:
    """First token, and the one behind the last, of those that hold a character of a node."""
    inside = [t.i for t in doc if t.idx < node["end_char"] and t.idx + len(t) > node["start_char"]]
    return inside[0], inside[-1] + 1


def test_the_factory_is_an_entry_point() -> None:
    (point,) = entry_points(group="spacy_factories", name="govfacts")
    assert point.load() is make_govfacts
    code = (
        "import spacy; nlp = spacy.blank('zh'); nlp.add_pipe('govfacts');"
        "doc = nlp('新建书屋12个。'); print(doc.spans['facts'][0])"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.stdout, done.returncode) == ("12个\n", 0), done.stderr


def test_importing_extractor_leaves_spacy_alone() -> None:
    code = "import sys, extractor; print('spacy' in sys.modules, 'extractor.spacy_component' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "False"]


def test_importing_the_component_loads_no_stage() -> None:
    """`spacy.blank` imports it in every program of an environment."""
    code = (
        "import sys, spacy; spacy.blank('zh'); assert 'extractor.spacy_component' in sys.modules;"
        "heavy = ('extractor.mention', 'extractor.pipeline', 'schemas', 'rjieba');"
        "print([name for name in sys.modules if name.startswith(heavy)])"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_attributes_are_the_records_of_extract(doc: Doc) -> None:
    expected = to_plain(extract(TEXT, date=DATE, source="sample"))
    assert len(expected["facts"]) == 5
    for attribute, name in ATTRIBUTES.items():
        assert doc._.get(attribute) == expected[name]


def test_attributes_are_plain(doc: Doc) -> None:
    for attribute in (*ATTRIBUTES, "govfacts_index", "govfacts_date", "govfacts_source"):
        assert is_plain(doc._.get(attribute)), attribute
    for value in doc.user_data.values():
        assert is_plain(value)


def test_spans_are_the_mentions(doc: Doc) -> None:
    found = {name: [(span.text, span.label_) for span in doc.spans[name]] for name in GROUPS}
    assert found == {
        "facts": [
            ("120余个", "count"),
            ("86名", "count"),
            ("98.5%", "ratio"),
            ("2.5个百分点", "ratio"),
            ("3200万元", "money"),
        ],
        "places": [("凤阳县", "county"), ("凤阳县", "county")],
        "programs": [("“暖春行”工程", "project")],
        "periods": [("今年以来", "period"), ("上年", "period"), ("去年", "period")],
        "indicators": [
            ("农家书屋", "indicator"),
            ("管理员", "indicator"),
            ("群众满意率", "indicator"),
            ("资金", "indicator"),
        ],
        "actions": [("新建", "action"), ("培训", "action"), ("达", "action"), ("提高", "action"), ("投入", "action")],
    }
    assert [span.id_ for span in doc.spans["facts"]] == [fact["fact_id"] for fact in doc._.govfacts]
    assert {span.kb_id_ for span in doc.spans["places"]} == {"341126"}
    assert {span.id_ for span in doc.spans["places"]} == {place["place_id"] for place in doc._.govfacts_places}


def test_entities_are_left_alone(nlp: Language, doc: Doc) -> None:
    assert not doc.ents
    own = nlp.make_doc(TEXT)
    own.ents = [Span(own, 0, 3, "MEDIUM")]
    own.spans["mine"] = [own[0:2]]
    nlp(own)
    assert [(ent.text, ent.label_) for ent in own.ents] == [("本报讯", "MEDIUM")]
    assert [span.text for span in own.spans["mine"]] == ["本报"]
    assert own.spans["facts"]


def test_a_span_leads_to_its_record(doc: Doc) -> None:
    for name, attribute in (("facts", "govfacts"), *((n, f"govfacts_{n}") for n in ("places", "programs", "periods"))):
        assert [span._.govfacts_record for span in doc.spans[name]] == doc._.get(attribute)
    assert [span._.govfacts_fact for span in doc.spans["facts"]] == doc._.govfacts
    assert doc.spans["places"][0]._.govfacts_fact is None
    assert doc.spans["indicators"][0]._.govfacts_record is None


def test_a_span_leads_to_the_facts_it_is_part_of(doc: Doc) -> None:
    def quantities(group: str) -> list[list[str]]:
        return [[fact["quantity"]["text"] for fact in span._.govfacts_facts] for span in doc.spans[group]]

    assert quantities("facts") == [["120余个"], ["86名"], ["98.5%"], ["2.5个百分点"], ["3200万元"]]
    assert quantities("actions") == quantities("facts")
    assert quantities("places") == [[], []]
    for group, part in (("indicators", "indicator"), ("programs", "program"), ("periods", "period")):
        expected = [
            [fact["quantity"]["text"] for fact in doc._.govfacts if fact[part] and is_at(doc, span, fact[part])]
            for span in doc.spans[group]
        ]
        assert quantities(group) == expected
        assert any(expected)


def is_at(doc: Doc, span: Span, node: dict[str, Any]) -> bool:
    return (span.start, span.end) == find_expanded(doc, node)


def test_a_span_of_somebody_else_leads_nowhere(nlp: Language, doc: Doc) -> None:
    quantity = doc.spans["facts"][0]
    same = Span(doc, quantity.start, quantity.end, "QUANTITY")
    assert (same._.govfacts_record, same._.govfacts_fact, same._.govfacts_facts) == (None, None, [])
    fresh = nlp.make_doc("新建书屋12个。")
    assert fresh._.govfacts is None
    assert (fresh[0:2]._.govfacts_record, fresh[0:2]._.govfacts_facts) == (None, [])


def test_a_second_run_replaces_the_first(nlp: Language) -> None:
    doc = nlp(TEXT)
    first = {name: [(span.start, span.end, span.id_) for span in doc.spans[name]] for name in GROUPS}
    dates = [period["start_date"] for period in doc._.govfacts_periods]
    doc._.govfacts_date = "1985-03-02"
    nlp(doc)
    assert {name: len(doc.spans[name]) for name in GROUPS} == {name: len(spans) for name, spans in first.items()}
    assert [period["start_date"] for period in doc._.govfacts_periods] != dates
    assert [span._.govfacts_fact for span in doc.spans["facts"]] == doc._.govfacts


@pytest.mark.parametrize("text", ["", " ", "\n\n", "\ufeff", "无事。"])
def test_nothing_found_is_empty(nlp: Language, text: str) -> None:
    doc = nlp(text)
    assert doc._.govfacts == []
    assert {name: list(doc.spans[name]) for name in GROUPS} == {name: [] for name in GROUPS}


WORDS = ["凤阳县", "新建", "农家", "书屋", "共120", "余", "个，培训", "管理员", "86名", "。"]


@pytest.mark.parametrize("spaced", [False, True])
def test_words_of_ones_own(nlp: Language, spaced: bool) -> None:
    """A span covers every token that holds a part of it."""
    doc = nlp(Doc(nlp.vocab, words=WORDS, spaces=[spaced] * len(WORDS)))
    assert [token.text for token in doc] == WORDS
    assert doc._.govfacts == to_plain(extract(doc.text, date=DATE, source="sample"))["facts"]
    blank = " " if spaced else ""
    assert [span.text for span in doc.spans["facts"]] == [blank.join(["共120", "余", "个，培训"]), "86名"]
    assert [span.text for span in doc.spans["actions"]] == ["新建", "个，培训"]
    assert [fact["quantity"]["value"] for fact in doc._.govfacts] == ["120", "86"]


def test_quantities_in_one_token_stay_apart(nlp: Language) -> None:
    doc = nlp(Doc(nlp.vocab, words=["凤阳县", "新建", "学校12所、医院3所", "。"], spaces=[False] * 4))
    spans = doc.spans["facts"]
    assert [span.text for span in spans] == ["学校12所、医院3所"] * 2
    assert [span._.govfacts_fact["quantity"]["value"] for span in spans] == ["12", "3"]
    (indicator,) = doc.spans["indicators"]
    assert [fact["indicator"]["text"] for fact in indicator._.govfacts_facts] == ["学校", "医院"]


def test_printing_the_same_twice_keeps_both(nlp: Language) -> None:
    """The two articles have the same content, so their facts have the same ids."""
    item = "凤阳县新建农家书屋12个\n\n　　本报讯（记者 林溪） 今年，凤阳县新建农家书屋12个，方便了群众。\n\n\n"
    doc = nlp(item * 2)
    assert len(doc.spans["facts"]) == len(doc._.govfacts) >= 2
    assert [span._.govfacts_fact for span in doc.spans["facts"]] == sorted(
        doc._.govfacts, key=lambda fact: fact["quantity"]["start_char"]
    )


@given(articles(), st.integers(8, 30), st.lists(st.integers(1, 7), min_size=1, max_size=9))
def test_any_tokens_over_any_page(nlp: Language, body: list[str], width: int, lengths: list[int]) -> None:
    """Each span is the least run of tokens over its record, whatever the tokens are."""
    text = wrap(body, width)
    words, at = [], 0
    while at < len(text):
        length = lengths[len(words) % len(lengths)]
        words.append(text[at : at + length])
        at += length
    doc = nlp(Doc(nlp.vocab, words=words, spaces=[False] * len(words)))
    assert doc.text == text
    assert doc._.govfacts == to_plain(extract(text, date=DATE, source="sample"))["facts"]
    spans = {(span.start, span.end, span.id_) for span in doc.spans["facts"]}
    assert spans == {(*find_expanded(doc, fact["quantity"]), fact["fact_id"]) for fact in doc._.govfacts}
    for part in ("indicator", "action"):
        expected = {find_expanded(doc, fact[part]) for fact in doc._.govfacts if fact[part]}
        assert {(span.start, span.end) for span in doc.spans[f"{part}s"]} == expected


def test_the_date_of_a_doc_goes_before_the_configured_one(nlp: Language) -> None:
    doc = nlp.make_doc("今年，凤阳县新建农家书屋12个。")
    doc._.govfacts_date = "1985-03-02"
    doc._.govfacts_source = "other"
    nlp(doc)
    (fact,) = doc._.govfacts
    assert (fact["period"]["start_date"], fact["doc"]) == ("1985-01-01", "other")
    assert doc._.govfacts_articles[0]["published"] == "1985-03-02"
    doc._.govfacts_date = None
    doc._.govfacts_source = None
    nlp(doc)
    (fact,) = doc._.govfacts
    assert (fact["period"]["start_date"], fact["doc"]) == ("2024-01-01", "sample")


def test_without_a_date_it_is_looked_for(tmp_path: Any) -> None:
    pipeline = spacy.blank("zh")
    pipeline.add_pipe("govfacts")
    doc = pipeline.make_doc("今年，凤阳县新建农家书屋12个。")
    assert doc._.govfacts_date is None
    assert pipeline(doc)._.govfacts[0]["period"]["start_date"] is None
    doc._.govfacts_source = "1985-03-02.txt"
    assert pipeline(doc)._.govfacts[0]["period"]["start_date"] == "1985-01-01"


def test_a_date_object_is_kept_as_text(nlp: Language) -> None:
    import datetime

    doc = nlp.make_doc("")
    doc._.govfacts_date = datetime.date(1985, 3, 2)
    assert doc._.govfacts_date == "1985-03-02"
    doc._.govfacts_date = datetime.datetime(1985, 3, 2, 10, 30)
    assert doc._.govfacts_date == "1985-03-02"


@pytest.mark.parametrize("name", ["govfacts_date", "govfacts_source"])
def test_a_value_that_is_no_text_is_refused_where_it_is_set(nlp: Language, name: str) -> None:
    doc = nlp.make_doc("无事。")
    with pytest.raises(UsageError, match=rf"doc\._\.{name} was set to 1985: expected a string"):
        doc._.set(name, 1985)
    assert doc._.get(name) is None


def test_analysis_names_what_is_assigned(nlp: Language) -> None:
    assigns = nlp.analyze_pipes()["summary"]["govfacts"]["assigns"]
    assert set(assigns) == {"doc.spans", "doc._.govfacts_index", *(f"doc._.{name}" for name in ATTRIBUTES)}
