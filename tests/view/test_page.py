"""Pages show all of a text, its mentions and its facts, and nothing in them runs."""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor import extract
from extractor.pipeline import read_articles
from extractor.read import read_source, read_text
from extractor.settings import Settings
from extractor.view import LANGUAGES, to_page
from extractor.view.label import load_labels
from sample import pages, print_page, wrap
from support import PAGES, ROOT, assert_linear
from view.page import Page, view, view_file

ARTICLE = """凤阳县
水渠修到田间地头

　　本报凤阳讯（记者　林溪）今年以来，凤阳县实施“清流润田”工程，投资近32
00万元，整修灌溉渠道126.5公里，受益农户3至5万户。
　　该县培训管护员86名，其中女管护员21名。

山货卖出好价钱

　　本报讯 石柱土家族自治县卖出莼菜35吨。
"""
ALLOWED_ATTRIBUTES = {
    *("lang", "charset", "http-equiv", "content", "name", "class", "id", "href", "type", "checked", "open", "hidden"),
    *("title", "role", "aria-label", "aria-labelledby", "scope"),
}
FORBIDDEN = {"script", "img", "iframe", "object", "embed", "link", "base", "form", "svg", "video", "audio", "math"}


def check(page: Page) -> None:
    """What holds for every page."""
    assert not page.broken
    assert len(set(page.ids)) == len(page.ids)
    assert not [link for link in page.links if link[0] != "#" or link[1:] not in page.ids]
    assert not page.tags & FORBIDDEN
    assert page.attributes <= ALLOWED_ATTRIBUTES


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_sample_pages(path: Path) -> None:
    text, page = view_file(path)
    check(page)
    assert page.text == text.replace("\r\n", "\n")
    source = read_source(str(path), Settings())
    facts = extract(source.text, source=source.doc, date=source.published.iso() if source.published else None).facts
    quantities = [text for kind, _, text in page.marks if kind == "quantity"]
    told = ["".join(fact.quantity.text.split()) for fact in facts]
    assert sorted("".join(text.split()) for text in quantities) == sorted(told)


@given(pages(), st.sampled_from([11, 17, 24, 60]))
def test_generated_pages(items: list[tuple[str, list[str]]], width: int) -> None:
    text = print_page(items, width)
    page = view(text)
    check(page)
    assert sorted(page.text) == sorted(text)


@given(
    st.text(
        st.sampled_from("修渠12公里万元凤阳县“”《》，。\n\r\t <>&\"'\u202e\u200b\x00\x1b\u2028\ufeff🚜e\u0301"),
        max_size=60,
    )
)
def test_any_text(text: str) -> None:
    page = view(text, doc=text.strip() or "-")
    check(page)
    shown = page.text
    plain = "修渠公里万元<>&\"'🚜"
    assert [c for c in shown if c in plain] == [c for c in text if c in plain]
    assert not set(page.html) & set("\u202e\u200b\x00\x1b\u2028\ufeff\r")


def test_rows_and_anchors() -> None:
    page = view(ARTICLE, date="2024-07-15")
    check(page)
    assert page.rows["f1"][:-1] == [
        *("1", "近3200万元", "不到 32,000,000 CNY金额", "投资", "投资", "凤阳县", "凤阳县"),
        *("今年以来2024-01-01 – 2024-07-15", "清流润田工程"),
    ]
    assert re.fullmatch(r"0\.\d\d", page.rows["f1"][-1])
    marks = {key: (kind, text) for kind, key, text in page.marks if key}
    quantity = next(key for key, mark in marks.items() if mark[0] == "quantity")
    assert marks[quantity] == ("quantity", "近32\n00万元")
    assert f'<a id="{quantity}" class="quantity" href="#f1">' in page.html
    assert page.html.count(f'href="#{quantity}"') == 2  # the number and the quantity of its row
    for kind in ("indicator", "action", "program", "period", "place", "dateline"):
        key = next(key for key, mark in marks.items() if mark[0] == kind)
        assert kind == "dateline" or f'href="#{key}"' in page.html


def test_the_columns_of_the_table() -> None:
    page = view(ARTICLE, date="2024-07-15")
    head = re.search(r'<table class="facts">.*?</thead>', page.html, re.DOTALL)
    assert head is not None
    assert re.findall(r'<th scope="col">(.*?)</th>', head[0]) == [
        *("序号", "数量", "数值", "指标", "动作", "主体", "地点", "时间", "项目", "置信度")
    ]


def test_values_say_what_the_words_allow() -> None:
    page = view("　　本报讯 全县建成书屋120余个，受益3至5万户，投资1.5亿元，数百人到场。人均收入居全市第3位。")
    values = {row[1]: row[2] for row in page.rows.values()}
    assert values["120余个"] == "超过 120 (120 – 130) 个计数"
    assert values["第3位"] == "第 3名次"
    assert values["3至5万户"] == "30,000 – 50,000 户计数"
    assert values["1.5亿元"] == "150,000,000 CNY金额"
    assert values["数百人"] == "约 200 – 900 人计数"


def test_parts_and_repeats_lead_to_their_rows() -> None:
    page = view("修渠\n\n　　本报讯 凤阳县整修渠道35公里，其中干渠12公里。凤阳县整修渠道35公里的消息传开。\n")
    ties = [row[1] for row in page.rows.values() if "其中" in row[1] or "重复" in row[1]]
    assert ties and all(re.search(r"(其中，总数见|重复) \d$", tie) for tie in ties)
    check(page)


def test_articles_are_parted() -> None:
    page = view(ARTICLE, date="2024-07-15")
    assert re.findall(r"<h2[^>]*>(.*?)</h2>", page.html) == ["水渠修到田间地头", "山货卖出好价钱"]
    assert page.html.count("<article ") == 2 and len(page.texts) == 2
    for name, value in (("电头", "本报凤阳讯"), ("作者", "林溪"), ("引题", "凤阳县"), ("日期", "2024-07-15")):
        assert f"<dt>{name}</dt><dd>{value}</dd>" in page.html
    assert ("title", "", "水渠修到田间地头") in page.marks
    assert ("kicker", "", "凤阳县") in page.marks
    assert page.html.count('<li><a href="#a') == 2


def test_text_of_no_article() -> None:
    text = "滨　河　日　报\n2021年3月4日　　星期四\n\n" + ARTICLE
    page = view(text)
    assert 'class="other" aria-label="版面上的其他文字"' in page.html
    assert page.text == text
    assert page.texts[0].startswith("滨　河　日　报")
    assert "<dt>报纸</dt><dd>滨河日报</dd>" in page.html


LEFT = (
    "本报讯 凤阳县整修灌溉渠道三百公里，培训护林员一百五十名。",
    "乡亲们在渠边种下果树五百余亩，大家都说水到田头心里踏实。",
    "今年，该县又筹集修路资金三十万元，新修机耕路十二公里。",
)
RIGHT = (
    "本报讯 全椒县新建农家书屋十二个，发放种植技术资料三万份。",
    "举办培训班二十期，农户们都很高兴，晚上看书的人多了起来。",
    "目前，全县已有书屋八十六个，藏书六万二千册，还在增加。",
)


def test_articles_in_columns() -> None:
    """Each article's lines are shown together."""
    columns = [
        ["水渠修到田间地头", "", *wrap([*LEFT], 15, blank=False).split("\n")],
        ["书屋办进小山村", "", *wrap([*RIGHT], 15, blank=False).split("\n")],
    ]
    text = "\n".join(f"{left:　<18}{right}".rstrip() for left, right in zip(*columns, strict=True)) + "\n"
    page = view(text)
    check(page)
    assert sorted(page.text) == sorted(text)
    assert page.html.count("<article ") == 2 and len(page.texts) == 16 and "text apart" not in page.html
    first = "".join("".join(page.texts[:8]).split())
    assert first == "".join(("水渠修到田间地头", *LEFT)).replace(" ", "")
    told = [fact.quantity.text for fact in extract(text).facts]
    assert [text for kind, _, text in page.marks if kind == "quantity"] == told and len(told) == 10


def test_an_article_that_goes_on_elsewhere() -> None:
    from extractor.model import Article
    from extractor.text import BodySpan, MappedText, Span
    from extractor.view.stretch import split_blocks, split_stretches

    source = "修渠上半\n\n别的话在这里\n\n修渠下半"
    one = MappedText.build(source, [Span(0, 4), Span(14, 18)])
    other = MappedText.build(source, [Span(6, 12)])
    articles = [
        Article(0, "news", one, (("body", BodySpan(0, 8)),), None, None),
        Article(1, "news", other, (("body", BodySpan(0, 6)),), None, None),
    ]
    blocks = split_blocks(split_stretches(source, articles))
    assert [(block.owner, source[slice(*block.span)].strip()) for block in blocks] == [
        *((0, "修渠上半"), (1, "别的话在这里"), (0, "修渠下半")),
    ]
    settings = Settings()
    read = read_text(source, "-", settings)
    readings = [
        replace(reading, article=article) for article in articles for reading in read_articles(read, settings)[:1]
    ]
    page = Page(to_page([(read, readings)]))
    check(page)
    assert "".join(page.texts[:2]).split() == ["修渠上半", "修渠下半"] and page.html.count('"text apart"') == 1


def test_nothing_at_all() -> None:
    for text in ("", "\n \n", "今天天气很好，大家都很高兴，乡亲们都出门了。\n"):
        page = view(text)
        check(page)
        assert page.text == text
    assert "没有找到数字事实。" in page.html


@pytest.mark.parametrize("date", ["2024-07-15", "1974-07", "1958"])
def test_dates(date: str) -> None:
    assert f"<dt>日期</dt><dd>{date}</dd>" in view("今天天气很好，大家都很高兴。", date=date).html


def test_language() -> None:
    assert set(LANGUAGES) == {"zh", "en"}
    page = view(ARTICLE, language="en")
    check(page)
    assert '<html lang="en">' in page.html and "Confidence" in page.html and "less than 32,000,000 CNY" in page.html
    assert page.html.count('lang="zh"') == 2
    assert '<html lang="zh-CN">' in view(ARTICLE).html


def test_labels_are_complete() -> None:
    one, other = load_labels("zh"), load_labels("en")
    assert one.words.keys() == other.words.keys()
    assert {name: group.keys() for name, group in one.groups.items()} == {
        name: group.keys() for name, group in other.groups.items()
    }
    assert one.tell("facts of", title="{number}") == "数字事实：{number}"


def test_the_policy_allows_the_style_alone() -> None:
    page = view(ARTICLE)
    (style,) = re.findall(r"<style>(.*?)</style>", page.html, re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    assert f'<meta http-equiv="Content-Security-Policy" content="{policy}">' in page.html
    assert page.html.index("Content-Security-Policy") < page.html.index("<style>")
    assert "url(" not in style and "@import" not in style


HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</style></textarea></title><svg onload=alert(1)>",
    "<!--",
    "]]>",
    "&lt;b&gt;&#x3c;",
    "$title ${body} $$",
    "{title} {number}",
    "javascript:alert(1)",
)


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_text(words: str) -> None:
    text = f"{words}修渠\n\n　　本报讯（记者　{words}）凤阳县实施“{words}清流”工程，整修{words}渠道12公里。{words}\n"
    page = view(text, doc=words)
    check(page)
    assert page.text == text
    assert f"<title>{page.html.split('<title>')[1].split('</title>')[0]}</title>" in page.html
    assert page.tags <= view(ARTICLE).tags | {"details", "summary", "section"}


def test_names_of_documents_are_text() -> None:
    source = read_text("修渠12公里。", "<b>\u202egpj.txt", Settings())
    html = to_page([(source, [])])
    assert "<title>&lt;b&gt;U+202Egpj.txt</title>" in html and "\u202e" not in html


def test_many_documents_and_parts() -> None:
    settings = Settings()
    documents = []
    for doc in ("a.txt", "b.txt"):
        source = read_text(ARTICLE, doc, settings)
        documents.append((source, read_articles(source, settings)))
    page = Page(to_page(documents))
    check(page)
    assert page.text == ARTICLE * 2
    assert "<h1>a.txt … 2</h1>" in page.html
    assert page.html.count("<article ") == 4


def test_a_page_is_the_same_twice() -> None:
    assert view(ARTICLE).html == view(ARTICLE).html


def test_linear_time() -> None:
    settings = Settings()
    sentence = "　　凤阳县整修灌溉渠道12公里，投资30万元，培训护林员15名。\n"

    def make(size: int) -> tuple[object, ...]:
        source = read_text("修渠\n\n" + sentence * size, "-", settings)
        return source, read_articles(source, settings)

    made = {size: make(size) for size in (20, 160)}
    assert_linear(lambda size: to_page([made[size]]), 20)  # type: ignore[list-item]


def test_the_guide_tells_every_option() -> None:
    import argparse

    from extractor.cli import view as command

    parser = argparse.ArgumentParser()
    command.add_arguments(parser)
    guide = (ROOT / "docs" / "view.md").read_text("utf-8")
    own = {"--out", "--language", "--date", "--source", "--lexicon", "--errors", "--files-from"}
    options = {option for action in parser._actions for option in action.option_strings}
    assert own <= options
    assert not [option for option in own if f"`{option}" not in guide]
