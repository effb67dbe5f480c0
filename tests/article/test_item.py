"""Articles whose borders the format tells: titles, captions and blocks outside."""

from __future__ import annotations

from extractor.article import split_articles
from extractor.model import Article, Source
from extractor.page import split_page
from extractor.text import Span

TEXT = (
    "海川日报 第三版\n\n河湾乡修渠引水\n\n本报讯 今冬以来，河湾乡新修渠道12公里。\n\n"
    "本报讯 群众说，渠道修到了田头。\n\n"
    "柳林乡办夜校\n\n柳林乡开办夜校8所。\n"
)


def _source(titled: bool) -> Source:
    first = Span(TEXT.index("河湾乡修渠"), TEXT.index("柳林乡办夜校"))
    second = Span(TEXT.index("柳林乡办夜校"), len(TEXT))
    heads = ("河湾乡修渠引水", "柳林乡办夜校")
    titles = tuple(Span(TEXT.index(head), TEXT.index(head) + len(head)) for head in heads) if titled else ()
    return Source("page", TEXT, "0" * 64, len(TEXT), "utf-8", "text", titles=titles, items=(first, second))


def _split(titled: bool) -> list[Article]:
    source = _source(titled)
    return split_articles(source, split_page(source))


def test_each_item_is_one_article_though_a_second_dateline_opens_inside() -> None:
    articles = _split(titled=True)
    assert [a.title for a in articles] == ["河湾乡修渠引水", "柳林乡办夜校"]
    assert "田头" in articles[0].text.text and "夜校8所" in articles[1].text.text


def test_the_headline_is_the_first_headline_block_where_none_is_declared() -> None:
    assert [a.title for a in _split(titled=False)] == ["河湾乡修渠引水", "柳林乡办夜校"]


def test_text_outside_all_items_is_left_out() -> None:
    assert all("海川日报" not in a.text.text for a in _split(titled=True))


def test_a_line_over_a_declared_headline_is_its_kicker() -> None:
    text = "兴修水利　造福一方\n\n河湾乡修渠引水\n\n本报讯 今冬以来，河湾乡新修渠道12公里。\n"
    start = text.index("河湾乡修渠引水")
    title = Span(start, start + len("河湾乡修渠引水"))
    source = Source("page", text, "0" * 64, 1, "utf-8", "text", titles=(title,), items=(Span(0, len(text)),))
    (article,) = split_articles(source, split_page(source))
    assert (article.kicker, article.title) == ("兴修水利 造福一方", "河湾乡修渠引水")
