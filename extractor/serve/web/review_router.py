"""The review's routes: signing in, the queue, verdicts. All of it works without script."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from typing import Annotated, Any

from anyio import from_thread
from fastapi import APIRouter, Depends, HTTPException, Request
from starlette.responses import RedirectResponse, Response

from extractor.errors import ConflictError, RecordError
from extractor.export.manifest import MEDIA
from extractor.review import decide, export_gold, export_verdicts, list_reviews, measure_agreement, undo
from extractor.review.target import find_target
from extractor.serve.connection import Reader
from extractor.serve.web.address import ASKED, Address, read_address
from extractor.serve.web.chip import build_chips
from extractor.serve.web.correction import FIELDS, find_changes, find_errors, to_texts
from extractor.serve.web.reason import to_reason
from extractor.serve.web.render import read_request, render
from extractor.serve.web.review import read_candidate
from extractor.serve.web.session import clean_name, forget, is_token, read_form, read_reviewer, remember
from extractor.serve.web.text import shorten
from extractor.serve.writer import write
from extractor.store import Connection

DONE = ("accept", "reject", "correct", "undo")
SHOWN = 50
EXPORTS: Mapping[str, Callable[[Connection, io.StringIO], object]] = {
    "gold": export_gold,
    "verdicts": export_verdicts,
}
router = APIRouter(include_in_schema=False)
Form = Annotated[dict[str, str], Depends(read_form)]


@router.get("/review")
def show_queue(request: Request, connection: Reader) -> Response:
    """The next fact to judge; who has not signed in is asked to."""
    address = read_request(request)
    _check_open(request)
    who = read_reviewer(request)
    if who is None:
        return render(request, address, "sign_in.html", wrong="", name="")
    query = request.query_params
    did = query.get("did") if query.get("did") in DONE else None
    return _show(
        request,
        connection,
        address,
        who,
        at=_to_number(query.get("at")),
        fact=query.get("fact"),
        did=did,
        last=query.get("last"),
    )


def _show(
    request: Request,
    connection: Connection,
    address: Address,
    who: str,
    *,
    at: int,
    fact: str | None,
    status: int = 200,
    did: str | None = None,
    last: str | None = None,
    texts: Mapping[str, str] | None = None,
    errors: Mapping[str, str] | None = None,
    notice: str | None = None,
) -> Response:
    view = read_candidate(connection, who, address, at, fact)
    return render(
        request,
        address,
        "review.html",
        status,
        view=view,
        who=who,
        fact_asked=fact,
        did=did,
        last=last if last and len(last) == 16 and last.isalnum() else None,
        texts=texts or view.texts,
        errors=errors or {},
        reason=lambda text: to_reason(text, address.language),
        notice=notice,
        fields=FIELDS,
        chips=build_chips(address),
    )


@router.post("/review/enter")
def sign_in(request: Request, form: Form) -> Response:
    """Signs in with the server's token and a name."""
    address = _read_asked(request, form)
    _check_open(request)
    who = clean_name(form.get("who", ""))
    wrong = "review.wrong_token" if not is_token(request, form.get("token", "")) else "" if who else "review.no_name"
    if wrong:
        return render(request, address, "sign_in.html", 403, wrong=wrong, name=who)
    response = RedirectResponse(address.ask(path="/review"), 303)
    remember(request, response, who)
    return response


@router.post("/review/leave")
def sign_out(request: Request, form: Form) -> Response:
    """Signs out."""
    response = RedirectResponse(_read_asked(request, form).to("/"), 303)
    forget(request, response)
    return response


@router.post("/review/decide")
def take_verdict(request: Request, connection: Reader, form: Form) -> Response:
    """Accepts, rejects, corrects or takes back; a correction that the models refuse comes back with what is wrong."""
    address, who = _read_asked(request, form), _check_reviewer(request)
    fact, action, at = form.get("judged", ""), form.get("verdict", ""), _to_number(form.get("at"))
    seen = _to_number(form.get("seen")) if form.get("seen", "").isdecimal() else None
    note = form.get("note", "").strip() or None
    try:
        if action == "correct":
            return _correct(request, connection, address, who, form)
        if action == "undo":
            _write(request, lambda database: undo(database, fact, who))
            return _go_on(address, at=at, did="undo", fact=fact)
        _write(request, lambda database: decide(database, fact, action, who, note=note, seen=seen))
    except ConflictError:
        return _show(request, connection, address, who, at=at, fact=fact, status=409, notice="review.conflict")
    return _go_on(address, at=at, did=action, last=fact)


def _correct(request: Request, connection: Connection, address: Address, who: str, form: Mapping[str, str]) -> Response:
    identity, at = form.get("judged", ""), _to_number(form.get("at"))
    target = find_target(connection, identity)
    changes = find_changes(target.shown, form)
    texts = {**to_texts(target.shown), **{field.name: form[field.name] for field in FIELDS if field.name in form}}

    def refuse(errors: Mapping[str, str], notice: str | None = None) -> Response:
        return _show(
            request,
            connection,
            address,
            who,
            at=at,
            fact=identity,
            status=422,
            texts=texts,
            errors=errors,
            notice=notice,
        )

    if not changes:
        return refuse({}, "review.unchanged")
    errors = find_errors(target.shown, changes, target.sentence)
    if errors:
        return refuse(errors)
    note = form.get("note", "").strip() or None
    seen = _to_number(form.get("seen")) if form.get("seen", "").isdecimal() else None
    try:
        _write(
            request, lambda database: decide(database, identity, "correct", who, fields=changes, note=note, seen=seen)
        )
    except RecordError as error:
        return refuse({"note": shorten(str(error), 300)})
    return _go_on(address, at=at, did="correct", last=identity)


@router.get("/review/log")
def show_log(request: Request, connection: Reader) -> Response:
    """What was judged last, and how far reviewers agree."""
    address = read_request(request)
    _check_open(request)
    if read_reviewer(request) is None:
        return RedirectResponse(address.to("/review"), 303)
    cursor = _to_number(request.query_params.get("before")) or None
    page = list_reviews(connection, limit=SHOWN, cursor=cursor)
    return render(request, address, "review_log.html", page=page, agreement=measure_agreement(connection))


@router.get("/review/{name}.jsonl")
def download_reviews(request: Request, connection: Reader, name: str) -> Response:
    """What was judged, as files that other databases and `govfacts evaluate` take."""
    _check_open(request)
    if name not in EXPORTS:
        raise HTTPException(404, "there are gold.jsonl and verdicts.jsonl")
    if read_reviewer(request) is None:
        return RedirectResponse(read_request(request).to("/review"), 303)
    out = io.StringIO()
    EXPORTS[name](connection, out)
    headers = {"Content-Disposition": f'attachment; filename="{name}.jsonl"', "Cache-Control": "private, no-cache"}
    return Response(out.getvalue().encode("utf-8", "replace"), 200, headers, MEDIA["jsonl"])


def _write(request: Request, change: Callable[[Connection], Any]) -> None:
    from_thread.run(write, request.app, change)


def _go_on(address: Address, **query: str | int | None) -> Response:
    return RedirectResponse(address.ask(query, path="/review"), 303)


def _read_asked(request: Request, form: Mapping[str, str]) -> Address:
    """The question that a form carries along."""
    address = read_request(request)
    known = {name: form[f"q-{name}"] for name in (*ASKED, "lang", "limit") if form.get(f"q-{name}")}
    language = "en" if known.get("lang") == "en" else "zh" if known.get("lang") == "zh" else address.language
    return read_address(address.root, "/review", known, language)


def _check_open(request: Request) -> None:
    if request.app.state.options.token is None:
        raise HTTPException(403, "the server was started without a token, so nothing is written")


def _check_reviewer(request: Request) -> str:
    _check_open(request)
    who = read_reviewer(request)
    if who is None:
        raise HTTPException(401, "sign in to review")
    return who


def _to_number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) < 10 else 0
