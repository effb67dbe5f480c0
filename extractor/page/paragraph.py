"""Which physical lines make one paragraph."""

from __future__ import annotations

import re

from extractor.layout import Line
from extractor.layout_rule import find_dateline, is_byline, is_credit, is_role
from extractor.page.column import Column, find_width, slack
from extractor.page.table import find_table_lines
from extractor.text import Span

_END = re.compile(r"[。！？!?…][”’\"'」』）)】]*$|（完）$")
_CLOSING = frozenset("。！？!?…”’\"'」』）)】")  # what _END may end with
_SOFT = re.compile(r"[，、,；;－—-]$")
_INNER = re.compile(r"[。！？!?；;]")
_PAUSE = re.compile(r"[，。；：！？、]")
_CLOSER = re.compile(r"[，。、；：！？）》”’」』】〕％%,;!?)]")
_WORD = re.compile(r"[0-9A-Za-z.%]+")
_CREDIT = re.compile(r"[。！？!?…][”’\"'」』]?\s*[（(][^（()）]{2,40}[）)]$")
_HEADS = 4  # lines of one headline
_ROW = re.compile(r"\S(?:[ \u3000]{2,}|\t+)\S[^\n]*?(?:[ \u3000]{2,}|\t+)\S")
_PAIR = re.compile(
    r"[\u4e00-\u9fff（）()A-Za-z·]{1,12}(?:[ \u3000]{2,}|\t+)[0-9０-９][0-9０-９.．,，/—\-]*[^\d\s。，]{0,6}"
)  # a row of a name and a figure: 大米　　0.28
_ITEMS = ("notice", "listing", "box", "briefs")  # looks of a line that heads an item by itself
SPARE = 4  # cells by which a later line may be longer where no column is known
NARROW = 14  # characters of a line that a dateline may not fit into
LONGEST_CRY = 30  # characters of a headline that ends in ！ or ？
LONGEST_KICKER = 8  # characters of a kicker before its colon
LONGEST_HEAD = 70  # characters of one headline line or sub-heading
LONGEST_FRAME = 200  # characters of a line that draws a table or greets
_SHORT = 0.75  # share of the column below which a line breaks off
_SUNK = 12  # cells from the edge that no paragraph's first line has
_ORPHAN = 3  # lines of a paragraph that may stand before a column break without a full stop in them


def close_up(text: str, lines: list[Line]) -> None:
    """Takes one empty line off every gap of a double-spaced text, whose wrapped lines all stand apart."""
    if len(lines) < 5 or sum(1 for line in lines[1:] if line.blanks) * 10 < (len(lines) - 1) * 9:
        return
    width = find_width([line.width for line in lines])
    wrapped = sum(1 for line in lines if line.width >= width - slack(width) and not _ends(text, line.span))
    if width and wrapped * 5 >= len(lines) * 2:
        for line in lines:
            line.blanks = max(line.blanks - 1, 0)


def _ends(text: str, span: Span) -> bool:
    return _END.search(text[max(span.start, span.end - 8) : span.end]) is not None


def _closes(text: str) -> bool:
    """The line closes a sentence, a reporter's credit behind it or not."""
    if text[-1] not in _CLOSING:
        return False
    tail = text[-48:]
    return _END.search(tail[-8:]) is not None or (tail[-1] in "）)" and _CREDIT.search(tail) is not None)


def _share(line: Line, column: Column) -> float:
    width = line.width / column.width if column.width else 0.0
    return max(width, line.size / column.size if column.size else 0.0)


def _has_blank(text: str) -> bool:
    return " " in text or "\t" in text or "\u3000" in text


class Flow:
    """The lines of a page with what their ends and beginnings say."""

    def __init__(self, text: str, lines: list[Line], columns: list[Column]) -> None:
        self.lines = lines
        self.columns = columns
        self.texts = [text[line.span.start : line.span.end] for line in lines]
        self.table = find_table_lines(text, lines)
        self.rows = [
            i in self.table or (len(t) <= 300 and _has_blank(t) and _ROW.search(t) is not None)
            for i, t in enumerate(self.texts)
        ]
        self.apart = {
            i
            for i, t in enumerate(self.texts)
            if len(t) <= LONGEST_FRAME and (is_role(t, "frame") or is_role(t, "salutation"))
        }  # lines that neither go on nor are headlines
        self.pairs = {i for i, t in enumerate(self.texts) if len(t) <= 40 and _has_blank(t) and _PAIR.fullmatch(t)}
        self._ends = [_closes(t) for t in self.texts]
        self._shares = [_share(line, column) for line, column in zip(lines, columns, strict=True)]
        self.opens = [self._opens(text, i) for i in range(len(lines))]
        self.bylines = [self._signs(i) for i in range(len(lines))]
        self.indented_style = self._style()
        self.spaced_style = not self.indented_style and self._spaced()

    def _opens(self, text: str, i: int) -> bool:
        """A report opens with the line; in a narrow column its dateline may run into the next."""
        if find_dateline(text, *self.lines[i].span) is not None or self._calls(i):
            return True
        bare = self.texts[i]
        if (
            len(bare) > NARROW
            or bare[0] not in "本新据中人【[（(〔"
            or i + 1 == len(self.lines)
            or self.lines[i + 1].blanks
        ):
            return False
        joined = bare + self.texts[i + 1][:40]
        found = find_dateline(joined, 0, len(joined))
        return found is not None and found[1] > len(bare)

    def _calls(self, i: int) -> bool:
        head = self.texts[i][:40]
        return "报道" in head and is_role(head, "call")

    def _signs(self, i: int) -> bool:
        text = self.texts[i]
        if len(text) > 90 or (text[0] in "（(" and i and not self.lines[i].blanks and not self.sunk(i)):
            return False
        return text[0] in "（(■□●◆◇▲★☆○◎【本新特通记作实见文评撰首全融" and is_byline(text)

    def _style(self) -> bool:
        """True where paragraphs open with an indent."""
        deep = sum(1 for line, column in zip(self.lines, self.columns, strict=True) if line.indent - column.edge >= 3)
        return deep >= 2 and deep * 12 >= len(self.lines)

    def _spaced(self) -> bool:
        """True where paragraphs are parted by empty lines and by nothing else."""
        parted = plain = 0
        for i in range(1, len(self.lines)):
            if self.ends(i - 1):
                if self.lines[i].blanks:
                    parted += 1
                elif not self.nearly_full(i - 1) and not self.indented(i):
                    plain += 1
        return parted > 0 and plain * 4 <= parted

    def ends(self, i: int) -> bool:
        """The line closes a sentence, a reporter's credit behind it or not."""
        return self._ends[i]

    def indented(self, i: int) -> bool:
        return self.lines[i].indent - self.columns[i].edge >= 3

    def sunk(self, i: int) -> bool:
        """The line stands in the middle or on the right of its column."""
        return self.lines[i].indent - self.columns[i].edge >= _SUNK

    def full(self, i: int) -> bool:
        """The line fills its column, as far as the next line's first word allows."""
        width = self.columns[i].width
        if self.lines[i].size == self.columns[i].size:
            return True
        if not width:
            return False
        short = slack(width)
        if i + 1 < len(self.texts):
            word = _WORD.match(self.texts[i + 1])
            if word:
                short += min(word.end(), 16)
        return self.lines[i].width >= width - short

    def nearly_full(self, i: int) -> bool:
        return self.share(i) >= 0.8

    def share(self, i: int) -> float:
        """How much of its column the line fills; 0 where there is no column."""
        return self._shares[i]

    def credited(self, i: int) -> bool:
        """The line ends with a photographer's credit."""
        tail = self.texts[i][-12:]
        return tail[-1] in "摄影道图）)" and is_role(tail, "caption")

    def signed(self, i: int) -> bool:
        """The line is a reporter's name in brackets with a line of its own."""
        return self.texts[i][0] in "（(" and (self.lines[i].blanks > 0 or self.sunk(i)) and is_credit(self.texts[i])

    def headlike(self, i: int) -> bool:
        text = self.texts[i]
        if len(text) > LONGEST_HEAD or text[-1] in "，、,；;" or self.rows[i] or i in self.pairs:
            return False
        if i in self.apart:
            return False
        if text[-1] in "：:":
            return is_role(text[:-1], "place") or self._kicks(i)
        if text[-1] in "！？!?":
            return len(text) <= LONGEST_CRY and not _INNER.search(text[:-1]) and self.stands(i)
        return not self.ends(i) and not _SOFT.search(text[-1]) and not _INNER.search(text)

    def _kicks(self, i: int) -> bool:
        """A short line with a colon that stands apart over a headline: 河口三镇："""
        text = self.texts[i][:-1]
        over = i + 1 < len(self.lines) and not self.lines[i + 1].blanks and not self.indented(i + 1)
        apart = i == 0 or self.lines[i].blanks > 0
        short = 2 <= len(text) <= LONGEST_KICKER and all("\u4e00" <= c <= "\u9fff" for c in text)
        return short and over and apart and not self.opens[i + 1] and self.headlike(i + 1)

    def names_item(self, i: int) -> bool:
        """The line is the headline of a notice, a list of prices, a box or briefs."""
        text = "".join(self.texts[i].split())
        return len(text) <= LONGEST_CRY and self.headlike(i) and any(is_role(text, role) for role in _ITEMS)

    def stands(self, i: int) -> bool:
        """The line has a paragraph's end before it and a report or an empty line behind it."""
        above = i == 0 or self.lines[i].blanks > 0 or self.ends(i - 1)
        below = i + 1 == len(self.lines) or self.opens[i + 1] or self.lines[i + 1].blanks > 0
        return above and below

    def captions(self, i: int) -> bool:
        """The line is a photographer's credit and no more."""
        text = self.texts[i]
        return len(text) <= 24 and self.credited(i) and not _PAUSE.search(text) and "图为" not in text


def split_paragraphs(flow: Flow) -> list[range]:
    """Line ranges that cover the flow, a paragraph (or a line of a headline) each."""
    ranges: list[range] = []
    start = 0
    for i in range(1, len(flow.lines) + 1):
        if i == len(flow.lines) or not _joins(flow, start, i):
            ranges.append(range(start, i))
            start = i
    return ranges


def _joins(flow: Flow, start: int, b: int) -> bool:
    """Line `b` goes on with the paragraph that began at line `start`."""
    a = b - 1
    line, text = flow.lines[b], flow.texts[b]
    before = flow.texts[a]
    if a in flow.table or b in flow.table or a in flow.pairs or b in flow.pairs:
        return False
    if a in flow.apart or b in flow.apart:
        return False
    if line.glued or flow.opens[b] or flow.bylines[b] or flow.bylines[a] or flow.credited(a) or flow.signed(b):
        return False
    if flow.sunk(a) and (line.blanks or not flow.sunk(b)) and flow.headlike(a):
        return False  # a signature or a centred heading
    if start == a and not flow.indented(a) and flow.names_item(a):
        return False
    if _CLOSER.match(text) or (flow.captions(b) and not flow.headlike(a)):
        return True
    if flow.rows[a] and flow.rows[b]:
        return False
    opened = a > start or flow.opens[start] or _INNER.search(before) is not None
    if flow.ends(a):
        return _joins_sentence(flow, start, a, b)
    if _SOFT.search(before[-1]) and not (before[-1] in "；;" and (flow.indented(b) or not flow.full(a))):
        return not flow.indented(b) or flow.full(a)
    if flow.indented(b):
        return False
    if start == a and flow.opens[a]:
        return not _heads(flow, b)
    if line.blanks:
        return _joins_over_blank(flow, start, a, opened)
    if is_role(text[:16], "list") and not flow.full(a):
        return False
    if before[-1] in "：:" and not flow.full(a):
        return False
    if not flow.share(a):
        longer = line.width * 4 > flow.lines[a].width * 5
        plain = flow.headlike(a) and not any(_PAUSE.search(flow.texts[i]) for i in range(max(start, b - 3), b))
        if plain and (longer or flow.headlike(b) or text[-1] in "：:"):
            return False
        return not longer or (opened and not flow.headlike(a))
    if opened:
        return flow.share(a) >= 0.5 or not flow.headlike(a)
    return flow.share(a) >= 0.75


def _joins_sentence(flow: Flow, start: int, a: int, b: int) -> bool:
    """A full line that ends a sentence: the next goes on unless it opens a paragraph."""
    if flow.indented(b):
        return False
    if flow.indented(start) and not flow.lines[b].blanks and flow.lines[b].width <= flow.lines[a].width + SPARE:
        if 0 < flow.share(a) < _SHORT and flow.headlike(b):
            return False  # a line that breaks off ends its paragraph
        return not _heads(flow, b)  # where paragraphs open with an indent, a line without one opens none
    if is_role(flow.texts[b][:16], "list") or is_role(flow.texts[b][:16], "lead"):
        return False
    if not flow.full(a) and not ((flow.spaced_style or flow.indented_style) and flow.nearly_full(a)):
        return False
    if flow.lines[b].blanks or flow.lines[a].page != flow.lines[b].page:
        return flow.indented_style and not _heads(flow, b)
    return not _heads(flow, b)


def _heads(flow: Flow, b: int) -> bool:
    """Line `b` is a headline or sub-heading, or the first line of one: nothing goes on with it."""
    if flow.lines[b].blanks and flow.names_item(b):
        return True
    for line in range(b, min(b + _HEADS, len(flow.lines))):
        if not flow.headlike(line):
            return False
        c = line + 1
        if c >= len(flow.lines) or flow.opens[c] or flow.bylines[c]:
            return True
        if flow.full(line) and not flow.indented(c):
            return False
        if flow.indented(c) or flow.lines[c].blanks > 0:
            return True
        if not flow.lines[b].blanks:
            return False  # only an empty line sets several lines of a headline apart from the text before
    return False


def _joins_over_blank(flow: Flow, start: int, a: int, opened: bool) -> bool:
    """An open sentence before an empty line: a column break, unless the line is a heading."""
    apart = flow.lines[a].page != flow.lines[a + 1].page
    if not flow.share(a) and not apart:
        return False
    inner = opened and any(_INNER.search(flow.texts[i]) for i in range(max(start, a - 9), a + 1))
    body = inner or flow.opens[start]
    if body and apart:
        return True
    if body:
        return flow.share(a) >= 0.75
    if a - start >= _ORPHAN:
        return flow.full(a)
    if flow.indented_style and flow.indented(start):
        return flow.full(a)
    return a > start and flow.full(a)
