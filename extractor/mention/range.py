"""Ranges of two numbers: 3—5个, 三至五, 3到5万, 1万元--5万元."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import regex

from extractor.mention.number import Draft, Number, Reader, read_number
from extractor.mention.numeral import LARGE, SMALL, Interval
from extractor.mention.united import read_unit

CONNECT = regex.compile(r"\s*(?:[—–－\-]{1,2}|[~～]|至|到|一(?=[0-9０-９])|\s-\s)\s*")


_NEAR = regex.compile(r"[—–－\-~～至到一]")
_UNIT_LENGTH = 14  # characters that a unit (元角分 too) may take before the connecting mark


def read_range(reader: Reader, first: Number, limit: int) -> Draft | None:
    """3—5个, 三至五, 3到5万, 1万元--5万元, 一个至几个."""
    text = reader.text
    if _NEAR.search(text, first.end, min(limit, first.end + _UNIT_LENGTH)) is None:
        return None
    if first.inner is not None:
        return None
    own = reader.units.match(text, first.end) if first.end < limit else None
    for unit, at in ((None, first.end), *([own] if own else [])):
        connect = CONNECT.match(text, at, limit)
        if connect is None or connect.end() >= limit:
            continue
        second = read_number(reader, connect.end(), limit)
        if second is None or second.inner is not None:
            continue
        draft = read_unit(reader, second, limit)
        if draft is None:
            continue
        if unit is not None and (draft.unit is None or unit.unit != draft.unit.unit or unit.kind != draft.unit.kind):
            continue
        low = first.interval.low * (1 if unit is None else unit.scale)
        low_end = text[connect.start() : connect.end()].strip()
        high_scale = draft.unit.scale if draft.unit else Decimal(1)
        if unit is not None and unit.kind == "money":  # 五元六角-五元七毛八分
            whole = read_unit(reader, first, connect.start())
            low = whole.interval.low * (whole.unit.scale if whole and whole.unit else 1) if whole else low
        high = draft.interval.high * high_scale
        if unit is None:
            low = _inherit(first, second) * high_scale
        if low >= high or (draft.unit is None and low_end in ("到", "至")):
            continue
        plain = replace(draft.unit, scale=Decimal(1)) if draft.unit else None
        return Draft(first.start, draft.end, Interval(low, high), None, plain, True, "quantity.range")
    if own is not None and own[0].kind == "money":
        whole = read_unit(reader, first, limit)
        if whole is not None and whole.end > own[1]:
            connect = CONNECT.match(text, whole.end, limit)
            second = read_number(reader, connect.end(), limit) if connect else None
            other = read_unit(reader, second, limit) if second else None
            if other and other.unit and whole.unit and other.unit.unit == whole.unit.unit:
                low, high = whole.interval.low * whole.unit.scale, other.interval.high * other.unit.scale
                if low < high:
                    plain = replace(whole.unit, scale=Decimal(1))
                    return Draft(first.start, other.end, Interval(low, high), None, plain, True, "quantity.range")
    return None


def _inherit(first: Number, second: Number) -> Decimal:
    """The first number of a range takes the last scale of the second where it is the smaller one (3到5万)."""
    tail = second.surface[-1]
    low = first.interval.low
    scale = LARGE.get(tail) or (SMALL.get(tail) if tail in "百千佰仟" else None)
    if first.surface[-1] in LARGE or not scale or (first.surface[-1] in SMALL and tail in SMALL):
        return low
    mantissa = second.interval.high / scale
    return low * scale if low < mantissa else low
