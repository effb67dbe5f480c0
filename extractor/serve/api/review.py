"""Reviews: people's verdicts on facts. Reading is free, writing takes the token."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Request

from extractor.errors import RecordError, UsageError
from extractor.review import count_queue, decide, find_next, list_reviews, read_review, undo
from extractor.serve.connection import Reader
from extractor.serve.etag import State
from extractor.serve.parameter import asked, mark, validate
from extractor.serve.problem import RefusedError
from extractor.serve.query.cursor import parse_cursor, to_cursor
from extractor.serve.query.question import to_question
from extractor.serve.token import check_token
from extractor.serve.writer import write
from extractor.store import Connection
from schemas.api import Queue, ReviewPage
from schemas.query import NoQuery, QueueQuery, ReviewQuery, UndoQuery, VerdictRequest
from schemas.review import ReviewState

router = APIRouter(tags=["review"])
Identity = Annotated[str, Path(pattern="^[0-9a-f]{16}$", description="id of a fact")]
BODY: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {"application/json": {"schema": {"$ref": "#/components/schemas/VerdictRequest"}}},
    }
}


@router.get("/reviews", openapi_extra=mark(ReviewQuery))
def list_judged(query: Annotated[ReviewQuery, asked(ReviewQuery)], reader: Reader, state: State) -> ReviewPage:
    """Judged facts with their history, the latest one first."""
    key = parse_cursor(query, query.cursor, ((int,),))
    page = list_reviews(
        reader,
        verdict=query.verdict,
        reviewer=query.reviewer,
        disputed=query.disputed,
        limit=query.limit,
        cursor=None if key is None else int(key[0] or 0),
    )
    cursor = None if page.cursor is None else to_cursor(query, (page.cursor,))
    return ReviewPage(total=page.total, reviews=page.reviews, cursor=cursor)


@router.get("/reviews/queue", openapi_extra=mark(QueueQuery))
def list_queue(query: Annotated[QueueQuery, asked(QueueQuery)], reader: Reader, state: State) -> Queue:
    """The facts of a question that a reviewer has not judged yet, the least confident first."""
    question = to_question(query)
    found = find_next(reader, query.reviewer, question, limit=query.limit, unjudged=query.unjudged)
    total = count_queue(reader, query.reviewer, question, unjudged=query.unjudged)
    rows = [{**candidate._asdict(), "revision": candidate.seen} for candidate in found]
    return Queue.model_validate({"total": total, "facts": rows})


@router.post(
    "/facts/{fact_id}/review", dependencies=[Depends(check_token), asked(NoQuery)], openapi_extra=mark(NoQuery, **BODY)
)
async def judge_fact(request: Request, fact_id: Identity) -> ReviewState:
    """A verdict on a fact; it holds at once and over every later import."""
    body = await request.body()
    verdict = validate(lambda: VerdictRequest.model_validate_json(body))

    def work(connection: Connection) -> ReviewState:
        try:
            return decide(
                connection,
                fact_id,
                verdict.action,
                verdict.reviewer,
                fields=verdict.fields,
                note=verdict.note,
                seen=verdict.revision,
            )
        except RecordError as error:
            raise RefusedError(422, f"fields: {error}", "fields") from error
        except UsageError as error:
            if "no such fact" in str(error):
                raise RefusedError(404, f"no fact {fact_id}", "fact_id") from error
            raise RefusedError(422, str(error), "fields") from error

    return await write(request.app, work)


@router.get("/facts/{fact_id}/review", dependencies=[asked(NoQuery)])
def get_review(reader: Reader, state: State, fact_id: Identity) -> ReviewState:
    """What people said of a fact; 404 where nobody has judged it."""
    found = read_review(reader, fact_id)
    if found is None:
        raise RefusedError(404, f"nobody has judged a fact {fact_id}", "fact_id")
    return found


@router.delete("/facts/{fact_id}/review", dependencies=[Depends(check_token)], openapi_extra=mark(UndoQuery))
async def undo_verdict(
    request: Request, fact_id: Identity, query: Annotated[UndoQuery, asked(UndoQuery)]
) -> ReviewState:
    """Takes the reviewer's last verdict on a fact back; what held before holds again."""

    def work(connection: Connection) -> ReviewState:
        try:
            return undo(connection, fact_id, query.reviewer, seen=query.revision)
        except UsageError as error:
            raise RefusedError(404, f"there is no verdict of {query.reviewer} on a fact {fact_id}") from error

    return await write(request.app, work)
