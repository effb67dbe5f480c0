"""Blocks -> stories: which paragraphs make one report, and the headline lines that stand between reports."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from extractor.article.boundary import LIST, find_openings, heads_next
from extractor.article.credit import parse_names
from extractor.layout import Block
from extractor.layout_rule import is_role

_STARS = 2  # characters of a mark that parts a report's sections


@dataclass(slots=True)
class Story:
    """One report while it is put together."""

    paragraphs: list[Block] = field(default_factory=list)
    head: list[Block] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    caption: bool = False
    leaves: bool = False  # it goes on on another sheet
    comes: bool = False  # it comes from another sheet


@dataclass(slots=True)
class Region:
    """The stories of a stretch of the page and the headline blocks around them: gap k stands before story k."""

    stories: list[Story] = field(default_factory=list)
    gaps: list[list[Block]] = field(default_factory=list)
    captions: list[Story] = field(default_factory=list)


def split_regions(blocks: Sequence[Block]) -> list[list[Block]]:
    """Stretches between separators; headline lines alone go with the stretch behind them."""
    regions: list[list[Block]] = [[]]
    for i, block in enumerate(blocks):
        if block.role != "separator":
            regions[-1].append(block)
        elif _is_inner(blocks, i):
            continue
        elif any(b.role in ("body", "caption") for b in regions[-1]):
            regions.append([])
    if len(regions) > 1 and not any(b.role in ("body", "caption") for b in regions[-1]):
        last = regions.pop()
        regions[-1] += last
    return [region for region in regions if region]


def _is_inner(blocks: Sequence[Block], i: int) -> bool:
    """A star or two between the paragraphs of one report."""
    span = blocks[i].spans[0]
    around = [*blocks[max(i - 1, 0) : i], *blocks[i + 1 : i + 2]]
    small = span.end - span.start <= _STARS
    return small and len(around) == 2 and all(b.role == "body" for b in around) and not around[1].starts


def split_stories(text: str, blocks: Sequence[Block], titled: bool, *, paper: bool = False) -> Region:
    """Stories of one region. `titled`: a header declares the headlines, lines between paragraphs are sub-headings.
    `paper`: a newspaper's page."""
    region = Region()
    pending: list[Block] = []
    names: list[str] = []
    story: Story | None = None
    comes = False
    openings = find_openings(text, blocks, paper=paper, titled=titled)
    for i, block in enumerate(blocks):
        if block.role == "caption":
            photo = bool(pending) and is_role(_first(text, pending[-1]), "photo")
            region.captions.append(Story([block], head=[pending.pop()] if photo else [], caption=True))
        elif block.role == "headline":
            pending.append(block)
        elif block.role == "jump":
            comes = block.jump == "from"
            if story and not comes:
                story.leaves = True
        elif block.role in ("byline", "author"):
            found = parse_names(text[block.spans[0].start : block.spans[-1].end])
            if story and not pending and (block.ends or not heads_next(blocks, i)):
                story.names += found
            else:
                names += found
        elif block.role == "body":
            if len(pending) > LIST and story:
                story.paragraphs += pending
                pending = []
            if i in openings or story is None:
                region.gaps.append(pending)
                story = Story(names=names, comes=comes)
                region.stories.append(story)
                names = []
            else:
                story.paragraphs += pending
            pending, comes = [], False
            story.comes = story.comes or block.jump == "from"
            story.leaves = story.leaves or (block.jump == "to" or (block.ends and block.jump == "from"))
            story.paragraphs.append(block)
    region.gaps.append(pending)
    if story:
        story.names += names
    return region


def _first(text: str, block: Block) -> str:
    return text[block.spans[0].start : block.spans[0].end]
