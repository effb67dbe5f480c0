"""./scripts/demo, a second time: it says where the records are, and they are there."""

from __future__ import annotations

import socket
import subprocess
import sys
import urllib.parse
import urllib.request
from pathlib import Path

import pytest

from support import PAGES, ROOT, parse_lines

OWN = Path(sys.prefix).resolve() == (ROOT / ".venv").resolve()


@pytest.mark.skipif(not OWN, reason="these tests run by another Python than .venv's")
def test_demo() -> None:
    done = subprocess.run(["./scripts/demo"], cwd=ROOT, capture_output=True, text=True, check=False, timeout=300)
    assert done.returncode == 0, done.stderr
    assert "build/demo/facts.jsonl" in done.stdout
    records = parse_lines((ROOT / "build" / "demo" / "facts.jsonl").read_bytes())
    assert {record["doc"] for record in records[1:]} == {str(path.relative_to(ROOT)) for path in PAGES}
    facts = [record for record in records if record["record"] == "fact"]
    assert f"of {len(facts)} facts shown" in done.stdout
    assert facts[0]["quantity"]["text"] in done.stdout


@pytest.mark.skipif(not OWN, reason="these tests run by another Python than .venv's")
def test_demo_page() -> None:
    """Two words lead a newcomer to the first search result in the page."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = subprocess.Popen(
        ["./scripts/demo", "page", str(port)], cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    )
    try:
        assert server.stderr is not None
        said = []
        for line in server.stderr:
            said.append(line)
            if f"http://127.0.0.1:{port}" in line:
                break
        assert f":{port}" in said[-1], "".join(said)
        question = urllib.parse.urlencode({"text": "投资", "kind": "money"})
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/?{question}", timeout=60) as answer:
            page = answer.read().decode()
    finally:
        server.terminate()
        server.communicate(timeout=60)
    assert "万元" in page and "投资" in page


def test_another_folder_s_python_that_is_too_old_is_named(tmp_path: Path) -> None:
    """On a machine with an old Python only, the script says what it needs."""
    tools = tmp_path / "tools"
    tools.mkdir()
    for name in ("bash", "dirname", "env"):
        (tools / name).symlink_to(subprocess.check_output(["bash", "-c", f"command -v {name}"], text=True).strip())
    (tools / "python3").write_text("#!/bin/sh\nexit 1\n")
    (tools / "python3").chmod(0o755)
    checkout = tmp_path / "checkout"
    (checkout / "scripts").mkdir(parents=True)
    for name in ("demo", "venv"):
        (checkout / "scripts" / name).write_bytes((ROOT / "scripts" / name).read_bytes())
        (checkout / "scripts" / name).chmod(0o755)
    done = subprocess.run(
        ["./scripts/demo"], cwd=checkout, env={"PATH": str(tools)}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert "Python 3.11 or later" in done.stderr
    assert not (checkout / ".venv").exists()
