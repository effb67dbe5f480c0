"""The README shows what happens: each of its commands runs, its Python runs, its tree is there."""

from __future__ import annotations

import os
import re
import runpy
import subprocess
import sys
from pathlib import Path

import pytest

from support import ROOT

README = (ROOT / "README.md").read_text("utf-8")
BUILDER = runpy.run_path(str(ROOT / "scripts" / "build_readme"))
COMMANDS: list[tuple[str, str]] = BUILDER["find_commands"](README)
RUN = [pair for pair in COMMANDS if BUILDER["is_run"](pair[0])]
LEFT_ALONE = [command for command, _ in COMMANDS if not BUILDER["is_run"](command)]


def find_blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)


def test_there_are_commands_and_code() -> None:
    assert len(RUN) >= 3
    assert {"./scripts/demo", "./scripts/test"} <= set(LEFT_ALONE)
    assert find_blocks("python")


def test_commands_print_what_is_shown(tmp_path: Path) -> None:
    """In order: one may read what another wrote."""
    assert BUILDER["fill"](README, BUILDER["make_folder"](tmp_path)) == README


@pytest.mark.parametrize("command", sorted({command.split()[0] for command in LEFT_ALONE if command.startswith("./")}))
def test_scripts_are_there(command: str) -> None:
    assert os.access(ROOT / command, os.X_OK)


@pytest.mark.parametrize("code", find_blocks("python"), ids=lambda code: code.split("\n")[0])
def test_python_prints_what_is_shown(code: str) -> None:
    """What a comment `# → ` says is what is printed."""
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == re.findall(r"# → (.*)$", code, re.MULTILINE)


def test_the_tree_is_there() -> None:
    (tree,) = [block for block in find_blocks("text") if block.startswith("extractor/")]
    assert len(tree.splitlines()) >= 12
    above: list[str] = []
    for indent, name in re.findall(r"^( *)(\S+)", tree, re.MULTILINE):
        above[len(indent) // 4 :] = [name]
        assert (ROOT / "/".join(above)).exists(), "/".join(above)


def test_relative_links_lead_somewhere() -> None:
    links = re.findall(r"\]\((?!http)([^)#]+)", README)
    assert links
    assert not [link for link in links if not (ROOT / link).exists()]
