"""Bounds and units of a question in the units that amounts are compared in."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_EVEN, Context, Decimal
from typing import NamedTuple

import regex

from extractor.errors import UsageError
from extractor.lexicon.table import active_overlay
from extractor.mention.numeral import NUMERAL, parse_numeral
from extractor.mention.unit import Unit, load_units

EXACT = Context(prec=60)
STEP = Decimal("0.000001")  # of measures and parts, as facts hold them
MONEY_BEFORE = ("¥", "￥", "$")
OLD = "CNY_1948"
OLD_YUAN = Decimal(10_000)
PARTS = {"‰": Decimal("0.1"), "‱": Decimal("0.01")}
LARGE = re.compile(r"[十百千万亿]*")
FIGURE = regex.compile(rf"(?P<sign>[-－负]?)(?P<number>{NUMERAL})(?P<unit>.*)")
STANDARD = frozenset({"m2", "m", "kg", "m3", "s", "J", "W"})
CODES = STANDARD | {"times", "pp"}
LARGEST = Decimal(10) ** 300


class Scale(NamedTuple):
    """`factor` takes a number of a unit into `amount_unit`; `unit` where only facts printed in it count (old yuan);
    `rounded` where amounts are kept to six decimals."""

    amount_unit: str
    factor: Decimal
    rounded: bool = False
    unit: str | None = None


class Range(NamedTuple):
    """Bounds, inclusive, None where open, in `scale.amount_unit`; no scale: in any unit."""

    scale: Scale | None
    low: float | None
    high: float | None


def resolve_range(minimum: str | None, maximum: str | None, unit: str | None) -> Range:
    """The bounds of a question. A bound may bring its own unit (3.5亿元). Raises UsageError."""
    scale = None if unit is None else resolve_scale(unit)
    figures = {
        option: parse_figure(option, bound)
        for option, bound in (("min", minimum), ("max", maximum))
        if bound is not None
    }
    for option, (_, own) in figures.items():
        if own is None:
            continue
        if scale is None:
            scale = own
        elif own.amount_unit != scale.amount_unit:
            raise UsageError(f"--{option}: its unit does not compare with {scale.amount_unit or 'a bare number'}")
    bounds = {option: _convert(number, own or scale) for option, (number, own) in figures.items()}
    low, high = bounds.get("min"), bounds.get("max")
    if low is not None and high is not None and low > high:
        raise UsageError(f"--min {minimum}: is more than --max {maximum}")
    return Range(scale, low, high)


def _convert(number: Decimal, scale: Scale | None) -> float:
    if scale is None:
        return float(number)
    amount = EXACT.multiply(number, scale.factor)
    if scale.rounded and abs(amount) < Decimal(10) ** 40:
        amount = amount.quantize(STEP, ROUND_HALF_EVEN, EXACT)
    return float(amount)


def parse_figure(option: str, text: str) -> tuple[Decimal, Scale | None]:
    """A number and the unit behind it, None where there is none. Raises UsageError that names the option."""
    plain = "".join(text.split())
    mark = next((mark for mark in MONEY_BEFORE if plain.startswith(mark)), None)
    match = FIGURE.fullmatch(plain.removeprefix(mark or ""))
    number = None if match is None else parse_numeral(match["number"])
    if match is None or number is None or number > LARGEST:
        raise UsageError(f"--{option} {text}: is no number: expected such as 1500, 1000万 or 3.5亿元")
    if mark:
        return number, Scale("USD" if mark == "$" else "CNY", Decimal(1))
    return (-number if match["sign"] else number), (resolve_scale(match["unit"], option) if match["unit"] else None)


def resolve_scale(text: str, option: str = "unit") -> Scale:
    """The scale of a unit as people or records write it: 亩, 万元, CNY, km, m2, times. Raises UsageError."""
    surface = text.strip()
    large = LARGE.match(surface)
    head = large[0] if large else ""
    units = load_units(active_overlay())
    known = units.after.get(surface) or units.before.get(surface)
    scale = Decimal(1)
    if known is None and head:
        number = parse_numeral(head if head[0] not in "万亿" else "一" + head)
        rest = surface[len(head) :]
        if number is None or not rest:
            raise UsageError(f"--{option} {text}: is no unit")
        known, scale, surface = units.after.get(rest), number, rest
    if surface == OLD:
        return Scale("CNY", EXACT.divide(scale, OLD_YUAN), unit=OLD)
    if known is None and surface not in CODES and option != "unit":
        raise UsageError(f"--{option}: {text} is no unit that the tables know")
    if known is None:
        return Scale(surface, scale, surface in STANDARD)
    return _to_scale(known, scale)


def _to_scale(unit: Unit, scale: Decimal) -> Scale:
    number = EXACT.multiply(scale, unit.scale)
    if unit.factor is not None and unit.standard_unit is not None:
        return Scale(unit.standard_unit, EXACT.multiply(number, unit.factor), True)
    if unit.kind == "ratio" and unit.unit in PARTS:
        return Scale("%", EXACT.multiply(number, PARTS[unit.unit]), True)
    return Scale(unit.unit, number)
