"""Reports that go on on another sheet; regions of a page."""

from __future__ import annotations

import pytest

from extractor.article import split_articles
from extractor.model import Article
from extractor.page import split_page
from extractor.read import read_text
from extractor.settings import Settings

HEAD = "山区公路修到家门口\n\n　　本报讯　白石县三年修路八百公里，投资两亿元，"
REST = "沿线六十个村受益。\n　　今年再修一百二十公里。\n"
OTHER = "\n青石县新建粮库九座\n\n　　本报讯　青石县新建粮库九座，可储粮三万吨。\n"


def read(text: str) -> list[Article]:
    source = read_text(text, "-", Settings())
    return split_articles(source, split_page(source))


def bodies(article: Article) -> list[str]:
    return [article.text.text[span.start : span.end] for role, span in article.parts if role == "body"]


@pytest.mark.parametrize("title", ["", "山区公路修到家门口\n\n", "山区公路\n\n", "公路修到家门口\n"])
@pytest.mark.parametrize("jump", ["（上接第一版）", "（紧接第一版）", "▲上接第一版\n"])
def test_both_parts_are_one_article(title: str, jump: str) -> None:
    found = read(f"{HEAD}（下转第二版）\n{OTHER}\n{title}{jump}{REST}")
    assert [article.title for article in found] == ["山区公路修到家门口", "青石县新建粮库九座"]
    first, second = bodies(found[0])
    assert (
        first == "本报讯 白石县三年修路八百公里，投资两亿元，沿线六十个村受益。" and second == "今年再修一百二十公里。"
    )
    assert len(found[0].spans) >= 2 and found[0].spans[-1].start > found[1].spans[-1].end


def test_a_part_alone_is_an_article_with_its_headline() -> None:
    (found,) = read(f"山区公路修到家门口\n\n（上接第一版）{REST}")
    assert found.title == "山区公路修到家门口" and len(bodies(found)) == 2


def test_a_part_under_another_headline_stays_alone() -> None:
    found = read(f"{HEAD}（下转第二版）\n\n茶园扩种三千亩\n\n（上接第一版）{REST}")
    assert [article.title for article in found] == ["山区公路修到家门口", "茶园扩种三千亩"]


def test_of_two_open_reports_the_headline_tells_which() -> None:
    second = "茶叶卖到京城\n\n　　本报讯　青石乡卖出茶叶九万斤，（下转第三版）\n"
    rest = "茶叶卖到京城\n\n（上接第一版）收入二百万元。\n\n山区公路修到家门口\n\n（上接第一版）"
    found = read(f"{HEAD}（下转第二版）\n\n{second}\n{rest}{REST}")
    ends = [bodies(article)[0][-7:] for article in found]
    assert ends == ["六十个村受益。", "收入二百万元。"]


@pytest.mark.parametrize("rules", ["※※※\n", "※※※\n\n※※※\n"])
def test_lines_behind_the_last_rule_stay_in_the_text(rules: str) -> None:
    found = read(f"　　白石乡修渠三公里。\n\n{rules}\n　　青石乡打井九眼。\n\n{rules}\n图书\n")
    text = "".join("".join(bodies(article)) + (article.title or "") for article in found)
    assert "修渠三公里" in text and "打井九眼" in text and "图书" in text
