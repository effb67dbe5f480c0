"""Stretches of a source that its format knows to be one article each -> stories."""

from __future__ import annotations

from collections.abc import Sequence

from extractor.article.credit import parse_names
from extractor.article.story import Story
from extractor.layout import Block
from extractor.text import Span


def split_items(
    text: str, items: Sequence[Span], titles: Sequence[Span], blocks: Sequence[Block]
) -> list[tuple[Story, list[Span]]]:
    """One story an item with its declared headlines, captions beside it as stories of their own; blocks outside all
    items are left out (they are the page's furniture)."""
    out: list[tuple[Story, list[Span]]] = []
    at = 0
    ordered = sorted(blocks, key=lambda block: block.start)
    for item in sorted(items):
        inside: list[Block] = []
        while at < len(ordered) and ordered[at].start < item.end:
            if ordered[at].start >= item.start:
                inside.append(ordered[at])
            at += 1
        heads = [title for title in titles if item.start <= title.start < item.end]
        out += _split_item(text, inside, heads)
    return out


def _split_item(text: str, blocks: Sequence[Block], titles: list[Span]) -> list[tuple[Story, list[Span]]]:
    captions = [Story([block], caption=True) for block in blocks if block.role == "caption"]
    story = Story()
    for block in blocks:
        if block.role in ("byline", "author"):
            story.names += parse_names(text[block.spans[0].start : block.spans[-1].end])
        elif block.role in ("headline", "body"):
            above = not titles or block.start < min(titles).start  # with declared headlines, a kicker over them
            if block.role == "headline" and above and not story.paragraphs:
                story.head.append(block)
            else:
                story.paragraphs.append(block)
    if not story.paragraphs and story.head:
        story.paragraphs, story.head = story.head, []
    report = [(story, titles)] if story.paragraphs or titles else []
    return [*report, *((caption, []) for caption in captions)]
