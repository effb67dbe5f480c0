"""The tutorial and the how-to guides: every command and program works, in order, and prints what is shown."""

from __future__ import annotations

import contextlib
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from postgres_server import Server, postgres_server
from scripts.guide import DATABASE, find_differences, find_steps, is_run, is_shown, make_folder
from support import ROOT

__all__ = ["postgres_server"]

DOCS = ROOT / "docs"
TOOLS = ("curl", "iconv", "split", "tar")  # of a guide, beside what a shell has everywhere
GUIDES = [DOCS / "tutorial.md", *sorted((DOCS / "how-to").glob("*.md"))]


def to_name(path: Path) -> str:
    return str(path.relative_to(DOCS))


@pytest.mark.parametrize("path", GUIDES, ids=to_name)
def test_a_guide_shows_what_its_commands_print(path: Path, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    text = path.read_text("utf-8")
    missing = [tool for tool in TOOLS if f"{tool} " in text and shutil.which(tool) is None]
    if missing:
        pytest.skip(f"no {', '.join(missing)} here")
    with contextlib.ExitStack() as stack:
        database = DATABASE
        if DATABASE in text:
            server: Server = request.getfixturevalue("postgres_server")
            database = stack.enter_context(server.make_schema())
        differences = find_differences(text, make_folder(tmp_path), database)
    told = [f"$ {step.code}\nshown:\n{step.shown}printed:\n{printed}" for step, printed in differences]
    assert not told, "\n".join(told)


@pytest.mark.parametrize("path", GUIDES, ids=to_name)
def test_a_guide_has_commands_and_few_are_left_alone(path: Path) -> None:
    steps = find_steps(path.read_text("utf-8"))
    assert sum(map(is_run, steps)) >= 3
    assert sum(not is_run(step) for step in steps) <= 3
    assert any(step.shown for step in steps)


@pytest.mark.parametrize(
    ("shown", "printed", "same"),
    [
        ("a\n…\nd\n", "a\nb\nc\nd\n", True),
        ("a\n…\nd\n", "a\nd\n", True),
        ("a\n…\nd\n", "a\nb\nc\n", False),
        ("read … of 14\n", "read 9 of 14\n", True),
        ("read … of 14\n", "read 9 of 15\n", False),
        ("read … of 14\n", "read 9\nof 14\n", False),
        ("", "a\n", False),
        ("a.b\n", "axb\n", False),
    ],
)
def test_marks_stand_for_what_is_left_out(shown: str, printed: str, same: bool) -> None:
    assert is_shown(shown, printed) is same


def test_a_command_that_fails_is_not_passed_over(tmp_path: Path) -> None:
    text = "```console\n$ cat nowhere.txt\n```\n"
    with pytest.raises(RuntimeError, match=r"nowhere\.txt"):
        find_differences(text, tmp_path)
    assert not find_differences("```console\n$ false\n$ echo $?\n1\n```\n", tmp_path)


def test_other_output_than_shown_is_found(tmp_path: Path) -> None:
    text = "```console\n$ printf 'a\\nb\\n'\na\n```\n\n```python\nprint(1)\n```\n\n```text\n2\n```\n"
    assert [printed for _, printed in find_differences(text, tmp_path)] == ["a\nb\n", "1\n"]


def test_update_writes_what_is_printed_and_leaves_what_is_elided(tmp_path: Path) -> None:
    guide = tmp_path / "guide.md"
    before = "```console\n$ echo one\n?\n$ echo two words\ntwo …\n```\n\n```python\nprint(3)\n```\n\n```text\n?\n```\n"
    guide.write_text(before, "utf-8")
    command = [sys.executable, str(ROOT / "scripts" / "guide.py"), str(guide)]
    found = subprocess.run(command, capture_output=True, text=True, check=False)
    assert found.returncode == 1 and "echo one" in found.stderr
    assert guide.read_text("utf-8") == before
    done = subprocess.run([*command, "--update"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert guide.read_text("utf-8") == before.replace("one\n?", "one\none").replace("text\n?", "text\n3")
