"""Article -> Sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractor.model import Article, Sentence
from extractor.text import BodySpan

_END = re.compile(r"[。！？!?][。！？!?”’」』）)】》\"']*")
_QUOTE = 40  # characters: a longer quotation is speech, whose sentences are sentences
_SLOGAN = 24  # characters: a shorter one with ！ or ？ names something (“我先行！”活动)
_GOES_ON = re.compile(r"[，、；：,;:的等和与及]")
_SPEAKS = "：:，,。！？"
_PAIRS = {"”": "“", "’": "‘", "」": "「", "』": "『", "》": "《", "）": "（", ")": "("}


def split_sentences(article: Article) -> list[Sentence]:
    """The sentences of all parts in text order; a headline or kicker is one."""
    text = article.text.text
    sentences: list[Sentence] = []
    for i, (part, span) in enumerate(article.parts):
        if part == "body":
            sentences += [Sentence(piece, i, part) for found in _split(text, span) for piece in _cut(text, found)]
        elif span.end > span.start:
            sentences.append(Sentence(span, i, part))
    return sentences


def _split(text: str, span: BodySpan) -> Iterator[BodySpan]:
    start = span.start
    for match in _END.finditer(text, span.start, span.end):
        if not _closes(text, start, match.start(), match.end(), span.end):
            continue
        found = _trim(text, start, match.end())
        if found:
            yield found
        start = match.end()
    found = _trim(text, start, span.end)
    if found:
        yield found


_LONGEST = 600  # characters: beyond, a list runs on without a full stop


def _cut(text: str, span: BodySpan) -> Iterator[BodySpan]:
    """A stretch too long for a sentence is cut at its semicolons or commas, so that no evidence and no cost runs on."""
    start = span.start
    while span.end - start > _LONGEST:
        limit = start + _LONGEST
        at = max(text.rfind(mark, start + 1, limit) for mark in "；;")
        if at < 0:
            at = max(text.rfind(mark, start + 1, limit) for mark in "，,、")
        end = at + 1 if at > 0 else limit
        found = _trim(text, start, end)
        if found:
            yield found
        start = end
    found = _trim(text, start, span.end)
    if found:
        yield found


def _trim(text: str, start: int, end: int) -> BodySpan | None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return BodySpan(start, end) if end > start else None


def _closes(text: str, start: int, mark: int, end: int, last: int) -> bool:
    """The marks at `mark` end a sentence: they do not stand within a name, a slogan or a short quotation."""
    follows = text[end : end + 1] if end < last else ""
    if text[mark] in "!?" and mark > start and follows.isascii() and follows.isalnum() and text[mark - 1].isascii():
        return False  # a link: index.php?id=3
    if follows and _GOES_ON.match(follows) and text[end - 1] not in "。！？!?":
        return False
    low = max(start, mark - _QUOTE)
    for close, opening in _PAIRS.items():
        begin = text.rfind(opening, low, mark)
        if begin < 0 or text.find(close, begin + 1, mark) >= 0:
            continue
        stop = text.find(close, mark, min(last, begin + _QUOTE + 1))
        if stop < 0:
            continue
        if stop >= end:
            return False
        if text[mark] != "。" and follows and stop - begin <= _SLOGAN:
            before = text[begin - 1] if begin > start else "："
            return before in _SPEAKS
        if opening in "（(《" and follows and text[end - 1] not in "。！？!?":
            return False
    return True
