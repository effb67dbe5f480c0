"""The page's two languages and its messages."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from importlib import resources
from typing import Literal

from extractor.errors import InternalError
from extractor.lexicon.table import parse_table

Language = Literal["zh", "en"]
LANGUAGES: tuple[Language, ...] = ("zh", "en")
RANGE = re.compile(
    r"\s*(?P<tag>[A-Za-z]{1,8})(?:-[A-Za-z0-9]{1,8})*\s*(?:;\s*q\s*=\s*(?P<weight>[01](?:\.\d{1,3})?))?\s*"
)
MOST_RANGES = 20


@cache
def load_messages() -> dict[str, dict[Language, str]]:
    """The messages by key and language."""
    text = resources.files("extractor.serve.web").joinpath("message.tsv").read_text("utf-8")
    return {row["key"]: {"zh": row["zh"], "en": row["en"]} for row in parse_table(text, "message.tsv")}


def choose_language(asked: str | None, accepted: str | None) -> Language:
    """What the address asks for, else what the browser accepts best, else Chinese.

    >>> choose_language(None, "de, en-GB;q=0.8, zh;q=0.5")
    'en'
    """
    if asked in LANGUAGES:
        return asked
    best: tuple[float, Language] = (0.0, "zh")
    for part in (accepted or "")[:500].split(",")[:MOST_RANGES]:
        match = RANGE.fullmatch(part)
        tag = match["tag"].lower() if match else ""
        if match and tag in LANGUAGES:
            weight = float(match["weight"] or 1)
            if weight > best[0]:
                best = weight, "zh" if tag == "zh" else "en"
    return best[1]


def to_translator(language: Language) -> Callable[..., str]:
    """What gives the message of a key with its `{name}` filled in; of one thing (`key.one`) where its only value is 1.
    Raises InternalError on a key that is none."""
    messages = load_messages()

    def translate(key: str, **values: object) -> str:
        alone = "1" in map(str, values.values()) and len(values) == 1
        row = messages.get(f"{key}.one" if alone and f"{key}.one" in messages else key)
        if row is None:
            raise InternalError(f"message.tsv: has no {key!r}")
        return row[language].format_map(values) if values else row[language]

    return translate


def find_message(key: str, language: Language, default: str) -> str:
    """A message that may be missing: names of units, kinds, levels as records hold them."""
    row = load_messages().get(key)
    return row[language] if row else default
