"""Wraps and layout white space."""

from __future__ import annotations

import pytest

from extractor.article.credit import find_call, find_caption_credit, find_credit, parse_names
from extractor.article.unwrap import to_head_pieces, to_pieces
from extractor.text import MappedText, Span

ROWS = [
    ("清淤渠道28.\n6公里", "清淤渠道28.6公里", "a wrap inside a number"),
    ("用工1\n500余人次", "用工1500余人次", "a wrap inside a number"),
    ("人才 84 人", "人才84人", "figures padded"),
    ("群众 400 余人次", "群众400余人次", "figures padded"),
    ("增长 12 %，", "增长12%，", "figures padded before a mark"),
    ("“义诊到村 服务到户”活动", "“义诊到村 服务到户”活动", "parts of a name"),
    ("义诊到村 　 服务到户", "义诊到村 服务到户", "one space for a run"),
    ("本报讯  今年", "本报讯 今年", "the dateline's gap"),
    ("使用Windows  XP系统", "使用Windows XP系统", "Latin words"),
    ("使用Visual\nStudio软件", "使用Visual Studio软件", "a wrap between Latin words"),
    ("， 全县", "，全县", "space behind a mark"),
    ("（通讯员\n周平）", "（通讯员 周平）", "a wrap between word and name"),
    ("乡\n村", "乡村", "a wrap inside a word"),
    ("河口    3900    86", "河口 3900 86", "columns of a table"),
    ("河口\t3900\t-86", "河口 3900 -86", "cells parted by tabs"),
]


def join(text: str, pieces: list[Span | str]) -> str:
    return MappedText.build(text, pieces).text


def lines_of(text: str) -> list[Span]:
    spans, at = [], 0
    for line in text.split("\n"):
        spans.append(Span(at, at + len(line)))
        at += len(line) + 1
    return spans


@pytest.mark.parametrize(("text", "expected", "why"), ROWS)
def test_body(text: str, expected: str, why: str) -> None:
    assert join(text, to_pieces(text, lines_of(text))) == expected, why


def test_headline_parts_are_joined_by_one_space() -> None:
    text = "动力  活力\n双提升"
    assert join(text, to_head_pieces(text, lines_of(text))) == "动力 活力 双提升"


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("■本报通讯员 周平", ["周平"]),
        ("本报记者 周平 李敏 通讯员 王波", ["周平", "李敏", "王波"]),
        ("（通讯员 周　平）", ["周平"]),
        ("新华社记者周平、李敏", ["周平", "李敏"]),
        ("文/图 记者 王波", ["王波"]),
    ],
)
def test_names(text: str, names: list[str]) -> None:
    assert parse_names(text) == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("（通讯员 周平 李敏）今年", ["周平", "李敏"]),
        ("  记者周平报道：今年", ["周平"]),
        ("(新闻联播)：今年", []),
        ("（去年为20公里）今年", []),
        ("今年记者周平报道", []),
    ],
)
def test_calls_behind_the_dateline(text: str, names: list[str]) -> None:
    assert find_call(text) == names


@pytest.mark.parametrize(
    ("text", "kept", "names"),
    [
        ("修渠30公里。（周平）", "修渠30公里。", ["周平"]),
        ("修渠30公里。  （周\n  平）", "修渠30公里。  ", ["周平"]),
        ("修渠30公里。（记者 周平 通讯员 李敏）", "修渠30公里。", ["周平", "李敏"]),
        ("修渠30公里。(来源：临江日报)", "修渠30公里。", []),
        ("修渠30公里。（完）", "修渠30公里。", []),
    ],
)
def test_credit_at_the_end(text: str, kept: str, names: list[str]) -> None:
    found = find_credit(text)
    assert found is not None
    assert (text[: found[0]], found[1]) == (kept, names)


@pytest.mark.parametrize("text", ["修渠（含支渠）", "共30公里（去年20公里）", "修渠30公里。", "完成任务（见附表）"])
def test_no_credit(text: str) -> None:
    assert find_credit(text) is None


def test_caption_credit() -> None:
    text = "图为收割现场。 ■通讯员 周平 李敏 摄"
    assert find_caption_credit(text) == (7, ["周平", "李敏"])
