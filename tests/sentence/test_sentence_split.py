"""Sentences and clauses."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.model import Article
from extractor.sentence import split_clauses, split_sentences
from extractor.text import BodySpan, MappedText
from support import assert_linear


def article_of(*lines: tuple[str, str]) -> Article:
    text = "\n".join(line for _, line in lines)
    parts, at = [], 0
    for role, line in lines:
        parts.append((role, BodySpan(at, at + len(line))))
        at += len(line) + 1
    return Article(0, "news", MappedText.whole(text), tuple(parts), None, None)


def split(text: str) -> list[str]:
    return [text[s.span.start : s.span.end] for s in split_sentences(article_of(("body", text)))]


ROWS = [
    ("修渠30公里。建桥5座！效果如何？", ["修渠30公里。", "建桥5座！", "效果如何？"], "marks"),
    ("修渠30公里；建桥5座;植树3万株。", ["修渠30公里；建桥5座;植树3万株。"], "semicolons stay inside"),
    ("增长20．9％，达28.6公里。", ["增长20．9％，达28.6公里。"], "decimal points"),
    ("县长说：“要快。”大家点头。", ["县长说：“要快。”", "大家点头。"], "closing quotation marks"),
    ("开展“我先行！”活动30次。", ["开展“我先行！”活动30次。"], "a slogan"),
    ("路修通了（去年20公里。）。", ["路修通了（去年20公里。）。"], "brackets"),
    ("产量（含套种。按亩计）达300斤。", ["产量（含套种。按亩计）达300斤。"], "a stop within brackets"),
    ("真好！！！再来。", ["真好！！！", "再来。"], "marks in a row"),
    ("没有句号", ["没有句号"], "no mark"),
    ("见http://example.com/a?id=3网页。", ["见http://example.com/a?id=3网页。"], "a link"),
    ("“修渠！”“建桥！”他喊。", ["“修渠！”", "“建桥！”", "他喊。"], "shouts"),
    (" 修渠。 建桥。 ", ["修渠。", "建桥。"], "white space belongs to none"),
]


@pytest.mark.parametrize(("text", "expected", "why"), ROWS)
def test_sentences(text: str, expected: list[str], why: str) -> None:
    assert split(text) == expected, why


def test_parts() -> None:
    article = article_of(("kicker", "河口镇"), ("title", "修渠！建桥！"), ("body", "修渠。"), ("body", "建桥。"))
    found = split_sentences(article)
    assert [(s.part, s.paragraph) for s in found] == [("kicker", 0), ("title", 1), ("body", 2), ("body", 3)]


CLAUSES = [
    ("修渠30公里，建桥5座；植树：3万株。", ["修渠30公里，", "建桥5座；", "植树：", "3万株。"]),
    ("粮食、棉花和油料，都增产。", ["粮食、棉花和油料，", "都增产。"]),
    ("共1,250人,8:30出发", ["共1,250人,", "8:30出发"]),
    ("一个分句", ["一个分句"]),
]


@pytest.mark.parametrize(("text", "expected"), CLAUSES)
def test_clauses(text: str, expected: list[str]) -> None:
    assert [text[c.start : c.end] for c in split_clauses(text, BodySpan(0, len(text)))] == expected


@given(st.text(alphabet="修渠公里30，。；：！？“”‘’（）《》 、.,:?!a", max_size=80))
def test_sentences_and_clauses_cover_the_text(text: str) -> None:
    body = BodySpan(0, len(text))
    clauses = split_clauses(text, body)
    assert "".join(text[c.start : c.end] for c in clauses) == text
    joined = "".join(split(text))
    assert "".join(joined.split()) == "".join(text.split())


@pytest.mark.parametrize("unit", ["“", "“甲。", "（甲。", "。", "甲！”", "《", "？", "”。"])
def test_hostile_text_takes_linear_time(unit: str) -> None:
    def run(size: int) -> None:
        text = unit * size
        split(text)
        split_clauses(text, BodySpan(0, len(text)))

    assert_linear(run, 5_000)
