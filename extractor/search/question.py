"""What is asked of a database of facts."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cached_property
from typing import get_args

from extractor.errors import UsageError
from extractor.search.term import Term, split_terms
from schemas.fact import Kind

SORTS = ("value", "date", "relevance")
MOST = 1_000  # hits of a page
LONGEST = 200  # characters of a name
# Fields of a question and their names as options of the command, columns of a table of questions and in the REST.
OPTIONS = {
    "text": "text",
    "place": "place",
    "kind": "kind",
    "minimum": "min",
    "maximum": "max",
    "unit": "unit",
    "first_day": "from",
    "last_day": "to",
    "program": "program",
    "indicator": "indicator",
    "newspaper": "newspaper",
    "min_quality": "min-quality",
    "min_confidence": "min-confidence",
    "sort": "sort",
    "descending": "descending",
    "limit": "limit",
    "cursor": "cursor",
    "repeats": "repeats",
    "rejected": "rejected",
}
YES, NO = ("1", "true", "yes"), ("0", "false", "no")


@dataclass(frozen=True)
class Question:
    """What hits must fulfil and in which order they come; None asks nothing. Raises UsageError that names the option.

    `minimum`, `maximum`: numbers, words allowed (1000万, 3.5亿元). `first_day`, `last_day`: days, months or years, both
    inclusive. `sort`: relevance where there is a text, else date. `descending`: else the largest, latest, best first.
    `repeats`: facts that repeat another and those of reprints too, else each figure once. `rejected`: the facts that
    people have rejected, which else stand in no answer.
    """

    text: str | None = None
    place: str | None = None
    kind: str | None = None
    minimum: str | None = None
    maximum: str | None = None
    unit: str | None = None
    first_day: str | None = None
    last_day: str | None = None
    program: str | None = None
    indicator: str | None = None
    newspaper: str | None = None
    min_quality: float | None = None
    min_confidence: float | None = None
    sort: str | None = None
    descending: bool = True
    limit: int = 20
    cursor: str | None = None
    repeats: bool = False
    rejected: bool = False

    def __post_init__(self) -> None:
        for name in ("place", "unit", "program", "indicator", "newspaper", "minimum", "maximum"):
            _check_name(name, getattr(self, name))
        _check_choice("kind", self.kind, get_args(Kind))
        _check_choice("sort", self.sort, SORTS)
        for name in ("min_quality", "min_confidence"):
            share = getattr(self, name)
            if share is not None and not 0 <= share <= 1:
                raise UsageError(f"--{OPTIONS[name]} {share}: expected 0 to 1")
        if not 1 <= self.limit <= MOST:
            raise UsageError(f"--limit {self.limit}: expected 1 to {MOST}")
        if self.sort == "relevance" and not any(not term.excluded for term in self.terms):
            raise UsageError("--sort relevance: needs a text to search for")

    @cached_property
    def terms(self) -> tuple[Term, ...]:
        """The terms of the text."""
        return split_terms(self.text) if self.text else ()

    @property
    def order(self) -> str:
        """By what hits are sorted."""
        if self.sort is not None:
            return self.sort
        return "relevance" if any(not term.excluded for term in self.terms) else "date"


def _check_name(name: str, value: str | None) -> None:
    if value is None:
        return
    option = f"--{OPTIONS[name]}"
    if not value.strip():
        raise UsageError(f"{option}: is empty")
    if len(value) > LONGEST:
        raise UsageError(f"{option}: {len(value)} characters, at most {LONGEST}")
    if any(character < " " or "\ud800" <= character <= "\udfff" for character in value):
        raise UsageError(f"{option} {value!r}: holds a character that no text has")


def _check_choice(name: str, value: str | None, choices: tuple[str, ...]) -> None:
    if value is not None and value not in choices:
        raise UsageError(f"--{OPTIONS[name]} {value}: expected {', '.join(choices)}")


def parse_question(cells: Mapping[str, str | None]) -> Question:
    """A question of texts by the names of the options (a row of a table, the query of an address); empty ones ask
    nothing. Raises UsageError."""
    known = {option.replace("-", "_"): name for name, option in OPTIONS.items()}
    types = {field.name: str(field.type) for field in fields(Question)}
    values: dict[str, object] = {}
    for key, cell in cells.items():
        name = known.get(key.strip().lower().replace("-", "_"))
        if name is None:
            raise UsageError(f"{key!r}: no such option; there are {', '.join(OPTIONS.values())}")
        if cell is not None and cell.strip():
            values[name] = _parse_cell(OPTIONS[name], cell.strip(), types[name])
    return Question(**values)  # type: ignore[arg-type]


def _parse_cell(option: str, cell: str, kind: str) -> object:
    if kind == "bool":
        if cell.lower() not in YES + NO:
            raise UsageError(f"--{option} {cell}: expected yes or no")
        return cell.lower() in YES
    if kind.startswith("str"):
        return cell
    try:
        number = int(cell) if kind == "int" else float(cell)
    except ValueError as error:
        raise UsageError(f"--{option} {cell}: is no number") from error
    if not math.isfinite(number):
        raise UsageError(f"--{option} {cell}: is no number")
    return number
