"""Which time expression a quantity belongs to."""

from __future__ import annotations

from collections.abc import Sequence

import regex

from extractor.fact.chunk import Chunk, Mark
from extractor.model import Period, Sentence
from extractor.text import BodySpan


class PeriodTie:
    """A year at a sentence's head, the only time it names, goes on to the next ones of its paragraph, as long as they
    name none, begin no new item and have a noun or a place at their own head (一九六五年粮食总产…。皮棉总产…)."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.paragraph = -1
        self.year: Period | None = None

    def enter(self, sentence: Sentence, marks: Sequence[Mark]) -> None:
        """Begins a sentence."""
        start = sentence.span.start
        named = [m for m in marks if m.tag == "T" and isinstance(m.item, Period)]
        if sentence.paragraph != self.paragraph or named or _NEW_ITEM.match(self.text, start):
            self.year = None
        self.paragraph = sentence.paragraph
        if len(named) == 1 and not self.text[start : named[0].span.start].strip("　 到在，"):
            head = named[0].item
            self.year = head if isinstance(head, Period) and head.governs and _is_year(head) else None

    def resolve(self, chunks: Sequence[Chunk], index: int) -> Period | None:
        """The period of the quantity chunk at `index`."""
        own = tie_period(chunks, index)
        if own is not None:
            return own
        if chunks[0].tag not in ("NP", "L"):
            self.year = None
        return self.year


_NEW_ITEM = regex.compile(
    r"其?[一二三四五六七八九十]{1,2}(?:是|、|要)|[（(]?[一二三四五六七八九十0-9０-９]{1,2}[）)、.．]|同时|此外|另外|其次|再次|最后|据"
)


def spare_name(span: BodySpan, item: object, name: BodySpan) -> BodySpan:
    """What a clause with 以来 takes beside the program that it holds: 启动以来 of “清河”工程启动以来."""
    holds = isinstance(item, Period) and item.rule == "since_clause"
    return BodySpan(name.end, span.end) if holds and span.start <= name.start and name.end < span.end else span


def _is_year(period: Period) -> bool:
    """A whole year or years, told by number."""
    start, end = period.start_date, period.end_date
    whole = start is not None and end is not None and start.endswith("-01-01") and end.endswith("-12-31")
    return whole and period.text.rstrip("里内间中").endswith("年") and len(period.text) > 3


def tie_period(chunks: Sequence[Chunk], index: int) -> Period | None:
    """The nearest governing period before the quantity in its sentence, else one behind it in its clause."""
    recurrence: Period | None = None
    clause = chunks[index].clause
    for i in range(index - 1, -1, -1):
        chunk = chunks[i]
        period = chunk.item
        if _is_base(chunks, i, index):
            continue
        if chunk.tag != "T" or not isinstance(period, Period) or not period.governs:
            continue
        if period.rule == "recurrence":
            if chunk.clause == clause:
                recurrence = recurrence or period
            continue
        return recurrence if recurrence is not None and chunk.clause != clause else period
    if recurrence is not None:
        return recurrence
    for chunk in chunks[index + 1 :]:
        if chunk.clause != clause:
            break
        if chunk.tag == "T" and isinstance(chunk.item, Period) and chunk.item.governs:
            return chunk.item
    return None


_COMPARISONS = ("同比", "环比")


def find_base(chunks: Sequence[Chunk], index: int) -> tuple[int, int] | None:
    """What the figure is compared with, where its clause says so (比去年同期, 同比), as start and end in the text."""
    clause = chunks[index].clause
    for chunk in reversed(chunks[:index]):
        if chunk.clause != clause:
            break
        if chunk.tag == "T" and isinstance(chunk.item, Period) and not chunk.item.governs:
            return chunk.start, chunk.end
        if chunk.text.startswith(_COMPARISONS):
            return chunk.start, chunk.start + 2
    return None


def _is_base(chunks: Sequence[Chunk], i: int, index: int) -> bool:
    """Whether the period only dates another figure (由2013年的4200元增至): 的 and that figure stand behind it."""
    if i == 0 or chunks[i - 1].tag != "P" or chunks[i].tag != "T" or i + 2 == index or i + 2 >= len(chunks):
        return False
    return chunks[i + 1].tag == "U" and chunks[i + 2].tag == "Q"
