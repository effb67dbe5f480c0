"""hOCR (Tesseract, OCRopus, Kraken): lines and words of HTML with their boxes, in the file's order."""

from __future__ import annotations

import re
from typing import Any

from extractor.errors import UndecodableError
from extractor.read.decoded import Decoded
from extractor.read.html_tree import decode_page
from extractor.read.layout_given import Leaf, Region, Word, to_line, write_leaves
from extractor.read.layout_sheet import Edges, Ink
from extractor.read.markup_tree import parse_number, parse_share
from extractor.settings import Settings

LINES = {"ocr_line", "ocrx_line", "ocr_header", "ocr_caption", "ocr_textfloat", "ocr_pageno", "ocr_footer"}
AREAS = {"ocr_par", "ocr_carea", "ocrx_block", "ocr_title", "ocr_chapter", "ocr_section", "ocr_table"}
ROLES = {
    "ocr_title": "head", "ocr_chapter": "head", "ocr_section": "head", "ocr_caption": "caption",
    "ocr_pageno": "furniture", "ocr_footer": "furniture", "ocr_table": "table",
}  # fmt: skip
BOX = re.compile(r"\bbbox((?:\s+-?[\d.]+){4})")
SIZE = re.compile(r"\bx_(?:size|fsize)\s+([\d.]+)")
SURE = re.compile(r"\bx_w?conf\s+([\d.]+)")


def read_hocr(data: bytes, doc: str, settings: Settings) -> Decoded:
    """Text, headlines, articles and boxes in pixels. Raises UndecodableError."""
    from lxml import etree

    text, encoding = decode_page(data, doc, settings.errors)
    parser = etree.HTMLParser(no_network=True, remove_comments=True, encoding="utf-8")
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise UndecodableError(doc, f"the hOCR file is broken: {error}") from error
    pages = [] if root is None else [e for e in root.iter() if "ocr_page" in _classes(e)]
    leaves = [_read_page(page, number) for number, page in enumerate(pages, 1)]
    if not any(region.lines for leaf in leaves for region in leaf.regions):
        raise UndecodableError(doc, "the hOCR file holds no text")
    return write_leaves(leaves, encoding)


def _read_page(page: Any, number: int) -> Leaf:
    edges = _find_edges(page) or Edges(0.0, 0.0, 0.0, 0.0)
    leaf = Leaf(number, edges.right - edges.left, edges.bottom - edges.top)
    home: Any = None
    for element in page.iter():
        kinds = _classes(element)
        if not kinds & LINES:
            continue
        line = _read_line(element)
        if line is None:
            continue
        area = next((e for e in element.iterancestors() if _classes(e) & AREAS), None)
        role = next((ROLES[k] for e in (element, area) if e is not None for k in _classes(e) if k in ROLES), "")
        if area is None or area is not home or leaf.regions[-1].role != role:
            leaf.regions.append(Region([], role))
            home = area
        leaf.regions[-1].lines.append(line)
    return leaf


def _read_line(element: Any) -> Ink | None:
    title = element.get("title") or ""
    size = SIZE.search(title)
    words = [
        Word("".join(e.itertext()), _find_edges(e), _find_sure(e), spaced=True)
        for e in element.iter()
        if _classes(e) & {"ocrx_word", "ocr_word"}
    ]
    if not words:
        words = [Word(" ".join("".join(element.itertext()).split()), None, _find_sure(element))]
    return to_line(words, _find_edges(element), parse_number(size.group(1)) if size else None)


def _classes(element: Any) -> set[str]:
    return set((element.get("class") or "").split()) if isinstance(element.tag, str) else set()


def _find_edges(element: Any) -> Edges | None:
    match = BOX.search(element.get("title") or "")
    numbers = [parse_number(part) for part in match.group(1).split()] if match else []
    known = [n for n in numbers if n is not None]
    return Edges(*known) if len(known) == 4 else None


def _find_sure(element: Any) -> float | None:
    """A word's x_wconf: per cent."""
    match = SURE.search(element.get("title") or "")
    value = parse_number(match.group(1)) if match else None
    return None if value is None else parse_share(str(value / 100))
