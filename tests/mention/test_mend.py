"""Numerals that OCR broke: mended beside a unit alone, and the record says so."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor import extract
from extractor.lexicon.table import Row, read_table
from extractor.mention.mend import find_mends, mend_numerals
from extractor.model import Article
from extractor.text import MappedText
from support import assert_linear

ROWS = read_table("numeral_mend.tsv")
GUARDS = read_table("numeral_mend_guard.tsv")


def show(text: str) -> str:
    """The quantities as they were read; those that were mended with an asterisk."""
    quantities = [fact.quantity for fact in extract(text).facts]
    return "; ".join(f"{q.as_read}*" if q.as_read else q.text for q in quantities) or "-"


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["surface"])
def test_every_character_is_mended(row: Row) -> None:
    assert show(row["example"]) == f"{row['expected']}*"


@pytest.mark.parametrize("row", [row for row in ROWS if row["surface"].isascii()], ids=lambda row: row["surface"])
def test_full_width_forms_are_mended(row: Row) -> None:
    wide = row["example"].replace(row["surface"], chr(ord(row["surface"]) + 0xFEE0))
    assert show(wide) == f"{row['expected']}*"


@pytest.mark.parametrize("row", GUARDS, ids=lambda row: row["surface"])
def test_names_stay(row: Row) -> None:
    assert not find_mends(MappedText.whole(row["example"]))
    assert show(row["example"]).endswith(row["expected"])


CASES = [
    ("全县造林3O,5O0亩。", "30,500亩*"),
    ("全县造林3O5O0余亩。", "30500余亩*"),
    ("全县造林3.O5万余亩。", "3.05万余亩*"),
    ("全县造林３２O５亩，打井２ｌ眼。", "3205亩*; 21眼*"),
    ("投资约l2O万元，增长B.5%。", "约120万元*; 8.5%*"),
    ("全县有水田3 . 16万亩。", "3.16万亩*"),
    ("全县有水田3. 16万余亩。", "3.16万余亩*"),
    ("收粮1 , 250公斤。", "1250公斤*"),
    ("收粮1 ,250公斤。", "1,250公斤"),
    ("1. 16万亩水田种完。", "16万亩"),
    ("进度：1. 16万亩水田种完。", "16万亩"),
    ("分别收粮1, 250公斤。", "250公斤"),
    ("建成5G基站360座，iPhone 12台，ISO9001认证3家，A级3家。", "360座; 12台; 3家; 3家"),
    ("CO2减排360吨，PM2.5浓度下降12%，B12区种树360棵。", "360吨; 12%; 360棵"),
    ("编号3O5O，代号O7，型号B20，房号lO1。", "-"),
    ("读OO亩、ll亩。", "-"),
    ("全县有O5亩。", "-"),
    ("种树12O3A棵。", "-"),
    ("修路S20公里。", "-"),
    ("入社3O至5O户。", "30至50户*"),
    ("全县造林一二O亩，打井三OO眼，入社三百0五户。", "一二〇亩*; 三〇〇眼*; 三百〇五户*"),
    ("五O年代造林三百亩，六O厂增产二OA吨。", "三百亩"),
    ("全县造林3◯5亩。", "305亩*"),
    ("收粮12,5O公斤，收棉3. 1O斤。", "-"),
    ("收粮12 , 35公斤。", "35公斤"),
    ("合3 . 16，合3 . 16员。", "16员"),
    ("发放3 . 16万份，登记5O万份，寄出S50份。", "3.16万份*; 50万份*"),
    ("建厂房3O.，打井12,O眼。", "-"),
    ("2O24年种树360棵，1O月种36棵。", "360棵; 36棵"),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_case(text: str, expected: str) -> None:
    assert show(text) == expected


def test_the_span_is_the_sources_and_confidence_lower() -> None:
    text = "培训骨干l2O余名，培训骨干120余名。"
    broken, whole = extract(text).facts
    assert text[broken.quantity.start_char : broken.quantity.end_char] == broken.quantity.text == "l2O余名"
    assert broken.quantity.model_dump(exclude={"text", "start_char", "end_char", "as_read"}) == (
        whole.quantity.model_dump(exclude={"text", "start_char", "end_char", "as_read"})
    )
    assert whole.quantity.as_read is None
    assert broken.confidence < whole.confidence
    [article] = extract(text).articles
    assert article.body == text


@pytest.mark.parametrize("text", ["全县有水田3 . 16万亩。", "全县有水田3 .\n16万亩，已经种完。", "收粮1 , 250公斤。"])
def test_the_body_is_not_mended(text: str) -> None:
    for article in extract(text).articles:
        assert not set("".join(f"{article.title or ''}{article.body}".split())) - set(text)
        assert "".join(article.body.split()) in "".join(text.split())


@given(st.text(alphabet="0125Oo.,， Il万余亩公斤名。S", max_size=60))
def test_length_stays_and_mends_do_not_overlap(text: str) -> None:
    article = Article(0, "news", MappedText.whole(text), (), None, None)
    mended = mend_numerals(article)
    assert len(mended.text.text) == len(text)
    at = 0
    for mend in mended.mends:
        assert at <= mend.span.start < mend.span.end
        assert len(mend.text) == mend.span.end - mend.span.start
        assert mend.reading in mend.text
        at = mend.span.end
    if not mended.mends:
        assert mended is article


HOSTILE = ["l2O ", "O1", "1 . ", "三O", "〇O0", "1,O", "3O至"]


@pytest.mark.parametrize("piece", HOSTILE)
def test_time_is_linear(piece: str) -> None:
    assert_linear(lambda size: find_mends(MappedText.whole(piece * size)), 300)
