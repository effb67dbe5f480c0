"""Characters folded for matching: traditional and variant forms, full width, case. Offsets stay as they are."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from importlib import resources


@lru_cache(maxsize=1)
def load_variants() -> dict[int, str]:
    """Traditional and variant characters to their standard simplified form, for str.translate."""
    text = resources.files("extractor.lexicon").joinpath("variant.txt").read_text("utf-8")
    characters, forms = text.splitlines()
    return {ord(character): form for character, form in zip(characters, forms, strict=True)}


@lru_cache(maxsize=1)
def _load_folds() -> dict[int, str]:
    wide = {code: unicodedata.normalize("NFKC", chr(code)) for code in (*range(0xFF01, 0xFF5F), 0x3000)}
    latin = {code: chr(code).lower() for code in range(ord("A"), ord("Z") + 1)}
    return {**load_variants(), **latin, **{code: form.lower() for code, form in wide.items()}}


def to_simplified(text: str) -> str:
    """The text with traditional and variant characters in their simplified form; the same length."""
    return text if text.isascii() else text.translate(load_variants())


def fold(text: str) -> str:
    """The text for searching: simplified, half-width, lower case; the same length.

    >>> fold("３２萬畝ＧＤＰ")
    '32万亩gdp'
    """
    return text.lower() if text.isascii() else text.translate(_load_folds())
