"""What is built from a source is current: every builder's --check passes."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from support import ROOT

BUILDERS = sorted((ROOT / "scripts").glob("build_*"))


def test_the_schemas_have_a_builder() -> None:
    assert "build_schemas" in [path.name for path in BUILDERS]


@pytest.mark.parametrize("builder", BUILDERS, ids=lambda path: path.name)
def test_built_files_are_current(builder: Path) -> None:
    done = subprocess.run(
        [sys.executable, builder, "--check"], cwd=ROOT, capture_output=True, text=True, check=False, timeout=300
    )
    assert done.returncode == 0, done.stdout + done.stderr
