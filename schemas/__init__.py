"""The output contract: one Pydantic model a record. Imports nothing of extractor.

RECORDS maps each record's name to its model; AnyRecord is their union by the `record` field.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from schemas.article import ArticleRecord
from schemas.base import Record, TextSpan
from schemas.fact import EvidenceSpan, FactRecord, QuantityValue
from schemas.period import PeriodRecord, PeriodSpan
from schemas.place import FactPlaceValue, PlaceRecord, PlaceValue
from schemas.program import ProgramRecord, ProgramSpan
from schemas.run import RunRecord, SourceRecord

AnyRecord = Annotated[
    RunRecord | SourceRecord | ArticleRecord | FactRecord | PlaceRecord | ProgramRecord | PeriodRecord,
    Field(discriminator="record"),
]

RECORDS: dict[str, type[Record]] = {
    "run": RunRecord,
    "source": SourceRecord,
    "article": ArticleRecord,
    "fact": FactRecord,
    "place": PlaceRecord,
    "program": ProgramRecord,
    "period": PeriodRecord,
}

__all__ = [
    "RECORDS",
    "AnyRecord",
    "ArticleRecord",
    "EvidenceSpan",
    "FactPlaceValue",
    "FactRecord",
    "PeriodRecord",
    "PeriodSpan",
    "PlaceRecord",
    "PlaceValue",
    "ProgramRecord",
    "ProgramSpan",
    "QuantityValue",
    "Record",
    "RunRecord",
    "SourceRecord",
    "TextSpan",
]
