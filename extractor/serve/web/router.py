"""The page's routes: each reads what is asked, gathers what is shown, and renders a template."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO, get_args

from fastapi import APIRouter, HTTPException, Request
from starlette.responses import Response, StreamingResponse

from extractor.errors import UsageError
from extractor.search import read_stats, search
from extractor.search.note import find_unknown
from extractor.search.question import LONGEST
from extractor.serve.connection import Reader
from extractor.serve.etag import read_state
from extractor.serve.web import download
from extractor.serve.web.address import LIMITS, Address, to_question
from extractor.serve.web.article import read_article
from extractor.serve.web.asset import load_assets
from extractor.serve.web.chart import read_charts
from extractor.serve.web.chip import build_chips
from extractor.serve.web.facet import build_facets
from extractor.serve.web.place import PlaceView, read_place
from extractor.serve.web.problem import to_wrong
from extractor.serve.web.render import read_request, render
from extractor.serve.web.result import to_results
from extractor.store import Connection
from schemas.fact import Kind

CHUNK = 65_536  # bytes
YEAR = 31_536_000  # seconds
router = APIRouter(include_in_schema=False)


@router.get("/")
def show_search(request: Request, connection: Reader) -> Response:
    """Search: the facts that are asked for, facets, chips; a wrong option beside the form that holds it."""
    address = read_request(request)
    try:
        question = to_question(address)
        page = search(connection, question)
        every = "facets" in request.query_params
        facets, counted = request.app.state.kept.read(
            ("facets", read_state(connection), address.key, every),
            lambda: build_facets(connection, question, page.total, address, every=every),
        )
    except UsageError as error:
        return render(request, address, "search.html", 422, wrong=to_wrong(error), **_form(address))
    return render(
        request,
        address,
        "search.html",
        wrong=None,
        page=page,
        unknown=find_unknown(connection, question) if page.notes else (),
        question=question,
        results=to_results(connection, page.hits, address),
        facets=facets,
        counted=counted,
        first=(address.page - 1) * question.limit + 1,
        **_form(address),
    )


def _form(address: Address) -> dict[str, Any]:
    return {"chips": build_chips(address), "limits": LIMITS, "kinds": get_args(Kind), "formats": download.FORMATS}


@router.get("/article/{identity}")
def show_article(request: Request, connection: Reader, identity: str) -> Response:
    """An article with all that was found in it."""
    address = read_request(request)
    lines = bool(request.query_params.get("lines"))
    view = read_article(connection, identity[:LONGEST], address, lines=lines)
    if view is None:
        raise HTTPException(404, f"no article {identity[:40]}")
    return render(request, address, "article.html", view=view, lines=lines)


@router.get("/place")
def list_places(request: Request, connection: Reader) -> Response:
    """All provinces."""
    address = read_request(request)
    return render(request, address, "place.html", view=_read_place(request, connection, "", address))


@router.get("/place/{path:path}")
def show_place(request: Request, connection: Reader, path: str) -> Response:
    """A place: its facts by year and what lies in it."""
    address = read_request(request)
    return render(request, address, "place.html", view=_read_place(request, connection, path, address))


def _read_place(request: Request, connection: Connection, path: str, address: Address) -> PlaceView:
    tree = request.app.state.places.read(connection, read_state(connection))
    return read_place(connection, tree, path, address)


@router.get("/chart")
def show_charts(request: Request, connection: Reader) -> Response:
    """Charts of a question's facts, each with its numbers in a table."""
    address = read_request(request)
    question = to_question(address)
    charts = request.app.state.kept.read(
        ("charts", read_state(connection), address.key), lambda: read_charts(connection, question, address)
    )
    return render(request, address, "chart.html", charts=charts, chips=build_chips(address))


@router.get("/coverage")
def show_coverage(request: Request, connection: Reader) -> Response:
    """What the database holds, with what to divide by, and what failed."""
    address = read_request(request)
    stats = request.app.state.kept.read(("stats", read_state(connection)), lambda: read_stats(connection))
    return render(request, address, "coverage.html", stats=stats)


@router.get("/help")
def show_help(request: Request) -> Response:
    """How to search and what the marks mean."""
    address = read_request(request)
    return render(request, address, f"help.{address.language}.html")


@router.get("/download/facts.{form}")
def download_search(request: Request, connection: Reader, form: str) -> Response:
    """The facts of a search as a file."""
    if form not in download.FORMATS:
        raise HTTPException(404, f"no format {form[:20]}; there are {', '.join(download.FORMATS)}")
    question = to_question(read_request(request))
    with tempfile.TemporaryDirectory(prefix="govfacts-") as folder:
        path = Path(folder) / f"facts.{form}"
        rows, total = download.write_search(connection, question, form, path)
        size = path.stat().st_size
        file = path.open("rb")  # read on when its folder has gone
    headers = {
        "X-Total-Count": str(total),
        "X-Row-Count": str(rows),
        "Cache-Control": "private, no-store",
        "Content-Length": str(size),
        "Content-Disposition": f'attachment; filename="facts.{form}"',
    }
    return StreamingResponse(_read(file), 200, headers, download.to_media(form))


def _read(file: BinaryIO) -> Iterator[bytes]:
    with file:
        while chunk := file.read(CHUNK):
            yield chunk


@router.get("/static/{name}")
def send_asset(request: Request, name: str) -> Response:
    """A file of the page; for good where its address names its content."""
    asset = load_assets().get(name)
    if asset is None:
        raise HTTPException(404, f"no file {name[:40]}")
    kept = f"public, max-age={YEAR}, immutable" if request.query_params.get("v") == asset.mark else "no-cache"
    headers = {"Cache-Control": kept, "ETag": f'"{asset.mark}"'}
    if request.headers.get("if-none-match") == headers["ETag"]:
        return Response(status_code=304, headers=headers)
    return Response(asset.content, 200, headers, asset.media)


@router.get("/favicon.ico")
def send_icon(request: Request) -> Response:
    """The icon for browsers that ask for it unasked."""
    return send_asset(request, "icon.svg")
