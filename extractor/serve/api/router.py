"""All resources under /api/v1."""

from __future__ import annotations

from fastapi import APIRouter

from extractor.serve.api import article, count, extract, fact, name, place, review, server
from extractor.serve.route import PREFIX


def build_router() -> APIRouter:
    """The resources in the order of the documentation."""
    router = APIRouter(prefix=PREFIX)
    for module in (fact, article, place, name, count, extract, review, server):
        router.include_router(module.router)
    return router
