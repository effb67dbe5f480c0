"""Page -> Articles."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from extractor.article.assemble import assemble
from extractor.article.assign import Body, Unit, assign
from extractor.article.continued import Headed, join_continued
from extractor.article.item import split_items
from extractor.article.signature import cut_signature, parse_signer
from extractor.article.story import Region, Story, split_regions, split_stories
from extractor.layout import Block, Page
from extractor.layout_rule import find_dateline, is_role
from extractor.model import Article, Source
from extractor.text import Span

_SPACES = re.compile(r"\s+")
_MARKED = re.compile(r"[·•—－~～*＊=◆◇●■▲★☆\s]+([\u4e00-\u9fff\s]*[\u4e00-\u9fff])[·•—－~～*＊=◆◇●■▲★☆\s]+")
_BRACKETED = re.compile(r"[【\[〖〔]\s*([\u4e00-\u9fff\s]*[\u4e00-\u9fff])\s*[】\]〗〕]")
_BULLET = re.compile(r"[□■●◆◇▲△★☆○◎►▶▪·]+\s*(?=\S)")
_PART = re.compile(r"\S+(?:[ \u3000]\S+)*")
_PLACE = re.compile(
    r"^[【\[（(〔［\s]*据?(?:本[报刊台站网社]|[\u4e00-\u9fff]{1,6}?[报网社])\s?([\u4e00-\u9fff]{2,6}?)(?=\s?(?:讯|电|消息|综合|[0-9０-９一二三四五六七八九十]{1,3}\s?[月日]))"
)


def split_articles(source: Source, page: Page) -> list[Article]:
    """The items of a page, by their position on it."""
    stories = _itemise(source, page) if source.items else _discover(source, page)
    stories = join_continued(source.text, sorted(stories, key=_order(page)))
    many = page.pages > 1
    return [
        assemble(source.text, story, kicker, title, i, _page(story) if many else None)
        for i, (story, kicker, title) in enumerate(stories)
    ]


def _itemise(source: Source, page: Page) -> list[Headed]:
    """The articles whose borders the format tells."""
    found: list[Headed] = []
    for story, titles in split_items(source.text, source.items, source.titles, page.blocks):
        kicker, title = _headline(source.text, story)
        lines = [line for span in titles for line in _lines(source.text, span)]
        if len(lines) > 1 and _is_kicker(_ink(source.text, lines[:1])):
            kicker, lines = [*kicker, *title, lines[0]], lines[1:]
            title = []
        found.append((story, kicker + title if lines else kicker, lines or title))
    return found


def _discover(source: Source, page: Page) -> list[Headed]:
    """The articles found by the look of their lines."""
    stories: list[Headed] = []
    paper = source.newspaper is not None
    order = _order(page)
    for declared, blocks in _items(source.titles, page.blocks):
        found: list[Headed] = []
        for part in split_regions(blocks):
            region = split_stories(source.text, part, bool(declared), paper=paper)
            if not region.stories:
                _rescue(region)
            if declared:
                _absorb(region)
            else:
                _head(source.text, region)
            found += [(story, *_headline(source.text, story)) for story in region.stories]
            found += [(story, [s for b in story.head for s in b.spans], []) for story in region.captions]
        found.sort(key=order)
        stories += _declare(source.text, found, declared) if declared else found
    return stories


def _items(titles: Sequence[Span], blocks: Sequence[Block]) -> list[tuple[list[Span], list[Block]]]:
    """The blocks behind each group of declared headlines; those before the first have none."""
    items: list[tuple[list[Span], list[Block]]] = [([], [])]
    at = 0
    for title in sorted(titles):
        while at < len(blocks) and blocks[at].start < title.start:
            items[-1][1].append(blocks[at])
            at += 1
        if items[-1][1] or not items[-1][0]:
            items.append(([], []))
        items[-1][0].append(title)
    items[-1][1].extend(blocks[at:])
    return [item for item in items if item[0] or item[1]]


def _order(page: Page) -> Callable[[Headed], tuple[int, int]]:
    """Where an item stands in reading order: by its first paragraph, by its headline where it has none."""
    places = {id(block): place for place, block in enumerate(page.blocks)}

    def find(item: Headed) -> tuple[int, int]:
        story, kicker, title = item
        blocks = story.paragraphs or story.head
        place = min((places[id(block)] for block in blocks), default=-1)
        return place, min((span.start for span in [*kicker, *title]), default=0)

    return find


def _page(story: Story) -> int | None:
    return story.paragraphs[0].lines[0].page if story.paragraphs else None


def _rescue(region: Region) -> None:
    """Headline-like lines without any body are the text themselves."""
    lines = [block for gap in region.gaps for block in gap]
    if lines:
        region.stories = [Story(lines)]
        region.gaps = [[], []]


def _absorb(region: Region) -> None:
    """Lines around stories whose headlines a header declares are paragraphs of theirs."""
    for k, gap in enumerate(region.gaps):
        if k < len(region.stories):
            region.stories[k].paragraphs[:0] = gap
        elif region.stories:
            region.stories[-1].paragraphs += gap
    region.gaps = [[] for _ in region.gaps]


def _text(source: str, block: Block) -> str:
    return "".join(source[s.start : s.end] for s in block.spans)


def _unit(source: str, block: Block) -> Unit:
    text = _SPACES.sub("", _text(source, block))
    return Unit(text, _is_kicker(text), tied=block.lines[0].blanks == 0)


def _head(source: str, region: Region) -> None:
    """Gives every story of the region its headline blocks."""
    bodies = []
    for story in region.stories:
        first = story.paragraphs[0].spans
        start, end = first[0].start, min(first[-1].end, first[0].start + 60)
        found = find_dateline(source, start, end) if story.paragraphs[0].starts else None
        place = _PLACE.match(source[start : found[1]]) if found else None
        text = "".join(_text(source, block) for block in story.paragraphs[:4])
        bodies.append(Body(text, place.group(1) if place else ""))
    splits = assign([[_unit(source, b) for b in gap] for gap in region.gaps], bodies)
    for k, (gap, split) in enumerate(zip(region.gaps, splits, strict=True)):
        before, behind = gap[: split.back], gap[split.back :]
        if before and split.tail:
            region.stories[k - 1].paragraphs += before
        elif before:
            region.stories[k - 1].head = before
        if behind and k < len(region.stories):
            region.stories[k].head = behind
        elif behind:
            region.stories[-1].paragraphs += behind


def _headline(source: str, story: Story) -> tuple[list[Span], list[Span]]:
    """Kicker and title lines of a story's headline blocks."""
    kicker: list[Span] = []
    title: list[Span] = []
    for block in story.head:
        text = _SPACES.sub("", _text(source, block))
        named = len(story.head) > 1 and (is_role(text, "genre") or (is_role(text, "place") and len(text) <= 10))
        if is_role(text, "rubric") or named:
            kicker += [_bare(source, span) for span in block.spans]
        else:
            title += block.spans
    title, signed = cut_signature(source, title)
    kicker += signed
    story.names += [name for span in signed for name in parse_signer(source[span.start : span.end])]
    if title and (mark := _BULLET.match(source, *title[0])):
        title[0] = Span(mark.end(), title[0].end)
    if kicker and not title and not (story.paragraphs[0].starts and is_role(_ink(source, kicker), "rubric")):
        return [], [_bare(source, span, _BRACKETED) for span in kicker]
    return kicker, title


def _is_kicker(text: str) -> bool:
    """A rubric, a genre or a place."""
    return is_role(text, "rubric") or is_role(text, "genre") or (len(text) <= 10 and is_role(text, "place"))


def _ink(source: str, spans: Sequence[Span]) -> str:
    return _SPACES.sub("", "".join(source[s.start : s.end] for s in spans))


def _bare(source: str, span: Span, marked: re.Pattern[str] = _MARKED) -> Span:
    """A rubric without the marks on both its sides: ·简讯·"""
    match = marked.fullmatch(source, *span)
    return Span(*match.span(1)) if match else span


def _declare(source: str, stories: Sequence[Headed], declared: Sequence[Span]) -> list[Headed]:
    """Hands out the headlines that a header declares: one each where there are as many, else all to the first."""
    reports = [story for story, _, _ in stories if not story.caption]
    lines = [line for span in declared for line in _lines(source, span)]
    if not reports:
        return [*stories, (Story(), [], lines)]
    parts = [Span(*m.span()) for line in lines for m in _PART.finditer(source, *line)]
    shares = [lines]
    if len(reports) > 1:
        for candidates in (lines, parts):
            if len(candidates) == len(reports):
                shares = [[line] for line in candidates]
    titles = dict(zip(map(id, reports), shares, strict=False))
    return [(story, kicker, titles.get(id(story), title)) for story, kicker, title in stories]


def _lines(source: str, span: Span) -> list[Span]:
    out: list[Span] = []
    at = span.start
    for line in source[span.start : span.end].splitlines(keepends=True):
        bare = line.strip()
        if bare:
            start = at + line.index(bare)
            out.append(Span(start, start + len(bare)))
        at += len(line)
    return out
