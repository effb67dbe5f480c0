"""Numerals: what is spelled is what is read; bounds hold the value."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from extractor import extract
from support import Plain, to_plain

DIGITS = "零一二三四五六七八九"
FORMAL = str.maketrans("零一二三四五六七八九十百千", "零壹贰叁肆伍陆柒捌玖拾佰仟")
FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")


def spell(value: int, *, inside: bool = False) -> str:
    """The common Chinese spelling, such as 一万零二十 of 10020; 10 to 19 are 一十 to 一十九 `inside` a number."""
    for name, scale in (("亿", 10**8), ("万", 10**4), ("千", 1000), ("百", 100), ("十", 10)):
        if value >= scale:
            head, rest = divmod(value, scale)
            first = "" if name == "十" and head == 1 and not inside else spell(head, inside=inside)
            zero = "零" if 0 < rest < scale // 10 else ""
            return first + name + zero + (spell(rest, inside=True) if rest else "")
    return DIGITS[value]


def with_two(text: str) -> str:
    """两 for 二 where speech has it: at the head before 百, 千, 万 and 亿."""
    return "两" + text[1:] if text[:1] == "二" and text[1:2] in ("百", "千", "万", "亿") else text


def in_scales(value: int) -> str:
    """Digits before each of 亿 and 万: 3亿4500万12."""
    parts = []
    for name, scale in (("亿", 10**8), ("万", 10**4)):
        if value >= scale:
            parts.append(f"{value // scale}{name}")
            value %= scale
    return "".join(parts) + (str(value) if value else "")


def read_quantity(text: str) -> Plain:
    facts = to_plain(extract(text))["facts"]
    assert len(facts) == 1, [fact["quantity"]["text"] for fact in facts]
    quantity: Plain = facts[0]["quantity"]
    return quantity


VALUES = st.one_of(
    st.integers(3, 9999),
    st.integers(3, 10**16 - 1),
    st.tuples(st.integers(3, 999), st.integers(0, 13)).map(lambda pair: pair[0] * 10 ** pair[1]),
)
SPELLINGS = {
    "digits": str,
    "full-width digits": lambda value: str(value).translate(FULL_WIDTH),
    "groups of three": lambda value: f"{value:,}",
    "characters": spell,
    "characters with 两": lambda value: with_two(spell(value)),
    "formal characters": lambda value: spell(value, inside=True).translate(FORMAL),
}


@given(VALUES, st.sampled_from(sorted(SPELLINGS)))
def test_a_spelled_number_is_read_back(value: int, name: str) -> None:
    if name == "formal characters" and value < 10:
        value += 10  # 伍 or 陆 alone is a surname as often
    if name in ("digits", "full-width digits"):
        value %= 10**10  # longer runs are numbers of telephones and persons
        value += 3 if value < 3 else 0
    surface = SPELLINGS[name](value)
    quantity = read_quantity(f"全县共有网点{surface}个。")
    assert (quantity["text"], quantity["value"], quantity["modifier"]) == (f"{surface}个", str(value), "exact")
    assert quantity["min_value"] == quantity["max_value"] == str(value)


@given(st.integers(10**4, 10**12 - 1))
def test_digits_between_scales_are_one_number(value: int) -> None:
    quantity = read_quantity(f"全县共有网点{in_scales(value)}个。")
    assert quantity["value"] == str(value)


@given(st.integers(11, 999_999), st.sampled_from([("万", 10**4), ("亿", 10**8), ("万亿", 10**12)]), st.booleans())
def test_decimals_before_a_scale(hundredths: int, scale: tuple[str, int], full_width: bool) -> None:
    number = str(Decimal(hundredths) / 100)
    surface = number.translate(FULL_WIDTH).replace(".", "．") if full_width else number
    quantity = read_quantity(f"全县共投入资金{surface}{scale[0]}元。")
    assert Decimal(quantity["value"]) == Decimal(hundredths) * scale[1] / 100
    assert quantity["unit"] == "CNY"


QUALIFIED = (
    ("", "余", "more_than"),
    ("", "多", "more_than"),
    ("超过", "", "more_than"),
    ("突破", "", "more_than"),
    ("", "以上", "equal_or_more"),
    ("至少", "", "equal_or_more"),
    ("不少于", "", "equal_or_more"),
    ("近", "", "less_than"),
    ("不足", "", "less_than"),
    ("不到", "", "less_than"),
    ("", "以下", "equal_or_less"),
    ("", "以内", "equal_or_less"),
    ("不超过", "", "equal_or_less"),
    ("约", "", "approx"),
    ("", "左右", "approx"),
    ("近", "余", "more_than"),
    ("达到", "", "exact"),
    ("累计", "", "exact"),
)


@given(st.integers(2, 99), st.integers(1, 5), st.sampled_from(QUALIFIED), st.sampled_from("个户名"))
def test_bounds_hold_the_value(head: int, zeros: int, qualified: tuple[str, str, str], classifier: str) -> None:
    before, behind, modifier = qualified
    value = head * 10**zeros
    number = f"{value}{behind}{classifier}" if behind in ("余", "多") else f"{value}{classifier}{behind}"
    quantity = read_quantity(f"全县参加的养殖单位{before}{number}。")
    assert (quantity["value"], quantity["modifier"]) == (str(value), modifier)
    low, high = quantity["min_value"], quantity["max_value"]
    assert low is None or Decimal(low) <= value
    assert high is None or value <= Decimal(high)
    opens = {"equal_or_more": (False, True), "less_than": (True, False), "equal_or_less": (True, False)}
    opens |= {"approx": (True, True), "exact": (False, False), "more_than": (False, behind == "")}
    assert (low is None, high is None) == opens[modifier]


@given(st.integers(2, 9999), st.integers(1, 9999), st.sampled_from("—-～~至到"))
def test_a_range_has_its_ends(low: int, more: int, joint: str) -> None:
    high = low + more
    quantity = read_quantity(f"每个示范片栽植苗木{low}{joint}{high}株。")
    assert quantity["modifier"] == "range"
    assert (quantity["value"], quantity["min_value"], quantity["max_value"]) == (None, str(low), str(high))
