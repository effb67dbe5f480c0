"""Text to HTML: markup is escaped, what has no shape is shown."""

from __future__ import annotations

import html
import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.view.escape import to_attribute, to_html

SHAPELESS = {"Cc", "Cf", "Cs", "Zl", "Zp"}


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("修渠12公里", "修渠12公里"),
        ("<a href='x'>&\"", "&lt;a href=&#x27;x&#x27;&gt;&amp;&quot;"),
        ("一\r\n二\r三\n四\t五", "一\n二\n三\n四\t五"),
        ("\u3000\u00a0", "\u3000\u00a0"),
        ("e\u0301\U0001f69c\ufe0f", "e\u0301\U0001f69c\ufe0f"),
    ],
)
def test_plain_and_markup(text: str, shown: str) -> None:
    assert to_html(text) == to_attribute(text) == shown


@pytest.mark.parametrize(
    ("character", "shown", "title"),
    [
        ("\x00", "␀", "U+0000"),
        ("\x1b", "␛", "U+001B"),
        ("\x0c", "␌", "U+000C"),
        ("\x7f", "␡", "U+007F"),
        ("\x85", "U+0085", "U+0085"),
        ("\u202e", "U+202E", "U+202E RIGHT-TO-LEFT OVERRIDE"),
        ("\u2066", "U+2066", "U+2066 LEFT-TO-RIGHT ISOLATE"),
        ("\u200b", "U+200B", "U+200B ZERO WIDTH SPACE"),
        ("\ufeff", "U+FEFF", "U+FEFF ZERO WIDTH NO-BREAK SPACE"),
        ("\u2028", "U+2028", "U+2028 LINE SEPARATOR"),
        ("\U000e0041", "U+E0041", "U+E0041 TAG LATIN CAPITAL LETTER A"),
        ("\uffff", "U+FFFF", "U+FFFF"),
        ("\ud800", "U+D800", "U+D800"),
    ],
)
def test_characters_without_a_shape(character: str, shown: str, title: str) -> None:
    assert to_html(f"修{character}渠") == f'修<span class="control" title="{title}">{shown}</span>渠'
    assert to_attribute(f"修{character}渠") == f"修{shown}渠"


@given(st.text())
def test_nothing_is_markup_and_nothing_hides(text: str) -> None:
    for shown in (to_html(text), to_attribute(text)):
        assert not [c for c in shown if unicodedata.category(c) in SHAPELESS and c not in "\t\n"]
        shown.encode("utf-8")
    assert not set(to_attribute(text)) & set("<>\"'")
    assert re.sub(r'<span class="control" title="U\+[0-9A-F]+[^"<>]*">[^<>]+</span>', "", to_html(text)).find("<") < 0


@given(st.text(st.characters(exclude_categories=tuple(SHAPELESS | {"Cn"}))))
def test_the_rest_comes_back(text: str) -> None:
    assert html.unescape(to_html(text)) == html.unescape(to_attribute(text)) == text
