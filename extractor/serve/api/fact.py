"""Facts: search."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from extractor.search import Question, search
from extractor.serve.connection import Reader
from schemas.search import SearchPage

router = APIRouter(tags=["facts"])


@router.get("/facts", response_model=SearchPage)
def find_facts(reader: Reader, text: Annotated[str | None, Query()] = None) -> SearchPage:
    """The facts that fulfil a question."""
    return search(reader, Question(text=text))
