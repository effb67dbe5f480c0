"""Reasons of the models in the page's language."""

from __future__ import annotations

import re
from functools import cache
from importlib import resources

from extractor.lexicon.table import Row, parse_table
from extractor.serve.web.language import Language
from extractor.serve.web.text import shorten

LONGEST = 300


@cache
def load_reasons() -> tuple[tuple[re.Pattern[str], Row], ...]:
    """The patterns with their rows."""
    text = resources.files("extractor.serve.web").joinpath("reason.tsv").read_text("utf-8")
    return tuple((re.compile(row["pattern"], re.DOTALL), row) for row in parse_table(text, "reason.tsv"))


def to_reason(reason: str, language: Language) -> str:
    """Why a field was refused; as it is given where the language is English or the table knows none."""
    if language == "zh":
        for pattern, row in load_reasons():
            match = pattern.fullmatch(reason)
            if match:
                return row["zh"].format_map({key: shorten(value) for key, value in match.groupdict().items()})
    return shorten(reason, LONGEST)
