"""JSON Lines: one article a line."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import BinaryIO

from extractor.read.document import Input
from extractor.read.row import Rows
from extractor.read.stream import Entry
from extractor.read.text_stream import TextStream


def find_rows(stream: BinaryIO, entry: Entry) -> Iterator[Input]:
    """The article of each line; a line that holds none is a failure of its own. Raises InputError."""
    lines = TextStream(stream, entry)
    rows = Rows(entry, lines.encoding, "JSON Lines")
    for line in lines:
        if not line.strip():
            continue
        try:
            values = json.loads(line)
        except (ValueError, RecursionError) as error:
            reason = error.msg if isinstance(error, json.JSONDecodeError) else str(error)
            yield rows.to_failure(lines.number, f"no JSON ({reason})")
            continue
        if isinstance(values, dict):
            yield rows.to_input(lines.number, values)
        else:
            yield rows.to_failure(lines.number, "no JSON object")
