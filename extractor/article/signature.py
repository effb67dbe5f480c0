"""Lines under a headline that say who speaks or who issues it: 平川县县长　周平, 平川县统计局."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractor.layout_rule import is_name, is_role
from extractor.text import Span

_SPACES = re.compile(r"\s+")
MOST = 2  # lines that may sign one headline


def cut_signature(source: str, title: Sequence[Span]) -> tuple[list[Span], list[Span]]:
    """The headline's own lines, and those at its end that name an office with its holder or, under a document's
    headline, the organ that issues it. A headline keeps its first line."""
    lines = list(title)
    signed: list[Span] = []
    while len(lines) > 1 and len(signed) < MOST and _signs(source, lines):
        signed.insert(0, lines.pop())
    return lines, signed


def parse_signer(line: str) -> list[str]:
    """The holder's name in a line of office and name, none in an organ's."""
    if not is_role(line, "signature"):
        return []
    parts = re.split(r"[ \u3000]+", line.strip())
    tail = "".join(parts[-2:]) if len(parts) > 2 and len(parts[-1]) == len(parts[-2]) == 1 else parts[-1]
    return [tail] if is_name(tail) else []


def _signs(source: str, lines: Sequence[Span]) -> bool:
    line = source[lines[-1].start : lines[-1].end].strip()
    if parse_signer(line):
        return True
    above = [_SPACES.sub("", source[span.start : span.end]) for span in lines[:-1]]
    issued = any(is_role(text, "document") for text in (*above, "".join(above)))
    return issued and is_role(_SPACES.sub("", line), "signer")
