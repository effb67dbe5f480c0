"""The folder that the guides work in: the sample pages, and the files that their commands make."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from dashboard.guide import read_guide
from postgres_server import postgres_server
from support import ROOT

__all__ = ["postgres_server"]


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """After the commands of both guides."""
    folder = tmp_path_factory.mktemp("dashboard")
    (folder / "docs").symlink_to(ROOT / "docs")
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    for name in ("dashboards.md", "notebooks.md"):
        commands = [block.code for block in read_guide(name) if block.language == "sh"]
        assert commands
        for command in commands:
            done = subprocess.run(
                ["sh", "-e"],
                input=command,
                cwd=folder,
                env={**os.environ, "PATH": path},
                capture_output=True,
                text=True,
            )
            assert done.returncode == 0, done.stderr
    return folder
