"""ALTO (Library of Congress, versions 1 to 4): blocks in the file's order, or in that of its ReadingOrder."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from extractor.errors import UndecodableError
from extractor.read.decoded import Decoded
from extractor.read.layout_given import Leaf, Region, Word, to_line, write_leaves
from extractor.read.layout_sheet import Edges, Ink
from extractor.read.markup_tree import find_all, find_order, name_of, parse_number, parse_share, read_tree, sort_by
from extractor.settings import Settings

ROLES = {
    "heading": "head", "headline": "head", "title": "head", "caption": "caption", "header": "furniture",
    "footer": "furniture", "page-number": "furniture", "page_number": "furniture", "pagenumber": "furniture",
}  # fmt: skip
MARGINS = {"TopMargin", "BottomMargin", "LeftMargin", "RightMargin"}
MOST = 0.8  # share of the lines with a font size from which sizes are told by fonts, not by boxes


def read_alto(data: bytes, doc: str, settings: Settings) -> Decoded:
    """Text, headlines, articles and boxes in the file's unit. Raises UndecodableError."""
    root, encoding = read_tree(data, doc, settings.errors)
    styles = {e.get("ID", ""): parse_number(e.get("FONTSIZE")) for e in find_all(root, "TextStyle")}
    tags = {e.get("ID", ""): (e.get("LABEL") or "").lower() for e in find_all(root, "LayoutTag", "StructureTag")}
    lines = [_find_size(line, styles) for line in find_all(root, "TextLine")]
    fonts = styles if lines and sum(size is not None for size in lines) >= MOST * len(lines) else {}
    leaves = [_read_page(page, number, fonts, tags) for number, page in enumerate(find_all(root, "Page"), 1)]
    if not any(region.lines for leaf in leaves for region in leaf.regions):
        raise UndecodableError(doc, "the ALTO file holds no text")
    return write_leaves(leaves, encoding)


def _read_page(page: Any, number: int, styles: dict[str, float | None], tags: dict[str, str]) -> Leaf:
    leaf = Leaf(number, parse_number(page.get("WIDTH")) or 0.0, parse_number(page.get("HEIGHT")) or 0.0)
    blocks = list(find_all(page, "TextBlock"))
    order = find_order(page, "ElementRef", "REF")
    for block in sort_by(order, blocks, "ID") if order else blocks:
        role = next((ROLES[tags[t]] for t in (block.get("TAGREFS") or "").split() if tags.get(t) in ROLES), "")
        if any(name_of(parent) in MARGINS for parent in block.iterancestors()):
            role = "furniture"
        lines = [line for e in find_all(block, "TextLine") if (line := _read_line(e, styles)) is not None]
        leaf.regions.append(Region(lines, role))
    if not leaf.height:
        leaf.height = max((ink.edges.bottom for region in leaf.regions for ink in region.lines), default=0.0)
    return leaf


def _find_size(line: Any, styles: dict[str, float | None]) -> float | None:
    """The font size of a line: its own, its first string's or its block's."""
    string = next(find_all(line, "String"), None)
    for element in (line, string, line.getparent()):
        if element is not None:
            for style in (element.get("STYLEREFS") or "").split():
                if styles.get(style):
                    return styles[style]
    return None


def _read_line(line: Any, styles: dict[str, float | None]) -> Ink | None:
    return to_line(list(_read_words(line)), _read_edges(line), _find_size(line, styles))


def _read_words(line: Any) -> Iterator[Word]:
    spaced = False
    for child in line:
        name = name_of(child)
        if name == "SP":
            spaced = True
        elif name == "String" and child.get("SUBS_TYPE") != "HypPart2":  # a parted word stands whole in its first line
            whole = child.get("SUBS_CONTENT") if child.get("SUBS_TYPE") == "HypPart1" else None
            yield Word(whole or child.get("CONTENT") or "", _read_edges(child), _read_sure(child), spaced)
            spaced = False


def _read_sure(string: Any) -> float | None:
    """WC, else the mean of CC: digits 0 (sure) to 9."""
    sure = parse_share(string.get("WC"))
    marks = [int(c) for c in (string.get("CC") or "") if c.isdecimal()]
    return sure if sure is not None or not marks else 1 - sum(marks) / (9 * len(marks))


def _read_edges(element: Any) -> Edges | None:
    x, y, w, h = (parse_number(element.get(key)) for key in ("HPOS", "VPOS", "WIDTH", "HEIGHT"))
    if x is None or y is None or w is None or h is None:
        return None
    return Edges(x, y, x + w, y + h)
