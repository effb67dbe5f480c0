"""All resources under /api/v1."""

from __future__ import annotations

from fastapi import APIRouter

from extractor.serve.api import fact

PREFIX = "/api/v1"


def build_router() -> APIRouter:
    """The resources in the order of the documentation."""
    router = APIRouter(prefix=PREFIX)
    for module in (fact,):
        router.include_router(module.router)
    return router
