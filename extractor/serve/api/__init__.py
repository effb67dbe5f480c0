"""The REST interface: one module a resource."""

from extractor.serve.api.router import build_router

__all__ = ["build_router"]
