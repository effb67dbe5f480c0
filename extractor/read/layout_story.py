"""Blocks -> stories: which headline stands over which columns, and in which order columns and stories are read."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from extractor.layout_rule import is_role
from extractor.read.layout_head import demote, find_above, group_heads, mark_heads, promote
from extractor.read.layout_sheet import Block, Edges, Story, overlap

T = TypeVar("T")
MOST = 80  # blocks of one story ordered by their places; more are taken from the top left
BESIDE = 4.0  # text sizes between two columns at most
LEVEL = 1.6  # text sizes that columns under one headline may begin apart
CAPTION = 160  # characters


@dataclass(slots=True)
class _Owned:
    """A headline and the blocks it stands over; a story without one has no head."""

    heads: list[Block] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)


def find_stories(blocks: list[Block], rules: Sequence[Edges], pictures: Sequence[Edges], body: float) -> list[Story]:
    """The stories of a page or of a frame on it, in reading order."""
    mark_heads(blocks, body)
    demote([b for b in blocks if b.role == "head"], blocks, body, rules)
    parts = [part for block in blocks for part in (promote(block) if block.role == "body" else [block])]
    _lift_kickers(parts, rules)
    captions = [b for b in parts if b.role == "body" and _is_caption(b, pictures, body)]
    rest = [b for b in parts if all(b is not caption for caption in captions)]
    owned = _own(rest, rules, body)
    stories = [_to_story(story) for story in owned]
    stories += [Story([], [block], caption=True) for block in captions]
    return order(stories, lambda story: story.edges())


def _to_story(owned: _Owned) -> Story:
    heads = sorted(owned.heads, key=lambda b: (b.left, b.top) if b.across else (b.top, b.left))
    if heads and heads[0].across:
        heads.sort(key=lambda b: b.left)
    rows = [row for head in heads for row in head.rows]
    return Story(rows, order(owned.blocks, lambda b: Edges(b.left, b.top, b.right, b.bottom), columns=True))


def _lift_kickers(blocks: Sequence[Block], rules: Sequence[Edges]) -> None:
    """A line of the text's size close over a headline, in the middle of it or a place or rubric, is its kicker."""
    for block in blocks:
        if block.role != "body" or len(block.rows) > 1 or len(block.text) > 24:
            continue
        below = [b for b in blocks if b.role == "head" and not b.across and _is_close(block, b)]
        if not below or (
            find_above(block, [b for b in blocks if b.role == "body"], rules) is not None and not _named(block)
        ):
            continue
        head = min(below, key=lambda b: b.top)
        middle = abs(block.left + block.right - head.left - head.right) <= 2 * block.size
        if (middle and not block.text.endswith("。")) or _named(block):
            block.role = "head"


def _is_close(above: Block, below: Block) -> bool:
    near = 0 <= below.top - above.bottom <= 0.9 * below.size
    return near and overlap(above.left, above.right, below.left, below.right) > 0


def _named(block: Block) -> bool:
    return is_role(block.text, "rubric") or (len(block.text) <= 10 and is_role(block.text, "place"))


def _is_caption(block: Block, pictures: Sequence[Edges], body: float) -> bool:
    text = block.text
    if len(text) > CAPTION:
        return False
    if is_role(text[:12], "caption") or (text[-1] in "摄影道图）)" and is_role(text[-12:], "caption")):
        return True
    return any(
        0 <= block.top - picture.bottom <= 2.5 * body
        and overlap(block.left, block.right, picture.left, picture.right) > 0.6 * (block.right - block.left)
        and abs(block.size - body) > 0.04 * body
        for picture in pictures
    )


def _own(blocks: Sequence[Block], rules: Sequence[Edges], body: float) -> list[_Owned]:
    """Each block with its headline: the one over it, the one over the columns level with it, the one beside it, or
    that of the column before."""
    groups = [_Owned(heads=list(group)) for group in group_heads([b for b in blocks if b.role == "head"], rules)]
    owner = {id(head): group for group in groups for head in group.heads}
    texts = sorted((b for b in blocks if b.role != "head"), key=lambda b: (b.top, b.left))
    loose: list[Block] = []
    for block in texts:
        above = find_above(block, blocks, rules)
        found = owner.get(id(above)) if above is not None else None
        if found is None:
            found = _find_across(block, groups, body)
        if found is None and above is not None and any(above is b for b in loose):
            loose.append(block)
            continue
        if found is None:
            loose.append(block)
            continue
        found.blocks.append(block)
        owner[id(block)] = found
    _settle(loose, texts, owner, groups, rules, body)
    return [group for group in groups if group.heads or group.blocks]


def _find_across(block: Block, groups: Sequence[_Owned], body: float) -> _Owned | None:
    """The headline that runs down beside the block."""
    for group in groups:
        for head in group.heads:
            if not head.across:
                continue
            level = overlap(head.top, head.bottom, block.top, block.bottom) > 0.5 * min(
                head.bottom - head.top, block.bottom - block.top
            )
            gap = -overlap(head.left, head.right, block.left, block.right)
            if level and -body < gap <= BESIDE * body:
                return group
    return None


def _settle(
    loose: Sequence[Block],
    texts: Sequence[Block],
    owner: dict[int, _Owned],
    groups: list[_Owned],
    rules: Sequence[Edges],
    body: float,
) -> None:
    """Owners of the blocks that no headline stands over, column by column."""
    for block in sorted(loose, key=lambda b: (b.left, b.top)):
        above = find_above(block, texts, rules)
        found = owner.get(id(above)) if above is not None else None
        found = found or _find_level(block, texts, owner, body) or _find_before(block, texts, owner, rules, body)
        if found is None:
            found = _Owned()
            groups.append(found)
        found.blocks.append(block)
        owner[id(block)] = found


def _find_level(block: Block, texts: Sequence[Block], owner: dict[int, _Owned], body: float) -> _Owned | None:
    """The headline of a column beside the block that begins at the same height under it."""
    for other in texts:
        found = owner.get(id(other))
        if found is None or other is block or not found.heads:
            continue
        level = abs(other.top - block.top) <= LEVEL * body
        beside = -0.5 * body < -overlap(other.left, other.right, block.left, block.right) <= BESIDE * body
        head = max((h.bottom for h in found.heads if not h.across), default=None)
        if level and beside and (head is None or other.top - head <= 4 * body):
            return found
    return None


def _find_before(
    block: Block, texts: Sequence[Block], owner: dict[int, _Owned], rules: Sequence[Edges], body: float
) -> _Owned | None:
    """The story that the column to the left ends with, down to the next rule under both."""
    floor = min(
        (r.top for r in rules if r.right - r.left > r.bottom - r.top and r.top >= block.bottom - body
         and overlap(r.left, r.right, block.left - 2 * body, block.left + body) > 2 * body),
        default=float("inf"),
    )  # fmt: skip
    best: Block | None = None
    for other in texts:
        if id(other) not in owner or other.right > block.left + body or block.left - other.right > BESIDE * body:
            continue
        if other.bottom < block.top or other.top > floor:
            continue
        if best is None or other.bottom > best.bottom:
            best = other
    return owner[id(best)] if best is not None else None


def order(items: Sequence[T], edges: Callable[[T], Edges], *, columns: bool = False) -> list[T]:
    """Parts in reading order: those above a white strip across all of them first (unless `columns`: then only where
    a part bridges two columns), else those left of a white strip, else from the top."""
    boxes = [edges(item) for item in items]
    if len(items) > MOST:
        return [items[i] for i in sorted(range(len(items)), key=lambda i: (boxes[i].top, boxes[i].left))]
    return [items[i] for i in _cut(list(range(len(items))), boxes, columns)]


def _cut(indices: list[int], boxes: Sequence[Edges], columns: bool) -> list[int]:
    if len(indices) < 2:
        return indices
    down = _split(indices, [(boxes[i].top, boxes[i].bottom) for i in indices])
    along = _split(indices, [(boxes[i].left, boxes[i].right) for i in indices])
    if columns and len(along) > 1:
        parts = along
    elif columns and len(down) > 1:
        parts = _band(down, boxes)
    else:
        parts = down if len(down) > 1 else along
    if len(parts) < 2:
        return sorted(
            indices, key=lambda i: (boxes[i].left, boxes[i].top) if columns else (boxes[i].top, boxes[i].left)
        )
    return [i for part in parts for i in _cut(part, boxes, columns)]


def _split(indices: Sequence[int], stretches: Sequence[tuple[float, float]]) -> list[list[int]]:
    """Groups whose stretches do not meet, in order."""
    parts: list[list[int]] = []
    reach = float("-inf")
    for (start, end), i in sorted(zip(stretches, indices, strict=True)):
        if (start >= reach - 0.12 * (end - start) and parts) or not parts:
            parts.append([])
        parts[-1].append(i)
        reach = max(reach, end)
    return parts


def _band(parts: list[list[int]], boxes: Sequence[Edges]) -> list[list[int]]:
    """Bands of one column structure: parts that together still fall into columns are read column by column."""
    bands: list[list[int]] = []
    for part in parts:
        if bands:
            both = [*bands[-1], *part]
            if len(_split(both, [(boxes[i].left, boxes[i].right) for i in both])) > 1:
                bands[-1] = both
                continue
        bands.append(part)
    return bands
