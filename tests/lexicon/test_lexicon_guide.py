"""The guide to the tables shows what happens: its commands print what stands below them."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from extractor.lexicon.table import read_table
from support import ROOT

GUIDE = (ROOT / "docs" / "lexicon.md").read_text("utf-8")
BLOCKS = re.findall(r"^```console\n(.*?)^```$", GUIDE, re.MULTILINE | re.DOTALL)


def test_commands_print_what_is_shown(tmp_path: Path) -> None:
    environment = os.environ | {"PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}
    assert len(BLOCKS) >= 7
    for block in BLOCKS:
        commands = [line[2:] for line in block.splitlines() if line.startswith("$ ")]
        done = subprocess.run(
            ["bash", "-c", "\n".join(commands)],
            cwd=tmp_path,
            env=environment,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        shown = [line for line in block.splitlines() if not line.startswith("$ ")]
        assert done.stdout.splitlines() == shown, f"{block}\n{done.stdout}{done.stderr}"


@pytest.mark.parametrize("name", sorted(set(re.findall(r"`([a-z_]+\.tsv)`", GUIDE))))
def test_tables_that_it_names_are_there(name: str) -> None:
    assert read_table(name)


def test_relative_links_lead_somewhere() -> None:
    links = re.findall(r"\]\((?!http)([^)#]+)", GUIDE)
    assert links
    assert not [link for link in links if not (ROOT / "docs" / link).exists()]
