"""The qualifiers outside a number with its unit, and the bounds that they allow."""

from __future__ import annotations

from decimal import Decimal

import regex

from extractor.mention.number import Draft, Reader
from extractor.mention.numeral import LARGE, SMALL, step_of
from extractor.mention.qualifier import Qualifier
from extractor.mention.unit import Unit
from extractor.model import Bounds, Quantity
from extractor.text import BodySpan

_PER_BEFORE = regex.compile(
    r"(每(?:亩|户|人|公斤|吨|斤|平方米|公顷|公里|头|只|台|名|个|年|月|天|日|周|小时|度|立方米|村|所|次|件|株|棵))"
    r"[^，。；、！？\n0-9０-９]{0,8}$"
)
_PER_EACH = regex.compile(r"(?P<per>[亩户人社村队月日年])(?:均|产(?!业|品|量|值))[^，。；、！？\n0-9０-９]{0,9}$")
_PER_AFTER = regex.compile(r"\s?[/／每](?P<per>[一-龥]{1,3}?|[A-Za-z]{1,4})(?=[，。；、！？\n）)—和及的以左，]|$)")
_ABOUT = regex.compile(r"(?:大?约)[占有为是需][^，。；、\n0-9]{1,18}的$")
_COMPARE = regex.compile(r"[较比][^，。；\n]{0,24}$")


def finish_quantity(reader: Reader, draft: Draft, floor: int) -> Quantity:
    text, unit = reader.text, draft.unit
    start, end = draft.start, draft.end
    scale = unit.scale if unit is not None else Decimal(1)
    low, high = draft.interval.low * scale, draft.interval.high * scale
    negative = _find_negative(reader, start, floor, unit)
    if negative is not None:
        start, low, high = negative, -high, -low
    after = reader.qualifiers.match_after(text, end)
    if after is not None:
        end = after[1]
    before = reader.qualifiers.match_before(text, start)
    if before is not None and (before[1] < floor or not _holds_qualifier(reader, before[0], before[1], draft)):
        before = None
    if before is None and (shared := _ABOUT.search(text, max(reader.floor, start - 24), start)) is not None:
        before = (reader.qualifiers.before["约"], shared.start())  # 约占全县农户的三成
    elif before is not None and before[0].position != "distant":
        start = before[1]
        if before[0].surface == "数":
            before = None
    deciding = after[0] if after else draft.inner or (before[0] if before else None)
    modifier = deciding.modifier if deciding else "exact"
    bounds = _to_bounds(low, high, draft, modifier, deciding, scale)
    kind = unit.kind if unit is not None else "count"
    per = _find_per(reader, draft.start, end)
    return Quantity(
        BodySpan(start, end),
        text[start:end],
        kind,
        bounds,
        unit.unit if unit is not None else "",
        unit.dimension if unit is not None else None,
        draft.rule,
        unit.surface if unit is not None else "",
        unit.factor if unit is not None else None,
        unit.standard_unit if unit is not None else None,
        per,
        unit.flags if unit is not None else frozenset(),
    )


def _find_negative(reader: Reader, start: int, floor: int, unit: Unit | None) -> int | None:
    if start <= floor or unit is None or unit.kind not in ("ratio", "measure"):
        return None
    mark = reader.text[start - 1]
    if mark == "负" or (mark in "-－−" and (start < 2 or not _is_latin(reader.text[start - 2]))):
        return start - 1
    return None


def _is_latin(character: str) -> bool:
    return character.isdigit() or (character.isalpha() and not "一" <= character <= "龥")


def _holds_qualifier(reader: Reader, found: Qualifier, start: int, draft: Draft) -> bool:
    """超过 and its kind behind 较, 比 are the verb of a comparison; 上, 成 need a bare 百, 千, 万."""
    if found.position == "magnitude":
        return reader.text[draft.start] in SMALL or reader.text[draft.start] in LARGE
    if found.surface.startswith(("超过", "高于", "低于", "大于", "小于", "多于", "少于")):
        return _COMPARE.search(reader.text, max(0, start - 30), start) is None
    return True


def _find_per(reader: Reader, start: int, end: int) -> str | None:
    text = reader.text
    if text[end : end + 2].lstrip()[:1] in ("/", "／") and (match := _PER_AFTER.match(text, end)):
        return match["per"]
    low = max(0, start - 14)
    if text.find("每", low, start) >= 0 and (match := _PER_BEFORE.search(text, low, start)):
        return match[1][1:]
    each = text.find("均", low, start) >= 0 or text.find("产", low, start) >= 0
    match = _PER_EACH.search(text, low, start) if each else None
    return match["per"] if match else None


def _to_bounds(
    low: Decimal, high: Decimal, draft: Draft, modifier: str, deciding: Qualifier | None, scale: Decimal
) -> Bounds:
    if draft.interval.vague:
        return Bounds(None, low, high, "approx")
    if low != high:
        return Bounds(None, low, high, "range")
    if modifier == "exact":
        return Bounds(low, low, low, "exact")
    if modifier == "approx":
        return Bounds(low, None, None, "approx")
    if (
        modifier == "more_than"
        and deciding is not None
        and (deciding.position == "inner" or deciding.surface == "多一点")
    ):
        step = step_of(draft.interval.low) * scale
        return Bounds(low, low, low + step, modifier)
    if modifier in ("more_than", "equal_or_more"):
        return Bounds(low, low, None, modifier)
    return Bounds(low, None, low, modifier)
