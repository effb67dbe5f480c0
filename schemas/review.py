"""Reviews: what people say of facts."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from schemas.base import ContentId, Frozen, Record, Sha256, TextSpan
from schemas.fact import FactRecord, Kind, QuantityValue
from schemas.period import PeriodSpan
from schemas.place import FactPlaceValue
from schemas.program import ProgramSpan

Action = Literal["accept", "reject", "correct", "add", "undo"]
Verdict = Literal["accepted", "corrected", "rejected"]
Moment = Annotated[str, Field(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{6}Z$")]
Reviewer = Annotated[str, Field(min_length=1, max_length=100, pattern=r"^[^\x00-\x1f\x7f]+$")]


class Correction(Frozen):
    """The corrected fields of a fact; a field that is not given stays, one that is null is taken out."""

    kind: Kind = Field(default="count", description="kind of quantity")
    quantity: QuantityValue | None = Field(default=None, description="the number with its qualifiers and unit")
    indicator: TextSpan | None = Field(default=None, description="what is counted, or the named figure")
    indicator_id: str | None = Field(default=None, description="canonical indicator, or null")
    action: TextSpan | None = Field(default=None, description="the verb that ties the quantity to the sentence")
    subject: TextSpan | None = Field(default=None, description="who did it, where the sentence says so")
    place: FactPlaceValue | None = Field(default=None, description="smallest division that the fact is about")
    program: ProgramSpan | None = Field(default=None, description="program that the fact belongs to")
    period: PeriodSpan | None = Field(default=None, description="when")
    base: TextSpan | None = Field(default=None, description="what a change or a comparison is measured against")
    part_of: ContentId | None = Field(default=None, description="fact_id of the total that this fact is a part of")


class VerdictRecord(Record):
    """What one person said of one fact, whole: a file of them carries a review to another database."""

    record: Literal["verdict"] = Field(default="verdict", description="discriminator")
    verdict_id: ContentId = Field(description="stable: the same verdict has the same id in every database")
    fact_id: ContentId = Field(description="id of the fact when it was first judged")
    reviewer: Reviewer = Field(description="who")
    decided: Moment = Field(description="when, UTC")
    action: Action = Field(description="what was said")
    fields: Correction | None = Field(default=None, description="of a correction: the corrected fields")
    undoes: ContentId | None = Field(default=None, description="of an undo: the verdict that it takes back")
    note: str | None = Field(default=None, max_length=2_000, description="remark, or null")
    fact: FactRecord | None = Field(description="the fact as the verdict leaves it; null for an undo")
    machine: FactRecord | None = Field(description="the machine's record that was judged, or null")
    part: int = Field(ge=1, description="part of the document")
    sha256: Sha256 = Field(description="sha256 of the document")
    offset: int = Field(ge=0, description="code points of the document before this part")


class ReviewState(Frozen):
    """A judged fact: what holds, and how it came to that."""

    fact_id: ContentId = Field(description="id of the fact when it was first judged")
    doc: str = Field(description="the document that the verdict that decides was given on")
    verdict: Verdict | None = Field(description="what holds; null where no verdict does")
    reviewer: Reviewer | None = Field(description="who gave the verdict that decides")
    decided: Moment | None = Field(description="when, UTC")
    found: bool = Field(description="whether a document of the database holds the fact now")
    origin: Literal["machine", "review"] = Field(description="review where the machine finds no such fact")
    disputed: bool = Field(description="whether reviewers differ")
    fact: FactRecord | None = Field(description="the fact as it is read now; null where it is rejected or not found")
    machine: FactRecord | None = Field(description="the machine's record, or null where it finds none")
    verdicts: tuple[VerdictRecord, ...] = Field(description="all verdicts, the first one first")
    revision: int = Field(ge=0, description="number of verdicts so far: tells a later one from what was seen")


class FieldAgreement(Frozen):
    """How often reviewers who judged the same facts say the same."""

    field: str = Field(description="`fact` (is it one) or a field of the facts that both took for one")
    facts: int = Field(ge=0, description="facts that two or more reviewers judged")
    percent: float | None = Field(description="share of the pairs of verdicts that agree, 0 to 1; null without any")
    alpha: float | None = Field(description="Krippendorff's alpha (nominal); null where it is not defined")
    kappa: float | None = Field(description="Cohen's kappa of two reviewers; null for more or where not defined")


class Agreement(Frozen):
    """Agreement of the reviewers, field by field."""

    reviewers: tuple[str, ...] = Field(description="those who share judged facts with another")
    fields: tuple[FieldAgreement, ...] = Field(description="`fact` first")
