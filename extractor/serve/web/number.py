"""Numbers as people read them: thousands parted, the modifier as a sign, the unit by its name."""

from __future__ import annotations

from typing import NamedTuple

from extractor.serve.web.language import Language, find_message
from extractor.serve.web.text import shorten
from schemas import QuantityValue

SIGNS = {"more_than": ">", "equal_or_more": "≥", "less_than": "<", "equal_or_less": "≤", "approx": "≈"}
LONGEST = 24  # digits that are shown as digits
SCALES = ((10**12, "trillion"), (10**8, "yi"), (10**4, "wan"))
ENGLISH_SCALES = ((10**12, "trillion"), (10**9, "billion"), (10**6, "million"))


class Figure(NamedTuple):
    """`before`: what stands before the number (第); `unit` as the page names it."""

    sign: str
    before: str
    number: str
    unit: str


def group(number: str) -> str:
    """A plain decimal with its thousands parted.

    >>> group("-1234567.05")
    '-1,234,567.05'
    """
    whole, point, part = number.partition(".")
    sign = "-" if whole.startswith("-") else ""
    digits = whole.removeprefix("-")
    if len(digits) > LONGEST or not digits.isdecimal():
        return number if len(number) <= LONGEST else f"{number[:LONGEST]}…"
    return f"{sign}{int(digits):,}{point}{part}"


def to_figure(quantity: QuantityValue, language: Language) -> Figure:
    """A quantity in its own unit; its words where it holds no number."""
    low, high = quantity.min_value, quantity.max_value
    sign = SIGNS.get(quantity.modifier, "")
    if quantity.value is not None:
        number = group(quantity.value)
    elif low is not None and high is not None:
        number, sign = (f"{group(low)}–{group(high)}", sign) if low != high else (group(low), sign)
    elif low is not None or high is not None:
        number = group(low or high or "")
        sign = sign or ("≥" if low is not None else "≤")
    else:
        return Figure("", "", shorten(quantity.text, LONGEST), "")
    if quantity.unit == "第":
        return Figure(sign, find_message("rank.before", language, "第"), number, "")
    return Figure(sign, "", number, to_unit(quantity.unit, language))


def to_unit(unit: str, language: Language) -> str:
    """A unit's name; as printed where the page has no other."""
    return find_message(f"unit.{unit}", language, unit)


def to_short(number: float | None, language: Language) -> str:
    """A large number in few characters: 3.2亿, 320 million.

    >>> to_short(320000000.0, "zh"), to_short(320000000.0, "en")
    ('3.2亿', '320 million')
    """
    if number is None:
        return ""
    size = abs(number)
    for scale, name in SCALES if language == "zh" else ENGLISH_SCALES:
        if size >= scale:
            word = find_message(f"scale.{name}", language, "")
            return f"{_round(number / scale)}{'' if language == 'zh' else ' '}{word}"
    return _round(number)


def _round(number: float) -> str:
    if abs(number) >= 1e15:
        return f"{number:.3g}"
    text = f"{number:,.2f}" if abs(number) < 100 else f"{number:,.1f}" if abs(number) < 1000 else f"{number:,.0f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
