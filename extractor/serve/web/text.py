"""Texts of documents as a page may show them: what is invisible is made visible."""

from __future__ import annotations

import re
from typing import Any

from markupsafe import Markup

# Controls, marks that turn the direction of a line round or join what stands apart, halves of characters,
# and what is no character.
HIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff0-\uffff"
    "\U000e0000-\U000e0fff\ud800-\udfff]"
)


def to_visible(text: str) -> str:
    """The text with the names of its invisible characters in their place.

    >>> to_visible("甲\\u202e乙")
    '甲[U+202E]乙'
    """
    return HIDDEN.sub(lambda match: "\ufffd" if match[0] == "\ufffd" else f"[U+{ord(match[0]):04X}]", text)


def finalize(value: Any) -> Any:
    """What a template puts out for a value; markup stays as it is."""
    if value is None:
        return ""
    return to_visible(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def shorten(text: str, most: int = 60) -> str:
    """The text, its end left out where it is long."""
    return text if len(text) <= most else text[: most - 1] + "…"
