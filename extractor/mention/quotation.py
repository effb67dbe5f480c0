"""Quotations of a text: matched pairs of quotation and book marks, nested ones included.

Marks may be unbalanced (print, OCR): a closing mark without its opening one is passed over, an opening mark without its
closing one is forgotten at the line feed. A quotation never crosses a line feed.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from extractor.text import BodySpan

MAX_LENGTH = 500  # longer pairs are two marks that do not belong together
MAX_NAME = 30
MARKS = "“”‘’\"'《》〈〉「」『』"

_PAIRS = {
    "“": ("”", "double"),
    "‘": ("’", "single"),
    "《": ("》", "title"),
    "〈": ("〉", "inner_title"),
    "「": ("」", "corner"),
    "『": ("』", "inner_corner"),
}
_CLOSERS = {close: open_ for open_, (close, _) in _PAIRS.items()}
_STRAIGHT = '"'


class Quotation(NamedTuple):
    """`span` covers the marks, `inner` what stands between them; `depth` counts the quotations around it.
    `kind`: double, single, corner, inner_corner, straight, title, inner_title."""

    span: BodySpan
    inner: BodySpan
    kind: str
    depth: int

    @property
    def is_title(self) -> bool:
        return self.kind in ("title", "inner_title")


@lru_cache(maxsize=1)
def _mark_pattern() -> re.Pattern[str]:
    return re.compile('[“”‘’《》〈〉「」『』"\n]')


def find_quotations(text: str) -> list[Quotation]:
    """Quotations in the order of their opening marks, outer before inner."""
    found: list[tuple[int, int, str]] = []
    stack: list[tuple[str, int]] = []
    opened: dict[str, int] = {}

    def close(mark: str, end: int) -> None:
        # opening marks above the matching one never found their partner
        while stack:
            top, start = stack.pop()
            opened[top] -= 1
            if top == mark:
                if start + 1 < end <= start + 1 + MAX_LENGTH:
                    found.append((start, end + 1, top))
                return

    for match in _mark_pattern().finditer(text):
        mark, at = match.group(), match.start()
        if mark == "\n":
            stack.clear()
            opened.clear()
        elif mark in _PAIRS or (mark == _STRAIGHT and not opened.get(mark)):
            stack.append((mark, at))
            opened[mark] = opened.get(mark, 0) + 1
        else:
            open_ = _CLOSERS.get(mark, mark)
            if opened.get(open_):
                close(open_, at)
    return _nest(found)


def _nest(found: list[tuple[int, int, str]]) -> list[Quotation]:
    found.sort(key=lambda item: item[0])
    out: list[Quotation] = []
    ends: list[int] = []
    for start, end, mark in found:
        while ends and ends[-1] <= start:
            ends.pop()
        kind = "straight" if mark == _STRAIGHT else _PAIRS[mark][1]
        out.append(Quotation(BodySpan(start, end), BodySpan(start + 1, end - 1), kind, len(ends)))
        ends.append(end)
    return out


@lru_cache(maxsize=1)
def _speech_before() -> re.Pattern[str]:
    return re.compile(r"(?:[：:]|(?:说|说道|表示|感叹|感慨|坦言|回忆|告诉记者|算账)[，,]?)\Z")


@lru_cache(maxsize=1)
def _sentence_inside() -> re.Pattern[str]:
    return re.compile(r"[。！？；!?;…\n]|[，,：:]\Z")


@lru_cache(maxsize=1)
def _figure() -> re.Pattern[str]:
    """A figure of money, measure or share with its unit. A round numeral alone (千亿斤) is part of a name."""
    number = (
        r"(?:\d[\d,.，．０-９]*|[０-９][０-９．]*|"
        r"[一二两三四五六七八九][一二两三四五六七八九零〇十百千万亿点]+)"
    )
    scale = r"[余多来几]?[十百千]?[万亿]?[余多]?"
    unit = (
        r"(?:元|块钱|美元|港元|人民币|%|％|‰|个百分点|[成倍](?!长|了|为|功|员|立|果|效)|亩|公顷|平方米|平方公里|平米|立方米|方米|"
        r"公里|千米|厘米|毫米|米(?![字线])|公斤|千克|[市]?斤|吨|担|升(?!级)|千瓦|瓦)"
    )
    share = r"百分之(?!百)[一二两三四五六七八九十百零点\d]+"
    return re.compile(rf"(?<![\d个]){number}{scale}{unit}|{share}")


@lru_cache(maxsize=1)
def _told() -> re.Pattern[str]:
    """What somebody tells of a thing done (就长了, 才挣了, 已经修好了): no name says so."""
    return re.compile(r"(?:[就才又已都]|已经|刚刚)[\u4e00-\u9fff]{1,3}了[\u4e00-\u9fff\d]")


def is_speech(text: str, quotation: Quotation) -> bool:
    """True where the words before the mark or the punctuation inside show that somebody speaks."""
    inner = quotation.inner
    if _sentence_inside().search(text, inner.start, inner.end):
        return True
    before = text[max(0, quotation.span.start - 6) : quotation.span.start]
    return bool(_speech_before().search(before)) and quotation.depth == 0


def find_name_spans(text: str, quotations: list[Quotation] | None = None) -> list[BodySpan]:
    """Inner spans of titles, names and slogans: stretches whose numerals (三会一课, 1+4+N, 678) are no quantities.

    Every 《》 title, and every quotation of at most 30 characters that is neither speech nor holds a figure with a unit
    of money, measure or share. The spans ascend and do not overlap.
    """
    out: list[BodySpan] = []
    covered = 0
    for quotation in find_quotations(text) if quotations is None else quotations:
        inner = quotation.inner
        if inner.start < covered:
            continue
        if quotation.is_title or _is_name(text, quotation):
            out.append(inner)
            covered = inner.end
    return out


def _is_name(text: str, quotation: Quotation) -> bool:
    inner = quotation.inner
    if inner.end - inner.start > MAX_NAME or is_speech(text, quotation):
        return False
    return not (_figure().search(text, inner.start, inner.end) or _told().search(text, inner.start, inner.end))
