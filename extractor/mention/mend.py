"""Numerals that OCR broke (l2O亩, 3 . 16万亩), mended where a unit stands beside them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

import regex

from extractor.lexicon.table import Row, read_table
from extractor.mention.number import SCALE
from extractor.mention.numeral import parse_numeral
from extractor.mention.range import CONNECT
from extractor.mention.unit import Unit, UnitIndex, load_units
from extractor.model import Article, Mend, Quantity
from extractor.text import BodySpan, MappedText

MARKS = ".,．，"
FULL = 0xFEE0  # from ASCII to full width
LONGEST = 20  # characters of a numeral
STRONG = frozenset(("money", "ratio"))
STRONG_SIZES = frozenset(("area", "mass"))
HOUSEHOLDS = frozenset("户")
ENDS = "\n。；：！？;:）)】"  # what a list's mark stands behind
_SCALE = regex.compile(rf"[余多]?{SCALE.pattern}[余多]?\s?")
_HAN = "一二三四五六七八九〇零百千"
_NOUGHT = re.compile(rf"(?<![0-9A-Za-z{_HAN}])[{_HAN}]+[OoＯ0][{_HAN}OoＯ0]*+(?![0-9A-Za-z.])")
_NOUGHTS = dict.fromkeys(map(ord, "OoＯ0"), "〇")
_TORN = re.compile(r"[0-9A-Za-z] ?[.．,，] ?\Z")  # a number's first half
_SPLIT = re.compile(
    r"(?<![0-9A-Za-z.,．，])(?P<a>[0-9]{1,6}) ?(?P<mark>[.．,，]) ?(?P<b>[0-9]{1,4})(?![0-9A-Za-z.,．，])"
)


@dataclass(frozen=True, slots=True)
class MendIndex:
    """`hint` finds a digit beside a character that may be one, `numeral` a numeral of both."""

    hint: re.Pattern[str]
    numeral: regex.Pattern[str]
    characters: frozenset[str]
    digits: dict[int, str]
    strong: frozenset[str]
    names: frozenset[str]
    behind: tuple[str, ...]


@lru_cache(maxsize=4)
def load_mends(overlay: Path | None = None) -> MendIndex:
    """The tables of characters and of names."""
    rows = [twin for row in read_table("numeral_mend.tsv", overlay) for twin in _twins(row)]
    guards = read_table("numeral_mend_guard.tsv", overlay)
    odd = "".join(regex.escape(row["surface"]) for row in rows) or r"\0"
    digit = "0-9０-９"
    one = f"[{digit}{odd}]"
    wide = {code: chr(code - FULL) for code in (*range(0xFF10, 0xFF1A), 0xFF0E, 0xFF0C)}
    return MendIndex(
        re.compile(rf"[{digit}][.．]?[{odd}]|[{odd}][.．]?[{digit}]"),
        regex.compile(rf"{one}++(?:[,，]{one}{{3}})*+(?:[.．]{one}++)?"),
        frozenset("".join(row["surface"] for row in rows) + "0123456789０１２３４５６７８９" + MARKS),
        {**wide, **{ord(row["surface"]): row["digit"] for row in rows}},
        frozenset(row["surface"] for row in rows if row["place"] == "strong"),
        frozenset(row["surface"] for row in guards if row["place"] == "name"),
        tuple(row["surface"] for row in guards if row["place"] == "behind"),
    )


def _twins(row: Row) -> list[Row]:
    """The row, and that of the full-width form."""
    surface = row["surface"]
    return [row, {**row, "surface": chr(ord(surface) + FULL)}] if surface.isascii() else [row]


def mend_numerals(article: Article, overlay: Path | None = None) -> Article:
    """The article with its broken numerals mended: `mends` tells which."""
    mends = find_mends(article.text, overlay)
    if not mends:
        return article
    text = MappedText(_mend(article.text.text, mends), article.text.runs)
    return replace(article, text=text, mends=tuple(mends))


def find_mends(mapped: MappedText, overlay: Path | None = None) -> list[Mend]:
    """The broken numerals of an unwrapped text, ascending."""
    text = mapped.text
    return sorted([*_find_misread(text, overlay), *_find_noughts(text, overlay), *_find_parted(mapped, overlay)])


def _mend(text: str, mends: Sequence[Mend]) -> str:
    parts: list[str] = []
    at = 0
    for mend in mends:
        parts += (text[at : mend.span.start], mend.text)
        at = mend.span.end
    return "".join((*parts, text[at:]))


def mark_mended(quantities: list[Quantity], text: str, mends: Sequence[Mend]) -> list[Quantity]:
    """The quantities, those of mended numerals with what they were read as. `text` is the mended one."""
    return [_mark(quantity, text, mends) for quantity in quantities] if mends else quantities


def _mark(quantity: Quantity, text: str, mends: Sequence[Mend]) -> Quantity:
    start, end = quantity.span
    parts: list[str] = []
    at = start
    for mend in mends:
        if start <= mend.span.start and mend.span.end <= end:
            parts += (text[at : mend.span.start], mend.reading)
            at = mend.span.end
    if not parts:
        return quantity
    read = "".join((*parts, text[at:end]))
    return replace(quantity, text=read, as_read=read)


def _find_misread(text: str, overlay: Path | None) -> list[Mend]:
    index, out, at = load_mends(overlay), list[Mend](), 0
    while (hint := index.hint.search(text, at)) is not None:
        start = hint.start()
        while start > max(at, hint.start() - LONGEST) and text[start - 1] in index.characters:
            start -= 1
        while text[start] in MARKS:
            start += 1
        match = index.numeral.match(text, start)
        if match is None or match.end() <= hint.start():  # a mark parts it from what stands before
            match = index.numeral.match(text, hint.start())
            assert match is not None  # the hint begins with one of its characters
        at = match.end()
        reading = match[0].translate(index.digits)
        if _is_numeral(text, match, reading, index) and _has_unit(text, match, index, load_units(overlay)):
            out.append(Mend(BodySpan(*match.span()), reading, reading))
    return out


def _find_noughts(text: str, overlay: Path | None) -> list[Mend]:
    """Noughts of Chinese numerals that came as letters or figures: 一二O亩, 三百0五户."""
    index, units, out = load_mends(overlay), load_units(overlay), list[Mend]()
    for match in _NOUGHT.finditer(text):
        reading = match[0].translate(_NOUGHTS)
        if parse_numeral(reading) is not None and _has_unit(text, match, index, units):
            out.append(Mend(BodySpan(*match.span()), reading, reading))
    return out


def _is_numeral(text: str, match: regex.Match[str], reading: str, index: MendIndex) -> bool:
    """Whether it may be one at all: apart from letters and codes, no name, no zero in front."""
    start, end = match.span()
    if end - start > LONGEST or match[0] in index.names or (reading[0] == "0" and reading[1:2] != "."):
        return False
    if _TORN.search(text, max(0, start - 4), start):
        return False
    before, behind = text[start - 1 : start], text[end : end + 1]
    return not any(c.isascii() and (c.isalnum() or c in "-_/.+") for c in (before, behind) if c)


def _has_unit(text: str, match: regex.Match[str] | re.Match[str], index: MendIndex, units: UnitIndex) -> bool:
    """A unit behind it, or behind the other number of a range (3O至5O户)."""
    at = _skip_scale(text, match.end())
    if (joined := CONNECT.match(text, at)) and (other := index.numeral.match(text, joined.end())):
        at = _skip_scale(text, other.end())
    if text.startswith(index.behind, at):
        return False
    found = units.match(text, at)
    if found is None or "weak" in found[0].flags:
        return False
    return _is_strong(found[0]) or not index.strong.intersection(match[0])


def _skip_scale(text: str, at: int) -> int:
    """Behind 万, 余, 万余: where the unit of a numeral that ends at `at` begins."""
    match = _SCALE.match(text, at)
    return match.end() if match else at


def _is_strong(unit: Unit) -> bool:
    sized = unit.kind == "measure" and unit.dimension in STRONG_SIZES
    return unit.kind in STRONG or sized or "person" in unit.flags or unit.surface in HOUSEHOLDS


def _find_parted(mapped: MappedText, overlay: Path | None) -> list[Mend]:
    """3 . 16万亩 and 1 , 250公斤: a point or comma that the layout parted from its digits."""
    text, out = mapped.text, list[Mend]()
    units = load_units(overlay)
    for match in _SPLIT.finditer(text):
        if not _is_parted(mapped, match):
            continue
        grouped = match["mark"] in ",，"
        if grouped and (len(match["b"]) != 3 or len(match["a"]) > 3):
            continue
        found = units.match(text, _skip_scale(text, match.end()))
        if found is None or "weak" in found[0].flags:
            continue
        reading = match["a"] + match["b"] if grouped else f"{match['a']}.{match['b']}"
        size = match.end() - match.start() - len(reading)
        filler = ("." + "0" * (size - 1)) if grouped else "0" * size
        out.append(Mend(BodySpan(*match.span()), reading + filler, reading))
    return out


def _is_parted(mapped: MappedText, match: re.Match[str]) -> bool:
    """A blank before the mark, or one behind a point that does not mark a list's item."""
    text, mark = mapped.text, match.start("mark")
    if match.end("a") < mark or _stands_apart(mapped, mark):
        return match.start("b") > mark + 1 or match.end("a") < mark
    listed = not text[: match.start()].strip(" ") or text[match.start() - 1] in ENDS
    return match["mark"] in ".．" and match.start("b") > mark + 1 and not listed


def _stands_apart(mapped: MappedText, at: int) -> bool:
    """Whether blanks of the source, which the text dropped, stand before the character."""
    before, here = mapped.to_source(BodySpan(at - 1, at)), mapped.to_source(BodySpan(at, at + 1))
    return here.start != before.end
