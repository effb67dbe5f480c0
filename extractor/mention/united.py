"""A number with its unit: 元角分, classifiers, measures, ratios, numbers without a classifier."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import regex

from extractor.mention.compound import read_parts
from extractor.mention.number import SCALE, Draft, Number, Reader, read_number
from extractor.mention.numeral import DIGIT, LARGE, Interval, parse_interval, parse_numeral
from extractor.mention.unit import Unit
from extractor.mention.unit_sense import find_sense

_MINOR = regex.compile(
    rf"零?(?P<j>[0-9０-９]|[{''.join(DIGIT)}])(?:角|毛)(?:零?(?P<f>[0-9０-９]|[{''.join(DIGIT)}])分)?"
    rf"|零?(?P<g>[0-9０-９]|[{''.join(DIGIT)}])分"
)
_TENTHS = regex.compile(rf"([{''.join(DIGIT)}])分(?![之布析配工散别红享])")
_STRETCHED = regex.compile(r"个(?P<how>[多余半整来])(?P<noun>月|小时|星期|钟头|百分点|季度|学期|工作日)")
_TRAILING_MONEY = regex.compile(r"(?:整|正)|人民币")
_FORMAL = frozenset("贰叁肆伍陆柒捌玖佰仟")
_INDEFINITE = frozenset("一壹")


def read_unit(reader: Reader, number: Number, limit: int) -> Draft | None:
    text = reader.text
    at = number.end
    while at < limit and text[at] == " ":
        at += 1
    if at > number.end:  # 177.1 亿元
        scale = SCALE.match(text, at, limit)
        scaled = parse_interval(number.surface + scale[0]) if scale and scale[0] else None
        if scale is not None and scaled is not None:
            return read_unit(
                reader, replace(number, end=scale.end(), interval=scaled, surface=number.surface + scale[0]), limit
            )
    if text.startswith("摄氏", number.start - 2) and text[at : at + 1] in ("度", "°"):
        celsius = reader.units.after["摄氏度"]
        return Draft(number.start - 2, at + 1, number.interval, number.inner, celsius)
    stretched = _STRETCHED.match(text, at, limit)
    if stretched:
        return _read_stretched(reader, number, stretched)
    prefix = reader.units.match_before(text, _skip_blank_back(text, number.start))
    if prefix is not None and prefix[1] < reader.floor:
        prefix = None
    matched = reader.units.match(text, at) if at < limit else None
    if matched is not None and matched[1] > limit:
        matched = None
    if matched is None:
        if prefix is not None:
            return Draft(prefix[1], number.end, number.interval, number.inner, prefix[0], rule="quantity.prefix")
        return _read_shared(reader, number, limit) or _read_bare(reader, number, limit)
    unit, end = matched
    senses = reader.senses.get(unit.surface)
    sense = find_sense(senses, text, number.start, end) if senses else None
    unit = sense or unit
    if unit.position == "minor" and unit.scale < Decimal("0.1"):
        return None
    if unit.surface == "级" and _is_scale(text, number, end):  # 6.1级地震, 风力8级
        unit = replace(unit, kind="measure", unit="级", dimension="other", flags=frozenset())
    if unit.surface == "个":
        shared = _read_shared(reader, number, limit)
        if shared is not None:
            return shared
    if unit.kind == "count" and not _is_counted(reader, number, unit, end):
        return _read_bare(reader, number, limit)
    if (
        number.surface == "一"
        and number.inner is None
        and unit.kind == "measure"
        and not _is_single(reader, number, unit, end)
        and read_parts(reader, number.interval, unit.surface, (number.start, end), limit)[1] == end
    ):
        return None
    if unit.surface == "块" and unit.kind == "money" and sense is None and _is_piece(text, number.start, end):
        unit = replace(unit, kind="count", unit="块")
    if unit.kind == "ratio" and unit.surface == "成" and (number.interval.low > 10 or number.interval.low < 1):
        return None
    if "division" in unit.flags:  # 5镇, 近十万农户: the noun is the indicator, the unit is empty
        return Draft(number.start, number.end, number.interval, number.inner, unit)
    interval, inner = number.interval, number.inner
    start = number.start
    if prefix is not None and prefix[0].kind == unit.kind:
        start = prefix[1]
        if prefix[0].unit != unit.unit and unit.unit == "CNY":  # 港币两千元
            unit = replace(prefix[0], scale=unit.scale)
    if unit.kind == "money":
        interval, end = _read_minor(reader, interval, unit, end, limit)
        if unit.surface == "块" and end == matched[1]:
            interval, end = _read_spoken(text, interval, end, limit)
        trailing = _TRAILING_MONEY.match(text, end, limit)
        while trailing:
            end = trailing.end()
            trailing = _TRAILING_MONEY.match(text, end, limit)
    elif text[end : end + 1] == "半" and end < limit and not number.interval.vague:
        follow = reader.units.match(text, end + 1)
        if not (follow and follow[0].kind == "measure") and (unit.kind != "count" or _ends_clause(text, end + 1)):
            half = Decimal("0.5")
            interval, end = Interval(interval.low + half, interval.high + half), end + 1
    if unit.kind == "measure" and inner is None:
        interval, end = read_parts(reader, interval, unit.surface, (number.start, end), limit)
    if unit.surface == "亩" and (tenths := _TENTHS.match(text, end, limit)) and interval.low == int(interval.low):
        tenth = Decimal(DIGIT[tenths[1]]) / 10  # 三亩二分地
        interval, end = Interval(interval.low + tenth, interval.high + tenth), tenths.end()
    if unit.surface == "成" and text[end : end + 1] in DIGIT and end < limit:
        tenth = Decimal(DIGIT[text[end]]) / 10
        interval, end = Interval(interval.low + tenth, interval.high + tenth), end + 1
    if inner is None and text[end : end + 1] in ("多", "余") and end < limit and not interval.vague:
        after = reader.qualifiers.match_after(text, end)
        if after is None and (unit.kind in ("measure", "ratio", "money")) and takes_tail(text, end):
            inner, end = reader.qualifiers.inner.get(text[end]), end + 1
    return Draft(start, end, interval, inner, unit)


_SINGLE = frozenset("吨斤升亩克米里尺丈石担") | {
    "公斤",
    "公里",
    "公顷",
    "平方米",
    "立方米",
    "毫升",
    "毫米",
    "厘米",
    "千瓦",
    "公升",
}
_PIECES = frozenset("牌板地田砖石布表屏碑匾玻煤饼皂肉匾额璃")


_SCALE_BEFORE = regex.compile(r"(?:里氏|震级|地震|风力|阵风|大风|台风)[^，。；、！？]{0,6}$")
_SCALE_BEHIND = regex.compile(
    r"(?:左右|以上|以下|至|—|-|[0-9一二三四五六七八九十级])*(?:的)?(?:大风|台风|阵风|强?地震|偏?[东南西北]{1,2}风|海况|海浪)"
)


def _is_scale(text: str, number: Number, end: int) -> bool:
    """Whether 级 is a step of a physical scale (earthquakes, winds), not a rank or a storey."""
    if "." in number.surface or "．" in number.surface or "点" in number.surface:
        return True
    before = _SCALE_BEFORE.search(text, max(0, number.start - 10), number.start)
    return before is not None or _SCALE_BEHIND.match(text, end) is not None


def _is_single(reader: Reader, number: Number, unit: Unit, end: int) -> bool:
    """一吨, 一亩 measure; 一年, 一天, 一方 without a qualifier mostly do not."""
    if unit.surface in _SINGLE:
        return True
    return reader.qualifiers.match_before(reader.text, number.start) is not None or reader.text[end : end + 1] in (
        "多",
        "余",
        "半",
    )


def _is_piece(text: str, start: int, end: int) -> bool:
    """块 of things (警示牌67块, 67块展板), not of money."""
    behind = text[end : end + 1]
    return (start > 0 and text[start - 1] in _PIECES) or (
        bool(behind) and "一" <= behind <= "龥" and behind not in "钱多半左以上的一二两三四五六七八九角"
    )


def _read_stretched(reader: Reader, number: Number, match: regex.Match[str]) -> Draft | None:
    unit = reader.units.after.get("个" + match["noun"]) or reader.units.after.get(match["noun"])
    if unit is None:
        return None
    interval, inner = number.interval, number.inner
    if match["how"] == "半":
        interval = Interval(interval.low + Decimal("0.5"), interval.high + Decimal("0.5"))
    elif match["how"] in "多余来":
        inner = reader.qualifiers.inner[match["how"]]
    return Draft(number.start, match.end(), interval, inner, unit)


def _read_minor(reader: Reader, interval: Interval, unit: Unit, end: int, limit: int) -> tuple[Interval, int]:
    """角 and 分 behind 元 (or 分 behind 角) fold into the value."""
    if unit.unit != "CNY" or interval.low != interval.high:
        return interval, end
    match = _MINOR.match(reader.text, end, limit)
    if match is None or (unit.scale != 1 and match["j"]):
        return interval, end
    extra = Decimal(0)
    for group, worth in (("j", "0.1"), ("f", "0.01"), ("g", "0.01")):
        if match[group]:
            value = parse_numeral(match[group])
            extra += (value or Decimal(0)) * Decimal(worth)
    value = interval.low + extra / unit.scale
    return Interval(value, value), match.end()


def _read_spoken(text: str, interval: Interval, end: int, limit: int) -> tuple[Interval, int]:
    """三块五, 三块半: the digit behind 块 is of 角."""
    if end >= limit or not _ends_clause(text, end + 1) or interval.low != interval.high:
        return interval, end
    tenths = 5 if text[end] == "半" else DIGIT.get(text[end])
    if tenths is None:
        return interval, end
    value = interval.low + Decimal(tenths) / 10
    return Interval(value, value), end + 1 + text.startswith("钱", end + 1, limit)


def _ends_clause(text: str, at: int) -> bool:
    """Whether no word goes on there, but for 的 and words of place and bound (五头半的, 七棵半以上)."""
    following = text[at : at + 1]
    return not following.isalnum() or following in "的以左上，钱"


def _is_counted(reader: Reader, number: Number, unit: Unit, end: int) -> bool:
    """Whether numeral and classifier tell a count (not an indefinite 一, not a word's beginning)."""
    surface = number.surface
    arabic = surface[0].isdigit() and surface[0] not in DIGIT
    if surface in _INDEFINITE or (len(surface) == 1 and surface in _FORMAL):
        return False
    if surface in ("数", "几", "好几"):
        return "weak" not in unit.flags and "division" not in unit.flags
    if "division" in unit.flags:
        big = number.interval.low >= 10 or number.inner is not None
        return arabic or big
    if "weak" in unit.flags and not arabic:
        return number.interval.low >= 2 and (
            number.inner is not None
            or number.interval.low > 10
            or end == len(reader.text)
            or not reader.text[end].isalnum()
        )
    return not (surface.isdigit() and len(surface) > 2 and not arabic)


def _read_shared(reader: Reader, number: Number, limit: int) -> Draft | None:
    """15和50个百分点, 1.4个和0.6个百分点: the first number shares the unit of the second."""
    at = number.end + reader.text.startswith("个", number.end)
    if number.inner is not None or reader.text[at : at + 1] not in ("和", "与") or not number.surface[0].isdigit():
        return None
    second = read_number(reader, at + 1, limit)
    draft = read_unit(reader, second, limit) if second is not None and second.surface[0].isdigit() else None
    if (
        draft is None
        or draft.unit is None
        or draft.unit.kind == "count"
        or (at > number.end and draft.unit.unit != "pp")
    ):
        return None
    return Draft(number.start, at, number.interval, None, draft.unit, rule="quantity.shared_unit")


def _read_bare(reader: Reader, number: Number, limit: int) -> Draft | None:
    """A number that stands before its noun without a classifier: 17.36万农户, 近十万儿童."""
    text = reader.text
    end = number.end
    scaled = number.surface[-1] in LARGE or number.inner is not None
    if _is_surname(reader, number):
        return None
    vague = number.interval.vague and number.surface[-1] not in LARGE
    if not scaled or vague or number.interval.low < 10:
        return None
    while end < limit and text[end] == " ":
        end += 1
    following = text[end : end + 1]
    if (not following or not ("一" <= following <= "龥") or following in "的分年月日号点") and not (
        number.interval.low >= 10000
        and following in ("", "，", "。", "；", "、", "（", "(", "）", ")", "的", "左", "以")
    ):
        return None
    return Draft(number.start, number.end, number.interval, number.inner, None, rule="quantity.bare")


def _is_surname(reader: Reader, number: Number) -> bool:
    """万 or 陆万 without a unit and a qualifier: a person's name begins (记者万国强)."""
    if number.inner is not None or not (number.surface in LARGE or number.surface[0] in _FORMAL):
        return False
    return reader.qualifiers.match_before(reader.text, number.start) is None


def takes_tail(text: str, at: int) -> bool:
    """三年多, 一倍多: 多 behind the unit, not the first character of another word (多次, 多种, 余名)."""
    following = text[at + 1 : at + 2]
    return following not in (
        "次",
        "种",
        "个",
        "元",
        "名",
        "渠",
        "层",
        "项",
        "样",
        "少",
        "数",
        "方",
        "年",
        "人",
        "家",
        "地",
        "额",
        "款",
        "粮",
        "热",
    )


def _skip_blank_back(text: str, at: int) -> int:
    while at and text[at - 1] == " ":
        at -= 1
    return at
