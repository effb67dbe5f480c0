"""The server itself: whether it answers, and its figures."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from extractor.serve.connection import Reader
from extractor.serve.etag import read_state
from extractor.serve.metrics import MEDIA
from extractor.serve.parameter import asked
from extractor.version import VERSION
from schemas.api import Health
from schemas.query import NoQuery

router = APIRouter(tags=["server"])
METRICS = {200: {"content": {"text/plain": {"schema": {"type": "string"}}}, "description": "figures"}}


@router.get("/health/live", dependencies=[asked(NoQuery)])
def check_live() -> Health:
    """That the process answers."""
    return Health(status="ok", version=VERSION)


@router.get("/health/ready", dependencies=[asked(NoQuery)])
def check_ready(reader: Reader) -> Health:
    """That the database answers too; 503 where it does not."""
    list(reader.query("SELECT 1 FROM run LIMIT 1"))
    return Health(status="ok", version=VERSION)


@router.get("/metrics", response_class=Response, responses=METRICS, dependencies=[asked(NoQuery)])  # type: ignore[arg-type]
def read_metrics(request: Request, reader: Reader) -> Response:
    """Figures in Prometheus' text format: requests, their time, slow questions, the size of the database."""
    return Response(request.app.state.metrics.read(reader, read_state(reader)), media_type=MEDIA)
