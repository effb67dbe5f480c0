"""Articles: one item of a page."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from schemas.base import ContentId, IsoDate, Record, Share, TextSpan
from schemas.place import PlaceValue


def _check_pair(pair: tuple[int, int]) -> tuple[int, int]:
    if not 0 <= pair[0] < pair[1]:
        raise ValueError(f"[{pair[0]}, {pair[1]}] is no span")
    return pair


SpanPair = Annotated[tuple[int, int], AfterValidator(_check_pair)]


class ArticleRecord(Record):
    """One item of a page: its headline, its body and what it is about."""

    record: Literal["article"] = Field(default="article", description="discriminator")
    article_id: ContentId = Field(description="stable: the same content gives the same id")
    ordinal: int = Field(ge=0, description="position on the page, from 0")
    kind: Literal["news", "caption", "notice"] = Field(description="kind of item")
    title: str | None = Field(description="headline without line wraps, its parts joined by one space")
    kicker: str | None = Field(description="the small line beside the headline, or null")
    byline: tuple[str, ...] = Field(description="names of the reporters")
    dateline: TextSpan | None = Field(description="such as 本报金乡讯, or null")
    place: PlaceValue | None = Field(description="the division that the article is about")
    published: IsoDate | None = Field(description="day of publication, or null")
    spans: tuple[SpanPair, ...] = Field(description="[start_char, end_char] of title and body, in reading order")
    body: str = Field(description="body with line wraps undone, paragraphs joined by a line feed")
    page: int | None = Field(default=None, ge=1, description="number of the page in the document, or null")
    bbox: tuple[float, float, float, float] | None = Field(
        default=None, description="left, top, right, bottom on the page where the source has a layout, or null"
    )
    source_uri: str | None = Field(default=None, description="where the document stands, or null")
    text_quality: Share | None = Field(
        default=None, description="share of the text that reads as words, figures and marks; low for bad OCR"
    )
    duplicate_of: ContentId | None = Field(
        default=None, description="article_id of the first print of the same story, or null"
    )
