"""Digitisation files told by their root element: ALTO, PAGE XML, hOCR."""

from __future__ import annotations

import re

HEAD = 8192  # bytes in which the root stands: comments and a document type may come before it
ROOT = re.compile(rb"<(?:[\w.-]+:)?([A-Za-z][\w.-]*)")
SKIPPED = re.compile(rb"<!--.*?(?:-->|\Z)|<\?.*?(?:\?>|\Z)|<!DOCTYPE[^>\[]*(?:\[.*?\]\s*)?>", re.DOTALL | re.IGNORECASE)
HOCR = re.compile(rb"ocr-(?:system|capabilities)|class\s*=\s*[\"']\s*ocr_page\b")
NAMES = {b"alto": "ALTO", b"pcgts": "PAGE XML"}


def find_markup(data: bytes) -> str | None:
    """The format's name, None for other data."""
    head = data[:HEAD].replace(b"\0", b"")  # UTF-16
    if b"<" not in head[:64]:
        return None
    root = ROOT.search(SKIPPED.sub(b"", head))
    if root is None:
        return None
    name = root.group(1).lower()
    if name == b"html":
        return "hOCR" if HOCR.search(head) else None
    return NAMES.get(name)
