"""The flow: the stages in order.

bytes -> Source -> Page -> Articles -> Sentences -> Mentions -> Facts -> Records
"""

from __future__ import annotations

from collections.abc import Iterator

from extractor.article import split_articles
from extractor.fact import Findings, assemble_facts
from extractor.mention import Mentions, PlaceContext, find_mentions, resolve_coreferences
from extractor.model import Article, Place, Reading, Source
from extractor.page import split_page
from extractor.sentence import split_sentences
from extractor.settings import Settings


def read_articles(source: Source, settings: Settings) -> list[Reading]:
    """Everything found in one source, article by article in page order."""
    page = split_page(source)  # 2 lines and blocks
    articles = split_articles(source, page)  # 3 items of the page, unwrapped
    return list(_read_all(articles, source, settings))


def _read_all(articles: list[Article], source: Source, settings: Settings) -> Iterator[Reading]:
    seen: tuple[Place, ...] = ()
    for article in articles:
        reading = read_article(article, source, settings, seen)
        if reading.place is not None:
            seen = (*seen, reading.place)
        yield reading


def read_article(article: Article, source: Source, settings: Settings, page_places: tuple[Place, ...] = ()) -> Reading:
    """Sentences, mentions and facts of one article."""
    text = article.text.text
    sentences = tuple(split_sentences(article))  # 4 sentences
    context = PlaceContext(
        published=source.published,
        head=tuple(span for role, span in article.parts if role in ("title", "kicker")),
        dateline=article.dateline,
        newspaper=settings.newspaper or source.newspaper,
        page_places=page_places,
    )
    mentions = find_mentions(text, context, settings.lexicon)  # 5 mentions
    findings = Findings(
        mentions.quantities,
        mentions.places,
        mentions.article_place,
        resolve_coreferences(mentions, source.published),
        mentions.programs,
        mentions.periods,
    )
    facts = tuple(assemble_facts(text, sentences, findings, settings.lexicon))  # 6 facts
    return Reading(
        article,
        mentions.article_place,
        sentences,
        facts,
        tuple(mentions.places),
        tuple(mentions.programs),
        tuple(mentions.periods),
        tuple(mentions.exclusions),
    )

