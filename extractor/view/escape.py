"""Text to HTML that shows what it holds: nothing of it is markup, nothing of it is invisible."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import regex

MARKUP = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#x27;"}
PICTURES = 0x2400  # where Unicode has its pictures of the control characters
DELETE = "\x7f"
# Controls, marks of direction and other characters without a shape, separators that break lines behind CSS's back.
HIDDEN = r"[[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Noncharacter_Code_Point}]--[\t\n]]"


@lru_cache(maxsize=1)
def load_pattern() -> regex.Pattern[str]:
    """Characters that do not go into a page as they are; a line's end is one."""
    import regex

    return regex.compile(rf"[&<>\"']|\r\n?|{HIDDEN}", regex.V1)


def to_html(text: str) -> str:
    """A text as the content of an element; characters that have no shape are shown by their picture or number.

    >>> to_html("修渠<b>")
    '修渠&lt;b&gt;'
    """
    return load_pattern().sub(lambda match: _to_element(match[0]), text)


def to_attribute(text: str) -> str:
    """A text as the value of an attribute in double quotes, or as the content of a title."""
    return load_pattern().sub(lambda match: _to_plain(match[0]), text)


def _to_element(character: str) -> str:
    plain = _to_plain(character)
    if character in MARKUP or plain == "\n":
        return plain
    code = f"U+{ord(character):04X}"
    name = unicodedata.name(character, "")
    return f'<span class="control" title="{f"{code} {name}".strip()}">{plain}</span>'


def _to_plain(character: str) -> str:
    if character in MARKUP:
        return MARKUP[character]
    if character[0] == "\r":
        return "\n"
    if character < " ":
        return chr(PICTURES + ord(character))
    return "␡" if character == DELETE else f"U+{ord(character):04X}"
