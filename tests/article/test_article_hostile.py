"""Any text whatever: the map holds, nothing raises, time is linear."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.article import split_articles
from extractor.model import Article, Source
from extractor.page import split_page
from extractor.sentence import split_sentences
from extractor.text import Span
from support import assert_linear


def articles_of(text: str, hidden: tuple[Span, ...] = (), titles: tuple[Span, ...] = ()) -> list[Article]:
    source = Source("-", text, "", 0, "utf-8", "text", hidden=hidden, titles=titles)
    return split_articles(source, split_page(source))


def check(text: str, articles: list[Article]) -> None:
    for article in articles:
        body = article.text.text
        for run in article.text.runs:
            assert body[run.start : run.start + run.length] == text[run.source : run.source + run.length]
        for _, span in article.parts:
            start, end = article.text.to_source(span)
            assert 0 <= start < len(text) and end <= len(text)
        for sentence in split_sentences(article):
            start, end = article.text.to_source(sentence.span)
            if sentence.part == "body" and start < end:
                assert "".join(text[start:end].split()).startswith(body[sentence.span.start])
        for start, end in article.spans:
            assert 0 <= start < end <= len(text)


PIECES = st.sampled_from(
    [
        "本报讯",
        "本报东岭讯",
        "（记者 周平）",
        "\n",
        "\n\n",
        "　　",
        " ",
        "修渠30公里",
        "。",
        "，",
        "东岭县",
        "摄",
        "图为",
        "※※※",
        "（下转第三版）",
        "【",
        "】",
        "“",
        "”",
        "附：",
        "12",
        "\f",
        "\r\n",
        "\x00",
        "\ud800",
        "A",
        "■",
        "责任编辑：周平",
    ]
)


@given(st.lists(PIECES, max_size=40).map("".join))
def test_pieces_of_pages(text: str) -> None:
    check(text, articles_of(text))


@given(st.text(max_size=60))
def test_any_text(text: str) -> None:
    check(text, articles_of(text))


@given(st.lists(PIECES, min_size=1, max_size=20).map("".join), st.data())
def test_any_hidden_stretch(text: str, data: st.DataObject) -> None:
    ends = sorted(data.draw(st.lists(st.integers(0, len(text)), min_size=4, max_size=4)))
    hidden, title = Span(ends[0], ends[1]), Span(ends[2], ends[3])
    articles = articles_of(text, (hidden,), (title,))
    check(text, articles)
    covered = {run.source + k for a in articles for run in a.text.runs for k in range(run.length)}
    assert not any(at in covered for at in range(*hidden))


UNITS = {
    "one line": "今年修渠30公里，建桥5座。",
    "empty lines": "\n",
    "headline lines": "东岭县\n",
    "headlines": "东岭县\n\n",
    "datelines": "本报讯\n",
    "quotation marks": "“",
    "open brackets": "（",
    "glued": " 本报",
    "reporters": "记者 周平 李敏 ",
    "bylines": "■本报记者 周平\n",
    "separators": "※※※\n修渠。\n",
    "staff": "责任编辑：周平 ",
    "open sentences": "修渠，修到了山脚下的村子\n\n",
    "captions": "图为修渠。周平 摄\n",
    "digits": "1",
    "white space": " \u3000\t",
    "carriage returns": "\r",
    "credits": "修渠。（周平）\n",
    "undated": "石桥乡修路\n\n　　近日，全乡修路三公里。\n\n",
    "briefs": "简讯\n△修渠。\n△修路。\n",
    "signed": "修渠。\n　　　　　　　　河口供电所\n　　　　　　　　2013年5月6日\n",
}


@pytest.mark.parametrize("name", sorted(UNITS))
def test_time_is_linear(name: str) -> None:
    def run(size: int) -> None:
        for article in articles_of(UNITS[name] * (size // len(UNITS[name]))):
            split_sentences(article)

    assert_linear(run, 10_000)
