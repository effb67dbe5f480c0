"""Numbers, ids and shares as records carry them."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from decimal import ROUND_HALF_EVEN, Context, Decimal

from extractor.model import Quantity

EXACT = Context(prec=60)
STEP = Decimal("0.000001")
OLD_YUAN = Decimal(10_000)  # old yuan in a yuan, from 1955-03-01
# All but characters that NFKC leaves as they are, alone and beside others: folding those few is several times as fast.
FOLDABLE = re.compile("[^\u3400-\u4dbf\u4e00-\u9fff、。“”‘’《》0-9]+")


def to_plain(value: Decimal | None) -> str | None:
    """A plain decimal without exponent and without zeros at the end of a fraction; None stays None."""
    if value is None:
        return None
    text = format(value, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in {"-0", ""} else text


def to_yuan(quantity: Quantity) -> Decimal | None:
    """Money in today's yuan; None for foreign money, other kinds and open values."""
    value = quantity.bounds.value
    if value is None or quantity.kind != "money":
        return None
    if quantity.unit == "CNY":
        return value
    return EXACT.divide(value, OLD_YUAN) if quantity.unit == "CNY_1948" else None


def to_standard(quantity: Quantity) -> Decimal | None:
    """A measure in its standard unit, rounded to six decimals; None where the unit or the value has none."""
    value = quantity.bounds.value
    if value is None or quantity.standard_factor is None:
        return None
    return EXACT.multiply(value, quantity.standard_factor).quantize(STEP, ROUND_HALF_EVEN, EXACT)


PARTS = {"‰": Decimal("0.1"), "‱": Decimal("0.01")}  # in per cent


def to_amount(quantity: Quantity) -> tuple[Decimal | None, str]:
    """The number to compare and sort by, and its unit: the value, else the lower, else the upper bound; money in
    today's yuan (old yuan / 10000), measures in their standard unit, parts of a whole in per cent."""
    value, low, high, _ = quantity.bounds
    number = value if value is not None else low if low is not None else high
    unit = quantity.unit
    if quantity.kind == "money" and unit == "CNY_1948":
        return (None if number is None else EXACT.divide(number, OLD_YUAN)), "CNY"
    if quantity.standard_factor is not None and quantity.standard_unit is not None:
        factor, unit = quantity.standard_factor, quantity.standard_unit
    elif quantity.kind == "ratio" and unit in PARTS:
        factor, unit = PARTS[unit], "%"
    else:
        return number, unit
    return (None if number is None else EXACT.multiply(number, factor).quantize(STEP, ROUND_HALF_EVEN, EXACT)), unit


def to_id(*parts: str) -> str:
    """16 hex digits of the sha256 over the parts: the same content gives the same id on every machine."""
    pieces: list[bytes] = []
    for part in parts:
        data = part.encode()
        pieces += (len(data).to_bytes(8, "big"), data)
    return hashlib.sha256(b"".join(pieces)).hexdigest()[:16]


def normalise(text: str) -> str:
    """The text without white space, full-width forms folded: what stays the same in another column width."""
    return "".join(FOLDABLE.sub(_fold, text).split())


def _fold(match: re.Match[str]) -> str:
    return unicodedata.normalize("NFKC", match[0])
