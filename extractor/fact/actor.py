"""Which words name an doer (县水利局, 驻村干部, 全县): lexicon/subject.tsv, compiled."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from extractor.errors import LexiconError
from extractor.lexicon.table import read_table

KINDS = (
    *("body", "people", "pronoun", "division", "not"),
    *("report", "state", "mean", "cause", "act", "by", "base", "comes", "paper"),
)


@dataclass(frozen=True, slots=True)
class Actors:
    """Words by kind, and the tests of a name's end."""

    words: dict[str, frozenset[str]]
    division: re.Pattern[str]
    people: tuple[str, ...]
    ends: tuple[str, ...]
    never: tuple[str, ...]
    papers: tuple[str, ...]

    def ends_name(self, name: str) -> bool:
        """Whether `name` ends as a body's, a people's or an area's name does."""
        if name in self.words["pronoun"]:
            return True
        name = name.removesuffix("们")
        if name.endswith(self.never) or len(name) < 2:
            return False
        return name.endswith(self.ends) or self.is_division(name)

    def is_division(self, name: str) -> bool:
        """Whether `name` is all of an area named as an doer, or ends with one behind a longer name."""
        return self.division.search(name) is not None


@lru_cache(maxsize=4)
def load_actors(overlay: Path | None = None) -> Actors:
    """Raises LexiconError naming a row of an unknown kind or a wrong expression."""
    words: defaultdict[str, list[str]] = defaultdict(list)
    for row in read_table("subject.tsv", overlay):
        if row["kind"] not in KINDS:
            raise LexiconError(f"{row['_line']}: kind {row['kind']!r}, expected one of {', '.join(sorted(KINDS))}")
        if row["kind"] == "division":
            try:
                re.compile(row["surface"])
            except re.error as error:
                raise LexiconError(f"{row['_line']}: expression {row['surface']!r}: {error}") from error
        words[row["kind"]].append(row["surface"])
    division = "|".join(f"(?:{expression})" for expression in words["division"]) or "(?!)"
    return Actors(
        {kind: frozenset(words[kind]) for kind in KINDS},
        re.compile(f"(?:{division})$"),
        tuple(words["people"]),
        (*words["body"], *words["people"]),
        tuple(words["not"]),
        tuple(words["paper"]),
    )


@lru_cache(maxsize=1)
def load_surnames() -> frozenset[str]:
    """Characters that open a person's name."""
    return frozenset("".join(row["characters"] for row in read_table("layout_surname.tsv")))
