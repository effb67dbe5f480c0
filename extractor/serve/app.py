"""The application: limits and headers around the REST interface and the web page."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib import import_module
from importlib.util import find_spec

from fastapi import FastAPI
from starlette.middleware.gzip import GZipMiddleware

from extractor.serve.api import build_router
from extractor.serve.api.router import PREFIX
from extractor.serve.connection import Pool
from extractor.serve.header import HeaderMiddleware
from extractor.serve.limit import LimitMiddleware
from extractor.serve.option import ServeOptions
from extractor.serve.problem import add_handlers
from extractor.settings import Settings
from extractor.version import VERSION

SMALL = 1_000  # bytes that are not worth packing
WEB = "extractor.serve.web"


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

    app = FastAPI(
        title="govfacts",
        version=VERSION,
        openapi_url=f"{PREFIX}/openapi.json",
        docs_url=None,
        redoc_url=None,
        lifespan=live,
    )
    app.state.db, app.state.pool = db, pool
    app.state.settings, app.state.options = settings or Settings(), options
    add_handlers(app)
    app.include_router(build_router())
    _add_web(app)
    app.add_middleware(GZipMiddleware, minimum_size=SMALL)
    app.add_middleware(LimitMiddleware, options=options)
    app.add_middleware(HeaderMiddleware)
    return app


def _add_web(app: FastAPI) -> None:
    """The web page, where it is there: `extractor.serve.web.add_web(app)` adds routes and files to the app, else its
    `router` is taken."""
    spec = find_spec(WEB)
    if spec is None or spec.origin is None:
        return
    web = import_module(WEB)
    if hasattr(web, "add_web"):
        web.add_web(app)
    else:
        app.include_router(web.router)
