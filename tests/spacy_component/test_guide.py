"""docs/spacy.md shows what happens and names what there is."""

from __future__ import annotations

import inspect
import re
import subprocess
import sys
from pathlib import Path
from typing import get_args

import pytest
from spacy.tokens.underscore import Underscore

from extractor.spacy_component import GROUPS, make_govfacts
from schemas.base import Level
from schemas.fact import Kind
from schemas.program import ProgramType
from support import ROOT

GUIDE = (ROOT / "docs" / "spacy.md").read_text("utf-8")
BLOCKS = re.findall(r"^```python\n(.*?)^```$", GUIDE, re.MULTILINE | re.DOTALL)


def find_section(title: str) -> str:
    (section,) = re.findall(rf"^## {title}\n(.*?)(?=^## |\Z)", GUIDE, re.MULTILINE | re.DOTALL)
    return str(section)


def find_first_cells(section: str) -> list[str]:
    return re.findall(r"^\| (`.*?) \|", section, re.MULTILINE)[1:]


def test_there_is_code() -> None:
    assert len(BLOCKS) == 5


@pytest.mark.parametrize("code", BLOCKS, ids=range(len(BLOCKS)))
def test_code_prints_what_is_shown(code: str, tmp_path: Path) -> None:
    """What a comment `#> ` says is what is printed."""
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == re.findall(r"#> (.*)$", code, re.MULTILINE)


def test_all_groups_and_labels_are_named() -> None:
    section = find_section("Spans")
    assert find_first_cells(section) == [f"`{name}`" for name in GROUPS]
    rows = dict(zip(GROUPS, re.findall(r"^\| `.*", section, re.MULTILINE)[1:], strict=True))
    for group, labels in (("facts", Kind), ("places", Level), ("programs", ProgramType)):
        cell = rows[group].split(" | ")[2]
        assert re.findall(r"`(\w+)`", cell) == list(get_args(labels))


def test_all_attributes_are_named() -> None:
    cells = " ".join(re.findall(r"^\| (`(?:doc|span)\._.*?) \|", find_section("Attributes"), re.MULTILINE))
    named = set(re.findall(r"`((?:doc|span)\._\.\w+)`", cells))
    named |= {f"doc._.govfacts{tail}" for tail in re.findall(r"`(_\w+)`", cells)}
    registered = {"doc": Underscore.doc_extensions, "span": Underscore.span_extensions}
    ours = {f"{owner}._.{name}" for owner in registered for name in registered[owner] if name.startswith("govfacts")}
    assert named == ours


def test_all_settings_are_named() -> None:
    settings = list(inspect.signature(make_govfacts).parameters)[2:]
    assert find_first_cells(find_section("Configuration")) == [f"`{name}`" for name in settings]
