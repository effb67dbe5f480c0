"""Guides whose blocks are run: fenced blocks in order, each with the output that the guide shows behind it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from support import ROOT

BLOCK = re.compile(r"^```(?P<language>\w+)\n(?P<code>.*?)^```$", re.MULTILINE | re.DOTALL)
SECTION = re.compile(r"^## (.+)$", re.MULTILINE)


class Block(NamedTuple):
    """`shown`: the text block right behind it, None where there is none."""

    section: str
    language: str
    code: str
    shown: str | None


def read_guide(name: str) -> list[Block]:
    """The blocks of a file of docs/."""
    text = (ROOT / "docs" / name).read_text("utf-8")
    parts = SECTION.split(text)
    sections = [("", parts[0]), *zip(parts[1::2], parts[2::2], strict=True)]
    return [block for section, body in sections for block in _find_blocks(section, body)]


def _find_blocks(section: str, text: str) -> Iterator[Block]:
    found = list(BLOCK.finditer(text))
    for number, match in enumerate(found):
        if match["language"] == "text":
            continue
        behind = found[number + 1] if number + 1 < len(found) else None
        shown = behind["code"] if behind is not None and behind["language"] == "text" else None
        yield Block(section, match["language"], match["code"], shown)


def print_rows(columns: list[str], rows: list[tuple[object, ...]]) -> str:
    """Rows as the guides show them."""
    lines = [columns, *([str(cell) for cell in row] for row in rows)]
    return "".join(" | ".join(line) + "\n" for line in lines)
