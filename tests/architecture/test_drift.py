"""What is built from the models is current."""

from __future__ import annotations

import subprocess
import sys

from support import ROOT


def test_schemas_are_current() -> None:
    """The other builders' --check is scripts/check's."""
    command = [sys.executable, str(ROOT / "scripts" / "build_schemas"), "--check"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
