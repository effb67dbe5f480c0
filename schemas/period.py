"""Periods: time expressions with their first and last day."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import Field, model_validator

from schemas.base import ContentId, IsoDate, Record, TextSpan


class PeriodSpan(TextSpan):
    """A time expression; the dates are inclusive."""

    start_date: IsoDate | None = Field(description="first day, or null where not resolvable")
    end_date: IsoDate | None = Field(description="last day, or null where not resolvable")

    @model_validator(mode="after")
    def check_dates(self) -> Self:
        """Refuses a period that ends before it begins."""
        if self.start_date and self.end_date and self.start_date > self.end_date:
            raise ValueError(f"end_date {self.end_date} is before start_date {self.start_date}")
        return self


class PeriodRecord(Record, PeriodSpan):
    """One time expression that a fact uses."""

    record: Literal["period"] = Field(default="period", description="discriminator")
    article_id: ContentId = Field(description="the article that holds the expression")
