"""A module holds one noun: no file of ours is over 400 lines."""

from __future__ import annotations

import pytest

from support import ROOT

LIMIT = 400
MODULES = sorted(
    path for folder in ("extractor", "schemas", "scripts", "tests") for path in (ROOT / folder).rglob("*.py")
)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_module_size(path) -> None:  # type: ignore[no-untyped-def]
    lines = path.read_text("utf-8").count("\n")
    assert lines <= LIMIT, f"{path.relative_to(ROOT)} has {lines} lines, at most {LIMIT}: split it by noun"


def test_the_flow_is_short() -> None:
    assert (ROOT / "extractor" / "pipeline.py").read_text("utf-8").count("\n") <= 160
