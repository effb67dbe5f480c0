"""Text quality: near 1 for clean print of any kind, lower the more of it is misread."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractor import Settings, extract
from extractor.legibility import LONGEST, measure_legibility
from extractor.pipeline import read_articles
from extractor.read import read_source
from extractor.record import to_records
from support import ROOT

PAGES = sorted((ROOT / "corpora" / "pages").glob("*.txt"))
TEXTS = {page.stem: page.read_text("utf-8") for page in PAGES}
HAN = [bytes((row, cell)).decode("gb2312") for row in range(0xB0, 0xD7) for cell in range(0xA1, 0xFF)]
DEBRIS = list("~^`'|;:.,*#\\ˉ¬¦ロ口丨丿亅")
KINDS = {
    "today": "今年以来，全县新建农家书屋120余个，培训管理员86名，完成投资1.2亿元，同比增长15.6%。",
    "1950s": "各区互助组掀起爱国增产竞赛，十八天内积肥三十六万担，超过原订计划百分之二十。",
    "traditional": "各區互助組掀起愛國增產競賽，十八天內積肥三十六萬擔，超過原訂計劃百分之二十。",
    "table": "指标\t单位\t2019年\t比上年增长（%）\n粮食总产量\t万吨\t86.5\t3.6\n棉花总产量\t万吨\t3.12\t-1.8\n",
    "ruled table": "│ 指标 │ 2019年 │\n├──┼──┤\n│ 财政收入 │ 12.6亿元 │\n│ 用电量 │ 36亿千瓦时 │\n",
    "figures": "12.5  36.8  1,250  95.6%  18  3.6\n86.5  3.12  -1.8  460  77\n",
    "Latin words": "全县建成5G基站120个，PM2.5平均浓度下降，GDP增长6.5%，推广使用iPad教学终端。",
    "list": "（一）农业。\n1.粮食播种面积36万亩；\n2.生猪存栏8.6万头；\n①蔬菜；②水果。",
    "notice": "公告\n本局定于6月18日上午9时公开拍卖设备一批。电话：2345678\n联系人：王先生",
}


@pytest.mark.parametrize("page", TEXTS)
def test_our_pages_are_clean(page: str) -> None:
    for article in extract(TEXTS[page]).articles:
        assert article.text_quality is not None
        assert article.text_quality >= 0.9, article.body[:40]


@pytest.mark.parametrize("kind", KINDS)
def test_clean_print_of_all_kinds(kind: str) -> None:
    share = measure_legibility(KINDS[kind])
    assert share is not None
    assert share >= 0.93


GARBLED = [
    ("gb18030", "latin-1"),
    ("utf-8", "gb18030"),
    ("gb18030", "big5"),
    ("utf-8", "latin-1"),
    ("gb18030", "cp932"),
]


@pytest.mark.parametrize(("written", "read"), GARBLED)
def test_text_in_a_wrong_encoding(written: str, read: str) -> None:
    for text in TEXTS.values():
        share = measure_legibility(text.encode(written).decode(read, "replace"))
        assert share is not None
        assert share < 0.45


def spoil(text: str, share: float, pool: list[str], seed: int) -> str:
    """The text with the same characters spoilt as for any smaller share, and more."""
    dice = random.Random(seed)
    out = []
    for char in text:
        chance, other = dice.random(), dice.choice(pool)
        out.append(other if chance < share and char.strip() else char)
    return "".join(out)


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from(sorted(TEXTS)),
    st.floats(0, 0.9),
    st.floats(0.02, 0.5),
    st.sampled_from([HAN, DEBRIS]),
    st.integers(0, 99),
)
def test_more_errors_never_raise_it_by_much(page: str, share: float, more: float, pool: list[str], seed: int) -> None:
    text = TEXTS[page][:LONGEST]
    less = measure_legibility(spoil(text, share, pool, seed))
    worse = measure_legibility(spoil(text, min(1.0, share + more), pool, seed))
    assert less is not None
    assert worse is not None
    assert worse <= less + 0.03


@pytest.mark.parametrize("page", TEXTS)
def test_errors_lower_it_by_their_share(page: str) -> None:
    for share, most in ((0.1, 0.97), (0.3, 0.8), (0.6, 0.5), (1.0, 0.2)):
        found = measure_legibility(spoil(TEXTS[page], share, HAN, 1))
        assert found is not None
        assert found <= most


@given(st.text())
def test_any_text(text: str) -> None:
    share = measure_legibility(text)
    assert share is None or 0 <= share <= 1
    assert (share is None) <= (not any(char.isalnum() for char in text))


def test_nothing_to_read() -> None:
    assert measure_legibility("") is None
    assert measure_legibility(" \n　") is None


def test_a_long_text_is_sampled_all_over() -> None:
    clean = KINDS["today"] * 200
    garbled = clean[: len(clean) // 2].encode("gb18030").decode("latin-1") + clean[len(clean) // 2 :]
    whole, half = measure_legibility(clean), measure_legibility(garbled)
    assert whole is not None
    assert half is not None
    assert half < 0.75 < 0.95 < whole


def test_replaced_bytes_lower_it() -> None:
    page = (
        '<html><head><meta charset="utf-8"><title>水渠修通</title></head><body><h1>水渠修通</h1>'
        "<p>今年以来，全县新修水渠46公里，群众用上了自来水，灌溉面积增加3600亩。</p></body></html>"
    ).encode()
    broken = page.replace("群众".encode(), "群众".encode() + b"\xff\xfe\xff")
    found = []
    for data in (page, broken):
        settings_ = Settings(errors="replace")
        source = read_source("page.html", settings_, data=data)
        [article] = to_records(source, read_articles(source, settings_)).articles
        assert source.encoding == "utf-8"
        found.append(article.text_quality)
    assert found[0] is not None
    assert found[1] is not None
    assert found[1] < found[0] - 0.03
