"""Headlines that a header block declares."""

from __future__ import annotations

from extractor.article import split_articles
from extractor.model import Article
from extractor.page import split_page
from extractor.read import read_text
from extractor.settings import Settings

BODY_A = "    本报讯  河口镇修渠30公里，惠及群众1.2万\n人。（周平）\n"
BODY_B = "    本报讯  东岭县建桥5座，方便群众3600人出\n行。\n"


def articles_of(text: str) -> list[Article]:
    source = read_text(text, "-", Settings())
    return split_articles(source, split_page(source))


def test_one_headline_of_several_lines() -> None:
    text = f"【 日  期 】19880603\n【 标  题 】河口镇修渠\n    水通到村\n【 正  文 】\n{BODY_A}"
    (article,) = articles_of(text)
    assert article.title == "河口镇修渠 水通到村"
    assert article.byline == ("周平",)
    assert article.text.text.split("\n")[1] == "本报讯 河口镇修渠30公里，惠及群众1.2万人。"


def test_several_headlines_for_as_many_bodies() -> None:
    text = f"【 日  期 】19880603\n【 标  题 】河口镇修渠  东岭县建桥\n【 正  文 】\n{BODY_A}{BODY_B}"
    assert [a.title for a in articles_of(text)] == ["河口镇修渠", "东岭县建桥"]


def test_parts_of_one_headline_for_one_body() -> None:
    text = f"【 日  期 】19880603\n【 标  题 】修渠忙  收成好\n【 正  文 】\n{BODY_A}"
    assert [a.title for a in articles_of(text)] == ["修渠忙 收成好"]


def test_every_item_of_a_file_has_its_own() -> None:
    item = "【 日  期 】19880603\n【 标  题 】{}\n【 正  文 】\n{}\n"
    text = item.format("河口镇修渠", BODY_A) + item.format("东岭县建桥", BODY_B)
    assert [a.title for a in articles_of(text)] == ["河口镇修渠", "东岭县建桥"]


def test_lines_in_the_body_are_sub_headings() -> None:
    text = (
        f"【 日  期 】19880603\n【 标  题 】河口镇修渠\n【 正  文 】\n{BODY_A}\n主要做法\n\n    党员带头，日夜施工。\n"
    )
    (article,) = articles_of(text)
    assert article.title == "河口镇修渠"
    assert "\n主要做法\n" in article.text.text
