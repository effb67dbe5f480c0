"""Blocks of a text to HTML: its lines as they are, every mark an element."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from extractor.view.escape import to_html
from extractor.view.mark import ROLE
from extractor.view.nest import Mark, nest_marks
from extractor.view.stretch import Block


def split_marks(marks: Sequence[Mark], blocks: Sequence[Block]) -> list[list[Mark]]:
    """The marks that stand in each of the blocks, which are in order; what reaches over a block's end is cut."""
    out: list[list[Mark]] = [[] for _ in blocks]
    starts = [block.span.start for block in blocks]
    for mark in marks:
        at = max(0, bisect_right(starts, mark.start) - 1)
        key = mark
        while at < len(blocks) and starts[at] < mark.end:
            start, end = max(mark.start, starts[at]), min(mark.end, blocks[at].span.end)
            if start < end:
                out[at].append(key._replace(start=start, end=end))
                key = key._replace(key="")  # the first part carries the anchor
            at += 1
    return out


def render_block(text: str, block: Block, marks: Sequence[Mark]) -> str:
    """The HTML of a block. Blank lines at its begin and end are kept, but take no room."""
    start, end = block.span
    inner = text[start:end]
    lead = len(inner) - len(inner.lstrip())
    lead = inner.rfind("\n", 0, lead) + 1
    tail = len(inner.rstrip())
    first, last = (start + lead, start + tail) if tail > lead else (end, end)
    roles = [
        Mark(max(part.start, first), min(part.start + len(text[part.start : part.end].rstrip()), last), ROLE, part.role)
        for part in block.stretches
        if part.role != "body"
    ]
    inside = [mark for mark in (*roles, *marks) if first <= mark.start and mark.end <= last]
    body = "".join(_render(text, first, last, nest_marks(inside)))
    return f"{_blank(text[start:first])}{body}{_blank(text[last:end])}"


def _blank(text: str) -> str:
    return f"<span hidden>{to_html(text)}</span>" if text else ""


def _render(text: str, start: int, end: int, nested: Sequence[Mark]) -> Iterator[str]:
    at = start
    open_: list[tuple[Mark, str]] = []
    linked = False
    for i, mark in enumerate(nested):
        while open_ and open_[-1][0].end <= mark.start:
            closed, tag = open_.pop()
            yield f"{to_html(text[at : closed.end])}</{tag}>"
            at, linked = closed.end, linked and tag != "a"
        yield to_html(text[at : mark.start])
        at = mark.start
        holds = i + 1 < len(nested) and nested[i + 1].start < mark.end
        tag = _find_tag(mark, linked=linked, holds=holds)
        linked = linked or tag == "a"
        open_.append((mark, tag))
        yield _open(mark, tag)
    while open_:
        closed, tag = open_.pop()
        yield f"{to_html(text[at : closed.end])}</{tag}>"
        at = closed.end
    yield to_html(text[at:end])


def _find_tag(mark: Mark, *, linked: bool, holds: bool) -> str:
    """A mark that leads to a row is a link, unless it holds other marks, which may be: links do not nest."""
    if mark.row and not linked and (mark.kind == "quantity" or not holds):
        return "a"
    return "mark" if mark.rank > 1 else "span"


def _open(mark: Mark, tag: str) -> str:
    key = f' id="{mark.key}"' if mark.key else ""
    link = f' href="#{mark.row}"' if tag == "a" else ""
    return f'<{tag}{key} class="{mark.kind}"{link}>'
