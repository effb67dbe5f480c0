"""Traditional and variant characters give the facts of their simplified twin, in the source's own characters."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractor import Settings, extract
from extractor.errors import LexiconError
from extractor.gazetteer import load_gazetteer
from extractor.lexicon.table import Row, lay_over, read_table
from extractor.matching import to_matching
from extractor.pipeline import read_articles
from extractor.read import read_source
from extractor.record import Records, to_records
from schemas import FactRecord
from support import ROOT, assert_linear

TABLES = ("variant_form.tsv", "variant_word.tsv")
ROWS = [row for name in TABLES for row in read_table(name)]
PAGES = sorted((ROOT / "corpora" / "pages").glob("*.txt"))
STYLES = ("s2t", "s2tw", "s2hk")


@lru_cache(maxsize=8)
def converter(style: str):  # type: ignore[no-untyped-def]
    return pytest.importorskip("opencc").OpenCC(style)


def to_traditional(text: str, style: str) -> str:
    """The text in traditional characters, one for each of its own."""
    whole: str = converter(style).convert(text)
    if len(whole) == len(text):
        return whole
    return "".join(form if len(form := converter(style).convert(char)) == 1 else char for char in text)


def view(fact: FactRecord) -> tuple[object, ...]:
    """All of a fact but its surfaces and ids."""
    quantity = fact.quantity.model_dump(exclude={"text", "as_read"})
    parts = (fact.indicator, fact.action, fact.subject, fact.program, fact.period, fact.base, fact.evidence)
    period = fact.period and (fact.period.start_date, fact.period.end_date)
    spans = [part and (part.start_char, part.end_char) for part in parts]
    return (fact.kind, quantity, fact.indicator_id, fact.place, period, spans, fact.rule, fact.confidence)


def check_surfaces(records: Records, source: str) -> None:
    for fact in records.facts:
        for part in (fact.quantity, fact.indicator, fact.action, fact.subject, fact.period, fact.evidence):
            if part is not None:
                assert "".join(source[part.start_char : part.end_char].split()) == "".join(part.text.split())
    for place in records.places:
        assert "".join(source[place.start_char : place.end_char].split()) == "".join(place.text.split())


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["surface"])
def test_every_row_reads_its_example(row: Row) -> None:
    assert to_matching(row["example"]) == row["expected"]
    assert len(row["example"]) == len(row["expected"])


def test_simplified_text_is_the_very_same() -> None:
    for page in PAGES:
        text = page.read_text("utf-8")
        assert to_matching(text) is text, page.name


def test_names_of_divisions_stay() -> None:
    gazetteer = load_gazetteer()
    names = [name for kinds in (gazetteer.form_kinds(), gazetteer.township_kinds()) for name, _ in kinds]
    assert len(names) > 30_000
    assert [name for name in names if to_matching(name) != name] == []


@pytest.mark.parametrize("style", STYLES)
def test_names_of_divisions_in_traditional_characters(style: str) -> None:
    names = [name for name, _ in load_gazetteer().form_kinds()]
    assert [name for name in names if to_matching(to_traditional(name, style)) != name] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
@pytest.mark.parametrize("style", STYLES)
def test_twins_of_our_pages_have_the_same_facts(page: Path, style: str) -> None:
    text = page.read_text("utf-8")
    twin = to_traditional(text, style)
    assert twin != text
    ours, theirs = extract(text, source=page.name), extract(twin, source=page.name)
    assert [view(fact) for fact in theirs.facts] == [view(fact) for fact in ours.facts]
    assert [(p.adcode, p.name, p.start_char) for p in theirs.places] == [
        (p.adcode, p.name, p.start_char) for p in ours.places
    ]
    assert [(p.type, p.start_char, p.end_char) for p in theirs.programs] == [
        (p.type, p.start_char, p.end_char) for p in ours.programs
    ]
    check_surfaces(theirs, twin)
    assert [(a.kind, a.spans, a.published, a.place) for a in theirs.articles] == [
        (a.kind, a.spans, a.published, a.place) for a in ours.articles
    ]


SENTENCES = (
    "本报讯 今年以来，凤阳县新修水渠36公里，受益农户一千二百户，每户增收三百余元。",
    "去年全县粮食总产量达8.6万吨，比上年增长百分之五点三。",
    "县委发动群众三万余人，疏浚河道六里，开挖水井四十六眼，运来面粉二百袋。",
    "“绿色家园”行动开展以来，全乡种树十八万株，投资120万元。",
    "三只船运来稻谷五百斤，历时两个钟头，只用了六个人。",
    "这里后来成立互助组四十三个，占总农户的六成以上。",
    "全区干部一百二十人下乡，帮助群众复垦土地三百多亩，发放贷款九亿元。",
    "据了解，每周开会一次，每台机器可织布二十四匹，借此机会收购鸡蛋三千余只。",
)


@given(st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=4, unique=True), st.sampled_from(STYLES))
@settings(max_examples=40, deadline=None)
def test_twins_of_sentences(sentences: list[str], style: str) -> None:
    text = "\n".join(sentences)
    twin = to_traditional(text, style)
    ours, theirs = extract(text, date="2003-06-01"), extract(twin, date="2003-06-01")
    assert [view(fact) for fact in theirs.facts] == [view(fact) for fact in ours.facts]
    assert ours.facts
    check_surfaces(theirs, twin)


@given(st.text(alphabet=st.characters(codec="utf-8")))
def test_length_and_repetition(text: str) -> None:
    folded = to_matching(text)
    assert len(folded) == len(text)
    assert to_matching(folded) == folded


def test_headline_byline_and_body_keep_their_characters() -> None:
    text = "鳳陽縣水渠修通\n　　本報訊（記者 陳麗華）鳳陽縣修通水渠三十六裡，灌溉農田萬餘畝。\n"
    [article] = extract(text).articles
    assert (article.title, article.byline) == ("鳳陽縣水渠修通", ("陳麗華",))
    assert article.place is not None
    assert article.place.name == "凤阳县"
    assert "灌溉農田萬餘畝" in article.body


def test_unit_is_the_tables_and_text_is_the_sources() -> None:
    first, second = extract("全縣造林三萬餘畝，養豬四千六百隻。").facts
    assert (first.quantity.text, first.quantity.unit, first.quantity.max_value) == ("三萬餘畝", "亩", "40000")
    assert (second.quantity.text, second.quantity.unit) == ("四千六百隻", "只")


def test_masthead_of_a_traditional_page() -> None:
    text = "人民日報\n1952年6月14日　星期六　第一版\n\n互助組搶收小麥\n　　【本報訊】全縣收麥十八萬七千畝。\n"
    [article] = extract(text).articles
    assert (article.published, article.title) == ("1952-06-14", "互助組搶收小麥")


def test_a_row_must_keep_the_length(tmp_path: Path) -> None:
    (tmp_path / "variant_word.tsv").write_text("surface\tform\talone\n藉由\t由\n", "utf-8")
    with lay_over(tmp_path), pytest.raises(LexiconError, match="differ in length"):
        to_matching("會議")


WIDE = {code: chr(code + 0xFEE0) for code in (*b"0123456789%.", *b"ABCDEFGHIJKLMNOPQRSTUVWXYZ")}
FIGURES = (
    "今年前3个月，凤阳县新修水渠36.5公里，受益农户1200户，户均增收360余元。",
    "全县GDP达126.8亿元，比上年增长6.5%，万元GDP能耗下降3.2%。",
    "全县建成5G基站120座，其中A级景区3家，服务热线12345受理来电86件。",
    "截至2003年5月底，全县共有党员1.26万人。",
)


@given(st.lists(st.sampled_from(FIGURES), min_size=1, max_size=4, unique=True))
@settings(max_examples=20, deadline=None)
def test_full_width_figures_give_the_same_facts(sentences: list[str]) -> None:
    text = "".join(sentences)
    twin = text.translate(WIDE)
    ours, theirs = extract(text, date="2003-06-01"), extract(twin, date="2003-06-01")
    assert [view(fact) for fact in theirs.facts] == [view(fact) for fact in ours.facts]
    check_surfaces(theirs, twin)
    assert [article.body for article in theirs.articles] == [twin]


def test_a_full_width_letter_that_is_a_nought() -> None:
    [fact] = extract("二ＯＯ二年全县造林３６亩。").facts
    assert fact.period is not None
    assert (fact.period.start_date, fact.quantity.value) == ("2002-01-01", "36")


def test_rows_of_other_tables_are_in_the_forms_that_are_read() -> None:
    """A row whose surface folds to another would never be found."""
    folder = ROOT / "extractor" / "lexicon"
    names = sorted(path.name for path in folder.glob("*.tsv") if path.name not in TABLES)
    surfaces = [(name, next(iter(row.values()))) for name in names for row in read_table(name)]
    assert len(surfaces) > 5_000
    assert [(name, surface) for name, surface in surfaces if to_matching(surface) != surface] == []


@pytest.mark.parametrize("piece", ["於", "乾隆著", "會後", "藉口"])
def test_time_is_linear(piece: str) -> None:
    assert_linear(lambda size: to_matching(piece * size), 500)


def test_traditional_text_in_its_own_encodings() -> None:
    text = "本報訊 今年以來，鳳陽縣新修水渠三十六里，受益農戶一千二百戶，養豬四千餘隻。"
    found = []
    for encoding in ("utf-8", "big5", "gb18030", "utf-16"):
        source = read_source("1958-06-14.txt", Settings(), data=text.encode(encoding))
        [article] = to_records(source, read_articles(source, Settings())).articles
        facts = to_records(source, read_articles(source, Settings())).facts
        assert (source.text, article.place and article.place.name) == (text, "凤阳县")
        found.append([view(fact) for fact in facts])
    assert len(found[0]) == 3
    assert all(facts == found[0] for facts in found)
