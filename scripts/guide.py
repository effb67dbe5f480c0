"""Runs the commands and programs of guides and compares what they print with what the guide shows.

usage: scripts/guide.py [--update] [--postgres URL] FILE...

A `console` block holds commands (`$ `, going on in lines that begin with `> `), each above what it prints; a `python`
block is followed by a `text` block with its output. Blocks are run in order in one folder that holds copies of the
sample pages; `python` blocks with no command between them are one program.
In what is shown, a line `…` stands for any lines, `…` within a line for any characters: what differs from run to run.
A command may fail only where the next one is `echo $?`. Commands that install something are left alone.
`--update` writes what was printed where something else is shown.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
COPIED = ("corpora/pages", "corpora/pdf", "corpora/scan", "corpora/gold", "docs/sample", "docs/datasette.json")
LEFT_ALONE = ("./scripts/", "apt-get ", "git ", "pip ", "source ")
PORT = "8001"  # replaced by a free one while commands run
DATABASE = "postgresql://govfacts@db.example/facts"  # replaced by the address of a server that is there
FENCE = re.compile(r"^```(?P<language>\w+)\n(?P<body>.*?)^```$", re.MULTILINE | re.DOTALL)
CONTINUED = "> "
MARK = "-- end of a step --"


@dataclass(frozen=True, slots=True)
class Step:
    """One command or program. `start`, `end`: where the guide shows what it prints; None: it shows nothing."""

    block: int
    language: str
    code: str
    start: int | None
    end: int | None
    shown: str


def find_steps(text: str) -> list[Step]:
    """The commands and programs of a guide in order."""
    fences = list(FENCE.finditer(text))
    steps: list[Step] = []
    for number, fence in enumerate(fences):
        if fence["language"] == "console":
            steps += _find_commands(fence, number)
        elif fence["language"] == "python":
            after = fences[number + 1] if number + 1 < len(fences) else None
            shown = after if after is not None and after["language"] == "text" else None
            place = (None, None, "") if shown is None else (*shown.span("body"), shown["body"])
            steps.append(Step(number, "python", fence["body"], *place))
    return steps


def _find_commands(fence: re.Match[str], number: int) -> Iterator[Step]:
    lines = fence["body"].splitlines(keepends=True)
    position = fence.start("body")
    index = 0
    while index < len(lines):
        command = [lines[index].removeprefix("$ ")]
        if command[0] == lines[index]:
            raise ValueError(f"a console block begins without a command: {lines[index]!r}")
        position += len(lines[index])
        index += 1
        while index < len(lines) and lines[index].startswith((CONTINUED, f"{CONTINUED.rstrip()}\n")):
            command.append(lines[index].removeprefix(">").removeprefix(" "))
            position += len(lines[index])
            index += 1
        start = position
        while index < len(lines) and not lines[index].startswith("$ "):
            position += len(lines[index])
            index += 1
        code = "".join(command).rstrip("\n")
        yield Step(number, "console", code, start, position, fence.string[start:position])


def is_run(step: Step) -> bool:
    return not step.code.startswith(LEFT_ALONE)


def make_folder(path: Path) -> Path:
    """Copies of the sample pages, at the places that they have in the checkout."""
    for name in COPIED:
        source, target = ROOT / name, path / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, target)
        else:
            shutil.copy(source, target)
    return path


def run_steps(steps: list[Step], folder: Path, names: dict[str, str]) -> Iterator[tuple[Step, str]]:
    """Each step with what it prints; `names` of the guide are replaced. Raises RuntimeError where one fails."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    known = {"PATH": path, "COLUMNS": "100", "NO_COLOR": "1", "LC_ALL": "C.UTF-8", "PYTHONUTF8": "1"}
    environment = {**os.environ, **known}
    groups = groupby(steps, key=lambda step: (step.language, None if step.language == "python" else step.block))
    for (language, _), group in groups:
        members = list(group)
        run = _run_programs if language == "python" else _run_commands
        for step, printed in zip(members, run(members, folder, environment, names), strict=True):
            yield step, "".join(f"{line.rstrip()}\n" for line in printed.splitlines())


def _run_programs(steps: list[Step], folder: Path, environment: dict[str, str], names: dict[str, str]) -> list[str]:
    code = f"\nprint({MARK!r})\n".join(replace_names(step.code, names) for step in steps)
    command = [sys.executable, "-W", "error", "-c", code]
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise RuntimeError(f"{code}\n{done.stderr}")
    return done.stdout.split(f"{MARK}\n")


def replace_names(text: str, names: dict[str, str]) -> str:
    for name, other in names.items():
        text = text.replace(name, other)
    return text


def _run_commands(steps: list[Step], folder: Path, environment: dict[str, str], names: dict[str, str]) -> list[str]:
    """The commands of a block in one shell; a mark and the status behind each."""
    lines = []
    for step in steps:
        code = step.code if is_run(step) else ":"
        lines.append(replace_names(code, names))
        lines.append(f"status=$?; printf '\\n{MARK} %s\\n' $status; (exit $status)")
    done = subprocess.run(
        ["bash", "-o", "pipefail", "-c", "\n".join(lines)],
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=300,
        check=False,
    )
    parts = re.split(rf"\n{MARK} (\d+)\n", done.stdout)
    printed, states = parts[0:-1:2], parts[1::2]
    for number, (step, state) in enumerate(zip(steps, states, strict=True)):
        told = number + 1 < len(steps) and steps[number + 1].code == "echo $?"
        if state != "0" and not told:
            raise RuntimeError(f"$ {step.code}\nended with status {state}\n{printed[number]}")
    back = {other: name for name, other in names.items()}
    return [replace_names(text, back) for text in printed]


def is_shown(shown: str, printed: str) -> bool:
    """Is that what the guide shows, but for what it leaves out?"""
    pattern = ""
    for line in shown.splitlines():
        if line.strip() == "…":
            pattern += r"(?:.*\n)*?"
        else:
            pattern += "[^\n]*?".join(re.escape(part) for part in line.rstrip().split("…")) + "\n"
    return re.fullmatch(pattern, printed) is not None


def find_port() -> int:
    """A port of this machine that is free."""
    import socket

    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        port: int = server.getsockname()[1]
    return port


def find_differences(text: str, folder: Path, database: str = DATABASE) -> list[tuple[Step, str]]:
    """The steps that print something else than what is shown, with what they print. `database`: an empty one."""
    steps = find_steps(text)
    names = {PORT: str(find_port()), DATABASE: database}
    return [
        (step, printed)
        for step, printed in run_steps(steps, folder, names)
        if is_run(step) and not is_shown(step.shown, printed)
    ]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--update", action="store_true", help="write what was printed")
    parser.add_argument(
        "--postgres", metavar="URL", default=DATABASE, help="an empty database for guides that need one"
    )
    parser.add_argument("files", metavar="FILE", nargs="+", type=Path)
    arguments = parser.parse_args()
    failed = False
    for path in arguments.files:
        text = path.read_text("utf-8")
        with tempfile.TemporaryDirectory() as name:
            found = find_differences(text, make_folder(Path(name)), arguments.postgres)
        for step, printed in reversed(found):
            print(f"{path}: {step.code}\nshown\n{step.shown}printed\n{printed}", file=sys.stderr)
            if arguments.update and step.start is not None:
                text = text[: step.start] + printed + text[step.end :]
            else:
                failed = True
        path.write_text(text, "utf-8")
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
