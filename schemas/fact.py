"""Facts: one a quantity."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from schemas.base import ContentId, DecimalText, Record, Share, TextSpan
from schemas.period import PeriodSpan
from schemas.place import FactPlaceValue
from schemas.program import ProgramSpan

Kind = Literal["count", "money", "measure", "ratio", "rank"]
Modifier = Literal["exact", "more_than", "equal_or_more", "less_than", "equal_or_less", "approx", "range"]
Dimension = Literal[
    "area", "length", "mass", "volume", "duration", "energy", "power", "temperature", "speed", "data", "other"
]


class QuantityValue(TextSpan):
    """The whole expression with its qualifiers and unit, and what it says."""

    value: DecimalText | None = Field(description="stated number in the base unit; null for ranges and vague numbers")
    min_value: DecimalText | None = Field(description="least value that the words allow, null where open")
    max_value: DecimalText | None = Field(description="greatest value that the words allow, null where open")
    modifier: Modifier = Field(description="how the words qualify the number")
    unit: str = Field(description="canonical unit; empty where there is none")
    dimension: Dimension | None = Field(description="of a measure; null for other kinds")
    value_cny: DecimalText | None = Field(
        default=None, description="money: the value in today's yuan (old yuan / 10000); null for foreign currencies"
    )
    standard_value: DecimalText | None = Field(
        default=None, description="measure: the value in standard_unit, at most 6 decimals; null where there is none"
    )
    standard_unit: str | None = Field(
        default=None, description="m2, m, kg, m3, s, J or W; null where the unit has none"
    )
    amount: DecimalText | None = Field(
        default=None, description="number to compare and sort by: the value, else a bound, in amount_unit"
    )
    amount_unit: str = Field(
        default="", description="unit of amount: CNY for yuan of all times, the standard unit, % for parts, else unit"
    )
    per: str | None = Field(default=None, description="of a rate: what it is by (亩 in 每亩), or null")
    as_read: str | None = Field(
        default=None,
        description="what the text was read as where OCR had broken its numeral (120亩 for l2O亩); null for others",
    )


class EvidenceSpan(TextSpan):
    """The sentence that proves a fact, and where it stands in print."""

    page: int | None = Field(default=None, ge=1, description="number of the page in the document, or null")
    bbox: tuple[float, float, float, float] | None = Field(
        default=None, description="left, top, right, bottom on the page where the source has a layout, or null"
    )


class FactRecord(Record):
    """Who or where did what, how many of what, when, under which program, and the proof."""

    record: Literal["fact"] = Field(default="fact", description="discriminator")
    fact_id: ContentId = Field(description="stable: the same content gives the same id")
    article_id: ContentId = Field(description="the article that holds the fact")
    kind: Kind = Field(description="kind of quantity")
    quantity: QuantityValue = Field(description="the number with its qualifiers and unit")
    indicator: TextSpan | None = Field(description="what is counted, or the named figure")
    indicator_id: str | None = Field(default=None, description="canonical indicator, or null")
    action: TextSpan | None = Field(description="the verb that ties the quantity to the sentence")
    subject: TextSpan | None = Field(description="who did it, where the sentence says so")
    place: FactPlaceValue | None = Field(description="smallest division that the fact is about")
    program: ProgramSpan | None = Field(description="program that the fact belongs to")
    period: PeriodSpan | None = Field(description="when")
    base: TextSpan | None = Field(
        default=None, description="what a change or a comparison is measured against (比上年)"
    )
    part_of: ContentId | None = Field(
        default=None, description="fact_id of the total that this fact is a part of (其中)"
    )
    repeat_of: ContentId | None = Field(
        default=None, description="fact_id of the same figure earlier in the article, or null"
    )
    rule: str = Field(description="the grammar rule that made the fact")
    evidence: EvidenceSpan = Field(description="the sentence")
    confidence: Share = Field(description="calibrated share of such facts that are right")
