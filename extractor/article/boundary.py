"""Where on a page a report opens: certain signs first, then the headlines between undated paragraphs weighed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from extractor.article.credit import find_call, find_credit
from extractor.layout import Block
from extractor.layout_rule import find_dateline, is_role
from extractor.lexicon.table import active_overlay, per_overlay, read_table

LIST = 8  # headline-like lines in a row: a list or table, not a headline
_CENTRED = 8  # cells of indent from which a line is set to the middle of its column
_LEAD = 80  # characters of a paragraph looked at
_MEMORY = 3000  # characters of a report kept to see whether a name is new
_BIAS = -2.0  # most headline-like lines between undated paragraphs are sub-headings
_SINGLE = 0.9  # one heading alone: sub-headings come in twos
_PARALLEL = -1.8  # headings of one length
_ALIKE = -0.8  # three and more headings of about one length
_UNLIKE = 0.3  # headings of several lengths
_KICKER = 2.0  # a place or rubric stands over the headline
_LINES = 1.0  # a headline of several lines
_WIDE = 1.0  # more empty lines than between paragraphs
_FLUSH = 0.7  # the headline flush or centred, the paragraphs indented
_SUNK = -1.0  # the headline indented as a paragraph is
_CENTRED_ALIKE = 0.8  # centred as the headline before
_SHEET = 1.0  # on another page
_BARE = 1.0  # the report before has no headline in front
_BEHIND = 0.6  # the page has its headlines behind
_OTHER_CREDIT = 2.0  # the paragraphs behind end with a credit, the report before has its reporter already
_CREDIT = 0.6
_PAPER = 0.5  # a newspaper's page
_MANY = 0.5  # several reports on the page are certain
_CERTAIN = 3  # reports
_LIST_OVER = 2.5  # the briefs before are over
_BULLETS_OVER = 1.5  # the list before is over
_DOCUMENT = 1.5
_PLACES = "省市县区旗盟州镇乡村"
_OPENERS = ("notice", "briefs", "box")  # a headline of such a look opens an item
_SAME = 1.0  # headline and paragraph open with the same word
_ABOVE = 0.6  # an empty line over the headline alone, none between paragraphs
_SPACES = re.compile(r"\s+")


@dataclass(slots=True)
class Gap:
    """Headline lines between two paragraphs: `at` is the index of the paragraph behind them."""

    at: int
    heads: list[Block]
    last: int  # index of the paragraph before
    ended: bool  # the report before has its end there
    story: int  # index of the first paragraph of the certain report that it stands in
    opens: bool | None = None
    score: float = field(default=0.0)


@per_overlay()
def _signs() -> tuple[tuple[str, float, re.Pattern[str]], ...]:
    return tuple(
        (r["where"], float(r["weight"]), re.compile(r["pattern"]))
        for r in read_table("layout_sign.tsv", active_overlay())
    )


def weigh_signs(head: str, lead: str, title: str, before: str) -> float:
    """Sum of the signs of layout_sign.tsv in a headline, the paragraph behind it, the headline of the report before
    and the text of that report."""
    texts = {"head": head, "lead": lead, "title": title}
    total = 0.0
    for where, weight, pattern in _signs():
        fresh, _, name = where.rpartition("_")
        match = pattern.search(texts[name])
        if match and not (fresh and match.group() in before):
            total += weight
    return total


class Walk:
    """The blocks of a region with what the decision needs of them."""

    def __init__(self, text: str, blocks: Sequence[Block]) -> None:
        self.text = text
        self.blocks = blocks
        self.heads: dict[int, list[Block]] = {}  # of certain reports, by their first paragraph
        self.gaps: list[Gap] = []
        self.openings: set[int] = set()
        self._memory = -1, 0, ""
        self.behind = False  # headlines stand behind their reports
        counts = sorted(
            b.lines[0].blanks for b, a in zip(blocks[1:], blocks, strict=False) if a.role == b.role == "body"
        )
        self.blanks = counts[len(counts) // 2] if counts else 1

    def read(self, block: Block, size: int = 400) -> str:
        out = ""
        for span in block.spans:
            out += self.text[span.start : min(span.end, span.start + size)]
            if len(out) >= size:
                break
        return out[:size]

    def squeeze(self, blocks: Sequence[Block]) -> str:
        return _SPACES.sub("", "".join(self.read(block) for block in blocks))

    def remember(self, story: int, last: int) -> str:
        """The report's text from its first paragraph at `story` to the one at `last`, its beginning where long."""
        first, at, text = self._memory
        if first != story:
            at, text = story, ""
        for i in range(at, last + 1):
            if len(text) < _MEMORY and self.blocks[i].role == "body":
                text += self.read(self.blocks[i], _MEMORY)
        self._memory = story, last + 1, text
        return text

    def bulleted(self, i: int) -> bool:
        """The paragraph opens with a mark: ●, △."""
        return is_role(self.read(self.blocks[i], 4), "bullet")

    def closes(self, block: Block) -> bool:
        tail = self.text[max(block.spans[-1].end - 90, block.spans[0].start) : block.spans[-1].end]
        return block.ends or find_credit(tail) is not None


def find_openings(text: str, blocks: Sequence[Block], *, paper: bool = False, titled: bool = False) -> set[int]:
    """Indices of the body blocks that open a report. `paper`: the page is a newspaper's; `titled`: headlines are
    declared elsewhere, so that lines between paragraphs are sub-headings."""
    walk = Walk(text, blocks)
    _scan(walk)
    if titled:
        return walk.openings - {gap.at for gap in walk.gaps}
    run: list[Gap] = []
    for gap in walk.gaps:
        if run and (gap.story != run[0].story or gap.opens):
            _weigh_run(walk, run, paper=paper)
            run = []
        if gap.opens is None:
            run.append(gap)
    if run:
        _weigh_run(walk, run, paper=paper)
    return walk.openings


def heads_next(blocks: Sequence[Block], i: int) -> bool:
    """The byline at `i` stands before an undated body: it opens a report."""
    for block in blocks[i + 1 :]:
        if block.role in ("byline", "author"):
            continue
        return block.role == "body" and not block.starts
    return False


def _scan(walk: Walk) -> None:
    """Certain openings and the gaps to weigh."""
    pending: list[Block] = []
    named = ended = attached = False
    last = story = -1
    for i, block in enumerate(walk.blocks):
        if block.role == "headline":
            pending.append(block)
        elif block.role == "caption":
            if pending and is_role(walk.read(pending[-1]), "photo"):
                pending.pop()
        elif block.role in ("byline", "author"):
            if last >= 0 and not pending and (block.ends or not heads_next(walk.blocks, i)):
                ended = True
            else:
                named = True
        elif block.role == "jump":
            ended = last >= 0
            named = named or block.jump == "from"
        elif block.role == "body":
            if (
                last < 0
                or block.starts
                or named
                or block.jump == "from"
                or (not pending and _opens_list(walk, last, i))
            ):
                walk.openings.add(i)
                walk.heads[i] = pending
                story, attached = i, _documents(walk, pending)
            elif pending and len(pending) <= LIST:
                gap = Gap(i, pending, last, ended, story)
                gap.opens = _decide(walk, gap, attached)
                walk.gaps.append(gap)
                if gap.opens:
                    walk.openings.add(i)
                    walk.heads[i] = pending
                    story, attached = i, _documents(walk, pending)
            attached = attached or _attaches(walk, [*pending, block])
            pending, named = [], False
            ended = walk.closes(block)
            last = i
    walk.behind = bool(pending) and not walk.heads.get(min(walk.openings, default=-1), pending)


def _opens_list(walk: Walk, last: int, at: int) -> bool:
    """Briefs without a rubric: marked paragraphs behind an empty line and a report that has none."""
    block = walk.blocks[at]
    if not block.lines[0].blanks or walk.blanks or not walk.bulleted(at) or walk.bulleted(last):
        return False
    before = walk.blocks[last].spans[-1]
    after = at + 1 < len(walk.blocks) and walk.blocks[at + 1].role == "body" and walk.bulleted(at + 1)
    return after and walk.text[before.end - 1] not in "：:；;，"


def _decide(walk: Walk, gap: Gap, attached: bool) -> bool | None:
    """What is certain of a gap; None where it has to be weighed."""
    if _attaches(walk, gap.heads):
        return False
    before = walk.blocks[gap.last]
    if before.ends and is_role(walk.squeeze([before]), "signed_day"):
        return not _documents(walk, gap.heads) or not attached
    texts = [_SPACES.sub("", walk.read(block)) for block in gap.heads]
    if attached:
        return any(is_role(text, "notice") and not is_role(text, "document") for text in texts)
    if gap.ended or any(is_role(text, role) for text in texts for role in _OPENERS):
        return True
    if len(texts) > 1 and is_role(texts[0], "genre"):
        return True
    return None


def _attaches(walk: Walk, blocks: Sequence[Block]) -> bool:
    heads = [walk.read(block, 8).strip(" \u3000：:") for block in blocks]
    return any(head == "附" or head.startswith(("附件", "附表")) for head in heads)


def _documents(walk: Walk, heads: Sequence[Block]) -> bool:
    """The headline is a document's: headings inside it open no report."""
    return any(is_role(walk.read(block), "document") for block in heads)


def _weigh_run(walk: Walk, run: list[Gap], *, paper: bool) -> None:
    """Decides the gaps between two certain openings, the way they resemble one another included."""
    base = _BIAS + (_PAPER if paper else 0.0) + _resemblance(walk, run)
    story = run[0].story
    title = walk.heads.get(story, [])
    for k, gap in enumerate(run):
        end = run[k + 1].last if k + 1 < len(run) else _end(walk, gap.at)
        many = _MANY if len(walk.openings) >= _CERTAIN else 0.0
        gap.score = base + many + _weigh(walk, gap, story, title, end)
        gap.opens = gap.score > 0
        if gap.opens:
            walk.openings.add(gap.at)
            story, title = gap.at, gap.heads


def _end(walk: Walk, at: int) -> int:
    """Index of the last paragraph of the report that goes on at `at`."""
    last = at
    for i in range(at + 1, len(walk.blocks)):
        if i in walk.openings:
            break
        if walk.blocks[i].role == "body":
            last = i
    return last


def _resemblance(walk: Walk, run: Sequence[Gap]) -> float:
    if len(run) == 1:
        return _SINGLE
    if any(len(gap.heads) > 1 for gap in run):
        return 0.0
    heads = [walk.squeeze(gap.heads) for gap in run]
    if sum(weigh_signs(head, "", "", "") > 0 for head in heads) * 2 >= len(heads):
        return 0.0  # sub-headings seldom name who or where
    if len({head[-2:] for head in heads}) == 1 or len({head[:2] for head in heads}) == 1:
        return _PARALLEL  # 产业兴起来, 村容美起来
    leads = [walk.read(walk.blocks[gap.at], _LEAD) for gap in run]
    told = sum(weigh_signs("", lead, "", "") >= 1 or _same_word(h, lead) for h, lead in zip(heads, leads, strict=True))
    if told * 2 > len(heads):
        return 0.0  # nor do the paragraphs under them
    sizes = [len(head) for head in heads]
    spread = max(sizes) - min(sizes)
    if spread <= 1:
        return _PARALLEL
    if spread <= 3:
        return _ALIKE if len(run) > 2 else 0.0
    return _UNLIKE


def _weigh(walk: Walk, gap: Gap, story: int, title: Sequence[Block], end: int) -> float:
    blocks = walk.blocks
    head, body, last = gap.heads[0], blocks[gap.at], blocks[gap.last]
    texts = [_SPACES.sub("", walk.read(block)) for block in gap.heads]
    before = walk.remember(story, gap.last)
    score = weigh_signs("".join(texts), walk.read(body, _LEAD), walk.squeeze(title[-1:]), before)
    indented = last.lines[0].indent >= 3 and body.lines[0].indent >= 3
    centred = head.lines[0].indent >= _CENTRED
    if len(texts) > 1 or len(head.lines) > 1:
        score += _LINES
        if is_role(texts[0], "rubric") or (len(texts[0]) <= 10 and is_role(texts[0], "place")):
            score += _KICKER
    if head.lines[0].blanks > max(walk.blanks, 1):
        score += _WIDE
    if indented and (head.lines[0].indent == 0 or centred):
        score += _FLUSH
    elif indented and 3 <= head.lines[0].indent <= body.lines[0].indent:
        score += _SUNK
    if title and centred and title[0].lines[0].indent >= _CENTRED:
        score += _CENTRED_ALIKE
    if head.lines[0].page > last.lines[-1].page:
        score += _SHEET
    if not title:
        score += _BARE
    elif walk.behind:
        score += _BEHIND
    if head.lines[0].blanks and not walk.blanks and not body.lines[0].blanks:
        score += _ABOVE
    if _same_word(texts[0], walk.read(body, 8).lstrip()):
        score += _SAME
    if _documents(walk, gap.heads):
        score += _DOCUMENT
    if not walk.bulleted(gap.at):
        if title and any(is_role(walk.squeeze(title[-1:]), role) for role in ("briefs", "box")):
            score += _LIST_OVER
        elif walk.bulleted(gap.last):
            score += _BULLETS_OVER
    if walk.closes(blocks[end]):
        score += _OTHER_CREDIT if _called(walk, story) else _CREDIT
    return score


def _same_word(head: str, lead: str) -> bool:
    """Both open with one word, or with one place: 轮台供热改造, 轮台县改造"""
    same = lead[:3] == head[:3] or (lead[:2] == head[:2] and lead[2:3] in _PLACES)
    return same and all("\u4e00" <= c <= "\u9fff" for c in lead[:3])


def _called(walk: Walk, story: int) -> bool:
    """The report's dateline names its reporter."""
    start, stop = walk.blocks[story].spans[0]
    found = find_dateline(walk.text, start, stop)
    return found is not None and bool(find_call(walk.text[found[2] : found[2] + 90]))
