"""Facts: search, and one."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path

from extractor.search import Question, search
from extractor.search.hit import read_hits
from extractor.search.select import to_table
from extractor.serve.connection import Reader
from extractor.serve.etag import State
from extractor.serve.parameter import asked, mark
from extractor.serve.problem import RefusedError
from extractor.serve.query.question import to_question
from extractor.store import Connection
from schemas.query import FactQuery, NoQuery
from schemas.search import SearchHit, SearchPage

router = APIRouter(tags=["facts"])
Identity = Annotated[str, Path(pattern="^[0-9a-f]{16}$", description="id of a fact")]


@router.get("/facts", openapi_extra=mark(FactQuery))
def find_facts(query: Annotated[FactQuery, asked(FactQuery)], reader: Reader, state: State) -> SearchPage:
    """The facts that fulfil a question: `total` and a page of them; `cursor` asks for the next one."""
    return search(reader, to_question(query))


@router.get("/facts/{fact_id}", dependencies=[asked(NoQuery)])
def get_fact(reader: Reader, state: State, fact_id: Identity) -> SearchHit:
    """One fact with its evidence and its article, also one that people have rejected."""
    for question in (Question(), Question(rejected=True)):
        number = find_fact(reader, question, fact_id)
        if number is not None:
            return read_hits(reader, question, [number], {})[0]
    raise RefusedError(404, f"no fact {fact_id}", "fact_id")


def find_fact(reader: Connection, question: Question, fact_id: str) -> int | None:
    """The row of a fact, the counted one where the same content stands several times."""
    table = to_table(question)
    sql = f"SELECT fact_pk FROM {table} WHERE fact_id = ? ORDER BY counted DESC, fact_pk LIMIT 1"
    return next((number for (number,) in reader.query(sql, (fact_id,))), None)
