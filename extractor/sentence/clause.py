"""Sentence -> clauses."""

from __future__ import annotations

import re

from extractor.text import BodySpan

# an ASCII comma or colon inside a number or clock time (1,250 or 8:30) parts nothing
_MARK = re.compile(r"[，；：;]+|(?<![0-9０-９])[,:]|[,:](?![0-9０-９])")


def split_clauses(text: str, span: BodySpan) -> list[BodySpan]:
    """Parts of `text[span]` that end with a comma, semicolon or colon (each with its mark) and cover it; 、 joins."""
    clauses: list[BodySpan] = []
    start = span.start
    for match in _MARK.finditer(text, span.start, span.end):
        clauses.append(BodySpan(start, match.end()))
        start = match.end()
    if start < span.end:
        clauses.append(BodySpan(start, span.end))
    return clauses
