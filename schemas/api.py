"""What the REST interface gives beside records and hits."""

from __future__ import annotations

from pydantic import Field

from schemas.base import Frozen


class Problem(Frozen):
    """Why a request was refused (RFC 9457, application/problem+json)."""

    type: str = Field(description="name of the kind of problem")
    title: str = Field(description="the kind of problem in words")
    status: int = Field(ge=400, le=599, description="HTTP status")
    detail: str = Field(description="what was wrong with this request")
    instance: str = Field(description="path of the request")
    parameter: str | None = Field(default=None, description="the parameter that is wrong, or null")
