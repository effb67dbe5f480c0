"""Who reviews: a signed name in a cookie that only this page's own forms send along. Nothing is kept on the server."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import re
from urllib.parse import parse_qsl, urlsplit

from fastapi import HTTPException, Request
from starlette.responses import Response

COOKIE = "govfacts_reviewer"
HOURS = 12
LONGEST = 100  # characters of a name
MOST = 200_000  # bytes of a form
FORM = "application/x-www-form-urlencoded"
CONTROL = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]")


def sign(token: str, who: str) -> str:
    """The cookie's value for a name."""
    name = base64.urlsafe_b64encode(who.encode()).decode().rstrip("=")
    return f"{name}.{_digest(token, who)}"


def read_reviewer(request: Request) -> str | None:
    """Who is signed in; None where nobody is."""
    token = request.app.state.options.token
    name, _, digest = request.cookies.get(COOKIE, "").partition(".")
    if token is None or not name or not digest.isascii():
        return None
    try:
        who = base64.urlsafe_b64decode(name + "=" * (-len(name) % 4)).decode()
    except (binascii.Error, ValueError):
        return None
    return who if hmac.compare_digest(digest, _digest(token, who)) else None


def is_token(request: Request, given: str) -> bool:
    """Whether this is the server's token."""
    token = request.app.state.options.token
    return token is not None and hmac.compare_digest(given.encode("utf-8", "replace"), token.encode())


def clean_name(text: str) -> str:
    """A reviewer's name without control characters and stray blanks; may be empty."""
    return " ".join(CONTROL.sub(" ", text).split())[:LONGEST]


def remember(request: Request, response: Response, who: str) -> None:
    """Signs a reviewer in."""
    response.set_cookie(
        COOKIE,
        sign(request.app.state.options.token, who),
        max_age=HOURS * 3600,
        path=_path(request),
        secure=request.url.scheme == "https",
        httponly=True,
        samesite="strict",
    )


def forget(request: Request, response: Response) -> None:
    """Signs a reviewer out."""
    response.delete_cookie(COOKIE, path=_path(request), httponly=True, samesite="strict")


def _path(request: Request) -> str:
    return f"{str(request.scope.get('root_path', '')).rstrip('/')}/review"


async def read_form(request: Request) -> dict[str, str]:
    """The fields of a form that this page itself sent. Raises HTTPException."""
    origin = request.headers.get("origin")
    site = request.headers.get("sec-fetch-site", "same-origin")
    if site not in ("same-origin", "none") or (origin and urlsplit(origin).netloc != request.headers.get("host")):
        raise HTTPException(403, "the form comes from another site")
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != FORM:
        raise HTTPException(415, f"expected {FORM}")
    body = await request.body()
    if len(body) > MOST:
        raise HTTPException(413, f"the form is over {MOST} bytes")
    text = body.decode("utf-8", "replace")
    try:
        return dict(parse_qsl(text, keep_blank_values=True, max_num_fields=200, errors="replace"))
    except ValueError as error:
        raise HTTPException(422, "the form cannot be read") from error


def _digest(token: str, who: str) -> str:
    return hmac.new(token.encode(), b"review:" + who.encode(), hashlib.sha256).hexdigest()
