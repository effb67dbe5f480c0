"""Quantities of a form of their own: fractions, halves, doublings, 若干, Roman degrees."""

from __future__ import annotations

from decimal import Decimal

import regex

from extractor.mention.number import CJK_NUMBER, Draft, Reader
from extractor.mention.numeral import ARABIC, NUMERAL, Interval, parse_interval, parse_numeral
from extractor.mention.qualified import finish_quantity
from extractor.mention.range import CONNECT
from extractor.mention.unit import Unit
from extractor.mention.united import takes_tail
from extractor.model import Bounds, Quantity
from extractor.text import BodySpan

FRACTION = regex.compile(rf"(?P<b>百|千|仟|佰|万|{NUMERAL})分之(?P<a>(?:{ARABIC}|[{CJK_NUMBER}点])+|几)")
SLASH = regex.compile(r"(?P<a>[0-9０-９]{1,2})[/／](?P<b>[0-9０-９]{1,3})(?![0-9０-９/／年月日.．])")
_PLAIN = regex.compile(rf"[{CJK_NUMBER}点]+(?=[，。；、的]|$)")
_DOUBLING = regex.compile(
    r"翻了?(?P<before>近|将近|接近|约|大约|超过?|不止)?(?:(?P<n>[一二两三四五六0-9０-９])番|番)"
    r"(?P<after>还?多|有余|以上|左右)?(?![少次种项元])"
)
_HALF = regex.compile(r"(?P<over>过|大|多|近|超)?(?:半数|一半|半(?![0-9一-龥]))|过半|超半数")
ROMAN = {c: str(i) for i, c in enumerate("ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ", 1)}


_NO_MORE = frozenset("于次少种个为是数")  # 一半多为, 一半多于


def read_fixed(reader: Reader, start: int, limit: int, floor: int = 0) -> Quantity | None:
    text = reader.text
    doubling = _DOUBLING.match(text, start, limit)
    if doubling:
        count = parse_numeral(doubling["n"]) if doubling["n"] else Decimal(1)
        value = Decimal(2) ** int(count or 1)
        span = BodySpan(start, doubling.end())
        bounds = _doubling_bounds(reader, value, doubling["before"], doubling["after"])
        return Quantity(span, doubling[0], "ratio", bounds, "times", None, "quantity.doubling", "番")
    half = _HALF.match(text, start, limit)
    if half is None:
        return None
    fifty = Decimal(50)
    unit = Unit("半", "ratio", "%", Decimal(1))
    if half[0] in ("过半", "超半数", "过半数", "大半", "多半"):
        if half[0] == "多半":
            return None
        end = half.end()
        return Quantity(
            BodySpan(start, end),
            half[0],
            "ratio",
            Bounds(fifty, fifty, None, "more_than"),
            "%",
            None,
            "quantity.half",
            "半",
        )
    if half[0] == "半":
        return None
    end, inner = half.end(), None
    if text[end : end + 1] == "多" and end < limit and text[end + 1 : end + 2] not in _NO_MORE:  # 一半多的社员
        end, inner = end + 1, reader.qualifiers.inner.get("多")
    return finish_quantity(reader, Draft(start, end, Interval(fifty, fifty), inner, unit, rule="quantity.half"), floor)


def _doubling_bounds(reader: Reader, value: Decimal, before: str | None, after: str | None) -> Bounds:
    """翻了近一番, 翻一番以上; 多 and 有余 leave less than one time more."""
    known = reader.qualifiers.after.get(after or "") or reader.qualifiers.before.get(before or "" if not after else "")
    if after and known is None:
        return Bounds(value, value, value + 1, "more_than")
    modifier = known.modifier if known is not None else "exact"
    low = value if modifier in ("exact", "more_than", "equal_or_more") else None
    high = value if modifier in ("exact", "less_than") else None
    return Bounds(value, low, high, modifier)


_USED = frozenset("了近约仅用达足")


def text_before(reader: Reader, start: int) -> str:
    """The character before `start`, empty at the beginning."""
    return reader.text[start - 1 : start] if start else ""


def read_half(reader: Reader, start: int, limit: int, floor: int) -> Quantity | None:
    """半斤, 半小时, 半公升, 半倍."""
    at = start + 1
    if reader.text.startswith("个", at) and reader.units.after.get("个" + reader.text[at + 1 : at + 2]):
        matched = reader.units.match(reader.text, at)
    else:
        matched = reader.units.match(reader.text, at) if at < limit else None
    if matched is None or matched[1] > limit:
        return None
    unit, end = matched
    if unit.kind not in ("measure",) and unit.surface != "倍":
        return None
    half = Interval(Decimal("0.5"), Decimal("0.5"))
    inner = None
    if (
        unit.surface in ("年", "天", "日")
        and reader.text[end : end + 1] not in ("多", "余")
        and text_before(reader, start) not in _USED
    ):
        return None  # 半年举办一次: how often, not how long
    if reader.text[end : end + 1] in ("多", "余") and end < limit:
        inner, end = reader.qualifiers.inner[reader.text[end]], end + 1
        if reader.text.startswith("一点", end):
            end += 2
    return finish_quantity(reader, Draft(start, end, half, inner, unit), floor)


def read_some(reader: Reader, start: int, limit: int, floor: int) -> Quantity | None:
    matched = reader.units.match(reader.text, start + 2) if start + 2 < limit else None
    if matched is None or matched[0].kind != "count" or {"weak", "division"} & matched[0].flags:
        return None
    unit, end = matched
    text = reader.text[start:end]
    return Quantity(
        BodySpan(start, end),
        text,
        "count",
        Bounds(None, None, None, "approx"),
        unit.unit,
        None,
        "quantity.some",
        unit.surface,
    )


def read_fraction(reader: Reader, match: regex.Match[str], floor: int) -> Quantity | None:
    below = {"百": "%", "佰": "%", "千": "‰", "仟": "‰", "万": "‱"}.get(match["b"])
    top = parse_interval(match["a"])
    end = match.end()
    if top is None:
        surface = match["a"]
        if below == "%" and surface == "百":
            top = Interval(Decimal(100), Decimal(100))
        else:
            return None
    if below is None:
        bottom = parse_numeral(match["b"])
        if not bottom or top.low > bottom or bottom == 1:
            return None
        below = "%"
        quotient = [(100 * side / bottom).quantize(Decimal("0.01")) for side in (top.low, top.high)]
        top = Interval(quotient[0], quotient[1], top.vague)
    inner = None
    if end < len(reader.text) and reader.text[end] in ("多", "余") and takes_tail(reader.text, end):
        inner, end = reader.qualifiers.inner[reader.text[end]], end + 1
    unit = Unit(below, "ratio", below, Decimal(1))
    ranged = top.low != top.high
    rule = "quantity.fraction"
    connect = CONNECT.match(reader.text, end)
    if connect and not ranged and inner is None:
        other = FRACTION.match(reader.text, connect.end())
        second = parse_interval(other["a"]) if other and other["b"] == match["b"] else None
        plain = None if other else _PLAIN.match(reader.text, connect.end())
        if plain and match["b"] in "百佰" and (bare := parse_interval(plain[0])) is not None:
            other, second = plain, bare  # 百分之十到十五
        if other and second and match["b"] in "百佰千仟万" and second.low > top.low:
            top, end, ranged = Interval(top.low, second.low), other.end(), True
    return finish_quantity(reader, Draft(match.start(), end, top, inner, unit, ranged and not top.vague, rule), floor)


def read_roman(reader: Reader, start: int) -> Quantity | None:
    end = start + 1
    if not reader.text.startswith(("度", "级"), end):
        return None
    value = Decimal(ROMAN[reader.text[start]])
    unit = Unit(reader.text[end], "measure", reader.text[end], Decimal(1), "other")
    return finish_quantity(reader, Draft(start, end + 1, Interval(value, value), None, unit), start)
