"""Places: as values of articles and facts, and as mentions."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from schemas.base import ContentId, Frozen, Level, Record, TextSpan

Adcode = str
ADCODE_PATTERN = r"^[0-9]{6}([0-9]{3})?([0-9]{3})?$"


class PlaceValue(Frozen):
    """An administrative division that an article or a fact is about."""

    adcode: Adcode | None = Field(pattern=ADCODE_PATTERN, description="code valid at the publication date, or null")
    place_id: str | None = Field(default=None, description="one identity over time, or null")
    name: str = Field(description="name valid at the publication date; as printed where not resolved")
    level: Level = Field(description="rank of the division")
    path: tuple[str, ...] = Field(description="names from province down")


class FactPlaceValue(PlaceValue):
    """A fact's place and how it was found."""

    basis: Literal["mention", "coreference", "article"] = Field(
        description="named in the sentence, referred to (全县, 我市), or inherited from the article"
    )


class PlaceRecord(Record, TextSpan):
    """One mention of a place."""

    record: Literal["place"] = Field(default="place", description="discriminator")
    article_id: ContentId = Field(description="the article that holds the mention")
    adcode: Adcode | None = Field(pattern=ADCODE_PATTERN, description="code valid at the publication date, or null")
    place_id: str | None = Field(description="one identity over time, or null")
    name: str = Field(description="name valid at the publication date; as printed where not resolved")
    level: Level = Field(description="rank of the division")
    path: tuple[str, ...] = Field(description="names from province down")
    resolved_by: str = Field(description="the rule that decided between namesakes")
