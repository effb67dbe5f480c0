"""PAGE XML (PRImA, Transkribus, eScriptorium): regions in the order of its ReadingOrder, else as they stand."""

from __future__ import annotations

import re
from typing import Any

from extractor.errors import UndecodableError
from extractor.read.decoded import Decoded
from extractor.read.layout_given import Leaf, Region, Word, to_line, write_leaves
from extractor.read.layout_sheet import Edges, Ink
from extractor.read.markup_tree import (
    find_all,
    find_children,
    find_order,
    name_of,
    parse_number,
    parse_points,
    parse_share,
    read_tree,
    sort_by,
)
from extractor.settings import Settings

ROLES = {
    "heading": "head", "paragraph": "body", "caption": "caption", "header": "furniture", "footer": "furniture",
    "page-number": "furniture", "signature-mark": "furniture", "catch-word": "furniture",
}  # fmt: skip
CUSTOM = re.compile(r"structure\s*\{[^}]*?type\s*:\s*([\w-]+)")


def read_page_xml(data: bytes, doc: str, settings: Settings) -> Decoded:
    """Text, headlines, articles and boxes in pixels. Raises UndecodableError."""
    root, encoding = read_tree(data, doc, settings.errors)
    leaves = [_read_page(page, number) for number, page in enumerate(find_all(root, "Page"), 1)]
    if not any(region.lines for leaf in leaves for region in leaf.regions):
        raise UndecodableError(doc, "the PAGE file holds no text")
    return write_leaves(leaves, encoding)


def _read_page(page: Any, number: int) -> Leaf:
    width, height = (parse_number(page.get(key)) or 0.0 for key in ("imageWidth", "imageHeight"))
    leaf = Leaf(number, width, height)
    regions = list(find_all(page, "TextRegion"))
    order = find_order(page, "RegionRef", "regionRef")
    for region in sort_by(order, regions, "id") if order else regions:
        leaf.regions.append(Region(_read_lines(region), _find_role(region)))
    if all(region.role in ("", "body") for region in leaf.regions):
        for region in leaf.regions:
            region.role = ""  # a file that calls everything a paragraph says nothing
    return leaf


def _find_role(region: Any) -> str:
    if any(name_of(parent) == "TableRegion" for parent in region.iterancestors()):
        return "table"
    custom = CUSTOM.search(region.get("custom") or "")
    return ROLES.get((region.get("type") or (custom.group(1) if custom else "")).lower(), "")


def _read_lines(region: Any) -> list[Ink]:
    lines = find_children(region, "TextLine")
    if not lines:
        edges = _read_edges(region)
        text, sure = _read_text(region)
        rows = [row for row in text.splitlines() if row.strip()]
        return [ink for n, row in enumerate(rows) if (ink := _slice(row, edges, n, len(rows), sure))]
    return [ink for line in lines if (ink := _read_line(line)) is not None]


def _slice(row: str, edges: Edges | None, number: int, count: int, sure: float | None) -> Ink | None:
    """A line of a region whose lines have no place of their own."""
    if edges is None:
        return to_line([Word(row, None, sure)], None, None)
    step = (edges.bottom - edges.top) / count
    top = edges.top + number * step
    return to_line([Word(row, None, sure)], Edges(edges.left, top, edges.right, top + step), 0.7 * step)


def _read_line(line: Any) -> Ink | None:
    text, sure = _read_text(line)
    if text.strip():
        return to_line([Word(" ".join(text.split("\n")), None, sure)], _read_edges(line), None)
    words = []
    for element in find_children(line, "Word"):
        text, sure = _read_text(element)
        words.append(Word(text, _read_edges(element), sure, spaced=True))
    return to_line(words, _read_edges(line), None)


def _read_text(element: Any) -> tuple[str, float | None]:
    """The best of the element's own readings and its confidence."""
    readings = sorted(find_children(element, "TextEquiv"), key=lambda e: parse_number(e.get("index")) or 0.0)
    for reading in readings:
        for kind in ("Unicode", "PlainText"):
            for child in find_children(reading, kind):
                if child.text:
                    return child.text, parse_share(reading.get("conf"))
    return "", None


def _read_edges(element: Any) -> Edges | None:
    for coords in find_children(element, "Coords"):
        if coords.get("points"):
            return parse_points(coords.get("points"))
        points = [f"{p.get('x')},{p.get('y')}" for p in find_children(coords, "Point")]  # versions before 2013
        return parse_points(" ".join(points))
    return None
