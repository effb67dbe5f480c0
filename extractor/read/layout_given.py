"""Regions in an order that a file gives -> stories: headlines by role or size, captions and furniture apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from extractor.layout_rule import is_role
from extractor.read.decoded import Decoded
from extractor.read.encoding import measure_quality
from extractor.read.layout import write_pages
from extractor.read.layout_block import split_rows
from extractor.read.layout_head import HEAD, LONGEST, ROWS
from extractor.read.layout_page import is_furniture
from extractor.read.layout_sheet import (
    Arranged,
    Block,
    Edges,
    Ink,
    Row,
    Sheet,
    Story,
    find_body_size,
    is_vertical,
    to_block,
    to_cell,
)

TALL = 1.5  # times its width, from which a line of several characters runs downwards
WIDE = 0.8  # of a character between two words, from which white space stands between them
THIN = 0.2  # the same between Latin words
KICKER = 24  # characters
NUMERAL = frozenset("0123456789.,%")
CJK = 0x2E80  # from here on characters are as wide as high
CONTENT = 0.98  # of a line's box is its characters' size where no style tells it


@dataclass(slots=True)
class Word:
    """A word or character of a line. Edges are in the page's unit; None where the file has none."""

    text: str
    edges: Edges | None = None
    sure: float | None = None
    spaced: bool = False  # white space stands before it in the file


@dataclass(slots=True)
class Region:
    """Lines that belong together. `role`: head, body, caption, furniture, table; empty where the file does not say."""

    lines: list[Ink] = field(default_factory=list)
    role: str = ""


@dataclass(slots=True)
class Leaf:
    """One page: its regions in reading order."""

    number: int
    width: float
    height: float
    regions: list[Region] = field(default_factory=list)


def write_leaves(leaves: Sequence[Leaf], encoding: str) -> Decoded:
    """The pages' text; quality is the characters' mean confidence where the file has one."""
    sures = [
        (ink.sure, len(ink.text))
        for leaf in leaves
        for region in leaf.regions
        for ink in region.lines
        if ink.sure is not None
    ]
    rescale(leaves)
    total = sum(size for _, size in sures)
    lines = (ink.text for leaf in leaves for region in leaf.regions for ink in region.lines)
    clean = measure_quality("".join(lines))
    quality = round(sum(sure * size for sure, size in sures) / total, 4) if total else None
    quality = quality if clean is None else round(clean * (1.0 if quality is None else quality), 4)
    return write_pages([_arrange(leaf) for leaf in leaves], encoding, quality=quality)


def rescale(leaves: Sequence[Leaf]) -> None:
    """Font sizes in points brought to the page's unit, by the boxes of the lines."""
    lines = [ink for leaf in leaves for region in leaf.regions for ink in region.lines]
    ratios = sorted(_thickness(ink) / ink.size for ink in lines if _thickness(ink) > 0)
    ratio = ratios[len(ratios) // 2] if ratios else 1.0
    if 0.8 <= ratio <= 1.25:
        return
    for leaf in leaves:
        for region in leaf.regions:
            region.lines = [replace(ink, size=ink.size * ratio) for ink in region.lines]


def _thickness(ink: Ink) -> float:
    left, top, right, bottom = ink.edges
    return CONTENT * (right - left if ink.vertical else bottom - top)


def to_line(words: Sequence[Word], edges: Edges | None, size: float | None) -> Ink | None:
    """A line of its words; None where it has no character."""
    words = [word for word in words if word.text.strip()]
    if not words:
        return None
    known = [word.edges for word in words if word.edges is not None]
    if edges is None:
        edges = (
            Edges(*(min(e[k] for e in known) for k in (0, 1)), *(max(e[k] for e in known) for k in (2, 3)))
            if known
            else Edges(0.0, 0.0, 0.0, 0.0)
        )
    count = sum(len(word.text) for word in words)
    width, height = edges.right - edges.left, edges.bottom - edges.top
    vertical = count > 1 and height > TALL * width
    em = CONTENT * (width if vertical else height)
    text = words[0].text.strip()
    for before, word in pairwise(words):
        text += _find_gap(before, word, em, vertical) + word.text.strip()
    sures = [(word.sure, len(word.text)) for word in words if word.sure is not None]
    total = sum(n for _, n in sures)
    sure = sum(s * n for s, n in sures) / total if total else None
    return Ink(text, edges, size or em or 1.0, vertical, sure)


def _find_gap(before: Word, word: Word, em: float, vertical: bool) -> str:
    """What stands between two words: digitisers part every Chinese character, so only wide gaps count there."""
    a, b = before.text.strip()[-1], word.text.strip()[0]
    latin = ord(a) < CJK and ord(b) < CJK
    if before.edges is None or word.edges is None or em <= 0:
        return " " if word.spaced and latin else ""
    gap = word.edges.top - before.edges.bottom if vertical else word.edges.left - before.edges.right
    if gap >= WIDE * em:
        return "\u3000"
    whole = a in NUMERAL and b in NUMERAL  # a number's digits are often words of their own
    return " " if latin and (gap >= THIN * em or (word.spaced and not whole)) else ""


def _arrange(leaf: Leaf) -> Arranged:
    inks = [ink for region in leaf.regions for ink in region.lines]
    sheet = Sheet(leaf.number, leaf.width, leaf.height, inks)
    vertical = is_vertical(inks)
    body = find_body_size(inks)
    arranged = Arranged(leaf.number, [])
    height = leaf.width if vertical else leaf.height
    blocks: list[Block] = []
    for region in leaf.regions:
        for rows, role in _split_region(region, sheet, vertical, body):
            if role == "furniture" or (not role and len(rows) == 1 and is_furniture(rows[0], height)):
                (arranged.foot if blocks else arranged.top).extend(rows)
                continue
            block = to_block(rows, role or "body")
            if not role and _is_head(block, body):
                block.role = "head"
            blocks.append(block)
    arranged.stories = _to_stories(blocks)
    return arranged


def _split_region(region: Region, sheet: Sheet, vertical: bool, body: float) -> list[tuple[list[Row], str]]:
    """The region's rows, parted where large type and small meet and no role is told."""
    cells = [to_cell(ink, sheet, vertical) for ink in region.lines]
    rows = split_rows(cells) if region.role == "table" else [Row([cell]) for cell in cells]
    if region.role:
        return [(rows, region.role)] if rows else []
    parts: list[list[Row]] = []
    for row in rows:
        large = row.cells[0].size >= HEAD * body
        if parts and (parts[-1][-1].cells[0].size >= HEAD * body) == large:
            parts[-1].append(row)
        else:
            parts.append([row])
    return [(part, "") for part in parts]


def _is_head(block: Block, body: float) -> bool:
    few = len(block.rows) <= ROWS and len(block.text) <= LONGEST
    return few and block.size >= HEAD * body and not block.text.endswith(("。", "，"))


def _to_stories(blocks: Sequence[Block]) -> list[Story]:
    """Headline blocks open a story, captions are stories of their own."""
    stories: list[Story] = []
    current: Story | None = None
    for number, block in enumerate(blocks):
        behind = blocks[number + 1] if number + 1 < len(blocks) else None
        if block.role == "head" or _is_kicker(block, behind):
            if current is None or current.blocks or current.caption:
                current = Story([], [])
                stories.append(current)
            current.head.extend(block.rows)
        elif block.role == "caption" or _is_caption(block.text):
            stories.append(Story([], [block], caption=True))
        else:
            if current is None:
                current = Story([], [])
                stories.append(current)
            current.blocks.append(block)
    return stories


def _is_kicker(block: Block, behind: Block | None) -> bool:
    text = block.text
    if behind is None or behind.role != "head" or len(block.rows) > 1 or len(text) > KICKER:
        return False
    return is_role(text, "rubric") or (len(text) <= 10 and is_role(text, "place"))


def _is_caption(text: str) -> bool:
    return len(text) <= 160 and (
        is_role(text[:12], "caption") or (text[-1:] in "摄影道图）)" and is_role(text[-12:], "caption"))
    )
