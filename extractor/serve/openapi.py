"""The description of the REST interface: what FastAPI makes of the code, and each address's problems."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from pydantic.json_schema import models_json_schema

from extractor.serve.parameter import MARK, to_parameters
from extractor.serve.problem import KINDS, MEDIA
from schemas import query
from schemas.api import Problem
from schemas.query import ExtractRequest, VerdictRequest

REFERENCE = "#/components/schemas/{model}"
ALWAYS = (400, 414, 422, 503)
READING = (504,)
CONDITION = {
    "name": "If-None-Match",
    "in": "header",
    "required": False,
    "description": "ETag of an answer that the client holds: 304 where it still holds",
    "schema": {"type": "string"},
}
UNCHANGED = {"description": "the client holds the answer already"}
TAG = {"ETag": {"description": "state of the database and question", "schema": {"type": "string"}}}
TAGS = {
    "facts": "search and single facts",
    "articles": "articles with all that was found in them",
    "places": "the tree of places",
    "names": "programs, periods, names that begin as typed",
    "counts": "facets and figures",
    "extract": "texts and files to facts, nothing is stored",
    "review": "people's verdicts on facts",
    "server": "health and figures of the server",
}
DESCRIPTION = (
    "Facts of Chinese government news reports, each with the sentence that proves it. Lists tell their `total` and go "
    "on by `cursor`. Errors are problem details (RFC 9457)."
)


def describe(app: FastAPI) -> dict[str, Any]:
    """The whole description, made once."""
    if app.openapi_schema is None:
        schema = get_openapi(
            title=app.title,
            version=app.version,
            openapi_version=app.openapi_version,
            description=DESCRIPTION,
            routes=app.routes,
            tags=[{"name": name, "description": text} for name, text in TAGS.items()],
        )
        for path, operations in schema["paths"].items():
            for method, operation in operations.items():
                _complete(path, method, operation)
        _, extra = models_json_schema(
            [(Problem, "serialization"), (ExtractRequest, "validation"), (VerdictRequest, "validation")],
            ref_template=REFERENCE,
        )
        components = schema.setdefault("components", {}).setdefault("schemas", {})
        for name in ("HTTPValidationError", "ValidationError"):
            components.pop(name, None)
        components.update(extra["$defs"])
        app.openapi_schema = schema
    return app.openapi_schema


def _complete(path: str, method: str, operation: dict[str, Any]) -> None:
    model = operation.pop(MARK, None)
    if model is not None:
        operation.setdefault("parameters", []).extend(to_parameters(getattr(query, model)))
    responses = operation["responses"]
    statuses = list(ALWAYS)
    if method == "get" and "/health/live" not in path:
        statuses += READING
    if "{" in path:
        statuses.append(404)
    if path.endswith("/places"):
        statuses.append(404)
    if "requestBody" in operation:
        statuses += [413, 415]
    if "security" in operation:
        statuses += [401, 403, 409]
    for status in sorted(statuses):
        responses[str(status)] = to_problem(KINDS[status][1])
    responses["default"] = to_problem("Another problem")
    if method == "get" and not path.endswith(("/metrics", "/live", "/ready")):
        operation.setdefault("parameters", []).append(CONDITION)
        responses["304"] = UNCHANGED
        responses["200"]["headers"] = TAG


def to_problem(description: str) -> dict[str, Any]:
    """A response that is a problem."""
    return {
        "description": description,
        "content": {MEDIA: {"schema": {"$ref": REFERENCE.format(model="Problem")}}},
    }
