"""How many bytes the inputs have, for a progress bar."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

PACKED = (".zip", ".gz", ".tgz", ".bz2", ".xz", ".tar", ".warc")  # their documents have other sizes than they


def find_size(names: Iterable[str]) -> int | None:
    """Sum of the files' sizes, folders gone through; None where it cannot be told (archives, lists, pipes)."""
    total = 0
    for name in names:
        path = Path(name)
        if path.is_dir():
            for folder, _, files in os.walk(path):
                for file in files:
                    if file.lower().endswith(PACKED):
                        return None
                    total += _size(Path(folder, file))
        elif path.is_file() and not name.lower().endswith(PACKED):
            total += _size(path)
        else:
            return None
    return total


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0
