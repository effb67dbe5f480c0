"""Blocks -> stories: which paragraphs make one report, and the headline lines that stand between reports."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from extractor.article.credit import find_credit, parse_names
from extractor.layout import Block
from extractor.layout_rule import is_role

_LIST = 8  # headline-like lines in a row: a list or table, not a headline
_CENTRED = 8  # cells of indent from which a line is set to the middle of its column


@dataclass(slots=True)
class Story:
    """One report while it is put together."""

    paragraphs: list[Block] = field(default_factory=list)
    head: list[Block] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    caption: bool = False
    ended: bool = False
    opening: Block | None = None  # the headline-like line right before it
    attached: bool = False  # a document, or 附： has come: headings that follow belong to it


@dataclass(slots=True)
class Region:
    """The stories of a stretch of the page and the headline blocks around them: gap k stands before story k."""

    stories: list[Story] = field(default_factory=list)
    gaps: list[list[Block]] = field(default_factory=list)
    captions: list[Story] = field(default_factory=list)


def split_regions(blocks: Sequence[Block]) -> list[list[Block]]:
    """Stretches between separators; headline lines alone go with the stretch behind them."""
    regions: list[list[Block]] = [[]]
    for block in blocks:
        if block.role != "separator":
            regions[-1].append(block)
        elif any(b.role in ("body", "caption") for b in regions[-1]):
            regions.append([])
    if len(regions) > 1 and not any(b.role in ("body", "caption") for b in regions[-1]):
        regions[-2] += regions.pop()
    return [region for region in regions if region]


def split_stories(text: str, blocks: Sequence[Block], titled: bool) -> Region:
    """Stories of one region. `titled`: a header declares the headlines, lines between paragraphs are sub-headings."""
    region = Region()
    pending: list[Block] = []
    names: list[str] = []
    story: Story | None = None
    paragraph_blanks = _paragraph_blanks(blocks)
    for i, block in enumerate(blocks):
        if block.role == "caption":
            photo = bool(pending) and is_role(_first(text, pending[-1]), "photo")
            region.captions.append(Story([block], head=[pending.pop()] if photo else [], caption=True))
        elif block.role == "headline":
            pending.append(block)
        elif block.role in ("byline", "author"):
            found = parse_names(text[block.spans[0].start : block.spans[-1].end])
            if story and not pending and (block.ends or not _heads_next(blocks, i)):
                story.names += found
                story.ended = True
            else:
                names += found
        elif block.role == "jump":
            if story:
                story.ended = True
        else:
            if len(pending) > _LIST and story:
                story.paragraphs += pending
                pending = []
            fresh = story is None or block.starts or bool(names)
            if not fresh and story and not titled:
                fresh = _opens(text, story, pending, block, paragraph_blanks)
            if fresh or story is None:
                region.gaps.append(pending)
                story = Story(names=names, opening=pending[0] if pending else None, attached=_documents(text, pending))
                region.stories.append(story)
                names = []
            else:
                story.paragraphs += pending
            pending = []
            story.paragraphs.append(block)
            tail = text[max(block.spans[-1].end - 90, block.spans[0].start) : block.spans[-1].end]
            story.ended = block.ends or find_credit(tail) is not None
            story.attached = story.attached or _attaches(text, story.paragraphs[-3:])
    region.gaps.append(pending)
    if story:
        story.names += names
    return region


def _heads_next(blocks: Sequence[Block], i: int) -> bool:
    """The byline at `i` stands before an undated body: it opens a report."""
    for block in blocks[i + 1 :]:
        if block.role in ("byline", "author"):
            continue
        return block.role == "body" and not block.starts
    return False


def _first(text: str, block: Block) -> str:
    return text[block.spans[0].start : block.spans[0].end]


def _attaches(text: str, blocks: Sequence[Block]) -> bool:
    heads = [_first(text, block)[:8].strip(" \u3000：:") for block in blocks]
    return any(head == "附" or head.startswith(("附件", "附表")) for head in heads)


def _documents(text: str, heads: Sequence[Block]) -> bool:
    """The headline is a document's: headings inside it open no report."""
    return any(is_role(_first(text, block), "document") for block in heads)


def _paragraph_blanks(blocks: Sequence[Block]) -> int:
    """Empty lines that usually part two paragraphs."""
    counts = sorted(b.lines[0].blanks for b, a in zip(blocks[1:], blocks, strict=False) if a.role == b.role == "body")
    return counts[len(counts) // 2] if counts else 1


def _opens(text: str, story: Story, pending: list[Block], block: Block, usual: int) -> bool:
    """Undated paragraph `block` behind headline lines opens another report."""
    if not pending or story.attached or _attaches(text, pending):
        return False
    head = pending[0]
    if story.ended or any(is_role(_first(text, b), "notice") for b in pending):
        return True
    last = story.paragraphs[-1]
    title = story.opening
    centred = head.lines[0].indent >= _CENTRED
    alike = title is not None and centred and title.lines[0].indent >= _CENTRED
    indented = last.lines[0].indent >= 3 and block.lines[0].indent >= 3
    signs = [
        head.lines[0].blanks > max(usual, 1),
        indented and (head.lines[0].indent == 0 or centred),
        alike,
        sum(len(b.lines) for b in pending) >= 2,
        head.lines[0].page > last.lines[-1].page,
    ]
    return sum(signs) >= 2
