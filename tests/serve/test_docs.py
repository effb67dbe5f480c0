"""docs/api.md is current, its commands work in their order, and every address has one."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from extractor.serve import ServeOptions
from extractor.serve.app import describe_api
from serve.conftest import API, TOKEN
from serve.server import run_server
from support import ROOT

DOCUMENT = (ROOT / "docs" / "api.md").read_text("utf-8")
COMMANDS = "".join(re.findall(r"^```sh\n(.*?)^```$", DOCUMENT, re.M | re.S))


def run_builder(*arguments: str, root: Path = ROOT) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(root / "scripts" / "build_api_docs"), *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_it_is_current() -> None:
    done = run_builder("--check")
    assert done.returncode == 0, done.stderr


def test_the_check_finds_a_change(tmp_path: Path) -> None:
    """In a copy of what the builder reads."""
    (tmp_path / "scripts").mkdir()
    (tmp_path / "docs").mkdir()
    (tmp_path / "scripts" / "build_api_docs").write_text(
        (ROOT / "scripts" / "build_api_docs").read_text("utf-8"), "utf-8"
    )
    for name in ("extractor", "schemas"):
        (tmp_path / name).symlink_to(ROOT / name)
    target = tmp_path / "docs" / "api.md"
    assert run_builder("--check", root=tmp_path).returncode == 1
    assert run_builder(root=tmp_path).returncode == 0 and target.read_text("utf-8") == DOCUMENT
    target.write_text(DOCUMENT.replace("percent", "per cent", 1), "utf-8")
    done = run_builder("--check", root=tmp_path)
    assert done.returncode == 1 and "docs/api.md is not current" in done.stderr


def test_commands_work_in_order(tmp_path: Path) -> None:
    if shutil.which("curl") is None:
        pytest.skip("no curl here")
    (tmp_path / "corpora").symlink_to(ROOT / "corpora")
    first, rest = COMMANDS.split("\n", 1)
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environment = {**os.environ, "PATH": path, "GOVFACTS_TOKEN": TOKEN}

    def run(script: str) -> str:
        command = ["bash", "-euo", "pipefail", "-c", script]
        done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr[-2000:]
        return done.stdout

    run(first)
    with run_server(str(tmp_path / "facts.db"), "--slow-seconds", "60", token=TOKEN) as url:
        script = rest.replace("http://127.0.0.1:8001", url)
        assert url in script
        traced = "\n".join(f"{line}; echo" if line.startswith("curl") else line for line in script.splitlines())
        output = run(traced)
    assert output.count('"total":0') == 1  # nobody has judged a fact when /reviews is asked
    assert '"verdict":"accepted"' in output and "govfacts_requests_total" in output


def test_every_address_has_its_section() -> None:
    for path, operations in describe_api()["paths"].items():
        for method in operations:
            section = DOCUMENT.split(f"\n### {method.upper()} {path}\n", 1)[1].split("\n### ", 1)[0]
            assert "curl" in section, path
    assert len(re.findall(rf"^### (?:GET|POST|DELETE) {API}/", DOCUMENT, re.M)) > 18


def test_every_limit_is_told() -> None:
    names = set(re.findall(r"^\| (\w+) \| [\d,.]+ \|", DOCUMENT, re.M))
    assert names == set(ServeOptions.__slots__) - {"token", "origins"}
