"""docs/review.md shows commands that work, and names every action, option and field."""

from __future__ import annotations

import argparse
import os
import re
import sqlite3
import subprocess
import sys
from pathlib import Path

from extractor.cli import review as command
from schemas.review import Correction
from support import ROOT

GUIDE = (ROOT / "docs" / "review.md").read_text("utf-8")
COMMANDS = [line for block in re.findall(r"^```sh\n(.*?)^```$", GUIDE, re.M | re.S) for line in block.splitlines()]
CODE = re.findall(r"^```python\n(.*?)^```$", GUIDE, re.M | re.S)
QUERIES = re.findall(r"^```sql\n(.*?)^```$", GUIDE, re.M | re.S)


def test_commands_code_and_queries_work_in_order(tmp_path: Path) -> None:
    (tmp_path / "corpora").mkdir()
    (tmp_path / "corpora" / "pages").symlink_to(ROOT / "corpora" / "pages")
    tools = Path(sys.executable).parent
    path = {**os.environ, "PATH": f"{tools}{os.pathsep}{os.environ['PATH']}"}
    assert len(COMMANDS) > 12
    script = "set -e\n" + "\n".join(COMMANDS)
    done = subprocess.run(["sh", "-c", script], cwd=tmp_path, env=path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "corrected" in done.stdout and "0 conflicts, 0 errors" in done.stderr
    (code,) = CODE
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    connection = sqlite3.connect(tmp_path / "facts.db")
    assert all(connection.execute(sql).fetchall() for sql in QUERIES)
    connection.close()


def test_actions_and_fields_are_named() -> None:
    parser = argparse.ArgumentParser()
    command.add_arguments(parser)
    (actions,) = [action for action in parser._actions if isinstance(action, argparse._SubParsersAction)]
    assert set(actions.choices) == set(command.ACTIONS)
    assert not [name for name in actions.choices if f"`{name}`" not in GUIDE]
    assert not [name for name in Correction.model_fields if f"`{name}`" not in GUIDE]
