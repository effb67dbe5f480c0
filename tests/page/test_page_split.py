"""Physical lines and blocks."""

from __future__ import annotations

import pytest

from extractor.layout import Page
from extractor.model import Source
from extractor.page import split_page
from extractor.text import Span


def page_of(
    text: str, *, hidden: tuple[Span, ...] = (), titles: tuple[Span, ...] = (), newspaper: str | None = None
) -> tuple[Source, Page]:
    source = Source("-", text, "", 0, "utf-8", "text", hidden=hidden, titles=titles, newspaper=newspaper)
    return source, split_page(source)


def roles(text: str, *, newspaper: str | None = None) -> list[tuple[str, str]]:
    source, page = page_of(text, newspaper=newspaper)
    return [(b.role, "".join(source.text[s.start : s.end] for s in b.spans)) for b in page.blocks]


def test_blocks_of_a_page() -> None:
    text = "河口镇修渠\n本报记者 周平\n\n今年修渠30公里，受益群众1.2\n万人，实现了旱涝保收。\n— 2 —\n"
    assert roles(text) == [
        ("headline", "河口镇修渠"),
        ("byline", "本报记者 周平"),
        ("body", "今年修渠30公里，受益群众1.2万人，实现了旱涝保收。"),
    ]


def test_a_report_behind_a_headline_on_one_line() -> None:
    text = "河口镇修渠 本报讯（通讯员 周平）今年修渠30公里。\n"
    _, page = page_of(text)
    assert [b.role for b in page.blocks] == ["headline", "body"]
    assert page.blocks[1].starts
    assert page.blocks[1].lines[0].glued


@pytest.mark.parametrize("mark", ["※※※", "———", "* * *", "★★★★", "◆ ◆ ◆"])
def test_separators(mark: str) -> None:
    assert [role for role, _ in roles(f"修渠30公里。\n{mark}\n建桥5座。\n")] == ["body", "separator", "body"]


@pytest.mark.parametrize("mark", ["- 3 -", "第3页", "第3页 共8页", "· 12 ·", "XKDRB-0612"])
def test_furniture_between_the_lines_of_a_sentence(mark: str) -> None:
    above = "今年全县完成生产总值86亿元，财\n政收入5.6亿元，新增就业的人\n"
    text = f"{above}\n{mark}\n\n数达到4200人，失业率下降了\n一成多。\n"
    assert roles(text) == [
        ("body", "今年全县完成生产总值86亿元，财政收入5.6亿元，新增就业的人数达到4200人，失业率下降了一成多。")
    ]


def test_jump_marks_are_cut() -> None:
    assert roles("（上接第一版）修渠30公里。（下转第三版）\n") == [("body", "修渠30公里。")]


def test_hidden_stretches_and_declared_titles_are_no_lines() -> None:
    text = "【标题】修渠忙\n修渠30公里。\n"
    source, page = page_of(text, hidden=(Span(0, 4),), titles=(Span(4, 7),))
    assert [source.text[s.start : s.end] for b in page.blocks for s in b.spans] == ["修渠30公里。"]


def test_a_page_number_is_one_only_where_it_stands_apart() -> None:
    body = "河口镇今年栽植苹果树的面积达到\n12\n万亩，户均增收的数目比去年多了不\n少，群众非常高兴。\n"
    assert "12万亩" in "".join(text for _, text in roles(body)).replace("\n", "")
    assert roles("修渠30公里。\n\n12\n\n建桥5座。\n") == [("body", "修渠30公里。"), ("body", "建桥5座。")]


def test_pages_are_counted_by_form_feeds() -> None:
    _, page = page_of("修渠30公里。\n\f建桥5座。\n")
    assert page.pages == 2
    assert [b.lines[0].page for b in page.blocks] == [1, 2]


@pytest.mark.parametrize("text", ["", "\n\n\n", " \u3000\n\t\n", "\ufeff", "\x00"])
def test_nothing_on_the_page(text: str) -> None:
    assert roles(text) == []


@pytest.mark.parametrize("text", ["※※※", "第3版", "2-3L", "CNY1.25", "本报记者 周平", "（下转第三版）"])
def test_furniture_alone_is_the_text(text: str) -> None:
    assert roles(f"\n{text}\n") == [("body", text)]


def test_a_signature_belongs_to_the_notice_above_it() -> None:
    text = (
        "关于检修线路的通知\n\n　　5月8日检修线路，停电6小时。\n　　服务电话：0571-2345678\n"
        "　　　　　　　　　　河口供电所\n　　　　　　　　　　2013年5月6日\n\n"
        "柳河县小麦丰收\n\n　　今年小麦总产3亿斤。\n"
    )
    assert [role for role, _ in roles(text)] == ["headline", *["body"] * 4, "headline", "body"]


def test_the_section_under_a_papers_name_is_furniture() -> None:
    assert roles("临江日报\n县域新闻\n\n渠成\n\n　　修渠30公里。\n", newspaper="临江日报") == [
        ("headline", "渠成"),
        ("body", "修渠30公里。"),
    ]
