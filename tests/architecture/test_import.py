"""The layers of .importlinter hold."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from support import ROOT


def test_contracts_are_kept() -> None:
    command = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([command, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert " kept, 0 broken" in done.stdout


def test_importing_loads_no_table_and_no_heavy_library() -> None:
    heavy = ("jieba", "rjieba", "spacy", "pandas", "pyarrow", "ahocorasick_rs")
    code = f"import sys, extractor; print([name for name in {heavy!r} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
