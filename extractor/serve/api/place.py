"""Places: their tree, and one with its time line."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Request

from extractor.serve.connection import Reader
from extractor.serve.etag import State
from extractor.serve.parameter import asked, mark
from extractor.serve.problem import RefusedError
from extractor.serve.query.place import read_detail
from schemas.api import PlaceDetail, PlacePage
from schemas.query import NAME, NoQuery, PlaceQuery

router = APIRouter(tags=["places"])
Name = Annotated[str, Path(min_length=1, max_length=NAME, description="path, place_id or code: 山东省/济宁市, 370800")]


@router.get("/places", openapi_extra=mark(PlaceQuery))
def list_places(
    request: Request, reader: Reader, state: State, query: Annotated[PlaceQuery, asked(PlaceQuery)]
) -> PlacePage:
    """The provinces, or what lies in a place, each with how many facts are about it and all below it."""
    tree = request.app.state.places.read(reader, state)
    node = None if query.parent is None else tree.find(query.parent)
    if query.parent is not None and node is None:
        raise RefusedError(404, f"the database names no place {query.parent}", "parent")
    page: PlacePage = tree.to_page(node)
    return page


@router.get("/places/{place:path}", dependencies=[asked(NoQuery)])
def get_place(request: Request, reader: Reader, state: State, place: Name) -> PlaceDetail:
    """One place: what it lies in, what lies in it, its facts by year. Former names, codes and paths find it too."""
    tree = request.app.state.places.read(reader, state)
    node = tree.find(place)
    if node is None:
        raise RefusedError(404, f"the database names no place {place}", "place")
    return read_detail(reader, tree, node)
