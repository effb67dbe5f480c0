"""What tests of the REST interface share: answers checked against their models, problems, whole lists."""

from __future__ import annotations

from typing import Any

from fastapi.testclient import TestClient

from schemas.api import Problem

Plain = dict[str, Any]


def get(client: TestClient, path: str, **parameters: Any) -> Plain:
    """The answer to a question that is right."""
    answer = client.get(path, params={name.rstrip("_"): value for name, value in parameters.items()})
    assert answer.status_code == 200, answer.text
    plain: Plain = answer.json()
    return plain


def check_problem(answer: Any, status: int, parameter: str | None = None) -> Problem:
    """The problem of an answer that is one in every respect."""
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    problem = Problem.model_validate_json(answer.content)
    assert problem.status == status
    assert problem.type.startswith("urn:govfacts:problem:") and problem.title and problem.detail
    assert problem.parameter == parameter, problem
    assert "default-src 'self'" in answer.headers["content-security-policy"]
    return problem


def get_all(client: TestClient, path: str, name: str, **parameters: Any) -> list[Plain]:
    """A whole list, page by page."""
    found: list[Plain] = []
    cursor: str | None = None
    while True:
        page = get(client, path, **parameters, **({"cursor": cursor} if cursor else {}))
        found += page[name]
        cursor = page["cursor"]
        if cursor is None:
            assert len(found) == page["total"]
            return found
        assert len(page[name]) == parameters.get("limit", 20)
