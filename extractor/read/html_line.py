"""An element tree -> the lines that a reader of the page sees, each with the block it stands in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from extractor.read.html_rule import find_elements, find_marks
from extractor.read.html_table import is_data_table, render_table

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

HEADINGS = {f"h{i}": i for i in range(1, 7)}
MOST_DATES, LONGEST_DATE = 8, 80
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_WIDE = re.compile("[ \t\r\f\v\xa0\u2002-\u200b\ufeff]+")
_WRAP = re.compile(r"\s*\n\s*")
_STRIP = " \t\r\n\u3000\xa0"


@dataclass(slots=True)
class Line:
    """`element`: the block around it; `marks`: roles of the blocks around it (title, kicker, subtitle); `linked`:
    characters inside links; `href`: of its first link; `indented`: opens with an indent."""

    text: str
    element: Element
    linked: int = 0
    heading: int = 0
    mark: str = ""
    href: str = ""
    row: bool = False
    indented: bool = False


@dataclass(slots=True)
class Page:
    """`lines` in document order; `reach`: first line and line behind the last of each marked element."""

    lines: list[Line] = field(default_factory=list)
    bodies: list[tuple[int, Element, int, int]] = field(default_factory=list)  # rank, element, first, behind the last
    ids: dict[str, tuple[int, int]] = field(default_factory=dict)
    dates: list[str] = field(default_factory=list)  # texts of elements that the table knows as dates


def read_lines(tree: Element, overlay: Path | None = None, *, everything: bool = False) -> Page:
    """The visible lines of a page, furniture left out by its elements (unless `everything`)."""
    return _Renderer(overlay, everything).render(tree)


class _Renderer:
    def __init__(self, overlay: Path | None, everything: bool) -> None:
        self.overlay = overlay
        self.everything = everything
        self.dropped, self.block_tags = find_elements("drop", overlay), find_elements("block", overlay)
        self.page = Page()
        self.parts: list[str] = []
        self.linked = 0
        self.href = ""
        self.in_link = 0
        self.blocks: list[Element] = []
        self.marks: list[str] = []

    def render(self, root: Element) -> Page:
        keep = self._holders(root)
        self.blocks.append(root)
        stack: list[tuple[Element, Iterator[Element], list[tuple[int, int]]]] = []
        stack.append((root, iter(root), self._open(root)))
        while stack:
            element, children, marks = stack[-1]
            child = next(children, None)
            if child is None:
                stack.pop()
                self._close(element, marks)
                if stack:
                    self._add(element.tail)
            elif not isinstance(child.tag, str) or self._is_dropped(child, keep):
                if child.tag in self.block_tags:
                    self._flush()
                self._add(child.tail)
            elif child.tag == "table" and is_data_table(child):
                self._flush()
                self.blocks.append(child)
                for row in render_table(child):
                    self.page.lines.append(Line(row, child, row=True))
                self.blocks.pop()
                self._add(child.tail)
            else:
                stack.append((child, iter(child), self._open(child)))
        self._flush()
        return self.page

    def _holders(self, root: Element) -> set[Element]:
        """Elements that hold a marked body: no class of theirs makes them furniture."""
        out: set[Element] = set()
        targets = {(area.get("href") or "").strip() for area in root.iter("area")}
        for element in root.iter():
            if isinstance(element.tag, str) and (
                f"#{element.get('id')}" in targets or any(m[1] == "body" for m in find_marks(element, self.overlay))
            ):
                up: Element | None = element
                while up is not None and up not in out:
                    out.add(up)
                    up = up.getparent()
        return out

    def _is_dropped(self, element: Element, keep: set[Element]) -> bool:
        tag = str(element.tag)
        if tag in self.dropped:
            return not (element in keep and tag in ("form", "noscript"))
        if self.everything or element in keep:
            return False
        if tag != "a" and any(m[1] == "drop" for m in find_marks(element, self.overlay)):
            return True
        return _HIDDEN.search((element.get("style") or "")[:200]) is not None

    def _open(self, element: Element) -> list[tuple[int, int]]:
        tag = str(element.tag)
        if tag in self.block_tags or "-" in tag:
            self._flush()
            self.blocks.append(element)
        elif tag == "br":
            self._flush()
        elif tag == "a":
            self.in_link += 1
            self.href = self.href or (element.get("href") or "").strip()
        found = find_marks(element, self.overlay)
        opened = []
        for _, role, rank in found:
            if role == "date" and len(self.page.dates) < MOST_DATES:
                self.page.dates.append("".join(element.itertext())[:LONGEST_DATE])
            if role == "body":
                opened.append((rank, self._count()))
        named = next((role for _, role, _ in found if role in ("title", "kicker", "subtitle")), "")
        self.marks.append(named or (self.marks[-1] if self.marks else ""))
        if any(role == "body" for _, role, _ in found):
            self.marks[-1] = named
        if element.get("id"):
            opened.append((-1, self._count()))
        self._add(element.text)
        return opened

    def _count(self) -> int:
        return len(self.page.lines)

    def _close(self, element: Element, opened: list[tuple[int, int]]) -> None:
        tag = str(element.tag)
        if tag == "a":
            self.in_link -= 1
        elif tag in self.block_tags or "-" in tag or opened:
            self._flush()
        if (tag in self.block_tags or "-" in tag) and self.blocks[-1] is element:
            self.blocks.pop()
        self.marks.pop()
        for rank, first in opened:
            if rank < 0:
                self.page.ids.setdefault(str(element.get("id")), (first, self._count()))
            elif self._count() > first:
                self.page.bodies.append((rank, element, first, self._count()))

    def _add(self, text: str | None) -> None:
        if text:
            self.parts.append(text)
            if self.in_link:
                self.linked += len(text.strip())

    def _flush(self) -> None:
        """Ends a line."""
        raw = "".join(self.parts)
        self.parts.clear()
        linked, href = self.linked, self.href
        self.linked, self.href = 0, ""
        text = _WRAP.sub(_unwrap, _WIDE.sub(" ", raw)).strip(_STRIP)
        if not text:
            return
        element = self.blocks[-1]
        heading = next((HEADINGS[str(b.tag)] for b in self.blocks[:-4:-1] if str(b.tag) in HEADINGS), 0)
        indented = raw.lstrip("\r\n").startswith(("\u3000", "\xa0\xa0", "    "))
        mark = self.marks[-1] if self.marks else ""
        self.page.lines.append(Line(text, element, linked, heading, mark, href, False, indented))


def _unwrap(match: re.Match[str]) -> str:
    """A line break of the markup: nothing between two characters of Chinese print, else a space."""
    text = match.string
    before = text[match.start() - 1 : match.start()]
    after = text[match.end() : match.end() + 1]
    return "" if before and after and ord(before) >= 0x2E80 and ord(after) >= 0x2E80 else " "
