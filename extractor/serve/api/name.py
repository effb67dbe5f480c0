"""Programs, periods, and names that begin as typed."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter

from extractor.search import suggest
from extractor.serve.connection import Reader
from extractor.serve.etag import State
from extractor.serve.parameter import asked, mark
from extractor.serve.query.name import read_periods, read_programs
from schemas.api import PeriodPage, ProgramPage, SuggestPage
from schemas.query import PeriodQuery, ProgramQuery, SuggestQuery

router = APIRouter(tags=["names"])


@router.get("/programs", openapi_extra=mark(ProgramQuery))
def list_programs(query: Annotated[ProgramQuery, asked(ProgramQuery)], reader: Reader, state: State) -> ProgramPage:
    """The programs of a question's facts, those with most facts first."""
    return read_programs(reader, query)


@router.get("/periods", openapi_extra=mark(PeriodQuery))
def list_periods(query: Annotated[PeriodQuery, asked(PeriodQuery)], reader: Reader, state: State) -> PeriodPage:
    """The time expressions of a question's facts, those with most facts first."""
    return read_periods(reader, query)


@router.get("/suggest", openapi_extra=mark(SuggestQuery))
def suggest_names(query: Annotated[SuggestQuery, asked(SuggestQuery)], reader: Reader, state: State) -> SuggestPage:
    """Names for a field of a form; none for a prefix that no text has."""
    found = suggest(reader, query.field, query.prefix, query.limit)
    return SuggestPage.model_validate({"suggestions": [row._asdict() for row in found]})
