"""Parameters of an address as one model; what nobody takes, or what comes twice, is refused."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeVar, get_origin

from fastapi import Depends, Request
from pydantic import ValidationError
from pydantic.fields import FieldInfo

from extractor.serve.problem import RefusedError, clean
from schemas.base import Frozen

SHOWN = 100  # characters of a name
MARK = "x-query"  # of an operation until the description is complete: its model
Query = TypeVar("Query", bound=Frozen)


def asked(model: type[Query]) -> Any:
    """A dependency: the parameters of a request."""

    def parse(request: Request) -> Query:
        return parse_query(model, request.query_params.multi_items())

    return Depends(parse)


def mark(model: type[Frozen], **extra: Any) -> dict[str, Any]:
    """For `openapi_extra`: which model describes the parameters."""
    return {MARK: model.__name__, **extra}


def parse_query(model: type[Query], items: Sequence[tuple[str, str]]) -> Query:
    """The parameters by name. Raises RefusedError that names the one that is wrong."""
    fields = find_fields(model)
    values: dict[str, Any] = {}
    for name, value in items:
        field, shown = fields.get(name), clean(name[:SHOWN])
        if field is None:
            taken = f"there are {', '.join(fields)}" if fields else "there are none"
            raise RefusedError(422, f"{shown}: no such parameter; {taken}", shown)
        if is_list(field):
            values.setdefault(name, []).append(value)
        elif name in values:
            raise RefusedError(422, f"{shown}: is given twice", shown)
        else:
            values[name] = value
    return validate(lambda: model.model_validate(values))


def validate(make: Callable[[], Query]) -> Query:
    """What `make` gives. Raises RefusedError that names the first wrong field."""
    try:
        return make()
    except ValidationError as error:
        first = error.errors(include_input=False, include_context=False, include_url=False)[0]
        where = clean(".".join(map(str, first["loc"]))) or "body"
        raise RefusedError(422, f"{where}: {clean(first['msg'])}", where) from error


def find_fields(model: type[Frozen]) -> dict[str, FieldInfo]:
    """The fields by their names in an address."""
    return {field.alias or name: field for name, field in model.model_fields.items()}


def is_list(field: FieldInfo) -> bool:
    """Whether a parameter may come several times."""
    return get_origin(field.annotation) is tuple


def to_parameters(model: type[Frozen]) -> list[dict[str, Any]]:
    """The parameters as OpenAPI describes them."""
    whole = model.model_json_schema()
    parameters = []
    for name, node in whole["properties"].items():
        schema = {key: value for key, value in node.items() if key not in ("title", "description", "anyOf")}
        if "anyOf" in node:
            schema.update(next(option for option in node["anyOf"] if option.get("type") != "null"))
        if schema.get("default", 0) is None:
            del schema["default"]
        parameters.append(
            {
                "name": name,
                "in": "query",
                "required": name in whole.get("required", ()),
                "description": node["description"],
                "schema": schema,
            }
        )
    return parameters
