"""The flow: the stages in order.

bytes -> Source -> Page -> Articles -> Sentences -> Mentions -> Facts -> Records
"""

from __future__ import annotations

from dataclasses import replace

from extractor.article import split_articles
from extractor.fact import Findings, assemble_facts
from extractor.lexicon.table import lay_over
from extractor.matching import fold_source, fold_width, to_printed
from extractor.mention import (
    Mentions,
    PlaceContext,
    find_mentions,
    find_unplaced,
    mend_numerals,
    resolve_coreferences,
    settle_places,
)
from extractor.mention.table import find_table_facts
from extractor.model import Article, Place, Reading, Source
from extractor.page import split_page
from extractor.sentence import split_sentences
from extractor.settings import Settings


def read_articles(source: Source, settings: Settings) -> list[Reading]:
    """Everything found in one source, article by article in page order."""
    with lay_over(settings.lexicon):
        plain = fold_source(source)  # traditional characters as simplified ones, offsets as they are
        page = split_page(plain)  # 2 lines and blocks
        items = split_articles(plain, page)  # 3 items of the page, unwrapped
        articles = [mend_numerals(fold_width(item), settings.lexicon) for item in items]
        found = _find_all(articles, plain, settings)  # 5 mentions
        places = settle_places(found, [a.dateline is not None for a in articles], source.published)
        readings = [
            read_article(article, mentions, place, plain, settings)
            for article, mentions, place in zip(articles, found, places, strict=True)
        ]
        return [
            replace(reading, article=to_printed(item, source)) for reading, item in zip(readings, items, strict=True)
        ]


def _find_all(articles: list[Article], source: Source, settings: Settings) -> list[Mentions]:
    """The mentions of each article; the places of the articles before help to resolve names."""
    seen: tuple[Place, ...] = ()
    out = []
    for article in articles:
        context = PlaceContext(
            published=source.published,
            head=tuple(span for role, span in article.parts if role in ("title", "kicker")),
            dateline=article.dateline,
            newspaper=settings.newspaper or source.newspaper,
            page_places=seen,
        )
        mentions = find_mentions(article.text.text, context, settings.lexicon, article.mends)
        if mentions.article_place is not None:
            seen = (*seen, mentions.article_place)
        out.append(mentions)
    return out


def read_article(
    article: Article, mentions: Mentions, place: Place | None, source: Source, settings: Settings
) -> Reading:
    """Sentences and facts of one article."""
    sentences = tuple(split_sentences(article))  # 4 sentences
    tables = find_table_facts(article, source.text, mentions.places, place, source.published, settings.lexicon)
    findings = Findings(
        [quantity for quantity in mentions.quantities if not tables.holds(quantity.span)],
        [*mentions.places, *find_unplaced(mentions, place, source.published)],
        place,
        resolve_coreferences(mentions, place, source.published),
        mentions.programs,
        mentions.periods,
    )
    told = assemble_facts(article.text.text, sentences, findings, settings.lexicon)  # 6 facts
    facts = tuple(sorted((*told, *tables.facts), key=lambda fact: fact.quantity.span))
    return Reading(
        article,
        place,
        sentences,
        facts,
        tuple(sorted((*mentions.places, *mentions.villages), key=lambda place: place.span)),
        tuple(mentions.programs),
        tuple(mentions.periods),
        tuple(mentions.exclusions),
    )
