"""Source -> Page."""

from __future__ import annotations

import re
from dataclasses import replace

from extractor.layout import Block, Line, Page
from extractor.layout_rule import find_role, is_byline, is_name, is_role
from extractor.model import Source
from extractor.page.column import find_columns
from extractor.page.line import split_lines
from extractor.page.paragraph import Flow, close_up, split_paragraphs
from extractor.page.table import find_table_lines
from extractor.text import Span

_NOISE = {"folio", "code", "date", "label", "mark", "masthead", "footer", "footer_line", "jump"}
_SIGNERS = 3  # who may sign a notice together
_TEXT = {"headline", "body", "caption"}
_EDGE = {"code", "date", "mark"}  # only where they stand apart: in a narrow column they may be words of the body


def split_page(source: Source) -> Page:
    """The blocks of a source in reading order."""
    lines = split_lines(source)
    text = source.text
    kept: list[Line] = []
    marks: dict[int, list[Block]] = {}  # separators and credits by the kept line they stand before
    footer = False
    before: str | None = None
    table = find_table_lines(text, lines)
    for i, line in enumerate(lines):
        bare = text[line.span.start : line.span.end] if line.width <= 320 and i not in table else ""
        role = find_role(bare) if bare else None
        if role in _EDGE and not _apart(lines, i, bool(kept)):
            role = None
        if role == "date" and kept and is_role(bare, "signed_day") and is_role(_read(text, kept[-1]), "signer"):
            role = None  # the day under a notice
        if role == "label" and is_role(bare, "box") and _tells(text, lines, i + 1):
            role = None
        if role == "folio" and bare.strip().isdigit() and not _apart(lines, i, True):
            role = None
        if role == "masthead" and kept and not (line.blanks or before) and is_role(bare, "contact"):
            role = None  # the last line of a notice
        elif role is None and bare and not kept and _is_section(source, lines, i, bare):
            role = "masthead"
        if role == "footer":
            footer = True
        elif role not in ("footer_line", None):
            footer = False
        if footer and role is None and kept and line.blanks == 0:
            role = "footer_line"
        before = role
        if role is None:
            kept.append(line)
            continue
        if i + 1 < len(lines):
            lines[i + 1].blanks = max(lines[i + 1].blanks, 1)
        if role in ("separator", "author", "jump"):
            jump = _to_jump(bare) if role == "jump" else ""
            marks.setdefault(len(kept), []).append(Block(role, (line,), (line.span,), jump=jump))
    close_up(text, kept)
    flow = Flow(text, kept, find_columns(kept))
    blocks: list[Block] = []
    for part in _break_at(split_paragraphs(flow), marks):
        blocks += marks.pop(part.start, [])
        blocks.append(_block(flow, part))
    for key in sorted(marks):
        blocks += marks[key]
    _list_rows(text, blocks)
    _sign(text, blocks)
    _sign_letters(text, blocks)
    if not source.titles and not any(block.role in _TEXT for block in blocks):
        blocks = [Block("body", (line,), (line.span,)) for line in lines]  # nothing but furniture: it is the text
    return Page(tuple(blocks), lines[-1].page if lines else 1)


def _list_rows(text: str, blocks: list[Block]) -> None:
    """Makes the rows of figures right under a notice's headline (牌价, 行情) paragraphs of it."""
    listing = False
    for i in range(1, len(blocks)):
        block = blocks[i]
        if not listing:
            above = blocks[i - 1]
            listing = above.role == "headline" and is_role(_squeeze(text, above), "listing")
        elif block.lines[0].blanks:
            listing = False
        if listing and block.role == "headline" and (_lists(text, block) or not block.lines[0].blanks):
            blocks[i] = replace(block, role="body")


def _lists(text: str, block: Block) -> bool:
    return any(c.isdigit() for c in _squeeze(text, block))


def _sign(text: str, blocks: list[Block]) -> None:
    """Makes the signature under a notice or letter (who, the day) paragraphs of it; the day ends it."""
    for i in range(1, len(blocks)):
        if blocks[i].role != "headline" or not is_role(_squeeze(text, blocks[i]), "signed_day"):
            continue
        first = i
        while first > max(i - _SIGNERS, 0) and _is_signer(text, blocks[first - 1]):
            first -= 1
        if blocks[first - 1].role != "body" or (first == i and blocks[i].lines[0].blanks):
            continue
        for k in range(first, i):
            blocks[k] = replace(blocks[k], role="body")
        blocks[i] = replace(blocks[i], role="body", ends=True)


def _sign_letters(text: str, blocks: list[Block]) -> None:
    """Makes the writer's name right under a letter (红旗大队社员　周平) a paragraph of it."""
    for i in range(1, len(blocks)):
        block = blocks[i]
        under = block.role == "headline" and not block.lines[0].blanks and blocks[i - 1].role == "body"
        apart = i + 1 == len(blocks) or blocks[i + 1].lines[0].blanks > 0
        if under and apart and len(block.lines) == 1 and _is_writer(_read(text, block.lines[0])):
            blocks[i] = replace(block, role="body", ends=True)


def _is_writer(line: str) -> bool:
    return _WRITER.fullmatch(line) is not None and is_name("".join(line.split()[1:]))


def _is_signer(text: str, block: Block) -> bool:
    return block.role == "headline" and is_role(_squeeze(text, block), "signer")


def _squeeze(text: str, block: Block) -> str:
    return "".join("".join(text[s.start : s.end] for s in block.spans).split())


def _is_section(source: Source, lines: list[Line], i: int, bare: str) -> bool:
    """The name of the page's section under the paper's own."""
    below = i + 1 < len(lines) and lines[i + 1].blanks > 0
    return below and source.newspaper is not None and len(bare) <= 12 and is_role("".join(bare.split()), "section")


def _apart(lines: list[Line], i: int, body: bool) -> bool:
    """The line has an empty line or the page's edge on both sides (above alone suffices before any text)."""
    below = i + 1 == len(lines) or lines[i + 1].blanks > 0
    above = i == 0 or lines[i].blanks > 0
    return (above and below) or not body


def _break_at(parts: list[range], marks: dict[int, list[Block]]) -> list[range]:
    """Paragraphs cut where a separator, an author line or 下转第二版 stands between their lines; 上接 only leaves."""
    cuts = {at for at, blocks in marks.items() if any(b.role != "jump" or b.jump == "to" for b in blocks)}
    if not cuts:
        return parts
    out: list[range] = []
    for part in parts:
        start = part.start
        for at in range(part.start + 1, part.stop):
            if at in cuts:
                out.append(range(start, at))
                start = at
        out.append(range(start, part.stop))
    return out


def _read(text: str, line: Line) -> str:
    return text[line.span.start : min(line.span.end, line.span.start + 60)]


def _tells(text: str, lines: list[Line], i: int) -> bool:
    """Line `i` is of a sentence, not a link."""
    return i < len(lines) and any(c in "，。" for c in text[lines[i].span.start : lines[i].span.end])


def _to_jump(line: str) -> str:
    return "from" if "接" in line and "转" not in line else "to"


_WRITER = re.compile(r"[\u4e00-\u9fff]{2,16}[ \u3000]+[\u4e00-\u9fff](?:[ \u3000]?[\u4e00-\u9fff]){1,3}")
_SHEET = r"\s?第?[A-D0-9０-９一二三四五六七八九十]{1,3}\s?版[^）)】。]{0,10}"
_FROM = re.compile(rf"[▲△]?(?:[（(【]\s?紧?上?接{_SHEET}[）)】]|紧?上接{_SHEET}[\s▲△])\s?")
_TO = re.compile(rf"\s?[▲△]?[（(【]\s?下?转{_SHEET}[）)】]$")


def _block(flow: Flow, part: range) -> Block:
    lines = tuple(flow.lines[i] for i in part)
    spans = [flow.lines[i].span for i in part]
    first, last = flow.texts[part.start], flow.texts[part.stop - 1]
    ends = False
    jump = ""
    if "版" in first[:16] and (match := _FROM.match(first)):
        jump = "from"
        spans[0] = Span(spans[0].start + match.end(), spans[0].end)
    if "版" in last[-16:] and (match := _TO.search(last[-24:])):
        spans[-1] = Span(spans[-1].start, spans[-1].end - (match.end() - match.start()))
        ends, jump = True, jump or "to"
    spans = [span for span in spans if span.end > span.start] or [lines[0].span]
    starts = flow.opens[part.start]
    role = _role(flow, part, starts)
    if role == "byline" and first[0] in "（(":
        ends = True
    return Block(role, lines, tuple(spans), starts, ends, jump)


def _role(flow: Flow, part: range, starts: bool) -> str:
    if len(part) == 1 and is_byline(flow.texts[part.start]):
        return "byline"
    size = sum(len(flow.texts[i]) for i in part)
    if size <= 400:
        whole = "".join(flow.texts[i] for i in part)
        if len(part) == 1 and len(whole) <= 24:
            bare = "".join(whole.split())
            if is_role(bare, "briefs") or is_role(bare, "genre"):
                return "headline"
        if _captioned(whole, starts):
            return "caption"
        if (
            not starts
            and size <= 120
            and len(part) <= 4
            and all(flow.headlike(i) for i in part)
            and not is_role(whole, "list")
            and not is_role(whole, "contact")
        ):
            return "headline"
    return "body"


def _captioned(whole: str, starts: bool) -> bool:
    head = whole[:12]
    if ("图" in head) and is_role(head, "caption"):
        return True
    credited = whole[-1] in "摄影道图）)" and is_role(whole[-12:], "caption")
    inner = "图为" in whole and is_role(whole, "caption")
    return (inner and len(whole) <= 300) or (credited and not starts and len(whole) <= 300)
