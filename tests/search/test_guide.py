"""docs/search.md shows commands that work and names every option."""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from extractor.cli import search as search_command
from extractor.search import OPTIONS
from support import ROOT

GUIDE = (ROOT / "docs" / "search.md").read_text("utf-8")
COMMANDS = [line for block in re.findall(r"^```sh\n(.*?)^```$", GUIDE, re.M | re.S) for line in block.splitlines()]
CODE = re.findall(r"^```python\n(.*?)^```$", GUIDE, re.M | re.S)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("guide")
    (folder / "corpora").symlink_to(ROOT / "corpora")
    return folder


def test_commands_and_code_work_in_order(folder: Path) -> None:
    tools = Path(sys.executable).parent
    path = {**os.environ, "PATH": f"{tools}{os.pathsep}{os.environ['PATH']}"}
    assert len(COMMANDS) > 12
    for command in COMMANDS:
        done = subprocess.run(command, shell=True, cwd=folder, env=path, capture_output=True, text=True, check=False)
        assert done.returncode == 0, f"{command}\n{done.stderr}"
        assert "nothing found" not in done.stdout + done.stderr or "--program" in command, command
    (code,) = CODE
    done = subprocess.run([sys.executable, "-c", code], cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_every_option_is_named() -> None:
    parser = argparse.ArgumentParser()
    search_command.add_arguments(parser)
    options = [option for action in parser._actions for option in action.option_strings if option.startswith("--")]
    assert not [option for option in options if option != "--help" and f"`{option}" not in GUIDE]
    assert not [name for name in OPTIONS.values() if f"`{name}`" not in GUIDE]
