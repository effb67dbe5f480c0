"""docs/spark.md: what it tells to run runs, and it tells of every option."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

from extractor.spark.command import build_parser
from support import ROOT

DOCUMENT = (ROOT / "docs" / "spark.md").read_text("utf-8")
BLOCKS = re.findall(r"^```sh\n(.*?)^```$", DOCUMENT, re.MULTILINE | re.DOTALL)


def test_the_commands_run(spark_environment: dict[str, str], tmp_path: Path) -> None:
    """In order: one may read what another wrote. Nothing but their outputs is left behind."""
    (tmp_path / "corpora").symlink_to(ROOT / "corpora")
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    environment = {**os.environ, **spark_environment, "PATH": path}
    printed = []
    assert len(BLOCKS) == 4
    for block in BLOCKS:
        done = subprocess.run(
            ["bash", "-ec", block], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, f"{block}\n{done.stderr[-3000:]}"
        printed.append(done.stdout + done.stderr)
        assert "Warning" not in printed[-1] and "Exception" not in printed[-1]
    count, rows = printed[2].splitlines()
    assert int(count) > 20 and "'facts': " in rows
    assert {entry.name for entry in tmp_path.iterdir()} == {"corpora", "tables", "lines", "reports.jsonl"}
    (file,) = (tmp_path / "lines" / "sources").glob("*.parquet")  # not parted
    assert file.name.endswith(".zstd.parquet")


def test_it_tells_of_every_option() -> None:
    options = {word for action in build_parser()._actions for word in action.option_strings if word.startswith("--")}
    assert not {option for option in options - {"--help"} if f"{option}" not in DOCUMENT}


def test_its_links_lead_somewhere() -> None:
    links = re.findall(r"\]\((?!http)([^)#]+)", DOCUMENT)
    assert links and not [link for link in links if not (ROOT / "docs" / link).exists()]
