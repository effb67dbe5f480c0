"""The page's own words, from label.json, in the language asked for."""

from __future__ import annotations

import json
from functools import lru_cache
from importlib.resources import files
from typing import NamedTuple


class Labels(NamedTuple):
    """Words by their English key; `groups` are those of a field's values."""

    words: dict[str, str]
    groups: dict[str, dict[str, str]]

    def tell(self, key: str, **values: object) -> str:
        """A word with values put in; values are taken as they are, braces in them too."""
        text = self.words[key]
        for name, value in values.items():
            text = text.replace(f"{{{name}}}", str(value))
        return text

    def name(self, group: str, value: str) -> str:
        """The word for a field's value."""
        return self.groups[group][value]


@lru_cache(maxsize=2)
def load_labels(language: str) -> Labels:
    """The words of a language, zh or en."""
    table = json.loads(read_data("label.json"))[language]
    words = {key: value for key, value in table.items() if isinstance(value, str)}
    return Labels(words, {key: value for key, value in table.items() if isinstance(value, dict)})


def read_data(name: str) -> str:
    """A data file of the page."""
    return (files("extractor.view") / name).read_text("utf-8")
