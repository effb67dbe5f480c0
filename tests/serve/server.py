"""A real server: `govfacts serve` in a process of its own, and the address that it prints."""

from __future__ import annotations

import contextlib
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

COMMAND = str(Path(sys.executable).with_name("govfacts"))


@contextlib.contextmanager
def run_server(name: str, *options: str, token: str | None = None) -> Iterator[str]:
    """The server's address; it must leave by itself when it is told to."""
    environment = {key: value for key, value in os.environ.items() if key != "GOVFACTS_TOKEN"}
    if token is not None:
        environment["GOVFACTS_TOKEN"] = token
    command = [COMMAND, "serve", "--db", name, "--port", "0", *options]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment)
    assert process.stderr is not None
    line = process.stderr.readline()
    found = re.fullmatch(r"govfacts: (http://127\.0\.0\.1:\d+)/\n", line)
    try:
        assert found, line + process.stderr.read()
        yield found[1]
    finally:
        process.send_signal(signal.SIGINT)
        output, errors = process.communicate(timeout=60)
    assert (process.returncode, output, errors) == (0, "", ""), errors
