"""Web pages of several reports, each under its heading."""

from __future__ import annotations

import pytest

from extractor.article import split_articles
from extractor.model import Article
from extractor.page import split_page
from extractor.read import read_source
from extractor.settings import Settings

FIRST = "<p>　　本报讯　白石乡修通公路12.5公里，投资860余万元，沿线3200名群众受益。</p>"
SECOND = "<p>　　本报讯（记者 周平）青石乡新建茶园4000亩，培训茶农1.2万人次。</p><p>　　今年再建900亩。</p>"
PLAIN = "<p>　　黄土乡医院派出医疗队九个，为群众治病八千人次，送药两万元。</p>"


def read(page: str) -> list[Article]:
    source = read_source("page.html", Settings(), data=f"<html><body>{page}</body></html>".encode())
    return split_articles(source, split_page(source))


def titles(page: str) -> list[str | None]:
    return [article.title for article in read(page)]


@pytest.mark.parametrize("tag", ["h1", "h2", "h3", "h4"])
def test_headings_of_one_level_head_reports(tag: str) -> None:
    page = f"<{tag}>白石乡修通公路</{tag}>{FIRST}<{tag}>青石乡茶园扩种</{tag}>{SECOND}"
    assert titles(page) == ["白石乡修通公路", "青石乡茶园扩种"]
    assert titles(page.replace(f"<{tag}>", f"<div><{tag}>").replace("</p><h", "</p></div><h")) == titles(page)


def test_a_place_over_a_headline_is_its_kicker() -> None:
    (first, second) = read(f"<h4>山阳县</h4><h2>修通公路</h2>{FIRST}<h4>山阴县</h4><h2>茶园<br>扩种</h2>{SECOND}")
    assert (first.kicker, first.title, second.kicker, second.title) == ("山阳县", "修通公路", "山阴县", "茶园 扩种")


def test_a_masthead_makes_undated_reports_certain() -> None:
    head = "<div>淮上日报　2019年3月8日　星期五　第2版</div>"
    body = f"<h3>修通公路</h3>{FIRST}<h3>医疗队下乡</h3>{PLAIN}<h3>送药上门</h3>{PLAIN}"
    assert titles(head + body) == ["修通公路", "医疗队下乡", "送药上门"]
    assert len(read(body)) == 1


@pytest.mark.parametrize(
    "page",
    [
        f"<h1>山阳县大搞建设</h1>{FIRST}<h2>修路</h2>{PLAIN}<h2>送药</h2>{SECOND}",
        f"<h2>山阳县大搞建设</h2>{FIRST}<h3>修路</h3>{PLAIN}<h3>送药</h3>{PLAIN}",
        f"<h2>一、修路</h2>{FIRST}<h2>二、送药</h2>{SECOND}",
    ],
)
def test_sections_of_one_article_stay_together(page: str) -> None:
    assert len(read(page)) == 1
