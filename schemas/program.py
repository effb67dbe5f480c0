"""Programs: named policies, plans, campaigns, projects, mechanisms, brands, documents."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from schemas.base import ContentId, Record, TextSpan

ProgramType = Literal["document", "project", "campaign", "mechanism", "brand"]


class ProgramSpan(TextSpan):
    """A program that a fact belongs to; the span covers its marks, the text drops them."""

    type: ProgramType = Field(description="kind of program")


class ProgramRecord(Record, TextSpan):
    """One mention of a program; the span covers its marks, the text drops them."""

    record: Literal["program"] = Field(default="program", description="discriminator")
    article_id: ContentId = Field(description="the article that holds the mention")
    type: ProgramType = Field(description="kind of program")
    canonical: str | None = Field(default=None, description="full name where the mention is a short form, or null")
