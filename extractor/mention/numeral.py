"""Numerals: Arabic, full-width, Chinese, financial and mixed spellings, as exact decimals."""

from __future__ import annotations

import unicodedata
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

import regex

DIGIT = dict(zip("〇零一二三四五六七八九", [0, *range(10)], strict=True)) | dict(
    zip("○Ｏ两俩兩壹贰叁肆伍陆柒捌玖貳參陸弌弍", [0, 0, 2, 2, 2, 1, 2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 6, 1, 2], strict=True)
)
SMALL = {"十": 10, "百": 100, "千": 1000, "拾": 10, "佰": 100, "仟": 1000}
TENS = {"廿": 20, "卅": 30, "卌": 40}
LARGE = {"万": 10**4, "亿": 10**8, "萬": 10**4, "億": 10**8}

_DIGITS = "".join(DIGIT)
_UNITS = "".join([*SMALL, *LARGE, *TENS])
ARABIC = r"[0-9０-９]{1,3}(?:[,，][0-9０-９]{3})+(?![0-9０-９])(?:[.．·][0-9０-９]+)?|[0-9０-９]+(?:[.．·][0-9０-９]+)?"
_TOKEN = regex.compile(
    rf"(?P<a>{ARABIC})|(?P<d>[{_DIGITS}])|(?P<s>[{''.join(SMALL)}])|(?P<l>[{''.join(LARGE)}])"
    rf"|(?P<t>[{''.join(TENS)}])|(?P<p>点)"
)
NUMERAL = rf"(?:{ARABIC}|[{_DIGITS}{_UNITS}])++(?:点[{_DIGITS}]+[{''.join(SMALL)}{''.join(LARGE)}]*)?"
_PAIR = regex.compile(r"[一二两三四五六七八九壹贰叁肆伍陆柒捌玖]{2}")
_MANY_DIGITS = 40


class Interval(NamedTuple):
    """A numeral's reading: exact (`low == high`), a spoken range (七八十) or vague (`vague`: 数百, 十几)."""

    low: Decimal
    high: Decimal
    vague: bool = False


@lru_cache(maxsize=4096)
def parse_numeral(text: str) -> Decimal | None:
    """The value of one exact numeral, or None where it is none.

    >>> parse_numeral("三万4千")
    Decimal('34000')
    >>> parse_numeral("一万二千亿")
    Decimal('1200000000000')
    """
    if not text or len(text) > 4 * _MANY_DIGITS:
        return None
    if text[0].isascii() and text.isdigit():
        return Decimal(text)
    return _Reader().read(text)


class _Reader:
    """One pass over the tokens of a numeral: `high` holds what a 亿 closed, `middle` what a 万 closed."""

    def __init__(self) -> None:
        self.high = self.middle = self.section = Decimal(0)
        self.current: Decimal | None = None
        self.last_unit = 0  # the unit just before `current`
        self.small = 10**4  # units inside a section must fall
        self.zero = self.arabic = self.large_last = False

    def read(self, text: str) -> Decimal | None:
        at, digits = 0, ""
        size = len(text)
        while at < size:
            match = _TOKEN.match(text, at)
            if match is None:
                return None
            kind, token = match.lastgroup, match[0]
            at = match.end()
            if kind == "d":
                digits += str(DIGIT[token])
                continue
            if kind == "p":
                fraction = text[at:]
                tail = fraction.rstrip("".join([*SMALL, *LARGE]))
                if not tail or any(c not in DIGIT for c in tail) or (not digits and not self.last_unit):
                    return None
                base = self._close(digits)
                if base is None:
                    return None
                value = base + Decimal("0." + "".join(str(DIGIT[c]) for c in tail))
                return _scale(value, fraction[len(tail) :])
            if digits:
                if not self._take_digits(digits):
                    return None
                digits = ""
            if not self._take(kind, token):
                return None
        return self._close(digits)

    def _take_digits(self, digits: str) -> bool:
        if self.current is not None:
            return False
        bare = digits.lstrip("0")
        if len(digits) > 1 and len(bare) != len(digits):
            self.zero = True
            digits = bare or "0"
        if digits == "0":
            self.zero = True
            return True
        if len(digits) > 1 and self.last_unit:
            return False
        self.current = Decimal(digits)
        return True

    def _take(self, kind: str | None, token: str) -> bool:
        if kind == "a":
            if self.current is not None:
                return False
            plain = unicodedata.normalize("NFKC", token).replace(",", "").replace("·", ".")
            self.current, self.arabic = Decimal(plain), True
            return True
        if kind == "t":
            if self.current is not None or self.small <= 10:
                return False
            self.section += TENS[token]
            self.small, self.last_unit = 10, 10
            return True
        if kind == "s":
            unit = SMALL[token]
            if unit >= self.small:
                return False
            if self.current is None and unit > 10 and self.section:
                return False
            self.section += (self.current if self.current is not None else Decimal(1)) * unit
            self.current, self.small, self.last_unit, self.zero = None, unit, unit, False
            return True
        unit = LARGE[token]
        lower = self.section + (self.current or 0)
        if not lower and not self.middle and not self.high:
            if self.zero or self.last_unit:
                return False
            lower = Decimal(1)
        if unit == 10**4:
            if self.middle and lower:
                return False
            if self.middle or lower:
                self.middle = (self.middle or lower) * unit
            else:  # 亿 directly before 万
                return False
        else:
            lower += self.middle
            if lower and self.high:
                return False
            self.high = (lower or self.high) * unit
            self.middle = Decimal(0)
        self.section, self.current, self.small = Decimal(0), None, 10**4
        self.last_unit, self.zero = unit, False
        return True

    def _close(self, digits: str) -> Decimal | None:
        if digits:
            if self.current is not None:
                return None
            if not self.last_unit:
                self.current = Decimal(digits)
            else:
                bare = digits.lstrip("0")
                if len(bare) > 1:
                    return None
                value = Decimal(bare or "0")
                if bare == digits and not self.zero and self.last_unit > 10 and not self.arabic:
                    value *= self.last_unit // 10  # spoken: 二百五, 三万五
                self.current = value
        return self.high + self.middle + self.section + (self.current or 0)


def _scale(value: Decimal, units: str) -> Decimal:
    for unit in units:
        value *= SMALL.get(unit) or LARGE[unit]
    return value


@lru_cache(maxsize=4096)
def parse_interval(text: str) -> Interval | None:
    """Exact numerals, spoken ranges (两三, 七八十, 七百三四十) and vague ones (数百, 好几百, 十几, 几十万)."""
    if "几" in text or "数" in text:
        return _parse_vague(text)
    for pair in () if "点" in text else _PAIR.finditer(text, overlapped=True):
        a, b = pair.group()[0], pair.group()[1]
        low, high = DIGIT[a], DIGIT[b]
        if not (high == low + 1 or (a, b) == ("三", "五")):
            continue
        if len(text) == 2 or any(c in SMALL or c in LARGE or c in TENS for c in text):
            left = parse_numeral(text[: pair.start()] + a + text[pair.end() :])
            right = parse_numeral(text[: pair.start()] + b + text[pair.end() :])
            if left is not None and right is not None and left < right:
                return Interval(left, right)
    value = parse_numeral(text)
    return None if value is None else Interval(value, value)


def _parse_vague(text: str) -> Interval | None:
    head, mark, tail = text.partition("几" if "几" in text else "数")
    head = head.removesuffix("好")
    if head and mark == "数":
        return None
    if not tail or all(c in SMALL or c in LARGE for c in tail):
        if not head:
            if not tail:
                return Interval(Decimal(2), Decimal(9), True)
            unit = parse_numeral(tail if tail[0] in SMALL or tail[0] in LARGE else "")
            return None if unit is None else Interval(2 * unit, 9 * unit, True)
        low, high = parse_numeral(head + "一" + tail), parse_numeral(head + "九" + tail)
        if head[-1] in SMALL or head[-1] in LARGE or head[-1] in TENS or head[-1] == "零":
            return None if low is None or high is None else Interval(low, high, True)
        if head.isdigit() and head.endswith("0"):
            base = parse_numeral(head)
            step = parse_numeral("一" + tail) if tail else Decimal(1)
            if base is not None and step is not None:
                return Interval((base + 1) * step, (base + 9) * step, True)
    return None


def step_of(value: Decimal) -> Decimal:
    """The last non-zero place: 2200万 gives 100万, 1.2万 gives 1000 (余, 多 leave a remainder below it)."""
    if not value:
        return Decimal(1)
    exponent = value.normalize().as_tuple().exponent
    return Decimal(1).scaleb(int(exponent))


def to_plain(value: Decimal) -> str:
    """Plain decimal string without exponent and trailing zeros."""
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
