"""Errors as RFC 9457 problem details."""

from __future__ import annotations

import logging
import re
from collections.abc import Mapping
from http import HTTPStatus
from urllib.parse import quote

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from extractor.errors import ConflictError, InputError, OversizedError, StoreError, UsageError
from schemas.api import Problem

MEDIA = "application/problem+json"
OPTION = re.compile(r"--([a-z][a-z-]*):? ?")
OTHER = re.compile(r"--([a-z][a-z-]*)")
SHOWN = 500  # characters of a path
LOG = logging.getLogger("govfacts.serve")
# By status: the problem's name and its title.
KINDS = {
    400: ("bad-request", "The request cannot be read"),
    401: ("no-token", "A token is needed to write"),
    403: ("read-only", "This server only reads"),
    404: ("not-found", "There is no such thing"),
    405: ("method-not-allowed", "The address does not take this method"),
    409: ("conflict", "The database holds something else"),
    413: ("body-too-large", "The body is too large"),
    414: ("address-too-long", "The address is too long"),
    415: ("unreadable-input", "The document cannot be read"),
    422: ("bad-parameter", "A parameter is wrong"),
    500: ("internal", "A fault of the server"),
    503: ("unavailable", "The server cannot answer now"),
    504: ("too-slow", "The question takes too long"),
}


class BusyError(StoreError):
    """All connections are taken for longer than a request waits."""


class SlowError(StoreError):
    """A question took too long."""


class TooLargeError(Exception):
    """The body is over the limit."""


class RefusedError(Exception):
    """A request that is refused, with the problem's status and the parameter that is wrong."""

    def __init__(
        self, status: int, detail: str, parameter: str | None = None, headers: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(detail)
        self.status, self.detail, self.parameter, self.headers = status, detail, parameter, headers


class ProblemResponse(Response):
    """A problem as an answer."""

    media_type = MEDIA

    def __init__(self, problem: Problem, headers: Mapping[str, str] | None = None) -> None:
        self.problem = problem
        text = problem.model_dump_json(exclude_none=True)
        super().__init__(text.encode("utf-8", "replace"), problem.status, headers)


def to_problem_response(
    status: int, detail: str, instance: str, parameter: str | None = None, headers: Mapping[str, str] | None = None
) -> ProblemResponse:
    """The answer that tells of a problem."""
    name, title = KINDS.get(status) or ("error", HTTPStatus(status).phrase)
    problem = Problem(
        type=f"urn:govfacts:problem:{name}",
        title=title,
        status=status,
        detail=clean(detail),
        instance=to_address(instance),
        parameter=parameter,
    )
    extra = {"Retry-After": "1", **(headers or {})} if status == 503 else headers
    return ProblemResponse(problem, extra)


def to_address(path: str) -> str:
    """A path as an address writes it: one line, ASCII."""
    return quote(path[:SHOWN], safe="/:@!$&'()*+,;=~", errors="replace")


def clean(text: str) -> str:
    """A text without halves of characters, that no answer can carry."""
    return text.encode("utf-8", "replace").decode()


def answer(
    request: Request, status: int, detail: str, parameter: str | None = None, headers: Mapping[str, str] | None = None
) -> Response:
    """A problem; outside of /api the web page may show it (`app.state.show_problem`)."""
    response = to_problem_response(status, detail, request.scope["path"], parameter, headers)
    show = getattr(request.app.state, "show_problem", None)
    if show is not None and not request.scope["path"].startswith("/api/"):
        shown: Response = show(request, response.problem)
        for name, value in response.headers.items():  # Allow, Retry-After
            shown.headers.setdefault(name, value)
        return shown
    return response


async def on_usage(request: Request, error: Exception) -> Response:
    """A wrong parameter: the command's options are named as those of an address are."""
    text = str(error)
    found = OPTION.match(text)
    if found is None:
        return answer(request, 422, text)
    rest = OTHER.sub(lambda match: match[1].replace("-", "_"), text[found.end() :])
    name = found[1].replace("-", "_")
    return answer(request, 422, f"{name}: {rest}", name)


async def on_validation(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    first = error.errors()[0]
    where = [str(part) for part in first["loc"]]
    parameter = ".".join(where[1:]) or where[0]
    return answer(request, 422, f"{parameter}: {first['msg']}", parameter)


async def on_input(request: Request, error: Exception) -> Response:
    return answer(request, 413 if isinstance(error, OversizedError) else 415, str(error))


async def on_store(request: Request, error: Exception) -> Response:
    if isinstance(error, ConflictError):
        return answer(request, 409, str(error))
    if isinstance(error, SlowError):
        return answer(request, 504, str(error))
    if isinstance(error, BusyError):
        return answer(request, 503, str(error))
    LOG.error("%s %s: %s", request.method, to_address(request.scope["path"]), error)
    return answer(request, 503, "the database does not answer; the server's log tells more")


async def on_refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, RefusedError)
    return answer(request, error.status, error.detail, error.parameter, error.headers)


async def on_http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    return answer(request, error.status_code, str(error.detail), None, error.headers)


class FaultMiddleware:
    """A fault of ours becomes a problem too, within the headers that every answer carries."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        begun = False

        async def send_noted(message: Message) -> None:
            nonlocal begun
            begun = True
            await send(message)

        try:
            await self.app(scope, receive, send_noted)
        except ClientDisconnect:
            return
        except Exception as error:
            if begun or scope["type"] != "http" or isinstance(error, TooLargeError):
                raise
            LOG.error("%s %s", scope["method"], to_address(scope["path"]), exc_info=error)
            await answer(Request(scope), 500, "a fault of ours; the server's log tells more")(scope, receive, send)


def add_handlers(app: FastAPI) -> None:
    """Every error of the app becomes a problem."""
    app.add_exception_handler(UsageError, on_usage)
    app.add_exception_handler(InputError, on_input)
    app.add_exception_handler(StoreError, on_store)
    app.add_exception_handler(RequestValidationError, on_validation)
    app.add_exception_handler(HTTPException, on_http)
    app.add_exception_handler(RefusedError, on_refused)
