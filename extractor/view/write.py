"""A page to its file, whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path

from extractor.errors import ExportError


def write_page(path: Path, page: str) -> None:
    """Writes UTF-8; the file takes its name when it is whole. Raises ExportError."""
    partial = path.with_name(f".{path.name}.{os.getpid()}.partial")
    try:
        if path.is_dir():
            raise ExportError(f"{path}: is a folder")
        try:
            partial.write_bytes(page.encode("utf-8"))
            partial.replace(path)
        finally:
            partial.unlink(missing_ok=True)
    except (OSError, ValueError) as error:
        raise ExportError(f"{path}: {getattr(error, 'strerror', None) or error}") from error
