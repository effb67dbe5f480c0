"""Texts and files to facts, without a database."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated, Any

from anyio.to_thread import run_sync
from fastapi import APIRouter, Request

from extractor.errors import UsageError
from extractor.serve.parameter import asked, mark, validate
from extractor.serve.problem import RefusedError
from extractor.settings import Settings
from schemas.api import Extraction
from schemas.query import ExtractQuery, ExtractRequest

router = APIRouter(tags=["extract"])
JSON = "application/json"
FILE = {"schema": {"type": "string", "format": "binary"}}
BODY: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "description": "a text as JSON with its options, else a file of any format that `govfacts extract` reads",
        "content": {
            JSON: {"schema": {"$ref": "#/components/schemas/ExtractRequest"}},
            "text/plain": {"schema": {"type": "string"}},
            "application/octet-stream": FILE,
        },
    }
}
UNPACKED = 20  # bytes that one byte of the body may unpack to
NAMES = ("articles", "facts", "places", "programs", "periods")


@router.post("/extract", openapi_extra=mark(ExtractQuery, **BODY))
async def extract_facts(request: Request, query: Annotated[ExtractQuery, asked(ExtractQuery)]) -> Extraction:
    """What a text or a file holds. Nothing is stored. Of a JSON body the options stand in it, else in the address."""
    body = await request.body()
    state = request.app.state
    media = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    text: str | None = None
    if media == JSON:
        posted = validate(lambda: ExtractRequest.model_validate_json(body))
        text, query = posted.text, posted
    if not body:
        raise RefusedError(422, "body: is empty", "body")
    check_date(query.date)
    settings = narrow(state.settings, query, state.options.max_body)
    return await run_sync(read, body if text is None else text, query, settings, limiter=state.extractions)


def check_date(date: str | None) -> None:
    """Raises RefusedError on a date that is none."""
    from extractor.read.date import parse_option

    try:
        if date is not None:
            parse_option(date)
    except UsageError as error:
        raise RefusedError(422, f"date: {error}", "date") from error


def narrow(settings: Settings, query: ExtractQuery, limit: int) -> Settings:
    """The server's settings with the limits of a body."""
    return replace(
        settings,
        newspaper=query.newspaper or settings.newspaper,
        max_bytes=limit,
        max_member_bytes=limit * UNPACKED,
        max_unpacked_bytes=limit * UNPACKED,
    )


def read(content: str | bytes, query: ExtractQuery, settings: Settings) -> Extraction:
    """The records of one document. Raises InputError."""
    from extractor.pipeline import read_articles
    from extractor.read import Input, read_source, read_text
    from extractor.record import to_records, to_source_record

    if isinstance(content, str):
        source = read_text(content, query.name, settings, date=query.date)
    else:
        document = Input(query.name, data=content, bytes=len(content), name=query.name)
        source = read_source(document, settings, date=query.date)
    records = to_records(source, read_articles(source, settings))
    return Extraction(source=to_source_record(source), **{name: tuple(getattr(records, name)) for name in NAMES})
