"""The project speaks of its subject: no path of one machine, nothing about how it was written."""

from __future__ import annotations

import re
import shutil
import subprocess

from support import ROOT

SUFFIXES = {"", ".py", ".md", ".toml", ".tsv", ".json", ".jsonl", ".txt", ".csv", ".ann"}
# Written in pieces, so that this file does not hold what it looks for.
WORDS = ("(?:sub)?ag" + "ents?", "cla" + "ude", "anth" + "ropic", "chat" + "gpt", "cop" + "ilot", "LL" + "Ms?")
WORDING = re.compile(rf"\b({'|'.join(WORDS)})\b", re.IGNORECASE)
MACHINE_PATH = re.compile(r"(?<![\w.])/(?:wo" + r"rk|ro" + r"ot|ho" + r"me|Us" + r"ers)/\w")


def find_files() -> list[str]:
    """Files under version control and new ones that are not ignored; without git all but hidden and built ones."""
    if shutil.which("git") is None or not (ROOT / ".git").exists():
        names = [str(path.relative_to(ROOT)) for path in ROOT.rglob("*") if path.is_file()]
        return [
            name
            for name in names
            if not re.search(r"(^|/)(\.(?!ci/)|build/|dist/|__pycache__/|[^/]*\.egg-info/)", name)
        ]
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, check=True)
    return [name for name in listed.stdout.decode().split("\0") if name]


def test_no_machine_path_and_no_talk_of_the_making() -> None:
    found = []
    names = find_files()
    assert "README.md" in names
    for name in names:
        path = ROOT / name
        if path.suffix not in SUFFIXES or not path.is_file():
            continue
        for number, line in enumerate(path.read_text("utf-8", errors="replace").split("\n"), 1):
            if WORDING.search(line) or MACHINE_PATH.search(line):
                found.append(f"{name}:{number}: {line.strip()[:100]}")
    assert not found, "\n".join(found)
