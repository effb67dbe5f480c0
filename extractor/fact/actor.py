"""Which words name an doer (县水利局, 驻村干部, 全县): lexicon/subject.tsv, compiled."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from extractor.errors import LexiconError
from extractor.lexicon.table import read_table

_LONGEST_AREA = 8  # characters
KINDS = (
    *("body", "people", "pronoun", "division", "not"),
    *(
        "report",
        "state",
        "mean",
        "cause",
        "act",
        "by",
        "base",
        "comes",
        "paper",
        "firm",
        "adverb",
        "mutual",
        "trade",
        "thing",
    ),
)


@dataclass(frozen=True, slots=True)
class Actors:
    """The words of each kind, and the tests of a name's end."""

    pronouns: frozenset[str]
    reports: frozenset[str]
    states: frozenset[str]
    means: frozenset[str]
    bases: frozenset[str]
    comes: frozenset[str]
    causes: frozenset[str]
    acts: frozenset[str]
    by: frozenset[str]
    division: re.Pattern[str]
    people: tuple[str, ...]
    ends: dict[str, tuple[str, ...]]  # of names, by their last character
    never: dict[str, tuple[str, ...]]
    papers: tuple[str, ...]
    firms: tuple[str, ...]
    adverbs: frozenset[str]
    mutual: frozenset[str]
    trades: tuple[str, ...]
    things: dict[str, tuple[str, ...]]
    roles: dict[str, tuple[str, ...]]  # people by their last character

    def ends_name(self, name: str) -> bool:
        """Whether `name` ends as a body's, a people's or an area's name does."""
        if name in self.pronouns:
            return True
        name = name.removesuffix("们")
        if len(name) < 2 or name.endswith(self.never.get(name[-1], ())):
            return False
        return name.endswith(self.ends.get(name[-1], ())) or self.is_division(name)

    def ends_role(self, name: str) -> bool:
        """Whether `name` ends as a word for people does (村民, 书记)."""
        return name.endswith(self.roles.get(name[-1], ()))

    def is_thing(self, name: str) -> bool:
        """Whether `name` ends as that of a thing or an event does, which acts upon nothing."""
        return name.endswith(self.things.get(name[-1], ()))

    def is_division(self, name: str) -> bool:
        """Whether `name` is all of an area named as a doer, or ends with one behind a longer name."""
        return self.division.search(name, max(0, len(name) - _LONGEST_AREA)) is not None


@lru_cache(maxsize=4)
def load_actors(overlay: Path | None = None) -> Actors:
    """Raises LexiconError naming a row of an unknown kind or a wrong expression."""
    words: defaultdict[str, list[str]] = defaultdict(list)
    for row in read_table("subject.tsv", overlay):
        if row["kind"] not in KINDS:
            raise LexiconError(f"{row['_line']}: kind {row['kind']!r}, expected one of {', '.join(KINDS)}")
        if row["kind"] == "division":
            try:
                re.compile(row["surface"])
            except re.error as error:
                raise LexiconError(f"{row['_line']}: expression {row['surface']!r}: {error}") from error
        words[row["kind"]].append(row["surface"])
    division = "|".join(f"(?:{expression})" for expression in words["division"]) or "(?!)"
    return Actors(
        pronouns=frozenset(words["pronoun"]),
        reports=frozenset(words["report"]),
        states=frozenset(words["state"]),
        means=frozenset(words["mean"]),
        bases=frozenset(words["base"]),
        comes=frozenset(words["comes"]),
        causes=frozenset(words["cause"]),
        acts=frozenset(words["act"]),
        by=frozenset(words["by"]),
        division=re.compile(f"(?:{division})$"),
        people=(*words["people"], *words["trade"]),
        ends=_by_last(words["body"] + words["people"] + words["trade"]),
        never=_by_last(words["not"]),
        papers=tuple(words["paper"]),
        firms=tuple(words["firm"]),
        adverbs=frozenset(words["adverb"]),
        mutual=frozenset(words["mutual"]),
        trades=tuple(words["trade"]),
        things=_by_last(words["thing"] + words["not"]),
        roles=_by_last(words["people"] + words["trade"]),
    )


def _by_last(words: list[str]) -> dict[str, tuple[str, ...]]:
    out: defaultdict[str, list[str]] = defaultdict(list)
    for word in words:
        out[word[-1]].append(word)
    return {last: tuple(ends) for last, ends in out.items()}
