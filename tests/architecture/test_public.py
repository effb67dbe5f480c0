"""`extractor` says what is public, and nothing else is."""

from __future__ import annotations

import tomllib

import extractor
from extractor.version import VERSION
from support import ROOT

PUBLIC = (
    "ExportError",
    "GovfactsError",
    "InputError",
    "InternalError",
    "LexiconError",
    "OversizedError",
    "RecordError",
    "Settings",
    "StoreError",
    "UndecodableError",
    "UnreadableError",
    "UsageError",
    "extract",
    "read_facts",
)


def test_public_names_are_pinned() -> None:
    assert tuple(sorted(extractor.__all__)) == PUBLIC
    assert all(hasattr(extractor, name) for name in PUBLIC)


def test_the_version_is_the_package_s() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert project["version"] == VERSION
    assert f"## [{VERSION}]" in (ROOT / "CHANGELOG.md").read_text("utf-8")
