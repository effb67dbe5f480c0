"""Quantities: a numeral, its qualifiers and its unit, read into value, bounds, modifier and kind."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import regex

from extractor.lexicon.table import read_table
from extractor.mention.numeral import (
    ARABIC,
    DIGIT,
    LARGE,
    NUMERAL,
    SMALL,
    TENS,
    Interval,
    parse_interval,
    parse_numeral,
    step_of,
)
from extractor.mention.qualifier import Qualifier, QualifierIndex, load_qualifiers
from extractor.mention.unit import Unit, UnitIndex, load_units
from extractor.model import Bounds, Quantity
from extractor.text import BodySpan

_CJK_NUMBER = "".join([*DIGIT, *SMALL, *LARGE, *TENS])
_RUN = regex.compile(rf"好?(?:{ARABIC}|[{_CJK_NUMBER}几数])++(?:点[{''.join(DIGIT)}]+[{''.join(SMALL)}{''.join(LARGE)}]*)?")
_TRIGGER = regex.compile(rf"[0-9０-９{_CJK_NUMBER}几数半翻过若ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ]")
_FRACTION = regex.compile(rf"(?P<b>百|千|仟|佰|万|{NUMERAL})分之(?P<a>(?:{ARABIC}|[{_CJK_NUMBER}点])+|几)")
_SLASH = regex.compile(r"(?P<a>[0-9０-９]{1,2})[/／](?P<b>[0-9０-９]{1,3})(?![0-9０-９/／年月日.．])")
_DOUBLING = regex.compile(r"翻了?(?:(?P<n>[一二两三四五六0-9０-９])番|番)")
_HALF = regex.compile(r"(?P<over>过|大|多|近|超)?(?:半数|一半|半(?![0-9一-龥]))|过半|超半数")
_CONNECT = regex.compile(r"\s*(?:[—–－\-]{1,2}|[~～]|至|到|一(?=[0-9０-９])|\s-\s)\s*")
_SCALE = regex.compile(rf"[{''.join(SMALL)}{''.join(LARGE)}]*")
_MINOR = regex.compile(rf"零?(?P<j>[0-9０-９]|[{''.join(DIGIT)}])(?:角|毛)(?:零?(?P<f>[0-9０-９]|[{''.join(DIGIT)}])分)?"
                       rf"|零?(?P<g>[0-9０-９]|[{''.join(DIGIT)}])分")
_STRETCHED = regex.compile(r"个(?P<how>[多余半整来])(?P<noun>月|小时|星期|钟头|百分点|季度|学期|工作日)")
_PER_BEFORE = regex.compile(r"(每(?:亩|户|人|公斤|吨|斤|平方米|公顷|公里|头|只|台|名|个|年|月|天|日|周|小时|度|立方米|村|所|次|件|株|棵))"
                            r"[^，。；、！？\n0-9０-９]{0,8}$")
_PER_AFTER = regex.compile(r"\s?[/／每](?P<per>[一-龥]{1,3}?|[A-Za-z]{1,4})(?=[，。；、！？\n）)—和及的以左，]|$)")
_TRAILING_MONEY = regex.compile(r"(?:整|正)|人民币")
_ROMAN = {c: str(i) for i, c in enumerate("ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ", 1)}
_COMPARE = regex.compile(r"[较比][^，。；\n]{0,24}$")
_FORMAL = frozenset("贰叁肆伍陆柒捌玖佰仟")
_INDEFINITE = frozenset("一壹")
_DURATIONS = frozenset(("年", "天", "日", "个月", "月", "小时", "周", "星期", "个星期"))


class Blocked(NamedTuple):
    """A stretch whose numerals are not read."""

    start: int
    end: int
    rule: str


@dataclass(frozen=True, slots=True)
class _Number:
    start: int
    end: int  # behind the numeral, its inner qualifier and scale
    interval: Interval
    inner: Qualifier | None
    surface: str


@dataclass(frozen=True, slots=True)
class _Draft:
    """A number with its unit, before the qualifiers outside."""

    start: int
    end: int
    interval: Interval
    inner: Qualifier | None
    unit: Unit | None
    spoken_range: bool = False
    rule: str = "quantity.unit"


class _Scanner:
    def __init__(self, text: str, units: UnitIndex, qualifiers: QualifierIndex, blocked: Sequence[Blocked]) -> None:
        self.text = text
        self.units = units
        self.qualifiers = qualifiers
        self.blocked = blocked
        self.floor = 0  # behind the last quantity

    def scan(self) -> list[Quantity]:
        out: list[Quantity] = []
        at, which = 0, 0
        text, blocked = self.text, self.blocked
        while True:
            match = _TRIGGER.search(text, at)
            if match is None:
                return out
            start = match.start()
            while which < len(blocked) and blocked[which].end <= start:
                which += 1
            if which < len(blocked) and blocked[which].start <= start:
                at = blocked[which].end
                continue
            limit = blocked[which].start if which < len(blocked) else len(text)
            found = self.read(start, limit, self.floor)
            if found is None:
                run = _RUN.match(text, start, limit)
                at = run.end() if run is not None and run.end() > start else start + 1
                continue
            out.append(found)
            at = self.floor = max(found.span.end, start + 1)

    def read(self, start: int, limit: int, floor: int) -> Quantity | None:
        """The quantity whose numeral begins at `start`, or None. Nothing before `floor` is taken in."""
        text = self.text
        first = text[start]
        if first in "翻过":
            return self._read_fixed(start, limit)
        if first in _ROMAN:
            return self._read_roman(start)
        fraction = _FRACTION.match(text, start, limit) or (first.isdigit() and _SLASH.match(text, start, limit)) or None
        if fraction:
            return self._read_fraction(fraction, floor)
        if first in "一半" or text.startswith("大半", start):
            fixed = self._read_fixed(start, limit, floor)
            if fixed is not None:
                return fixed
        if first == "半":
            return self._read_half(start, limit, floor)
        if text.startswith("若干", start):
            return self._read_some(start, limit, floor)
        number = self._read_number(start, limit)
        if number is None:
            return None
        draft = self._read_range(number, limit) or self._read_unit(number, limit)
        if draft is None:
            return None
        return self._finish(draft, floor)

    # numbers

    def _read_number(self, start: int, limit: int) -> _Number | None:
        text = self.text
        run = _RUN.match(text, start, limit)
        if run is None:
            return None
        end = run.end()
        if end - start > 60:
            return None
        for size in range(end, max(start, end - 6), -1):
            surface = text[start:size]
            if surface[-1] in "千仟" and self._begins_unit(start, size, limit):
                continue
            interval = parse_interval(surface)
            if interval is None:
                continue
            inner = self.qualifiers.inner.get(text[size : size + 1]) if size < limit else None
            if inner is not None and not interval.vague:
                tail = _SCALE.match(text, size + 1, limit)
                scale = tail[0] if tail else ""
                scaled = parse_interval(surface + scale) if scale else interval
                if scaled is not None and _takes_inner(interval, inner.surface, surface):
                    return _Number(start, size + 1 + len(scale), scaled, inner, surface + scale)
            return _Number(start, size, interval, None, surface)
        return None

    def _begins_unit(self, start: int, size: int, limit: int) -> bool:
        """Whether the 千 before `size` belongs to the unit: 三千瓦, 六百千瓦, 12千米, but 三千米."""
        matched = self.units.match(self.text, size - 1)
        if matched is None or matched[1] > limit or matched[1] <= size or size - start < 2:
            return False
        return matched[0].surface[:2] not in ("千米", "千克") or not self.text[size - 2].isalnum() or self.text[size - 2] not in DIGIT

    def _read_range(self, first: _Number, limit: int) -> _Draft | None:
        """3—5个, 三至五, 3到5万, 1万元--5万元, 一个至几个."""
        text = self.text
        if first.inner is not None:
            return None
        own = self.units.match(text, first.end) if first.end < limit else None
        for unit, at in ((None, first.end), *([own] if own else [])):
            connect = _CONNECT.match(text, at, limit)
            if connect is None or connect.end() >= limit:
                continue
            second = self._read_number(connect.end(), limit)
            if second is None or second.inner is not None:
                continue
            draft = self._read_unit(second, limit)
            if draft is None:
                continue
            if unit is not None and (draft.unit is None or unit.unit != draft.unit.unit or unit.kind != draft.unit.kind):
                continue
            low = first.interval.low * (1 if unit is None else unit.scale)
            low_end = text[connect.start() : connect.end()].strip()
            high_scale = draft.unit.scale if draft.unit else Decimal(1)
            if unit is not None and unit.kind == "money":  # 五元六角-五元七毛八分
                whole = self._read_unit(first, connect.start())
                low = whole.interval.low * (whole.unit.scale if whole and whole.unit else 1) if whole else low
            high = draft.interval.high * high_scale
            if unit is None:
                low = _inherit(first, second) * high_scale
            if low >= high or (draft.unit is None and low_end in ("到", "至")):
                continue
            plain = replace(draft.unit, scale=Decimal(1)) if draft.unit else None
            return _Draft(first.start, draft.end, Interval(low, high), None, plain, True, "quantity.range")
        if own is not None and own[0].kind == "money":
            whole = self._read_unit(first, limit)
            if whole is not None and whole.end > own[1]:
                connect = _CONNECT.match(text, whole.end, limit)
                second = self._read_number(connect.end(), limit) if connect else None
                other = self._read_unit(second, limit) if second else None
                if other and other.unit and whole.unit and other.unit.unit == whole.unit.unit:
                    low, high = whole.interval.low * whole.unit.scale, other.interval.high * other.unit.scale
                    if low < high:
                        plain = replace(whole.unit, scale=Decimal(1))
                        return _Draft(first.start, other.end, Interval(low, high), None, plain, True, "quantity.range")
        return None

    # units

    def _read_unit(self, number: _Number, limit: int) -> _Draft | None:
        text = self.text
        at = number.end
        while at < limit and text[at] == " ":
            at += 1
        if at > number.end:  # 177.1 亿元
            scale = _SCALE.match(text, at, limit)
            scaled = parse_interval(number.surface + scale[0]) if scale and scale[0] else None
            if scale is not None and scaled is not None:
                return self._read_unit(replace(number, end=scale.end(), interval=scaled, surface=number.surface + scale[0]), limit)
        if text.startswith("摄氏", number.start - 2) and text[at : at + 1] in ("度", "°"):
            celsius = self.units.after["摄氏度"]
            return _Draft(number.start - 2, at + 1, number.interval, number.inner, celsius)
        stretched = _STRETCHED.match(text, at, limit)
        if stretched:
            return self._read_stretched(number, stretched)
        prefix = self.units.match_before(text, _skip_blank_back(text, number.start))
        if prefix is not None and prefix[1] < self.floor:
            prefix = None
        matched = self.units.match(text, at) if at < limit else None
        if matched is not None and matched[1] > limit:
            matched = None
        if matched is None:
            if prefix is not None:
                return _Draft(prefix[1], number.end, number.interval, number.inner, prefix[0], rule="quantity.prefix")
            return self._read_shared(number, limit) or self._read_bare(number, limit)
        unit, end = matched
        if unit.position == "minor" and unit.scale < Decimal("0.1"):
            return None
        if unit.kind == "count" and not self._is_counted(number, unit, end):
            return self._read_bare(number, limit)
        if unit.kind == "ratio" and unit.surface == "成" and (number.interval.low > 10 or number.interval.low < 1):
            return None
        interval, inner = number.interval, number.inner
        start = number.start
        if prefix is not None and prefix[0].kind == unit.kind:
            start = prefix[1]
            if prefix[0].unit != unit.unit and unit.unit == "CNY":  # 港币两千元
                unit = replace(prefix[0], scale=unit.scale)
        if unit.kind == "money":
            interval, end = self._read_minor(interval, unit, end, limit)
            trailing = _TRAILING_MONEY.match(text, end, limit)
            while trailing:
                end = trailing.end()
                trailing = _TRAILING_MONEY.match(text, end, limit)
        elif unit.kind in ("measure", "ratio") and text[end : end + 1] == "半" and end < limit and not number.interval.vague:
            follow = self.units.match(text, end + 1)
            if not (follow and follow[0].kind == "measure"):
                half = Decimal("0.5")
                interval, end = Interval(interval.low + half, interval.high + half), end + 1
        if unit.surface == "成" and text[end : end + 1] in DIGIT and end < limit:
            tenth = Decimal(DIGIT[text[end]]) / 10
            interval, end = Interval(interval.low + tenth, interval.high + tenth), end + 1
        if inner is None and text[end : end + 1] in ("多", "余") and end < limit and not interval.vague:
            after = self.qualifiers.match_after(text, end)
            if after is None and (unit.kind in ("measure", "ratio", "money")) and _takes_tail(text, end):
                inner, end = self.qualifiers.inner[text[end]], end + 1
        return _Draft(start, end, interval, inner, unit)

    def _read_stretched(self, number: _Number, match: regex.Match[str]) -> _Draft | None:
        unit = self.units.after.get("个" + match["noun"]) or self.units.after.get(match["noun"])
        if unit is None:
            return None
        interval, inner = number.interval, number.inner
        if match["how"] == "半":
            interval = Interval(interval.low + Decimal("0.5"), interval.high + Decimal("0.5"))
        elif match["how"] in "多余来":
            inner = self.qualifiers.inner[match["how"]]
        return _Draft(number.start, match.end(), interval, inner, unit)

    def _read_minor(self, interval: Interval, unit: Unit, end: int, limit: int) -> tuple[Interval, int]:
        """角 and 分 behind 元 (or 分 behind 角) fold into the value."""
        if unit.unit != "CNY" or interval.low != interval.high:
            return interval, end
        match = _MINOR.match(self.text, end, limit)
        if match is None or (unit.scale != 1 and match["j"]):
            return interval, end
        extra = Decimal(0)
        for group, worth in (("j", "0.1"), ("f", "0.01"), ("g", "0.01")):
            if match[group]:
                value = parse_numeral(match[group])
                extra += (value or Decimal(0)) * Decimal(worth)
        value = interval.low + extra / unit.scale
        return Interval(value, value), match.end()

    def _is_counted(self, number: _Number, unit: Unit, end: int) -> bool:
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
            return number.interval.low >= 2 and (number.inner is not None or number.interval.low > 10 or end == len(self.text)
                                                 or not self.text[end].isalnum())
        return not (surface.isdigit() and len(surface) > 2 and not arabic)

    def _read_shared(self, number: _Number, limit: int) -> _Draft | None:
        """15和50个百分点: the first number shares the unit of the second."""
        if number.inner is not None or self.text[number.end : number.end + 1] not in ("和", "与") or not number.surface[0].isdigit():
            return None
        second = self._read_number(number.end + 1, limit)
        draft = self._read_unit(second, limit) if second is not None and second.surface[0].isdigit() else None
        if draft is None or draft.unit is None or draft.unit.kind == "count":
            return None
        return _Draft(number.start, number.end, number.interval, None, draft.unit, rule="quantity.shared_unit")

    def _read_bare(self, number: _Number, limit: int) -> _Draft | None:
        """A number that stands before its noun without a classifier: 17.36万农户, 近十万儿童."""
        text = self.text
        end = number.end
        scaled = number.surface[-1] in LARGE or number.inner is not None
        vague = number.interval.vague and number.surface[-1] not in LARGE
        if not scaled or vague or number.interval.low < 10:
            return None
        while end < limit and text[end] == " ":
            end += 1
        following = text[end : end + 1]
        if not following or not ("一" <= following <= "龥") or following in "的分年月日号点":
            if not (number.interval.low >= 10000 and following in ("", "，", "。", "；", "、", "）", ")", "的", "左", "以")):
                return None
        return _Draft(number.start, number.end, number.interval, number.inner, None, rule="quantity.bare")

    # other forms

    def _read_fixed(self, start: int, limit: int, floor: int = 0) -> Quantity | None:
        text = self.text
        doubling = _DOUBLING.match(text, start, limit)
        if doubling:
            count = parse_numeral(doubling["n"]) if doubling["n"] else Decimal(1)
            value = Decimal(2) ** int(count or 1)
            span = BodySpan(start, doubling.end())
            return Quantity(span, doubling[0], "ratio", Bounds(value, value, value, "exact"), "times", None,
                            "quantity.doubling", "番")
        half = _HALF.match(text, start, limit)
        if half is None:
            return None
        fifty = Decimal(50)
        unit = Unit("半", "ratio", "%", Decimal(1))
        if half[0] in ("过半", "超半数", "过半数", "大半", "多半"):
            if half[0] == "多半":
                return None
            end = half.end()
            return Quantity(BodySpan(start, end), half[0], "ratio", Bounds(fifty, fifty, None, "more_than"), "%", None,
                            "quantity.half", "半")
        if half[0] == "半":
            return None
        return self._finish(_Draft(start, half.end(), Interval(fifty, fifty), None, unit, rule="quantity.half"), floor)

    def _read_half(self, start: int, limit: int, floor: int) -> Quantity | None:
        """半斤, 半小时, 半公升, 半倍."""
        at = start + 1
        if self.text.startswith("个", at) and self.units.after.get("个" + self.text[at + 1 : at + 2]):
            matched = self.units.match(self.text, at)
        else:
            matched = self.units.match(self.text, at) if at < limit else None
        if matched is None or matched[1] > limit:
            return None
        unit, end = matched
        if unit.kind not in ("measure",) and unit.surface != "倍":
            return None
        half = Interval(Decimal("0.5"), Decimal("0.5"))
        inner = None
        if self.text[end : end + 1] in ("多", "余") and end < limit:
            inner, end = self.qualifiers.inner[self.text[end]], end + 1
            if self.text.startswith("一点", end):
                end += 2
        return self._finish(_Draft(start, end, half, inner, unit), floor)

    def _read_some(self, start: int, limit: int, floor: int) -> Quantity | None:
        matched = self.units.match(self.text, start + 2) if start + 2 < limit else None
        if matched is None or matched[0].kind != "count" or "weak" in matched[0].flags:
            return None
        unit, end = matched
        text = self.text[start:end]
        return Quantity(BodySpan(start, end), text, "count", Bounds(None, None, None, "approx"), unit.unit, None,
                        "quantity.some", unit.surface)

    def _read_fraction(self, match: regex.Match[str], floor: int) -> Quantity | None:
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
        if end < len(self.text) and self.text[end] in ("多", "余") and _takes_tail(self.text, end):
            inner, end = self.qualifiers.inner[self.text[end]], end + 1
        unit = Unit(below, "ratio", below, Decimal(1))
        ranged = top.low != top.high
        rule = "quantity.fraction"
        connect = _CONNECT.match(self.text, end)
        if connect and not ranged and inner is None:
            other = _FRACTION.match(self.text, connect.end())
            second = parse_interval(other["a"]) if other and other["b"] == match["b"] else None
            if other and second and unit.unit in "%‰‱" and match["b"] in "百佰千仟万" and second.low > top.low:
                top, end, ranged = Interval(top.low, second.low), other.end(), True
        return self._finish(_Draft(match.start(), end, top, inner, unit, ranged and not top.vague, rule), floor)

    def _read_roman(self, start: int) -> Quantity | None:
        end = start + 1
        if not self.text.startswith(("度", "级"), end):
            return None
        value = Decimal(_ROMAN[self.text[start]])
        unit = Unit(self.text[end], "measure", self.text[end], Decimal(1), "other")
        return self._finish(_Draft(start, end + 1, Interval(value, value), None, unit), start)

    # qualifiers outside and the record

    def _finish(self, draft: _Draft, floor: int) -> Quantity:
        text, unit = self.text, draft.unit
        start, end = draft.start, draft.end
        scale = unit.scale if unit is not None else Decimal(1)
        low, high = draft.interval.low * scale, draft.interval.high * scale
        negative = self._negative(start, floor, unit)
        if negative is not None:
            start, low, high = negative, -high, -low
        after = self.qualifiers.match_after(text, end)
        if after is not None:
            end = after[1]
        before = self.qualifiers.match_before(text, start)
        if before is not None and (before[1] < floor or not self._holds(before[0], before[1], draft)):
            before = None
        if before is not None and before[0].position != "distant":
            start = before[1]
            if before[0].surface == "数":
                before = None
        deciding = after[0] if after else draft.inner or (before[0] if before else None)
        modifier = deciding.modifier if deciding else "exact"
        bounds = _to_bounds(low, high, draft, modifier, deciding, scale)
        kind = unit.kind if unit is not None else "count"
        per = self._per(draft.start, end)
        return Quantity(
            BodySpan(start, end), text[start:end], kind, bounds, unit.unit if unit is not None else "",
            unit.dimension if unit is not None else None, draft.rule, unit.surface if unit is not None else "",
            unit.factor if unit is not None else None, unit.standard_unit if unit is not None else None, per,
        )

    def _negative(self, start: int, floor: int, unit: Unit | None) -> int | None:
        if start <= floor or unit is None or unit.kind not in ("ratio", "measure"):
            return None
        mark = self.text[start - 1]
        if mark == "负" or (mark in "-－−" and (start < 2 or not self.text[start - 2].isalnum())):
            return start - 1
        return None

    def _holds(self, found: Qualifier, start: int, draft: _Draft) -> bool:
        """超过 and its kind behind 较, 比 are the verb of a comparison; 上, 成 need a bare 百, 千, 万."""
        if found.position == "magnitude":
            return self.text[draft.start] in SMALL or self.text[draft.start] in LARGE
        if found.surface.startswith(("超过", "高于", "低于", "大于", "小于", "多于", "少于")):
            return _COMPARE.search(self.text, max(0, start - 30), start) is None
        return True

    def _per(self, start: int, end: int) -> str | None:
        match = _PER_AFTER.match(self.text, end)
        if match and match[0].lstrip()[0] in "/／":
            return match["per"]
        match = _PER_BEFORE.search(self.text, max(0, start - 14), start)
        return match[1][1:] if match else None


def _takes_inner(interval: Interval, mark: str, surface: str) -> bool:
    if interval.vague or interval.low <= 0:
        return False
    if mark == "来":
        return interval.low % 10 == 0 and surface[-1] in SMALL
    return interval.low >= 1 and (interval.low != interval.high or interval.low >= 10 or surface[-1] in LARGE or True)


def _takes_tail(text: str, at: int) -> bool:
    """三年多, 一倍多: 多 behind the unit, not the first character of another word (多次, 多种, 余名)."""
    following = text[at + 1 : at + 2]
    return following not in ("次", "种", "个", "元", "名", "渠", "层", "项", "样", "少", "数", "方", "年", "人", "家", "地", "额", "款", "粮", "热")


def _skip_blank_back(text: str, at: int) -> int:
    while at and text[at - 1] == " ":
        at -= 1
    return at


def _inherit(first: _Number, second: _Number) -> Decimal:
    """The first number of a range takes the last scale of the second where it is the smaller one (3到5万)."""
    tail = second.surface[-1]
    low = first.interval.low
    scale = LARGE.get(tail) or (SMALL.get(tail) if tail in "百千佰仟" else None)
    if first.surface[-1] in LARGE or not scale or first.surface[-1] in SMALL and tail in SMALL:
        return low
    mantissa = second.interval.high / scale
    return low * scale if low < mantissa else low


def _to_bounds(low: Decimal, high: Decimal, draft: _Draft, modifier: str, deciding: Qualifier | None, scale: Decimal) -> Bounds:
    if draft.interval.vague:
        return Bounds(None, low, high, "approx")
    if low != high:
        return Bounds(None, low, high, "range")
    if modifier == "exact":
        return Bounds(low, low, low, "exact")
    if modifier == "approx":
        return Bounds(low, None, None, "approx")
    if modifier == "more_than" and deciding is not None and (deciding.position == "inner" or deciding.surface == "多一点"):
        step = step_of(draft.interval.low) * scale
        return Bounds(low, low, low + step, modifier)
    if modifier in ("more_than", "equal_or_more"):
        return Bounds(low, low, None, modifier)
    return Bounds(low, None, low, modifier)


def find_quantities(text: str, blocked: Sequence[Blocked] = (), overlay: Path | None = None) -> list[Quantity]:
    """All quantities outside `blocked` (ascending, not overlapping), ascending. Values in base units."""
    return _Scanner(text, load_units(overlay), load_qualifiers(overlay), blocked).scan()


@lru_cache(maxsize=4)
def _rank_patterns(overlay: Path | None) -> tuple[tuple[str, str, regex.Pattern[str]], ...]:
    return tuple(
        (f"rank.{row['rule']}", row["modifier"], regex.compile(row["pattern"])) for row in read_table("rank.tsv", overlay)
    )


def find_ranks(text: str, overlay: Path | None = None) -> list[Quantity]:
    """居全省第3位, 进入前10名: the rank is the value, the unit 第."""
    out = []
    if "第" not in text and "前" not in text:
        return out
    for rule, modifier, pattern in _rank_patterns(overlay):
        for match in pattern.finditer(text):
            value = parse_numeral(match["n"])
            if value is not None:
                low = None if modifier == "equal_or_less" else value
                span = BodySpan(*match.span("q"))
                out.append(Quantity(span, match["q"], "rank", Bounds(value, low, value, modifier), "第", None, rule, "第"))
    out.sort(key=lambda q: q.span)
    return out
