"""The application: limits and headers around the REST interface and the web page."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from anyio import CapacityLimiter
from fastapi import FastAPI
from starlette.middleware.cors import CORSMiddleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.types import Lifespan

from extractor.serve.api import build_router
from extractor.serve.connection import Pool
from extractor.serve.etag import add_handler
from extractor.serve.head import HeadMiddleware
from extractor.serve.header import HeaderMiddleware
from extractor.serve.limit import LimitMiddleware
from extractor.serve.metrics import Metrics, MetricsMiddleware
from extractor.serve.openapi import describe
from extractor.serve.option import ServeOptions
from extractor.serve.problem import FaultMiddleware, add_handlers
from extractor.serve.query.place import TreeCache
from extractor.serve.route import PREFIX
from extractor.serve.web import add_web
from extractor.settings import Settings
from extractor.version import VERSION

SMALL = 1_000  # bytes that are not worth packing
LEVEL = 4  # of packing: a fourth of the time of the best for a tenth more bytes


def create_app(db: str, settings: Settings | None = None, options: ServeOptions | None = None) -> FastAPI:
    """An app that answers from one database. Raises StoreError where it cannot be read.

    For routes: `app.state.pool` (see connection.Reader), `app.state.settings`, `app.state.options`, `app.state.db`.
    """
    options = options or ServeOptions()
    pool = Pool(db, options)
    pool.open().close()

    @asynccontextmanager
    async def live(_: FastAPI) -> AsyncIterator[None]:
        yield
        pool.close()

    app = _make_app(live)
    app.state.db, app.state.pool = db, pool
    app.state.settings, app.state.options = settings or Settings(), options
    app.state.metrics, app.state.places = Metrics(), TreeCache()
    app.state.extractions = CapacityLimiter(options.extractions)
    app.state.writing = CapacityLimiter(1)
    add_handlers(app)
    add_handler(app)
    app.include_router(build_router())
    add_web(app)
    _add_middleware(app, options)
    app.openapi()
    return app


def describe_api() -> dict[str, Any]:
    """The description of the REST interface, without a database."""
    app = _make_app(None)
    app.include_router(build_router())
    return app.openapi()


def _make_app(lifespan: Lifespan[FastAPI] | None) -> FastAPI:
    app = FastAPI(
        title="govfacts",
        version=VERSION,
        openapi_url=f"{PREFIX}/openapi.json",
        docs_url=None,
        redoc_url=None,
        lifespan=lifespan,
        generate_unique_id_function=lambda route: route.name,
    )
    app.openapi = lambda: describe(app)  # type: ignore[method-assign]
    return app


def _add_middleware(app: FastAPI, options: ServeOptions) -> None:
    """The last one added stands outside."""
    app.add_middleware(FaultMiddleware)
    app.add_middleware(GZipMiddleware, minimum_size=SMALL, compresslevel=LEVEL)
    app.add_middleware(LimitMiddleware, options=options)
    if options.origins:
        app.add_middleware(
            CORSMiddleware,
            allow_origins=options.origins,
            allow_methods=["GET", "POST", "DELETE"] if options.token else ["GET", "POST"],
            allow_headers=["Authorization", "Content-Type", "If-None-Match"],
            expose_headers=["ETag", "Retry-After"],
        )
    app.add_middleware(HeadMiddleware)
    app.add_middleware(MetricsMiddleware, metrics=app.state.metrics)
    app.add_middleware(HeaderMiddleware)
