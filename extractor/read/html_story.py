"""Lines of a page -> the article's headline and paragraphs, and all articles as one text with their spans."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from extractor.layout_rule import is_byline
from extractor.read.date import find_date
from extractor.read.html_line import Line, Page
from extractor.read.html_main import Stretch
from extractor.read.html_meta import Meta, add_labels
from extractor.read.html_title import find_headline
from extractor.read.masthead import parse_masthead
from extractor.text import Span

LONGEST_INFO = 160  # characters of an information line
MOST_INFO = 200  # lines of a sheet that are looked at
LONGEST_DAY = 60  # of a line that gives the day alone
HEAD, TAIL = 6, 4  # lines at either end of the body that may be information
WRAPPED = 4  # lines of one block from which it may be wrapped by hand
_SENTENCE = re.compile(r"[。，；]")
_END = re.compile(r"[。！？：；!?:;][”’」』）)】]*$")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_DAY = re.compile(r"[(（\[【\s]*\d{4}")
_BOOK_MARKS = str.maketrans("《》", "  ")
MOST_HAN = 16  # characters of Chinese in such a line


@dataclass(slots=True)
class Story:
    """`title`: the headline's lines; `paragraphs` with whether each is a row of a table."""

    title: list[str] = field(default_factory=list)
    paragraphs: list[tuple[str, bool]] = field(default_factory=list)


def assemble_story(page: Page, main: Stretch, meta: Meta, overlay: Path | None, *, floor: int = 0) -> Story:
    """The article of a body; what information lines around it say is added to `meta`."""
    head = find_headline(page, meta, floor, main[0], main[-1])
    own = [i for i in main if i not in head.used and (not head.used or i > min(head.used) or i < floor)]
    before = range(max(floor, min([*head.used, main[0]]) - 12), max([*head.used, main[0]]) + 1)
    inside = set(own)
    for i in before:
        if i not in inside and i not in head.used:
            _read_info(_flat(page.lines[i]), meta, overlay)
    own = _cut_info(page.lines, own, meta, overlay)
    for line in page.lines[main[-1] + 1 : main[-1] + 9]:
        _read_info(line, meta, overlay, days=False)
    bare = "".join("".join(part.split()) for part in head.parts)
    while own and bare and "".join(page.lines[own[0]].text.split()) == bare:
        own = own[1:]  # the headline printed twice
    return Story(head.parts, join_lines([page.lines[i] for i in own]))


def read_info(page: Page, meta: Meta, overlay: Path | None) -> None:
    """Takes what the information lines of a page say (of a sheet that lists headlines)."""
    for line in page.lines[:MOST_INFO]:
        _read_info(_flat(line), meta, overlay)


def _flat(line: Line) -> Line:
    """A row of a table as a line: the metadata of government pages stand in tables."""
    return replace(line, text=line.text.replace("\t", " "), row=False) if line.row else line


def _cut_info(lines: list[Line], own: Stretch, meta: Meta, overlay: Path | None) -> Stretch:
    """Takes information lines off both ends of a body."""
    out: Stretch = []
    opened = False
    for k, i in enumerate(own):
        near = (k < HEAD and not opened) or k >= len(own) - TAIL
        if near and not lines[i].row and _read_info(lines[i], meta, overlay, days=not opened, inside=True):
            continue
        opened = opened or _SENTENCE.search(lines[i].text) is not None
        out.append(i)
    return out


def _read_info(line: Line, meta: Meta, overlay: Path | None, *, days: bool = True, inside: bool = False) -> bool:
    """Takes what an information line says; True where it is one and no text. `days`: a date alone counts."""
    text = line.text
    if len(text) > LONGEST_INFO or "。" in text or line.row:
        return False
    if add_labels(text, meta, overlay):
        return True
    head, mark, _ = text.partition("来源")
    if mark and len(head) <= LONGEST_DAY and _gives_day(head, overlay):  # 2003-4-8 9:12 来源 海滨日报
        meta.add("line_date", head)
        return True
    items = parse_masthead(text.translate(_BOOK_MARKS), overlay) if days else None
    if items is not None:
        for role, match in items:
            if role == "date":
                meta.add("line_date", match.group())
            elif role == "paper":
                meta.add("paper", match.group())
        return any(role in ("date", "paper", "page") for role, _ in items)
    if days and _gives_day(text, overlay):
        meta.add("line_date", text)
        return True
    if not inside and is_byline(text):
        meta.add("author", text)
    return False


def _gives_day(text: str, overlay: Path | None) -> bool:
    """A line with a day and little else: 2019-03-08 09:15, [2019年3月8日 星期五]"""
    if len(text) > LONGEST_DAY or _SENTENCE.search(text) or not _DAY.match(text) or len(_HAN.findall(text)) > MOST_HAN:
        return False
    return find_date(text, "header", "metadata", overlay) is not None


def join_lines(lines: Sequence[Line]) -> list[tuple[str, bool]]:
    """Paragraphs: a line each, but for blocks whose lines were wrapped by hand."""
    out: list[tuple[str, bool]] = []
    at = 0
    while at < len(lines):
        end = at + 1
        while end < len(lines) and lines[end].element is lines[at].element and not lines[end].row:
            end += 1
        block = lines[at:end]
        out += _unwrap(block) if not block[0].row and _is_wrapped(block) else [(line.text, line.row) for line in block]
        at = end
    return out


def _is_wrapped(block: Sequence[Line]) -> bool:
    """Most lines break off within a sentence at the same width."""
    if len(block) < WRAPPED:
        return False
    widths = sorted(len(line.text) for line in block)
    full = widths[len(widths) * 3 // 4]
    cut = sum(1 for line in block if not _END.search(line.text) and len(line.text) >= full - 4)
    return full >= 12 and cut * 2 >= len(block)


def _unwrap(block: Sequence[Line]) -> list[tuple[str, bool]]:
    full = max(len(line.text) for line in block)
    out: list[str] = []
    for i, line in enumerate(block):
        before = block[i - 1].text if i else ""
        closed = not i or line.indented or (_END.search(before) and len(before) < full - 4)
        if closed:
            out.append(line.text)
        else:
            ascii_joint = before[-1].isascii() and line.text[0].isascii() and before[-1].isalpha()
            out[-1] += (" " if ascii_joint else "") + line.text
    return [(text, False) for text in out]


def to_text(stories: Sequence[Story]) -> tuple[str, tuple[Span, ...], tuple[Span, ...]]:
    """The text of all articles, their spans and those of their headlines."""
    parts: list[str] = []
    items: list[Span] = []
    titles: list[Span] = []
    at = 0

    def add(piece: str) -> None:
        nonlocal at
        parts.append(piece)
        at += len(piece)

    for story in stories:
        start = at
        for line in story.title:
            titles.append(Span(at, at + len(line)))
            add(line + "\n")
        if story.title:
            add("\n")
        for k, (text, row) in enumerate(story.paragraphs):
            last = k + 1 == len(story.paragraphs)
            add(text + ("\n" if not last and row and story.paragraphs[k + 1][1] else "\n\n"))
        items.append(Span(start, at))
    return "".join(parts).rstrip("\n") + "\n", tuple(items), tuple(titles)
