"""Pages in traditional characters: read as simplified ones, so that their labels are known, and given as printed."""

from __future__ import annotations

import re
from pathlib import Path

from extractor.read.html_line import read_lines
from extractor.read.html_tree import read_tree

CELL = re.compile(r"[^\t\n]+")


def to_printed(found: str, text: str, plain: str, doc: str, overlay: Path | None) -> str:
    """Text that was found in a page's folded copy `plain`, with the characters of the page `text` itself."""
    lines = (_join(text, doc, overlay), _join(plain, doc, overlay))
    whole = (lines[0].replace("\n", ""), lines[1].replace("\n", ""))  # a paragraph of several lines
    pages = [lines, whole, (text, plain)]
    pages = [(printed, folded) for printed, folded in pages if len(printed) == len(folded)]
    at = [0] * len(pages)
    return CELL.sub(lambda match: _find(match[0], pages, at), found)


def _join(text: str, doc: str, overlay: Path | None) -> str:
    return "\n".join(line.text for line in read_lines(read_tree(text, doc), overlay, everything=True).lines)


def _find(cell: str, pages: list[tuple[str, str]], at: list[int]) -> str:
    """The cell as it is printed behind the one before it, else anywhere on the page."""
    for which, (printed, folded) in enumerate(pages):
        start = folded.find(cell, at[which])
        start = start if start >= 0 else folded.find(cell)
        if start >= 0:
            at[which] = start + len(cell)
            return printed[start : start + len(cell)]
    return cell
