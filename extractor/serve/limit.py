"""Requests that are too long, too large or too many, refused before anything else reads them."""

from __future__ import annotations

from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from extractor.serve.option import ServeOptions
from extractor.serve.problem import SHOWN, TooLargeError, answer


class LimitMiddleware:
    """Answers with a problem where a limit of the options is passed."""

    def __init__(self, app: ASGIApp, options: ServeOptions) -> None:
        self.app, self.options = app, options
        self.running = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        refused = self._find_refusal(scope)
        if refused is not None:
            await _refuse(*refused, scope, receive, send)
            return
        self.running += 1
        try:
            await self._pass_on(scope, receive, send)
        finally:
            self.running -= 1

    def _find_refusal(self, scope: Scope) -> tuple[int, str] | None:
        length = len(scope.get("raw_path") or scope["path"]) + len(scope["query_string"])
        if length > self.options.max_address:
            return 414, f"the address has {length} characters, at most {self.options.max_address} are taken"
        if self.running >= self.options.max_requests:
            return 503, f"{self.running} requests are being answered; try again"
        for name, value in scope["headers"]:
            if name == b"content-length" and value.isdigit() and int(value) > self.options.max_body:
                return 413, self._too_large()
        return None

    def _too_large(self) -> str:
        return f"the body is over {self.options.max_body} bytes"

    async def _pass_on(self, scope: Scope, receive: Receive, send: Send) -> None:
        read, begun = 0, False

        async def receive_counted() -> Message:
            nonlocal read
            message = await receive()
            read += len(message.get("body", b""))
            if read > self.options.max_body:
                raise TooLargeError
            return message

        async def send_noted(message: Message) -> None:
            nonlocal begun
            begun = True
            await send(message)

        try:
            await self.app(scope, receive_counted, send_noted)
        except TooLargeError:
            if begun:
                raise
            await _refuse(413, self._too_large(), scope, receive, send)


async def _refuse(status: int, detail: str, scope: Scope, receive: Receive, send: Send) -> None:
    """A problem, as a page where people ask; it repeats little of an address that is too long."""
    if status == 414:
        spoken = next((part for part in scope["query_string"][:SHOWN].split(b"&") if part.startswith(b"lang=")), b"")
        scope = {**scope, "path": scope["path"][:SHOWN], "query_string": spoken}
    await answer(Request(scope), status, detail)(scope, receive, send)
