"""The component in a pipeline: configuration, errors, processes, files, pictures."""

from __future__ import annotations

import json
import pickle
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import spacy
from confection import ConfigValidationError
from spacy import displacy
from spacy.language import Language
from spacy.tokens import Doc, DocBin
from spacy.vocab import Vocab

from extractor import InputError, UsageError, extract
from extractor.spacy_component import GROUPS, component
from support import ROOT, to_plain

TEXTS = [f"今年以来，凤阳县实施“暖春行”工程，新建农家书屋{n}余个，培训管理员{n}名。" for n in (30, 40, 50, 60, 70)]
LISTS = ("govfacts", "govfacts_articles", "govfacts_places", "govfacts_programs", "govfacts_periods")


def make_pipeline(**config: Any) -> Language:
    nlp = spacy.blank("zh")
    nlp.add_pipe("govfacts", config={"date": "2024-07-15", **config})
    return nlp


@pytest.fixture(scope="module")
def nlp() -> Language:
    return make_pipeline()


def to_state(doc: Doc) -> dict[str, Any]:
    """All that the component wrote, and what leads from its spans to it."""
    return {
        "text": doc.text,
        "lists": {name: doc._.get(name) for name in LISTS},
        "spans": {
            name: [
                (s.start, s.end, s.label_, s.id_, s.kb_id_, s._.govfacts_record, s._.govfacts_fact, s._.govfacts_facts)
                for s in doc.spans[name]
            ]
            for name in GROUPS
        },
    }


def test_state_tells_docs_apart(nlp: Language) -> None:
    first, second = (to_state(nlp(text)) for text in TEXTS[:2])
    assert all(first["spans"][name] for name in GROUPS)
    assert first != second


# configuration


@pytest.mark.parametrize(
    ("config", "message"),
    [
        ({"date": "in spring"}, r"'in spring' is no date: expected YYYY-MM-DD"),
        ({"lexicon": "not/there"}, r"component 'govfacts': lexicon 'not/there' is no folder"),
    ],
)
def test_a_wrong_value_is_refused_when_added(config: dict[str, Any], message: str) -> None:
    with pytest.raises(UsageError, match=message):
        make_pipeline(**config)


@pytest.mark.parametrize("config", [{"date": 2024}, {"source": None}, {"lexicon": ["a"]}, {"colour": "red"}])
def test_a_wrong_type_or_name_is_refused_when_added(config: dict[str, Any]) -> None:
    with pytest.raises(ConfigValidationError, match=next(iter(config))):
        make_pipeline(**config)


def test_a_lexicon_folder_is_laid_over_ours(tmp_path: Path) -> None:
    table = (ROOT / "extractor" / "lexicon" / "classifier.tsv").read_text("utf-8")
    header = next(line for line in table.split("\n") if line and not line.startswith("#"))
    row = {"classifier": "大缸", "example": "腌制咸菜75大缸。", "expected": "count 75 大缸"}
    cells = [row.get(column, "") for column in header.split("\t")]
    cells[0] = "大缸"
    (tmp_path / "classifier.tsv").write_text(header + "\n" + "\t".join(cells) + "\n", "utf-8")
    units = [
        [fact["quantity"]["unit"] for fact in make_pipeline(lexicon=folder)("腌制咸菜75大缸。")._.govfacts]
        for folder in (None, str(tmp_path))
    ]
    assert units[0] != units[1] == ["大缸"]


def test_the_newspaper_gives_its_home() -> None:
    text = "我市新建农家书屋120余个。"
    facts = {paper: make_pipeline(newspaper=paper)(text)._.govfacts for paper in (None, "滁州日报")}
    assert (
        facts["滁州日报"]
        == to_plain(extract(text, date="2024-07-15", settings=component.Settings(newspaper="滁州日报")))["facts"]
    )
    assert facts["滁州日报"][0]["place"] != facts[None][0]["place"]


# errors


def make_docs(nlp: Language) -> list[Doc]:
    """Three Docs; the second one's date is none."""
    docs = [nlp.make_doc(text) for text in TEXTS[:3]]
    docs[1]._.govfacts_date = "in spring"
    return docs


def test_an_error_is_raised_by_default(nlp: Language) -> None:
    docs = make_docs(nlp)
    with pytest.raises(UsageError, match="'in spring' is no date"):
        nlp(docs[1])
    assert docs[1]._.govfacts is None
    assert not docs[1].spans
    with pytest.raises(UsageError, match="'in spring' is no date"):
        list(nlp.pipe(make_docs(nlp)))


def test_an_error_goes_to_the_handler_with_its_doc() -> None:
    nlp = make_pipeline()
    seen: list[tuple[str, Any, list[Doc], Exception]] = []
    nlp.set_error_handler(lambda name, proc, docs, error: seen.append((name, proc, docs, error)))
    docs = make_docs(nlp)
    assert [doc.text for doc in nlp.pipe(docs)] == [TEXTS[0], TEXTS[2]]
    ((name, proc, failed, error),) = seen
    assert (name, proc, failed) == ("govfacts", nlp.get_pipe("govfacts"), [docs[1]])
    assert isinstance(error, UsageError)
    seen.clear()
    assert nlp(docs[1]) is docs[1]
    assert len(seen) == 1
    assert docs[1]._.govfacts is None


def test_a_handler_set_first_is_used_as_well() -> None:
    nlp = spacy.blank("zh")
    seen: list[str] = []
    nlp.set_error_handler(lambda name, proc, docs, error: seen.append(name))
    nlp.add_pipe("govfacts", name="second")
    assert len(list(nlp.pipe(make_docs(nlp)))) == 2
    assert seen == ["second"]


def test_an_input_error_goes_the_same_way(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(text: str, source: str, **options: Any) -> Any:
        if text == TEXTS[1]:
            raise InputError(source, "is not to be read")
        return extract(text, source=source, **options)

    monkeypatch.setattr(component.extractor, "extract", refuse)
    nlp = make_pipeline(source="page")
    with pytest.raises(InputError, match="page: is not to be read"):
        list(nlp.pipe(TEXTS[:3]))
    seen: list[Exception] = []
    nlp.set_error_handler(lambda name, proc, docs, error: seen.append(error))
    assert [doc.text for doc in nlp.pipe(TEXTS[:3])] == [TEXTS[0], TEXTS[2]]
    assert [str(error) for error in seen] == ["page: is not to be read"]


def test_a_doc_that_fails_keeps_what_it_had(nlp: Language) -> None:
    doc = nlp(TEXTS[0])
    before = to_state(doc)
    doc._.govfacts_date = "in spring"
    with pytest.raises(UsageError):
        nlp(doc)
    assert to_state(doc) == before


# processes


def test_two_processes_give_the_same(nlp: Language) -> None:
    alone = [to_state(nlp(text)) for text in TEXTS]
    assert [to_state(doc) for doc in nlp.pipe(TEXTS, n_process=2, batch_size=2)] == alone


def test_a_doc_s_date_goes_into_the_process(nlp: Language) -> None:
    docs = [nlp.make_doc(text) for text in TEXTS[:2]]
    docs[1]._.govfacts_date = "1985-03-02"
    starts = [doc._.govfacts[0]["period"]["start_date"] for doc in nlp.pipe(docs, n_process=2, batch_size=1)]
    assert starts == ["2024-01-01", "1985-01-01"]


def test_errors_come_out_of_the_processes() -> None:
    nlp = make_pipeline()
    with pytest.raises(ValueError, match="in spring"):
        list(nlp.pipe(make_docs(nlp), n_process=2, batch_size=1))
    nlp.set_error_handler(spacy.util.ignore_error)
    assert [doc.text for doc in nlp.pipe(make_docs(nlp), n_process=2, batch_size=1)] == [TEXTS[0], TEXTS[2]]


SPAWNED = """
import multiprocessing, spacy

if __name__ == "__main__":
    multiprocessing.set_start_method("spawn")
    nlp = spacy.blank("zh")
    nlp.add_pipe("govfacts")
    for doc in nlp.pipe(["凤阳县新建农家书屋12个。", "凤阳县培训管理员86名。"], n_process=2, batch_size=1):
        print([span._.govfacts_fact["quantity"]["value"] for span in doc.spans["facts"]])
"""


def test_processes_that_start_from_nothing(tmp_path: Path) -> None:
    script = tmp_path / "spawned.py"
    script.write_text(SPAWNED, "utf-8")
    done = subprocess.run([sys.executable, script], capture_output=True, text=True, check=False, timeout=120)
    assert done.stdout.split("\n") == ["['12']", "['86']", ""], done.stderr


# files


def test_a_pipeline_is_saved_and_loaded(tmp_path: Path) -> None:
    nlp = make_pipeline(source="page", newspaper="滁州日报")
    nlp.to_disk(tmp_path)
    loaded = spacy.load(tmp_path)
    assert loaded.pipe_names == ["govfacts"]
    config = loaded.get_pipe_config("govfacts")
    assert {key: config[key] for key in ("date", "source", "newspaper", "lexicon")} == {
        "date": "2024-07-15",
        "source": "page",
        "newspaper": "滁州日报",
        "lexicon": None,
    }
    assert to_state(loaded(TEXTS[0])) == to_state(nlp(TEXTS[0]))
    assert loaded(TEXTS[0])._.govfacts[0]["doc"] == "page"


def test_a_pipeline_goes_through_bytes_and_config(nlp: Language) -> None:
    copies = [make_pipeline(date=None).from_bytes(nlp.to_bytes()), spacy.blank("zh").from_config(nlp.config)]
    assert to_state(copies[1](TEXTS[0])) == to_state(nlp(TEXTS[0]))
    assert copies[0].pipe_names == ["govfacts"]


def test_component_and_pipeline_pickle(nlp: Language) -> None:
    own = pickle.loads(pickle.dumps(nlp.get_pipe("govfacts")))
    assert to_state(own(nlp.make_doc(TEXTS[0]))) == to_state(nlp(TEXTS[0]))
    whole = pickle.loads(pickle.dumps(nlp))
    assert to_state(whole(TEXTS[0])) == to_state(nlp(TEXTS[0]))


def test_a_doc_goes_through_bytes(nlp: Language) -> None:
    doc = nlp(TEXTS[0])
    assert to_state(Doc(Vocab()).from_bytes(doc.to_bytes())) == to_state(doc)


def test_a_doc_pickles_and_copies(nlp: Language) -> None:
    doc = nlp(TEXTS[0])
    assert to_state(pickle.loads(pickle.dumps(doc))) == to_state(doc)
    assert to_state(doc.copy()) == to_state(doc)


def test_docs_go_through_a_docbin(nlp: Language, tmp_path: Path) -> None:
    docs = [nlp(text) for text in TEXTS]
    docs[0]._.govfacts_date = "2024-07-15"
    states = [to_state(doc) for doc in docs]
    DocBin(docs=docs, store_user_data=True).to_disk(tmp_path / "docs.spacy")
    loaded = list(DocBin().from_disk(tmp_path / "docs.spacy").get_docs(Vocab()))
    assert [to_state(doc) for doc in loaded] == states
    assert loaded[0]._.govfacts_date == "2024-07-15"
    assert type(loaded[0]._.govfacts) is type(loaded[0]._.govfacts[0]["place"]["path"]) is list


def test_spans_of_a_docbin_are_read_before_its_lists(nlp: Language) -> None:
    """It gives lists back as tuples, and nothing has turned them yet."""
    bin_ = DocBin(docs=[nlp(TEXTS[0])], store_user_data=True)
    (doc,) = bin_.get_docs(Vocab())
    assert [span._.govfacts_fact["fact_id"] for span in doc.spans["facts"]] == [s.id_ for s in doc.spans["facts"]]


READ_BIN = """
import sys
import spacy
from spacy.tokens import DocBin

for doc in DocBin().from_disk(sys.argv[1]).get_docs(spacy.blank("zh").vocab):
    print([span._.govfacts_fact["quantity"]["value"] for span in doc.spans["facts"]])
"""


def test_a_docbin_is_read_in_a_program_without_the_component(nlp: Language, tmp_path: Path) -> None:
    DocBin(docs=[nlp(TEXTS[0])], store_user_data=True).to_disk(tmp_path / "docs.spacy")
    command = [sys.executable, "-c", READ_BIN, str(tmp_path / "docs.spacy")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.stdout == "['30', '30']\n", done.stderr


def test_a_docbin_without_user_data_keeps_the_spans(nlp: Language) -> None:
    (doc,) = DocBin(docs=[nlp(TEXTS[0])]).get_docs(Vocab())
    assert [(span.text, span._.govfacts_fact) for span in doc.spans["facts"]] == [("30余个", None), ("30名", None)]


def test_a_doc_goes_to_json(nlp: Language) -> None:
    doc = nlp(TEXTS[0])
    data = json.loads(json.dumps(doc.to_json(underscore=["govfacts"])))
    assert data["_"]["govfacts"] == doc._.govfacts
    assert [(s["start"], s["end"]) for s in data["spans"]["facts"]] == [
        (fact["quantity"]["start_char"], fact["quantity"]["end_char"]) for fact in doc._.govfacts
    ]


def test_merged_docs_are_run_again(nlp: Language) -> None:
    with pytest.warns(UserWarning, match="W101"):
        merged = Doc.from_docs([nlp(text) for text in TEXTS[:2]])
    assert [span._.govfacts_fact for span in merged.spans["facts"]] == [None] * 4
    nlp(merged)
    assert [span._.govfacts_fact["quantity"]["value"] for span in merged.spans["facts"]] == ["30", "30", "40", "40"]


# pictures


@pytest.mark.parametrize("group", GROUPS)
def test_displacy_draws_each_group(nlp: Language, group: str) -> None:
    doc = nlp(TEXTS[0])
    html = displacy.render(doc, style="span", options={"spans_key": group}, jupyter=False)
    for span in doc.spans[group]:
        assert f">\n    {span[0].text}\n" in html
        assert span.label_ in html


def test_displacy_links_places(nlp: Language) -> None:
    options = {"spans_key": "places", "kb_url_template": "https://example.org/{}"}
    html = displacy.render(nlp(TEXTS[0]), style="span", options=options, jupyter=False)
    assert "https://example.org/341126" in html


# other components


def test_it_stands_among_other_components() -> None:
    nlp = make_pipeline()
    nlp.add_pipe("sentencizer", first=True, config={"punct_chars": ["。"]})
    doc = nlp(TEXTS[0] + TEXTS[1])
    assert [len([f for f in doc.spans["facts"] if f.sent == sentence]) for sentence in doc.sents] == [2, 2]
    with nlp.select_pipes(disable="govfacts"):
        assert nlp(TEXTS[0])._.govfacts is None


def test_two_components_may_differ() -> None:
    nlp = make_pipeline()
    nlp.add_pipe("govfacts", name="later", config={"date": "1985-03-02"})
    assert nlp(TEXTS[0])._.govfacts[0]["period"]["start_date"] == "1985-01-01"
