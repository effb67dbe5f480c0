"""The README shows what happens: each of its commands runs, its Python runs, its tree is there."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from support import ROOT

README = (ROOT / "README.md").read_text("utf-8")
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```", re.MULTILINE | re.DOTALL)
SETS_UP = ("./scripts/demo", "./scripts/test", "scripts/gate", "scripts/bench", "git clone")  # covered elsewhere


def find_blocks(language: str) -> list[str]:
    return [text for name, text in BLOCK.findall(README) if name == language]


def find_commands() -> list[tuple[str, str]]:
    """(command, the output that the README shows for it)."""
    commands: list[tuple[str, str]] = []
    for block in find_blocks("console"):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, _, output = part.partition("\n")
            commands.append((command.strip(), output.strip()))
    return commands


RUNNABLE = [pair for pair in find_commands() if not pair[0].startswith(SETS_UP)]


def run_shell(command: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    return subprocess.run(
        ["bash", "-c", command],
        cwd=cwd,
        env={**os.environ, "PATH": path, "COLUMNS": "120"},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def test_there_are_commands() -> None:
    assert len(RUNNABLE) >= 3


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the README's commands run: what they write stays out of the checkout."""
    path = tmp_path_factory.mktemp("readme")
    (path / "corpora").symlink_to(ROOT / "corpora")
    return path


@pytest.mark.parametrize(("command", "output"), RUNNABLE, ids=[command[:60] for command, _ in RUNNABLE])
def test_command(command: str, output: str, folder: Path) -> None:
    done = run_shell(command, folder)
    assert done.returncode == 0, done.stderr
    if output:
        assert " ".join(done.stdout.split()) == " ".join(output.split())


@pytest.mark.parametrize("command", sorted({c.split()[0] for c, _ in find_commands() if c.startswith(SETS_UP[:4])}))
def test_scripts_are_there(command: str) -> None:
    assert os.access(ROOT / command, os.X_OK)


@pytest.mark.parametrize("code", find_blocks("python"))
def test_python(code: str) -> None:
    """What a comment behind `#>` says is what is printed."""
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.split("\n")[:-1] == re.findall(r"#> (.*)$", code, re.MULTILINE)


def test_tree_is_there() -> None:
    (tree,) = [block for block in find_blocks("text") if block.startswith("extractor/")]
    above: list[str] = []
    for indent, name in re.findall(r"^( *)(\S+)", tree, re.MULTILINE):
        above[len(indent) // 4 :] = [name]
        assert (ROOT / "/".join(above)).exists(), "/".join(above)
    assert len(tree.splitlines()) >= 12


def test_relative_links_lead_somewhere() -> None:
    links = re.findall(r"\]\((?!http)([^)#]+)", README)
    assert links
    assert not [link for link in links if not (ROOT / link).exists()]
