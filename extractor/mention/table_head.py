"""Header cells of a table: what a column's figures are, in which unit and of which time."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from extractor.lexicon.table import read_table
from extractor.mention.period import find_periods
from extractor.mention.quantity import find_quantities
from extractor.model import Period, Published, Quantity
from extractor.text import BodySpan

_BRACKET = re.compile(r"[（(〔\[]\s*(?:单位\s*[:：]\s*)?([^（）()〔〕\[\]]{1,14})[）)〕\]]")
_BEHIND = re.compile(r"[,，/／:：]([^,，/／:：]{1,6})$")
_DECLARED = re.compile(r"(?:计量)?单\s*位\s*[:：]?\s*([^\s（）()；;。]{1,24})")
_TITLED = re.compile(r"[\u4e00-\u9fff][（(]([^（）()]{1,10})[）)]$")  # 工业总产值（万元）
_PER_CENT = re.compile(r"^(?:±|[+＋]/?[-－]|为)?\s*([%％‰])$")
_PER = re.compile(r"(\S+?)[/／每]([\u4e00-\u9fff]{1,3})")
_SIGN = re.compile(r"^[±+＋\-－/]+")
_SPLIT = re.compile(r"[、,，;；\s]+")
_PERCENT_END = re.compile(r"[%％]$")
_YEAR = re.compile(r"(?:1[89]|20)[0-9]{2}")
_COUNTED = re.compile(r"([\u4e00-\u9fff]{0,1}[^行对指系基倍分度总额组队社站厂店校区点单])数$")
_BLANKS = re.compile(r"\s+")
LONGEST_UNIT = 10
_UNIT_START = re.compile(r"[^\W\d_〇零一二三四五六七八九十两几数]|[℃㎡㎞㎏]")


@lru_cache(maxsize=4096)
def parse_figure(number: str, unit: str, overlay: Path | None = None) -> Quantity | None:
    """A number and the unit that a header gives, read as in running text (23.4, 万吨); None where they are none."""
    head, per = split_per(unit)
    text = number + head
    found = find_quantities(text, (), overlay)
    if len(found) != 1 or found[0].span != BodySpan(0, len(text)):
        return None
    return replace(found[0], per=per) if per else found[0]


def split_per(unit: str) -> tuple[str, str | None]:
    """A unit and what it is counted for.

    >>> split_per("公斤/亩"), split_per("公斤")
    (('公斤', '亩'), ('公斤', None))
    """
    match = _PER.fullmatch(unit)
    return (match[1], match[2]) if match else (unit, None)


@lru_cache(maxsize=2048)
def parse_unit(text: str, overlay: Path | None = None) -> str | None:
    """A unit as a header prints it (万元, ±%, 公斤/亩), None where it is none."""
    bare = _BLANKS.sub("", text)
    percent = _PER_CENT.match(bare)
    if percent:
        return percent[1]
    bare = _SIGN.sub("", bare)
    if not bare or len(bare) > LONGEST_UNIT or not _UNIT_START.match(bare):
        return None
    head, mark, _ = bare.partition("/")
    for unit in (bare, head) if mark and not split_per(bare)[1] else (bare,):
        if parse_figure("3", unit, overlay):
            return unit
    return None


def find_units(text: str, overlay: Path | None = None) -> list[str]:
    """The units that a line over a table declares: 单位：万元、%."""
    match = _DECLARED.search(text) or _TITLED.search(text)
    return [unit for part in _SPLIT.split(match[1]) if (unit := parse_unit(part, overlay))] if match else []


@lru_cache(maxsize=8)
def _roles(overlay: Path | None) -> dict[str, str]:
    return {row["head"]: row["role"] for row in read_table("table_head.tsv", overlay)}


@lru_cache(maxsize=8)
def _patterns(overlay: Path | None) -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((row["role"], re.compile(row["pattern"])) for row in read_table("table_pattern.tsv", overlay))


@lru_cache(maxsize=8)
def _guards(overlay: Path | None) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{row['pattern']})" for row in read_table("table_guard.tsv", overlay)) or "(?!)")


def is_guarded(text: str, overlay: Path | None = None) -> bool:
    """A header or caption of a table without facts: weather, exchange rates, timetables, directories."""
    return _guards(overlay).search(_BLANKS.sub("", text)) is not None


def parse_role(text: str, overlay: Path | None = None) -> str:
    """What a header cell is: unit, serial, indicator, entity, generic; empty for others."""
    return _roles(overlay).get(_bare(text), "")


def parse_pattern(text: str, overlay: Path | None = None) -> tuple[str, re.Match[str] | None]:
    """growth, share or rate of a header cell and the match; empty for others."""
    bare = _bare(text)
    for role, pattern in _patterns(overlay):
        if match := pattern.fullmatch(bare):
            return role, match
    return "", None


def _bare(text: str) -> str:
    return _BLANKS.sub("", _BRACKET.sub("", text))


@dataclass(frozen=True, slots=True)
class Head:
    """One cell of a header. `role`: of table_head.tsv, or growth, share, rate; `name`: the part that names a figure,
    None where it says only which value it is; `label`: the whole without unit and time; `verb` and `base`: of a
    growth; `counted`: the unit that its own word holds (户数); all spans in the article's text."""

    text: str
    role: str = ""
    unit: str | None = None
    period: Period | None = None
    name: BodySpan | None = None
    verb: BodySpan | None = None
    base: BodySpan | None = None
    counts: bool = False
    label: BodySpan | None = None
    counted: str | None = None


def parse_head(
    text: str, start: int, published: Published | None, overlay: Path | None = None, year: int | None = None
) -> Head:
    """A header cell that stands at `start` of its article. `year`: the caption's, for 全年, 12月."""
    bracket = next((m for m in _BRACKET.finditer(text) if parse_unit(m[1], overlay)), None)
    unit = parse_unit(bracket[1], overlay) if bracket else None
    stem_end = bracket.start() if bracket else len(text)
    stem = text[:stem_end].rstrip()
    if unit is None and (behind := _BEHIND.search(stem)) and (found := parse_unit(behind[1], overlay)):
        unit, stem = found, stem[: behind.start()]
    periods = find_year(stem, published) or find_periods(stem, published, year)
    period = next((p for p in periods if p.governs and p.rule != "recurrence"), None)
    rest_start, rest = _rest(stem, period)
    role = parse_role(rest, overlay)
    form, _ = parse_pattern(stem, overlay)
    if not form and rest:
        form, _ = parse_pattern(rest, overlay)
    if form == "growth":
        verb = re.search(r"增长|增减|增加|上升|提高|下降|减少|增幅|增速", stem)
        base = re.search(r"上年同期|去年同期|同期|上年末|上年|去年|上月|年初|同比|环比", stem)
        return Head(text, form, unit, None, None, _at(start, verb), _at(start, base))
    if form in ("share", "rate") and unit is None:
        unit = "%"
    if unit is None and _PERCENT_END.search(stem):
        unit = "%"
    counts, counted = False, None
    if unit is None and role != "generic" and rest.endswith("数"):
        match = _COUNTED.search(rest)
        counted = next((u for u in (match[1], match[1][-1]) if parse_unit(u, overlay)), None) if match else None
        counts = counted is None
    label = BodySpan(start + rest_start, start + rest_start + len(rest)) if rest else None
    name = label if role != "generic" and form != "share" else None
    return Head(text, role or form, unit, _shift(period, start), name, counts=counts, label=label, counted=counted)


def _rest(stem: str, period: Period | None) -> tuple[int, str]:
    """The header without its time."""
    if period is None:
        return 0, stem
    before, behind = stem[: period.span.start], stem[period.span.end :]
    if len(behind.strip()) >= len(before.strip()):
        bare = behind.lstrip("的 、，,")
        return len(stem) - len(bare), bare.rstrip()
    return 0, before.rstrip()


def find_year(text: str, published: Published | None) -> list[Period]:
    """A year alone as a header prints it: 2019."""
    if not _YEAR.fullmatch(text):
        return []
    return [
        Period(BodySpan(0, len(text)), text, p.start_date, p.end_date, "table.year")
        for p in find_periods(text + "年", published)[:1]
    ]


def parse_time(text: str, start: int, published: Published | None, year: int | None = None) -> Period | None:
    """The time that a row's cell at `start` of its article names: 1985, 1985年, 3月."""
    found = find_year(text, published) or [p for p in find_periods(text, published, year) if p.governs]
    return _shift(found[0], start) if found else None


def _shift(period: Period | None, start: int) -> Period | None:
    if period is None:
        return None
    span = BodySpan(period.span.start + start, period.span.end + start)
    return Period(span, period.text, period.start_date, period.end_date, period.rule, period.governs)


def _at(start: int, match: re.Match[str] | None) -> BodySpan | None:
    return BodySpan(start + match.start(), start + match.end()) if match else None
