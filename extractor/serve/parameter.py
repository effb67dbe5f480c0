"""Parameters of an address that nobody takes, or that come twice, are refused."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI, Request

from extractor.serve.problem import RefusedError, clean
from extractor.serve.route import to_route

SHOWN = 100  # characters of a name


def check_parameters(request: Request) -> None:
    """422 where the query holds a parameter that the address does not take, or one twice that it takes once."""
    known = find_parameters(request.app).get((to_route(request.scope), request.method.lower()), {})
    seen: set[str] = set()
    for name, _ in request.query_params.multi_items():
        shown = clean(name[:SHOWN])
        if name not in known:
            taken = f"there are {', '.join(known)}" if known else "there are none"
            raise RefusedError(422, f"{shown}: no such parameter; {taken}", shown)
        if name in seen and not known[name]:
            raise RefusedError(422, f"{shown}: is given twice", shown)
        seen.add(name)


def find_parameters(app: FastAPI) -> dict[tuple[str, str], dict[str, bool]]:
    """By path and method: the names of the query's parameters, and whether one may come several times."""
    known: dict[tuple[str, str], dict[str, bool]] | None = getattr(app.state, "parameters", None)
    if known is None:
        known = app.state.parameters = {
            (path, method): {
                parameter["name"]: _is_list(parameter["schema"])
                for parameter in operation.get("parameters", ())
                if parameter["in"] == "query"
            }
            for path, operations in app.openapi()["paths"].items()
            for method, operation in operations.items()
        }
    return known


def _is_list(schema: dict[str, Any]) -> bool:
    return bool(schema.get("type") == "array")
