"""What a search gives back: facts with what is needed to show and to check them."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from schemas.article import SpanPair
from schemas.base import ContentId, Frozen, IsoDate, Share
from schemas.fact import FactRecord
from schemas.review import Verdict


class HitArticle(Frozen):
    """The article that holds a fact."""

    article_id: ContentId = Field(description="stable: the same content gives the same id")
    title: str | None = Field(description="headline, or null")
    kicker: str | None = Field(description="the small line beside the headline, or null")
    kind: str = Field(description="news, caption or notice")
    published: IsoDate | None = Field(description="day of publication, or null")
    newspaper: str | None = Field(description="name of the paper, or null")
    page: int | None = Field(description="number of the page in the document, or null")
    source_uri: str | None = Field(description="where the document stands, or null")
    text_quality: Share | None = Field(description="how well the text reads")
    duplicate_of: ContentId | None = Field(description="article_id of the first print of the same story, or null")


class Highlight(Frozen):
    """Stretches to show, [first code point, code point behind the last]."""

    quantity: SpanPair | None = Field(description="the quantity in fact.evidence.text")
    terms: tuple[SpanPair, ...] = Field(description="the text's terms in fact.evidence.text")
    title: tuple[SpanPair, ...] = Field(description="the text's terms in article.title")
    kicker: tuple[SpanPair, ...] = Field(description="the text's terms in article.kicker")


class SearchHit(Frozen):
    """A fact that fulfils a question."""

    fact: FactRecord = Field(description="the fact with its evidence")
    article: HitArticle = Field(description="where it was printed")
    year: int | None = Field(description="year of the period's end, else of publication")
    day: IsoDate | None = Field(description="day that it is filtered and sorted by")
    counted: bool = Field(description="false for a fact that repeats another, or of a reprint")
    verdict: Verdict | None = Field(default=None, description="what people say of it, or null")
    origin: Literal["machine", "review"] = Field(
        default="machine", description="review where people say so and the machine finds no such fact"
    )
    score: float | None = Field(description="rank in the order of relevance, the lower the better; else null")
    highlight: Highlight = Field(description="what to show")


class SearchPage(Frozen):
    """Some hits of a question, and how to go on."""

    total: int = Field(ge=0, description="facts that fulfil the question, on this page and all others")
    hits: tuple[SearchHit, ...] = Field(description="in the order asked for")
    cursor: str | None = Field(description="asks for the next page; null on the last one")
    notes: tuple[str, ...] = Field(default=(), description="what one should know of the answer")
