"""Programs, periods, and names that begin as typed."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from extractor.search import suggest
from extractor.serve.connection import Reader
from extractor.serve.etag import State
from extractor.serve.query.name import read_periods, read_programs
from schemas.api import PeriodPage, ProgramPage, SuggestPage
from schemas.query import PeriodQuery, ProgramQuery, SuggestQuery

router = APIRouter(tags=["names"])


@router.get("/programs")
def list_programs(reader: Reader, state: State, query: Annotated[ProgramQuery, Query()]) -> ProgramPage:
    """The programs of a question's facts, those with most facts first."""
    return read_programs(reader, query)


@router.get("/periods")
def list_periods(reader: Reader, state: State, query: Annotated[PeriodQuery, Query()]) -> PeriodPage:
    """The time expressions of a question's facts, those with most facts first."""
    return read_periods(reader, query)


@router.get("/suggest")
def suggest_names(reader: Reader, state: State, query: Annotated[SuggestQuery, Query()]) -> SuggestPage:
    """Names for a field of a form; none for a prefix that no text has."""
    found = suggest(reader, query.field, query.prefix, query.limit)
    return SuggestPage.model_validate({"suggestions": [row._asdict() for row in found]})
