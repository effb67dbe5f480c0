"""Publication dates: of the `--date` option, a header's value, a masthead line, a file name."""

from __future__ import annotations

import datetime
import re
import unicodedata
from functools import lru_cache
from pathlib import Path

from extractor.errors import UsageError
from extractor.lexicon.table import read_table
from extractor.model import Published

FIRST_YEAR, LAST_YEAR = 1840, 2100
NUMERALS = str.maketrans("〇○零Oo一二三四五六七八九", "00000123456789")
TENS = {"十": 10, "廿": 20, "卅": 30}


@lru_cache(maxsize=16)
def date_patterns(where: str, overlay: Path | None = None) -> tuple[re.Pattern[str], ...]:
    """The compiled forms that may stand at `where`: option, header, masthead or name."""
    rows = read_table("header_date.tsv", overlay)
    return tuple(re.compile(row["pattern"]) for row in rows if where in row["where"].split())


def fold_width(text: str) -> str:
    """The text with full-width digits, letters and marks made ASCII."""
    return text if text.isascii() else unicodedata.normalize("NFKC", text)


def parse_option(text: str) -> Published:
    """The date of `--date`: a day, a month or a year. Raises UsageError."""
    folded = fold_width(text).strip()
    for pattern in date_patterns("option"):
        if match := pattern.fullmatch(folded):
            date = to_published(match, "option")
            if date is None:
                break
            return date
    raise UsageError(f"{text!r} is no date: expected YYYY-MM-DD, YYYY-MM, YYYY or 2024年7月15日")


def find_date(text: str, where: str, basis: str, overlay: Path | None = None) -> Published | None:
    """The first date in a text by the forms of `where`, the most exact form first; None where there is none."""
    folded = fold_width(text)
    for pattern in date_patterns(where, overlay):
        for match in pattern.finditer(folded):
            if date := to_published(match, basis):
                return date
    return None


def to_published(match: re.Match[str], basis: str) -> Published | None:
    """A match's groups y, m, d as a date; None where the calendar has no such day."""
    groups = match.groupdict()
    year = _parse_number(groups["y"])
    month = _parse_number(groups["m"]) if groups.get("m") else None
    day = _parse_number(groups["d"]) if groups.get("d") else None
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    try:
        datetime.date(year, 1 if month is None else month, 1 if day is None else day)
    except ValueError:
        return None
    return Published(year, month, day, basis)


def _parse_number(text: str) -> int:
    if text.isdecimal():
        return int(text)
    if text == "元":
        return 1
    for mark, value in TENS.items():
        head, found, tail = text.partition(mark)
        if found:
            tens = int(head.translate(NUMERALS)) * 10 if head else value
            return tens + (int(tail.translate(NUMERALS)) if tail and tail not in TENS else 0)
    return int(text.translate(NUMERALS))
