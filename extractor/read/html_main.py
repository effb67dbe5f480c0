"""Which lines of a page are the article: the cascade's steps."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from extractor.read.html_line import Line, Page
from extractor.read.html_rule import find_line_role

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

LEAST = 20  # characters of a text that is an article
LARGEST = 1_000_000  # characters of markup that trafilatura is given (its time is not linear)
MOST_ELEMENTS = 30_000
MOSTLY = 0.6  # share of a line's characters inside links from which it is navigation
_PAUSES = frozenset("，。；：！？、")

Stretch = list[int]  # indices of lines


def find_containers(page: Page) -> list[tuple[int, int]]:
    """The elements that the table knows as bodies: those of its most trusted row that hold text, outermost first."""
    best: dict[int, list[tuple[int, int]]] = {}
    for rank, _, first, end in page.bodies:
        if size(page.lines, range(first, end)) >= LEAST:
            best.setdefault(rank, []).append((first, end))
    if not best:
        return []
    out: list[tuple[int, int]] = []
    for first, end in sorted(best[min(best)], key=lambda r: (r[0], -r[1])):
        if not out or first >= out[-1][1]:
            out.append((first, end))
    return out


def size(lines: list[Line], stretch: range | Stretch) -> int:
    """Characters outside links."""
    return sum(max(len(lines[i].text) - lines[i].linked, 0) for i in stretch)


def is_link(line: Line) -> bool:
    return line.linked > MOSTLY * len(line.text)


def find_by_trafilatura(tree: Element, page: Page, length: int) -> Stretch:
    """The lines that trafilatura takes for the main text."""
    if length > LARGEST or sum(1 for _ in tree.iter()) > MOST_ELEMENTS:
        return []
    from lxml import html
    from trafilatura import bare_extraction

    copy = html.fromstring(_to_html(tree))
    for cell in copy.iter("td", "th"):  # it repeats cells by these, which a hostile page makes many
        cell.attrib.pop("colspan", None)
        cell.attrib.pop("rowspan", None)
    found = bare_extraction(copy, include_comments=False, include_tables=True, favor_precision=False)
    body = getattr(found, "body", None)
    if body is None:
        return []
    wanted = {_squeeze(text) for text in _texts(body)} - {""}
    hits = [i for i, line in enumerate(page.lines) if _is_wanted(line, wanted)]
    return [i for i in hits if not is_link(page.lines[i])]


def _to_html(tree: Element) -> bytes:
    from lxml import etree

    data: bytes = etree.tostring(tree, encoding="utf-8", method="html")
    return data


def _texts(body: Element) -> list[str]:
    """The runs of text of trafilatura's result, a line each."""
    out: list[str] = [""]
    for event, element in _walk(body):
        if event == "start" and element.tag in ("p", "head", "item", "cell", "lb", "quote", "row", "list"):
            out.append("")
        if event == "start":
            out[-1] += element.text or ""
        else:
            if element.tag in ("p", "head", "item", "cell", "quote"):
                out.append("")
            out[-1] += element.tail or ""
    return out


def _walk(body: Element) -> list[tuple[str, Element]]:
    from lxml import etree

    return list(etree.iterwalk(body, events=("start", "end")))


def _squeeze(text: str) -> str:
    return "".join(text.split())


def _is_wanted(line: Line, wanted: set[str]) -> bool:
    if not line.row:
        return _squeeze(line.text) in wanted
    return all(_squeeze(cell) in wanted for cell in line.text.split("\t") if cell)


def find_longest(page: Page) -> Stretch:
    """The lines of the block with the most running text: a paragraph counts for its block's parent, half for the
    next one up."""
    scores: dict[Element, float] = {}
    for line in page.lines:
        if is_link(line) or (len(_PAUSES.intersection(line.text)) < 1 and not line.row):
            continue
        near = line.element if line.row or line.element.tag not in ("p", "tr") else line.element.getparent()
        worth = float(len(line.text))
        for _ in range(3):
            if near is None:
                break
            scores[near] = scores.get(near, 0.0) + worth
            near, worth = near.getparent(), worth / 2
    if not scores:
        return []
    best = max(scores, key=lambda element: scores[element])
    return [i for i, line in enumerate(page.lines) if _is_in(line.element, best) and not is_link(line)]


def _is_in(element: Element | None, outer: Element) -> bool:
    while element is not None:
        if element is outer:
            return True
        element = element.getparent()
    return False


def find_body(page: Page) -> Stretch:
    """All lines that are no navigation."""
    return [i for i, line in enumerate(page.lines) if not is_link(line)]


def cut_furniture(page: Page, stretch: Stretch, overlay: Path | None = None) -> Stretch:
    """Without lines of furniture; what stands behind 相关阅读 or the copyright is left out."""
    out: Stretch = []
    for i in stretch:
        line = page.lines[i]
        role = None if line.row else find_line_role(line.text, overlay)
        if role == "tail" and size(page.lines, out) >= LEAST:
            break
        if role is None:
            out.append(i)
    return out
