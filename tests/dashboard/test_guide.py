"""docs/dashboards.md and docs/notebooks.md: SQL and Python print what is shown."""

from __future__ import annotations

import json
import re
import sqlite3
import subprocess
import sys
from itertools import groupby
from pathlib import Path

import pytest

from dashboard.guide import Block, print_rows, read_guide
from support import ROOT

GUIDES = {name: read_guide(name) for name in ("dashboards.md", "notebooks.md")}
NOTEBOOKS = {
    f"{name}: {section}": list(blocks)
    for name, guide in GUIDES.items()
    for section, blocks in groupby(
        (block for block in guide if block.language == "python"), key=lambda block: block.section
    )
}
MARK = "-- end of a cell --"


def test_the_guides_have_blocks() -> None:
    languages = {block.language for guide in GUIDES.values() for block in guide}
    assert languages == {"sh", "sql", "python", "postgres", "console"}
    assert len(NOTEBOOKS) == 4
    cells = [block for blocks in NOTEBOOKS.values() for block in blocks]
    assert len(cells) >= 12 and all(block.shown for block in cells)


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_cells_print_what_is_shown(folder: Path, name: str) -> None:
    """The cells of a section are one program."""
    if "duckdb" in name.lower():
        pytest.importorskip("duckdb")
    cells = NOTEBOOKS[name]
    code = f"\nprint({MARK!r})\n".join(block.code for block in cells)
    done = subprocess.run(
        [sys.executable, "-W", "error", "-X", "utf8", "-c", code],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.split(f"{MARK}\n") == [block.shown for block in cells]


SQL = [block for block in GUIDES["dashboards.md"] if block.language == "sql"]


@pytest.mark.parametrize("block", SQL, ids=lambda block: block.code.split("\n")[0])
def test_queries_on_sqlite(folder: Path, block: Block) -> None:
    connection = sqlite3.connect(f"file:{folder / 'facts.db'}?mode=ro", uri=True)
    cursor = connection.execute(block.code)
    shown = print_rows([column[0] for column in cursor.description], cursor.fetchall())
    connection.close()
    assert shown == block.shown


def test_links_lead_somewhere() -> None:
    for name in GUIDES:
        text = (ROOT / "docs" / name).read_text("utf-8")
        links = re.findall(r"\]\((?!http)([^)#]+)", text)
        assert links and not [link for link in links if not (ROOT / "docs" / link).exists()]


def test_every_filter_is_named() -> None:
    from dataclasses import fields

    from extractor.frame.rows import ANSWER
    from extractor.search import Question

    text = (ROOT / "docs" / "notebooks.md").read_text("utf-8")
    assert not [field.name for field in fields(Question) if field.name not in ANSWER and f"`{field.name}`" not in text]


def test_the_dtypes_are_told(folder: Path) -> None:
    """The table of dtypes names columns that have these."""
    from extractor import read_facts

    frame = read_facts(folder / "facts.db")
    text = (ROOT / "docs" / "notebooks.md").read_text("utf-8")
    found = re.findall(r"^\| ([a-z_, ]+?)(?: and others of few values)? \| `(\w+(?:\[s\])?)`", text, re.MULTILINE)
    rows = [(names, dtype) for names, dtype in found if names != "all others"]
    assert len(rows) == 6
    for names, dtype in rows:
        assert {str(frame[name].dtype) for name in names.split(", ")} == {dtype}
    named = {name for names, _ in rows for name in names.split(", ")}
    others = {str(dtype) for name, dtype in frame.dtypes.items() if name not in named}
    assert others == {"string", "category"}


def test_the_sample_is_small(folder: Path) -> None:
    manifest = json.loads((folder / "tables" / "manifest.json").read_text("utf-8"))
    rows = {table["name"]: table["rows"] for file in manifest["files"] for table in file["tables"]}
    assert rows["sources"] == len(list((ROOT / "docs" / "sample").iterdir())) == 7
    assert rows["facts"] > 20 and not rows["failures"]
