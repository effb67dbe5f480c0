"""The page's place in the application."""

from __future__ import annotations

from fastapi import FastAPI

from extractor.serve.web.kept import Kept
from extractor.serve.web.problem import show_problem
from extractor.serve.web.review_router import router as review_router
from extractor.serve.web.router import router


def add_web(app: FastAPI) -> None:
    """Adds the page's routes; problems outside the REST interface become pages."""
    app.include_router(router)
    app.include_router(review_router)
    app.state.kept = Kept()
    app.state.show_problem = show_problem
