"""Templates to pages."""

from __future__ import annotations

from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse

from extractor.serve.web.address import Address, read_address
from extractor.serve.web.asset import to_href
from extractor.serve.web.language import choose_language, find_message, to_translator
from extractor.serve.web.number import group, to_short, to_unit
from extractor.serve.web.text import finalize, shorten

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


@cache
def load_environment() -> Environment:
    """The templates; every value is escaped, a name that is none is a fault."""
    environment = Environment(
        loader=PackageLoader("extractor.serve.web"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=finalize,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.filters |= {"group": _group, "shorten": shorten}
    environment.globals |= {"percent": _percent}
    return environment


def _group(number: float | int | str) -> str:
    return group(number) if isinstance(number, str) else f"{number:,.0f}"


def _percent(part: float, whole: float) -> str:
    return f"{100 * part / whole:.1f} %" if whole else "–"


def read_request(request: Request) -> Address:
    """What a request asks."""
    query = request.query_params
    language = choose_language(query.get("lang"), request.headers.get("accept-language"))
    return read_address(str(request.scope.get("root_path", "")), _to_path(request), dict(query), language)


def _to_path(request: Request) -> str:
    path = str(request.scope["path"])
    root = str(request.scope.get("root_path", ""))
    return path.removeprefix(root) if root and path.startswith(root + "/") else path


def render(request: Request, address: Address, template: str, status: int = 200, **values: Any) -> HTMLResponse:
    """The page of a template."""
    language = address.language
    html = (
        load_environment()
        .get_template(template)
        .render(
            address=address,
            t=to_translator(language),
            lang=language,
            label=lambda name, value: find_message(f"{name}.{value}", language, str(value)),
            unit=lambda name: to_unit(name, language),
            short=lambda number: to_short(number, language),
            asset=lambda name: to_href(address.root, name),
            can_review=request.app.state.options.token is not None,
            **values,
        )
    )
    content = html.encode("utf-8", "replace")
    headers = {
        "Content-Security-Policy": POLICY,
        "Content-Language": "zh-Hans" if language == "zh" else "en",
        "Vary": "Accept-Language",
        "Cache-Control": "private, no-cache",
    }
    return HTMLResponse(content, status, headers)
