"""Web pages: the samples against their gold, the rows of the tables, charsets, hostile pages."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from lxml import html as lxml_html

from extractor import extract
from extractor.errors import InputError, UndecodableError
from extractor.lexicon.table import read_table
from extractor.matching import to_matching
from extractor.model import Reading, Source
from extractor.pipeline import read_articles
from extractor.read import read_source, read_text
from extractor.read.date import find_date
from extractor.read.html import read_html
from extractor.read.html_meta import find_meta, parse_authors, parse_day, parse_paper, parse_url_day
from extractor.read.html_rule import find_elements, find_labels, find_line_role, find_marks
from extractor.read.html_tree import decode_page
from extractor.settings import Settings
from support import ROOT, Plain, assert_linear, find_broken_spans, parse_lines, run_govfacts

FOLDER = ROOT / "corpora" / "html"
GOLD = [json.loads(line) for line in (FOLDER / "gold.jsonl").read_text("utf-8").splitlines()]
NAMES = [gold["file"] for gold in GOLD]
PARAGRAPH = "今年全县新修水渠35公里，投资860万元，受益农民1.2万人。"


def read(name: str) -> Source:
    return read_source(str(FOLDER / name), Settings())


def squeeze(text: str) -> str:
    return "".join(text.split())


def split_item(source: Source, index: int) -> tuple[list[str], list[str]]:
    """Headline lines and paragraphs of one item."""
    item = source.items[index]
    titles = [source.text[t.start : t.end] for t in source.titles if item.start <= t.start < item.end]
    lines = [line for line in source.text[item.start : item.end].split("\n") if line.strip()]
    assert lines[: len(titles)] == titles
    return titles, lines[len(titles) :]


def intersect(first: str, second: str) -> float:
    """Characters of common paragraphs to those of all."""
    one, two = {squeeze(line) for line in first.split("\n")}, {squeeze(line) for line in second.split("\n")}
    every = sum(map(len, one | two))
    return sum(map(len, one & two)) / every if every else 1.0


def to_facts(readings: list[Reading]) -> Iterator[tuple[Any, ...]]:
    for reading in readings:
        for fact in reading.facts:
            parts = (fact.indicator, fact.action, fact.subject, fact.period)
            place = fact.place.place.name if fact.place else None
            yield fact.quantity.text, fact.quantity.unit, *(part and part.text for part in parts), place


@pytest.mark.parametrize("gold", GOLD, ids=NAMES)
def test_sample(gold: Plain) -> None:
    source = read(gold["file"])
    readings = read_articles(source, Settings())
    assert source.format == "HTML" and source.encoding == gold["encoding"]
    assert source.published is not None and source.published.iso() == gold["date"]
    assert (source.newspaper, source.uri) == (gold["newspaper"], gold["uri"])
    assert [reading.article.title for reading in readings] == [article["title"] for article in gold["articles"]]
    for index, article in enumerate(gold["articles"]):
        _, body = split_item(source, index)
        assert intersect("\n".join(body), "\n".join(article["paragraphs"])) >= 0.95
    names = [*source.byline, *(name for reading in readings for name in reading.article.byline)]
    assert not gold["byline"] or list(dict.fromkeys(names)) == gold["byline"]


@pytest.mark.parametrize("gold", [g for g in GOLD if len(g["articles"]) == 1], ids=lambda gold: gold["file"])
def test_the_facts_are_those_of_the_text_alone(gold: Plain) -> None:
    article = gold["articles"][0]
    text = article["title"] + "\n\n"
    for paragraph in article["paragraphs"]:
        text += paragraph + ("\n" if "\t" in paragraph else "\n\n")
    settings = Settings(newspaper=gold["newspaper"])
    plain = read_articles(read_text(text, "plain", settings, date=gold["date"]), settings)
    facts = list(to_facts(read_articles(read(gold["file"]), Settings())))
    assert facts and facts == list(to_facts(plain))


@pytest.mark.parametrize("name", NAMES)
def test_no_furniture_in_the_text(name: str) -> None:
    text = read(name).text
    for word in (
        "首页",
        "上一篇",
        "下一篇",
        "责任编辑",
        "版权所有",
        "打印",
        "分享",
        "浏览次数",
        "相关阅读",
        "扫一扫",
        "点赞",
    ):
        assert word not in text


def test_the_command_reads_pages_and_every_span_holds() -> None:
    done = run_govfacts("extract", FOLDER / "bulletin.html", FOLDER / "sheet-articles.html")
    assert done.returncode == 0, done.stderr.decode()
    texts = {str(FOLDER / name): read(name).text for name in ("bulletin.html", "sheet-articles.html")}
    records = [record for record in parse_lines(done.stdout) if record["record"] != "run"]
    assert not [broken for record in records for broken in find_broken_spans(texts[record["doc"]], record)]
    assert [r["quantity"]["text"] for r in records if r["record"] == "fact" and r["rule"] == "table.column"] == [
        *("42.31", "2.1", "9860", "-1.7", "6.05", "5.2")
    ]


def page(body: str, head: str = "") -> bytes:
    return f"<html><head>{head}</head><body>{body}</body></html>".encode()


def test_what_the_page_declares_is_not_believed() -> None:
    text = f"<html><head><meta charset=big5></head><body><p>{PARAGRAPH}</p></body></html>"
    for encoding in ("utf-8", "gb18030"):
        decoded = read_html(text.encode(encoding), "page", Settings())
        assert PARAGRAPH in decoded.text and decoded.encoding == encoding


def test_frames_are_named_in_the_error() -> None:
    frames = b"<html><frameset cols='20%,*'><frame src='left.htm'><frame src='main.htm'></frameset></html>"
    with pytest.raises(UndecodableError, match=r"frames.*left\.htm, main\.htm"):
        read_html(frames, "index.htm", Settings())


def test_a_page_that_only_sends_on_names_where_to() -> None:
    head = b"<html><head><META HTTP-EQUIV='Refresh' CONTENT='0; URL=node_2.htm'></head><body></body></html>"
    with pytest.raises(UndecodableError, match=r"index\.htm: the page only sends on.*node_2\.htm"):
        read_html(head, "index.htm", Settings())


@pytest.mark.parametrize("data", [b"<html></html>", b"<html><body><script>var a='x';</script></body></html>"])
def test_a_page_without_text_is_an_input_error(data: bytes) -> None:
    with pytest.raises(UndecodableError, match=r"page: .*holds no"):
        read_html(data, "page", Settings())


def test_a_page_filled_by_script_gives_the_text_of_its_metadata() -> None:
    block = json.dumps(
        {"@type": "NewsArticle", "headline": "水渠修到田头", "articleBody": f"{PARAGRAPH}\n群众拍手称好。"}
    )
    decoded = read_html(
        page("<div id=app></div>", f"<script type='application/ld+json'>{block}</script>"), "p", Settings()
    )
    assert decoded.text == f"水渠修到田头\n\n{PARAGRAPH}\n\n群众拍手称好。\n"


def test_the_headline_that_only_the_head_gives_loses_the_site() -> None:
    for title in ("水渠修到田头_河湾县人民政府", "水渠修到田头 - 河湾新闻网", "水渠修到田头|要闻|河湾日报"):
        decoded = read_html(page(f"<p>{PARAGRAPH}</p>", f"<title>{title}</title>"), "p", Settings())
        assert decoded.text.startswith("水渠修到田头\n\n")


def test_layout_tables_are_text_and_data_tables_rows() -> None:
    layout = f"<table><tr><td><a href=1>首页</a></td><td><p>{PARAGRAPH}</p></td></tr></table>"
    assert "\t" not in read_html(page(layout), "p", Settings()).text
    cells = "<tr><th rowspan=2>指标<th colspan=2>2008年<tr><th>1月<th>2月<tr><td>发电量<td>12<td>13"
    text = read_html(page(f"<div id=zoom><p>{PARAGRAPH}</p><table>{cells}</table></div>"), "p", Settings()).text
    assert "指标\t2008年\n\t1月\t2月\n发电量\t12\t13\n" in text


def test_values() -> None:
    assert parse_day("2019-05-05T17:30:00Z") == "2019-05-06" and parse_day("2019-05-05 17:30") == "2019-05-05 17:30"
    assert parse_day("2019-05-05T07:30:00+08:00") == "2019-05-05"
    assert parse_url_day("http://a.example/html/2019-05/06/content_1.htm") == "2019-05-06"
    assert parse_url_day("/t20190506_12.html") == "20190506" and parse_url_day("/a/99.html") is None
    assert [parse_paper(t) for t in ("河湾日报数字报", "《河湾晚报》", "县政府办", "河湾新闻网")] == [
        "河湾日报",
        "河湾晚报",
        None,
        None,
    ]
    assert parse_authors("本报记者 周平 通讯员 李　敏") == ["周平", "李敏"] and parse_authors("县融媒体中心") == []


@pytest.mark.parametrize("row", read_table("html_mark.tsv"), ids=lambda row: row["mark"])
def test_mark_row(row: dict[str, str]) -> None:
    found = find_marks(lxml_html.fragment_fromstring(row["example"]))
    assert row["expected"] == row["role"] and row["role"] in [role for _, role, _ in found]


@pytest.mark.parametrize("row", read_table("html_element.tsv"), ids=lambda row: row["element"])
def test_element_row(row: dict[str, str]) -> None:
    assert row["example"].startswith(f"<{row['element']}>") and row["element"] in find_elements(row["expected"])


@pytest.mark.parametrize("row", read_table("html_meta.tsv"), ids=lambda row: row["name"])
def test_meta_row(row: dict[str, str]) -> None:
    role, _, value = row["expected"].partition(" ")
    assert find_meta(lxml_html.document_fromstring(f"<html><head>{row['example']}</head></html>")).get(role) == [value]


@pytest.mark.parametrize("row", read_table("html_label.tsv"), ids=lambda row: row["label"])
def test_label_row(row: dict[str, str]) -> None:
    role, value, _ = find_labels(row["example"])[0]
    assert f"{role} {value}".strip() == row["expected"]
    assert role != "date" or find_date(value, "header", "metadata") is not None


@pytest.mark.parametrize("row", read_table("html_line.tsv"), ids=lambda row: row["line"])
def test_line_row(row: dict[str, str]) -> None:
    assert find_line_role(row["example"]) == row["expected"] == row["role"]


@pytest.mark.parametrize(
    "line", [PARAGRAPH, "上级拨款12万元，打印材料3000份。", "来源广泛的捐款达5万元", "关闭小煤窑37处"]
)
def test_lines_of_text_are_no_furniture(line: str) -> None:
    assert find_line_role(line) is None and not find_labels(line)


HOSTILE = {
    "nested": ("<div>", 400),
    "unclosed": ("<p><b>水渠修通了，全长3公里", 100),
    "links": ("<a href=x>修渠</a>", 100),
    "cells": ("<table><tr><td colspan=9999 rowspan=9999>粮食<td>12</tr></table>", 40),
    "rows": ("<tr><td colspan=99 rowspan=99>粮食<td>12", 40),
    "less-than": ("<", 2000),
    "comments": ("<!--", 400),
    "scripts": ("<script>", 400),
    "quotes": ("<a \"'", 400),
    "breaks": ("修渠，全长三里<br>", 100),
    "headings": ("<h1>修渠</h1>", 60),
    "entities": ("&amp;", 400),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_pages_in_linear_time(name: str) -> None:
    piece, size = HOSTILE[name]

    def run(times: int) -> None:
        data = page(
            f"<p>{PARAGRAPH}</p><table>" + piece * times if name == "rows" else f"<p>{PARAGRAPH}</p>" + piece * times
        )
        read_html(data, "hostile", Settings())

    assert_linear(run, size)


def test_a_hundred_thousand_nested_elements_give_their_text() -> None:
    decoded = read_html(b"<html>" + b"<div>" * 100_000 + f"<p>{PARAGRAPH}</p>".encode(), "deep", Settings())
    assert PARAGRAPH in decoded.text


def test_two_hundred_thousand_attributes_are_cut() -> None:
    attributes = " ".join(f"a{i}=1" for i in range(200_000))
    decoded = read_html(page(f"<p {attributes}>{PARAGRAPH}</p>"), "wide", Settings())
    assert PARAGRAPH in decoded.text


def test_an_entity_of_a_document_type_is_not_read(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("不该读的文字", "utf-8")
    data = f'<!DOCTYPE html [<!ENTITY x SYSTEM "{secret.as_uri()}">]><html><body><p>{PARAGRAPH}&x;</p></body></html>'
    try:
        text = read_html(data.encode(), "entity", Settings()).text
    except InputError:
        return
    assert "不该读" not in text


def test_the_text_of_a_page_is_read_like_any_other() -> None:
    text = read("portal.html").text
    assert len(extract(text, date="2011-10-21").facts) == len(
        list(to_facts(read_articles(read("portal.html"), Settings())))
    )


def broken_page(charset: str, codec: str) -> bytes:
    """A page with a stray byte in its text."""
    head = f'<html><head><meta charset="{charset}"><title>水渠修通</title></head><body><h1>水渠修通</h1>'
    page = f"{head}<p>{PARAGRAPH}</p><p>群众用上了自来水，增加灌溉面积3600亩。</p></body></html>".encode(codec)
    return page.replace("群众".encode(codec), "群众".encode(codec) + b"\xff", 1)


@pytest.mark.parametrize(("charset", "codec"), [("utf-8", "utf-8"), ("gb2312", "gb18030"), ("gb2312", "utf-8")])
def test_a_bad_byte_is_named_or_replaced(charset: str, codec: str) -> None:
    data = broken_page(charset, codec)
    at = data.index(b"\xff")
    with pytest.raises(UndecodableError, match=rf"^a\.html: byte 0xff at offset {at} is not {codec.upper()}$"):
        read_source("a.html", Settings(), data=data)
    source = read_source("a.html", Settings(errors="replace"), data=data)
    assert (source.encoding, source.text.count("\ufffd")) == (codec, 1)
    assert source.quality is not None
    assert 0.9 < source.quality < 1


@pytest.mark.parametrize("name", NAMES)
def test_a_traditional_page_is_read_as_its_simplified_twin(name: str) -> None:
    convert = pytest.importorskip("opencc").OpenCC("s2t").convert
    data = (FOLDER / name).read_bytes()
    page, _ = decode_page(data, name)
    twin = "".join(map(convert, page))
    assert len(twin) == len(page)
    ours, theirs = (read_source(name, Settings(), data=text.encode()) for text in (page, twin))
    assert theirs.text != ours.text
    assert to_matching(theirs.text) == ours.text
    assert "".join(map(convert, theirs.text)) == theirs.text  # the page's own characters
    assert (theirs.published, theirs.newspaper, theirs.items) == (ours.published, ours.newspaper, ours.items)
    assert tuple(map(to_matching, theirs.byline)) == ours.byline
    assert [f.quantity.span for r in read_articles(theirs, Settings()) for f in r.facts] == [
        f.quantity.span for r in read_articles(ours, Settings()) for f in r.facts
    ]
