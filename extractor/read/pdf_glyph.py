"""One page of a PDF -> Sheet: pdfium's characters as pieces of print, drawn lines as rules and frames, pictures."""

from __future__ import annotations

import ctypes
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from extractor.errors import UndecodableError
from extractor.read.layout_sheet import Edges, Ink, Sheet

GAP = 0.8  # type sizes of white from which a piece of print ends
BRIDGE = 3.0  # type sizes that a space may be wide and still join
WORD = 0.2  # type sizes that a space is wider than the line's usual gap
TWIN = 0.15  # type sizes that a character printed twice for bold stands from itself; two narrow figures stand 0.3
GRID = 8.0  # points
THIN = 3.0  # points of a drawn line at most
SHORT = 18.0  # points of a rule at least
MOST_OBJECTS = 20_000  # drawn objects of a page that are looked at
WHITE = frozenset(" \u3000\xa0\t\r\n\x00\u200b\ufeff\ufffe\x02")
UPRIGHT = str.maketrans(
    "︵︶︷︸︹︺︻︼︽︾︿﹀﹁﹂﹃﹄︙︱︳︐︑︒︓︔︕︖", "（）｛｝〔〕【】《》〈〉「」『』…——，、。：；！？"
)


@dataclass(slots=True)
class Glyph:
    """One drawn character: its cell in points from the top left, and its size."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    size: float
    spaced: bool = False  # a space stands before it, or pdfium takes the gap for one

    @property
    def middle(self) -> tuple[float, float]:
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2


def read_sheet(document: Any, index: int, doc: str) -> Sheet:
    """Page `index` (0-based). Raises UndecodableError where it cannot be loaded."""
    from pypdfium2 import PdfiumError

    try:
        page = document[index]
        text = page.get_textpage()
    except PdfiumError as error:
        raise UndecodableError(doc, f"page {index + 1} of the PDF is broken") from error
    try:
        width, height = page.get_size()
        sheet = Sheet(index + 1, width, height)
        sheet.inks = join_glyphs(drop_twins(list(_read_glyphs(text, page))))
        _read_drawings(page, sheet)
        return sheet
    finally:
        text.close()
        page.close()


def _read_glyphs(textpage: Any, page: Any) -> Iterator[Glyph]:
    import pypdfium2.raw as raw

    box = raw.FS_RECTF()
    left, _, _, top = page.get_bbox()
    spaced = False
    for i in range(raw.FPDFText_CountChars(textpage)):
        code = raw.FPDFText_GetUnicode(textpage, i)
        character = chr(code) if code < 0x110000 else "\ufffd"
        if character in WHITE:
            spaced = spaced or character in " \u3000\xa0"
            continue
        if not raw.FPDFText_GetLooseCharBox(textpage, i, ctypes.byref(box)):
            continue
        size = abs(raw.FPDFText_GetFontSize(textpage, i))
        drawn = abs(box.top - box.bottom), abs(box.right - box.left)
        if not 0.2 * max(drawn) < size < 5 * max(drawn):  # the font is scaled by the page's matrix
            size = max(drawn)
        if not all(map(math.isfinite, (*box_edges(box), size))) or size <= 0:
            continue
        yield Glyph(
            character.translate(UPRIGHT),
            box.left - left,
            top - box.top,
            box.right - left,
            top - box.bottom,
            size,
            spaced,
        )
        spaced = False


def box_edges(box: Any) -> tuple[float, float, float, float]:
    return box.left, box.top, box.right, box.bottom


def drop_twins(glyphs: Sequence[Glyph]) -> list[Glyph]:
    """Without characters printed a second time at their place (bold by hand)."""
    seen: dict[tuple[str, int, int], list[Glyph]] = {}
    out = []
    for glyph in glyphs:
        x, y = glyph.middle
        cell = round(x / GRID), round(y / GRID)
        near = [(glyph.text, cell[0] + i, cell[1] + j) for i in (-1, 0, 1) for j in (-1, 0, 1)]
        if any(_is_twin(glyph, other) for key in near for other in seen.get(key, ())):
            continue
        seen.setdefault((glyph.text, *cell), []).append(glyph)
        out.append(glyph)
    return out


def _is_twin(a: Glyph, b: Glyph) -> bool:
    (x0, y0), (x1, y1) = a.middle, b.middle
    return max(abs(x0 - x1), abs(y0 - y1)) < TWIN * min(a.size, b.size, GRID / TWIN)


def join_glyphs(glyphs: Sequence[Glyph]) -> list[Ink]:
    """Characters that follow each other in a line as one piece, first in the order they are drawn, then by place."""
    runs: list[list[Glyph]] = []
    ways: list[str] = []
    for glyph in glyphs:
        way = _find_way(runs[-1][-1], glyph) if runs else ""
        if way and ways[-1] in ("", way):
            runs[-1].append(glyph)
            ways[-1] = way
        else:
            runs.append([glyph])
            ways.append("")
    return _merge_runs([_to_ink(run, way == "down") for run, way in zip(runs, ways, strict=True)])


def _find_way(before: Glyph, glyph: Glyph) -> str:
    """`along` or `down` where the glyph is the next of a line, else empty."""
    size = max(before.size, glyph.size)
    if size > 1.13 * min(before.size, glyph.size):
        return ""
    reach = BRIDGE if glyph.spaced else GAP
    shift = abs(before.bottom - glyph.bottom)
    if shift < 0.35 * size and -0.3 * size < glyph.left - before.right < reach * size:
        return "along"
    (x0, y0), (x1, y1) = before.middle, glyph.middle
    if abs(x0 - x1) < 0.35 * size and 0.6 * size < y1 - y0 < (1 + reach) * size:
        return "down"
    return ""


def _to_ink(run: Sequence[Glyph], vertical: bool) -> Ink:
    text = run[0].text
    gaps = [b.top - a.bottom if vertical else b.left - a.right for a, b in pairwise(run)]
    usual = max(sorted(gaps)[len(gaps) // 2], 0.0) if gaps else 0.0  # letters may be set apart
    for before, glyph, gap in zip(run, run[1:], gaps, strict=False):
        if glyph.spaced and gap > usual + WORD * glyph.size:
            narrow = gap < 0.7 * glyph.size or (before.text.isascii() and glyph.text.isascii())
            text += " " if narrow else "\u3000"
        text += glyph.text
    size = sorted(glyph.size for glyph in run)[len(run) // 2]
    left, right = min(g.left for g in run), max(g.right for g in run)
    if vertical:
        top, bottom = run[0].middle[1] - size / 2, run[-1].middle[1] + size / 2
    else:
        middle = (min(g.top for g in run) + max(g.bottom for g in run)) / 2
        top, bottom = middle - size / 2, middle + size / 2
    return Ink(text, Edges(left, top, right, bottom), size, vertical)


def _merge_runs(inks: list[Ink]) -> list[Ink]:
    """Pieces that a change of font or of the order of drawing has parted, joined along their line."""
    out: list[Ink] = []
    for ink in sorted(
        inks, key=lambda k: (k.vertical, round(k.edges.bottom / 2) if not k.vertical else 0, k.edges.left)
    ):
        last = out[-1] if out else None
        if last is None or ink.vertical or last.vertical or not _adjoins(last, ink):
            out.append(ink)
            continue
        edges = Edges(
            last.edges.left,
            min(last.edges.top, ink.edges.top),
            max(last.edges.right, ink.edges.right),
            max(last.edges.bottom, ink.edges.bottom),
        )
        out[-1] = Ink(last.text + ink.text, edges, max(last.size, ink.size))
    return out


def _adjoins(a: Ink, b: Ink) -> bool:
    size = max(a.size, b.size)
    level = abs(a.edges.top + a.edges.bottom - b.edges.top - b.edges.bottom) < 0.8 * size
    return level and size <= 1.13 * min(a.size, b.size) and -0.3 * size < b.edges.left - a.edges.right < 0.5 * size


def _read_drawings(page: Any, sheet: Sheet) -> None:
    """Rules, frames and pictures of the page."""
    import pypdfium2.raw as raw

    left, _, _, top = page.get_bbox()
    for number, drawn in enumerate(page.get_objects(max_depth=3)):
        if number > MOST_OBJECTS:
            break
        if drawn.type not in (raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_IMAGE):
            continue
        bounds = drawn.get_bounds() if hasattr(drawn, "get_bounds") else drawn.get_pos()
        x0, y0, x1, y1 = bounds
        edges = Edges(x0 - left, top - y1, x1 - left, top - y0)
        if drawn.type == raw.FPDF_PAGEOBJ_IMAGE:
            sheet.pictures.append(edges)
        else:
            add_drawing(sheet, edges)


def add_drawing(sheet: Sheet, edges: Edges) -> None:
    """A drawn rectangle or line goes with the frames or the rules."""
    width, height = edges.right - edges.left, edges.bottom - edges.top
    if min(width, height) <= THIN:
        if max(width, height) >= SHORT:
            sheet.rules.append(edges)
    elif width >= SHORT and height >= SHORT / 2 and (width < 0.97 * sheet.width or height < 0.97 * sheet.height):
        sheet.frames.append(edges)
