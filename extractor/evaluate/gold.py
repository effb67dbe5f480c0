"""Reads gold annotations: one JSON document a line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from extractor.errors import UndecodableError, UnreadableError

Plain = dict[str, Any]


def read_gold(path: Path) -> list[Plain]:
    """The documents of a gold file. Raises UnreadableError, UndecodableError."""
    try:
        lines = path.read_text("utf-8").split("\n")
    except UnicodeDecodeError as error:
        raise UndecodableError(str(path), f"not UTF-8 at byte {error.start}") from error
    except OSError as error:
        raise UnreadableError(str(path), error.strerror or str(error)) from error
    documents: list[Plain] = []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            document = json.loads(line)
        except json.JSONDecodeError as error:
            raise UndecodableError(str(path), f"line {number} is no JSON: {error.msg}") from error
        if not isinstance(document, dict) or not isinstance(document.get("text_file"), str):
            raise UndecodableError(str(path), f"line {number} has no text_file")
        documents.append(document)
    return documents
