"""Problems as pages for people."""

from __future__ import annotations

import re
from typing import NamedTuple

from fastapi import Request
from starlette.responses import Response

from extractor.errors import UsageError
from extractor.serve.web.language import load_messages
from extractor.serve.web.render import read_request, render
from extractor.serve.web.text import shorten
from schemas.api import Problem

OPTION = re.compile(r"--([a-z][a-z-]*):? ?")
LONGEST = 300  # characters of a problem's detail that a page repeats


class Wrong(NamedTuple):
    """A wrong option and what is wrong with it."""

    option: str | None
    detail: str


def to_wrong(error: UsageError) -> Wrong:
    """What a UsageError names."""
    text = str(error)
    found = OPTION.match(text)
    return Wrong(found[1] if found else None, shorten(OPTION.sub("", text, count=1), LONGEST))


def show_problem(request: Request, problem: Problem) -> Response:
    """The page of a problem."""
    address = read_request(request)
    known = f"problem.{problem.status}.title" in load_messages()
    option = (problem.parameter or "").replace("_", "-")
    return render(
        request,
        address,
        "problem.html",
        problem.status,
        code=problem.status,
        known=str(problem.status) if known else "other",
        option=option if f"option.{option}" in load_messages() else "",
        detail=shorten(problem.detail or "", LONGEST),
    )
