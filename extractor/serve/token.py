"""Who may write: those who send the server's token."""

from __future__ import annotations

import hmac
import os
from pathlib import Path
from typing import Annotated

from fastapi import Depends, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from extractor.errors import UsageError
from extractor.serve.problem import RefusedError

VARIABLE = "GOVFACTS_TOKEN"
LEAST = 16  # characters of a token
CHALLENGE = {"WWW-Authenticate": 'Bearer realm="govfacts"'}
bearer = HTTPBearer(auto_error=False, description="the token that the server was started with")


def read_token(file: Path | None) -> str | None:
    """The token of a file, else of the environment; None without one. Raises UsageError."""
    if file is None:
        text, name = os.environ.get(VARIABLE), VARIABLE
    else:
        name = f"--token-file {file}"
        try:
            text = file.read_text("utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise UsageError(f"{name}: {getattr(error, 'strerror', None) or 'is no text'}") from error
    if text is None:
        return None
    token = text.strip()
    if len(token) < LEAST or not token.isascii() or not token.isprintable() or " " in token:
        raise UsageError(f"{name}: expected {LEAST} or more letters, digits and marks without blanks")
    return token


def check_token(request: Request, credentials: Annotated[HTTPAuthorizationCredentials | None, Depends(bearer)]) -> None:
    """403 where the server has no token, 401 where the request does not send it."""
    token: str | None = request.app.state.options.token
    if token is None:
        raise RefusedError(403, "the server was started without a token, so nothing is written")
    if credentials is None:
        raise RefusedError(401, "send the token as `Authorization: Bearer TOKEN`", headers=CHALLENGE)
    if not hmac.compare_digest(credentials.credentials.encode("utf-8", "replace"), token.encode()):
        raise RefusedError(401, "the token is wrong", headers=CHALLENGE)
