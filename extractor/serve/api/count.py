"""Counts and figures of a question's facts."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter

from extractor.search import count_facets
from extractor.search.facet import FACETS
from extractor.serve.connection import Reader
from extractor.serve.etag import State
from extractor.serve.parameter import asked, mark
from extractor.serve.query.aggregate import read_aggregates
from extractor.serve.query.question import to_question
from schemas.api import AggregatePage, FacetPage
from schemas.query import AggregateQuery, FacetQuery

router = APIRouter(tags=["counts"])


@router.get("/facets", openapi_extra=mark(FacetQuery))
def list_facets(query: Annotated[FacetQuery, asked(FacetQuery)], reader: Reader, state: State) -> FacetPage:
    """What one could ask next: the most frequent values of each facet among a question's facts."""
    names: tuple[str, ...] = tuple(dict.fromkeys(query.facet)) or tuple(FACETS)
    counts = count_facets(reader, to_question(query), names, query.limit)
    return FacetPage.model_validate(
        {"facets": {name: [row._asdict() for row in rows] for name, rows in counts.items()}}
    )


@router.get("/aggregates", openapi_extra=mark(AggregateQuery))
def list_aggregates(
    reader: Reader, state: State, query: Annotated[AggregateQuery, asked(AggregateQuery)]
) -> AggregatePage:
    """Sum, median, least and largest amount of a question's facts by group. A group is of one kind and one unit;
    numbers with a qualifier stand apart from exact ones; ranges, rates and parts of a total are counted, not summed."""
    return read_aggregates(reader, query)
