"""The description is what the server does: schemathesis asks every address right and wrong questions."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import pytest
import schemathesis
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import Case, GenerationMode
from schemathesis.checks import CHECKS, load_all_checks
from schemathesis.config import SchemathesisConfig

from extractor.search import OPTIONS
from extractor.search.facet import FACETS
from extractor.search.question import SORTS
from extractor.search.suggest import FIELDS
from extractor.serve import ServeOptions, create_app
from extractor.serve.openapi import TAGS
from schemas import query
from search.conftest import TEXTS, fill, make_name
from serve.answer import get
from serve.conftest import API, TOKEN

load_all_checks()
# All but `positive_data_acceptance`: no schema says that --min is not over --max, or which names are divisions.
CHECKED = CHECKS.get_by_names(
    [
        *("not_a_server_error", "status_code_conformance", "content_type_conformance", "response_headers_conformance"),
        *("response_schema_conformance", "negative_data_rejection", "missing_required_header", "unsupported_method"),
        *("allow_header_conformance", "ignored_auth"),
    ]
)
EXAMPLES = 12  # an address, right and wrong ones each
REFUSALS = ["400", "401", "403", "404", "405", "409", "413", "414", "415", "422"]
CONFIG = SchemathesisConfig.from_dict({"checks": {"negative_data_rejection": {"expected-statuses": REFUSALS}}})
FIXED = settings(
    max_examples=EXAMPLES,
    derandomize=True,
    database=None,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture(scope="module")
def app(dialect: str, tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Iterator[Any]:
    """An app that takes verdicts, over a database of its own: these are given at random."""
    folder = tmp_path_factory.mktemp("described")
    (folder / "in").mkdir()
    for file, text in TEXTS.items():
        (folder / "in" / file).write_text(text, "utf-8")
    with make_name(dialect, folder, request) as name:
        fill(name, [str(folder / "in")])
        app = create_app(name, None, ServeOptions(token=TOKEN))
        with TestClient(app):
            yield app


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE], ids=["right", "wrong"])
def test_every_address_does_what_is_described(app: Any, mode: GenerationMode) -> None:
    schema = schemathesis.openapi.from_asgi(f"{API}/openapi.json", app, config=CONFIG)
    operations = [found.ok() for found in schema.get_all_operations()]
    assert len(operations) > 18
    asked = 0
    for operation in operations:

        @given(case=operation.as_strategy(generation_mode=mode))
        @FIXED
        def ask(case: Case) -> None:
            nonlocal asked
            asked += 1
            case.call_and_validate(checks=CHECKED, headers={"Authorization": f"Bearer {TOKEN}"})

        described = operation.definition.raw
        if mode is GenerationMode.POSITIVE or described.get("parameters") or "requestBody" in described:
            ask()  # to an address that takes nothing, nothing is wrong
    assert asked > 100


def test_it_says_what_it_is(client: TestClient) -> None:
    description = get(client, "/openapi.json")
    assert description["openapi"].startswith("3.1")
    assert [tag["name"] for tag in description["tags"]] == list(TAGS)
    names = set(description["components"]["schemas"])
    assert names >= {
        "FactRecord",
        "ArticleRecord",
        "PlaceRecord",
        "SearchPage",
        "Problem",
        "ExtractRequest",
        "ReviewState",
    }
    assert not names & {"HTTPValidationError", "ValidationError"}
    for path, operations in description["paths"].items():
        assert path.startswith(API)
        for method, operation in operations.items():
            where = f"{method} {path}"
            assert operation["summary"] and operation["description"] and len(operation["tags"]) == 1, where
            assert all(parameter.get("description") for parameter in operation.get("parameters", ())), where
            kinds = {status: list(answer.get("content", {})) for status, answer in operation["responses"].items()}
            assert kinds.pop("304", []) == []
            assert all(media == ["application/problem+json"] for status, media in kinds.items() if status != "200")
            assert not [key for key in operation if key.startswith("x-")], where


def test_references_lead_somewhere(client: TestClient) -> None:
    text = client.get("/openapi.json").text
    names = set(re.findall(r'"#/components/schemas/([^"]+)"', text))
    assert names <= set(get(client, "/openapi.json")["components"]["schemas"])


def test_parameters_are_the_searchs_options(client: TestClient) -> None:
    parameters = get(client, "/openapi.json")["paths"][f"{API}/facts"]["get"]["parameters"]
    names = {parameter["name"] for parameter in parameters if parameter["in"] == "query"}
    assert names == {option.replace("-", "_") for option in OPTIONS.values()}
    assert get_args(query.Sort) == SORTS and get_args(query.FacetName) == tuple(FACETS)
    assert get_args(query.Field_) == FIELDS


def test_the_folder_of_resources_is_described(client: TestClient) -> None:
    root = Path(create_app.__code__.co_filename).parent / "api"
    routes = sum(len(re.findall(r"^@router\.", file.read_text("utf-8"), re.M)) for file in root.glob("*.py"))
    paths = get(client, "/openapi.json")["paths"]
    assert routes == sum(len(operations) for operations in paths.values())
