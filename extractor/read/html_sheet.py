"""Sheets of electronic newspapers: the page's picture with areas, each of them an article."""

from __future__ import annotations

from typing import TYPE_CHECKING

from extractor.read.html_line import Page
from extractor.read.html_main import LEAST, size
from extractor.read.html_story import Story

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

LONGEST_TITLE = 80


def _targets(tree: Element) -> list[str]:
    """Where the areas of the sheet lead, in order."""
    return list(dict.fromkeys(href.strip() for area in tree.iter("area") if (href := area.get("href"))))


def find_linked(tree: Element, page: Page) -> list[tuple[int, int]]:
    """The lines of the elements that the areas, or the links beside them, point to (#a1)."""
    targets = _targets(tree)
    if len(targets) < 2:
        return []
    hrefs = [*targets, *(line.href for line in page.lines if line.href)]
    found = {page.ids[href[1:]] for href in hrefs if href.startswith("#") and href[1:] in page.ids}
    out: list[tuple[int, int]] = []
    for first, end in sorted(found, key=lambda r: (r[0], -r[1])):
        if size(page.lines, range(first, end)) >= LEAST and (not out or first >= out[-1][1]):
            out.append((first, end))
    return out


def find_listed(tree: Element, page: Page) -> list[Story]:
    """The headlines that a sheet without texts lists: articles whose bodies stand elsewhere."""
    targets = set(_targets(tree))
    if len(targets) < 2:
        return []
    names: dict[str, str] = {}
    for line in page.lines:
        if line.href in targets and len(line.text) <= LONGEST_TITLE:
            names.setdefault(line.href, line.text)
    for area in tree.iter("area"):
        name = (area.get("title") or area.get("alt") or "").strip()
        if name and area.get("href"):
            names.setdefault(area.get("href", "").strip(), name[:LONGEST_TITLE])
    return [Story([name]) for name in dict.fromkeys(names.values())]
