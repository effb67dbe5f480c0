"""Headlines among the blocks of a page, by type size and place."""

from __future__ import annotations

from collections.abc import Sequence

from extractor.layout_rule import find_dateline, is_role
from extractor.read.layout_block import LONG, merge_cells
from extractor.read.layout_sheet import Block, Cell, Edges, Row, overlap, to_block

HEAD = 1.15  # times the text's size: headlines of briefs; text and captions differ by less
SURE = 1.3  # from here a line inside a column is a headline, below it may be a sub-heading
LONGEST = 90  # characters of a headline's block; larger type with more is a lead article
ROWS = 5  # of one headline block
NEAR = 1.3  # sizes between the lines of one headline
SPREAD = 2.2  # sizes between the letters of a headline set apart


def join_spread(cells: Sequence[Cell], body: float, walls: Sequence[Edges]) -> list[Cell]:
    """Large cells at one height drawn together, where no column's border runs between them: 启　事."""
    large = sorted((c for c in cells if c.size >= HEAD * body and not c.across), key=lambda c: (c.top, c.left))
    texts = [c for c in cells if c.size < HEAD * body and c.width >= LONG * c.size]
    joined: set[int] = set()
    out: list[Cell] = []
    for i, cell in enumerate(large):
        if i in joined:
            continue
        row = [cell]
        for j in range(i + 1, len(large)):
            other = large[j]
            if other.top > row[-1].top + 0.5 * cell.size:
                break
            if j not in joined and _spreads(row[-1], other, texts, walls):
                row.append(other)
                joined.add(j)
        out.append(merge_cells(row) if len(row) > 1 else cell)
    return [*(c for c in cells if c.size < HEAD * body or c.across), *out]


def _spreads(left: Cell, right: Cell, texts: Sequence[Cell], walls: Sequence[Edges]) -> bool:
    size = max(left.size, right.size)
    gap = right.left - left.right
    if size > HEAD * min(left.size, right.size) or not -0.5 * size <= gap <= SPREAD * size:
        return False
    if any(
        left.right - 1 <= wall.left
        and wall.right <= right.left + 1
        and overlap(wall.top, wall.bottom, left.top, left.bottom) > 0
        for wall in walls
    ):
        return False
    if len(left.ink.text) <= 2 and len(right.ink.text) <= 2:
        return True
    below = [
        c
        for c in texts
        if 0 <= c.top - left.bottom <= 8 * size and overlap(c.left, c.right, left.left, right.right) > 0
    ]
    spanned = any(c.left < left.right and c.right > right.left for c in below)
    parted = any(c.right <= right.left for c in below) and any(c.left >= left.right for c in below)
    return spanned or not parted


def mark_heads(blocks: Sequence[Block], body: float) -> None:
    """Sets the role of blocks that are headlines."""
    for block in blocks:
        if block.role == "body" and block.size >= HEAD * body:
            few = len(block.rows) <= ROWS or (block.across and len(block.rows) <= ROWS)
            if few and len(block.text) <= LONGEST and not block.text.endswith(("。", "，")):
                block.role = "head"


def demote(heads: Sequence[Block], blocks: Sequence[Block], body: float, rules: Sequence[Edges]) -> None:
    """Makes body of the headlines that are sub-headings: inside one column, little larger than it, no report behind."""
    inner: list[Block] = []
    for head in heads:
        above, below = find_above(head, blocks, rules), _find_below(head, blocks)
        if above is None or below is None or above.role != "body" or below.role != "body":
            continue
        if is_role(head.text[:16], "list") or is_role(head.text, "signed_day"):
            head.role = "body"
            continue
        if opens(below) or not _in_column(head, above, below):
            continue
        if head.size < SURE * body:
            head.role = "body"
        else:
            inner.append(head)
    first = max((head.size for head in heads if head not in inner), default=0.0)
    alike = [head for head in inner if head.size <= 0.87 * first]
    if len(alike) >= 2 and _is_one_column(blocks):
        for head in alike:  # sections of a report in one column under its title
            head.role = "body"


def _is_one_column(blocks: Sequence[Block]) -> bool:
    texts = [b for b in blocks if b.role == "body" and b.right - b.left >= LONG * b.size]
    return bool(texts) and max(b.left for b in texts) < min(b.right for b in texts)


def promote(block: Block) -> list[Block]:
    """A column parted before each short line that a report follows: 本报讯."""
    cuts = [0]
    for i in range(1, len(block.rows) - 1):
        text = block.rows[i].text
        before, after = block.rows[i - 1].text, block.rows[i + 1].text
        if before.endswith(("。", "）", ")", "！", "”")) and _starts(after) and _is_short(text, block.rows[i], block):
            cuts += [i, i + 1]
    if len(cuts) == 1:
        return [block]
    parts = [block.rows[a:b] for a, b in zip(cuts, [*cuts[1:], len(block.rows)], strict=True)]
    return [to_block(rows, "head" if k % 2 else "body") for k, rows in enumerate(parts) if rows]


def _is_short(text: str, row: Row, block: Block) -> bool:
    return (
        len(text) <= 24
        and not text.endswith(("。", "，", "、", "；", "："))
        and not is_role(text[:16], "list")
        and (row.right < block.right - 1.5 * block.size or row.left > block.left + 2.7 * block.size)
    )


def _starts(text: str) -> bool:
    return find_dateline(text, 0, len(text)) is not None


def opens(block: Block) -> bool:
    """The block begins a report: 本报讯."""
    text = block.text[:48]
    return _starts(text)


def _in_column(head: Block, above: Block, below: Block) -> bool:
    size = below.size
    left, right = min(above.left, below.left), max(above.right, below.right)
    return left - size <= head.left and head.right <= right + size and abs(above.left - below.left) <= 3 * size


def find_above(block: Block, blocks: Sequence[Block], rules: Sequence[Edges], least: float = 0.0) -> Block | None:
    """The nearest block over a block; None where a rule or the page's edge comes first."""
    best: Block | None = None
    for other in blocks:
        if other is block or other.across or other.bottom > block.top + 0.4 * block.size:
            continue
        if overlap(other.left, other.right, block.left, block.right) <= least:
            continue
        if best is None or other.bottom > best.bottom:
            best = other
    if best is None:
        return None
    for rule in rules:
        if rule.right - rule.left <= rule.bottom - rule.top:
            continue
        between = best.bottom - 0.3 * best.size <= rule.top <= block.top + 0.3 * block.size
        if between and overlap(rule.left, rule.right, block.left, block.right) > 0:
            under = best.role == "head" and rule.top - best.bottom <= best.size  # a line drawn under the headline
            if not under:
                return None
    return best


def _find_below(block: Block, blocks: Sequence[Block]) -> Block | None:
    below = [
        b
        for b in blocks
        if b is not block
        and b.top >= block.bottom - 0.4 * block.size
        and overlap(b.left, b.right, block.left, block.right) > 0
    ]
    return min(below, key=lambda b: b.top, default=None)


def group_heads(heads: Sequence[Block], rules: Sequence[Edges]) -> list[list[Block]]:
    """Headline blocks that make one headline: kicker, main line, subtitle."""
    groups: list[list[Block]] = []
    for head in sorted(heads, key=lambda b: (b.top, b.left)):
        for group in groups:
            if any(_adjoins(other, head, rules) for other in group):
                group.append(head)
                break
        else:
            groups.append([head])
    return groups


def _adjoins(above: Block, below: Block, rules: Sequence[Edges]) -> bool:
    if above.across != below.across:
        return False
    size = max(above.size, below.size)
    if above.across:  # lines that run down beside the text
        gap = -overlap(above.left, above.right, below.left, below.right)
        return -size < gap <= NEAR * size and overlap(above.top, above.bottom, below.top, below.bottom) > 0
    gap = below.top - above.bottom
    if not -0.5 * size <= gap <= NEAR * size or overlap(above.left, above.right, below.left, below.right) <= 0:
        return False
    return not any(
        above.bottom - 2 <= rule.top <= below.top + 2
        and overlap(rule.left, rule.right, above.left, above.right) > 0.9 * (above.right - above.left)
        and rule.right - rule.left > 1.5 * (above.right - above.left)
        for rule in rules
    )
