"""Facets: what one could ask next, with the facts that it would leave."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from itertools import takewhile
from typing import NamedTuple

from extractor.lexicon.table import active_overlay, read_table
from extractor.search import Question, count_facets
from extractor.search.facet import MOST, FacetCount
from extractor.search.page import count
from extractor.search.select import build_selection
from extractor.serve.web.address import Address
from extractor.serve.web.language import Language, find_message
from extractor.serve.web.number import to_unit
from extractor.store import Connection

SHOWN = 8
LARGE = 20_000  # facts up to which every facet is counted at once: in some tenths of a second
QUICK = ("kind", "year")  # what an index counts
COUNTY = 3  # names of a county's path
SHARES = ("0.9", "0.8", "0.5")  # least text quality and confidence on offer
# Each facet's fields of the question that it fills: they do not narrow its own counts.
FIELDS: dict[str, tuple[str, ...]] = {
    "kind": ("kind",),
    "year": ("first_day", "last_day"),
    "province": ("place",),
    "place": ("place",),
    "unit": ("unit", "minimum", "maximum"),
    "indicator": ("indicator",),
    "program": ("program",),
    "newspaper": ("newspaper",),
}
COLUMNS = {"min_quality": "q.text_quality", "min_confidence": "f.confidence"}
NESTED = ("place",)  # shows what lies within the place that was asked for


class Choice(NamedTuple):
    """One value of a facet. `facts` is None where it was not counted."""

    label: str
    facts: int | None
    href: str
    chosen: bool


class Facet(NamedTuple):
    """A facet with its most frequent values."""

    name: str
    choices: tuple[Choice, ...]


def build_facets(
    connection: Connection, question: Question, total: int, address: Address, *, every: bool
) -> tuple[list[Facet], bool]:
    """All facets that offer something, and whether all were counted: of very many facts only those that an index
    counts, unless `every` is asked for."""
    whole = every or total <= LARGE
    counts = read_counts(connection, question, tuple(FIELDS) if whole else QUICK)
    facets = [Facet(name, _to_choices(name, rows, address)) for name, rows in counts.items()]
    for field in ("min_quality", "min_confidence"):
        facets.append(Facet(field.replace("_", "-"), _to_shares(connection, question, address, field, whole)))
    facets.append(Facet("repeats", _to_repeats(connection, question, total, address, whole)))
    return [facet for facet in facets if any(choice.facts != 0 or choice.chosen for choice in facet.choices)], whole


def read_counts(
    connection: Connection, question: Question, names: tuple[str, ...]
) -> dict[str, tuple[FacetCount, ...]]:
    """The counts of each facet, as though its own field asked nothing."""
    free = [name for name in names if name in NESTED or not _asks(question, FIELDS[name])]
    counts = count_facets(connection, question, tuple(name for name in free if name != "place"), SHOWN)
    if "place" in names:
        paths = count_facets(connection, question, ("place",), MOST)["place"]
        counts["place"] = roll_up([(str(row.value), row.facts) for row in paths])
    for name in names:
        if name not in counts:
            wider = replace(question, **dict.fromkeys(FIELDS[name]), cursor=None)  # type: ignore[arg-type]
            counts[name] = count_facets(connection, wider, (name,), SHOWN)[name]
    return {name: counts[name] for name in names}


def roll_up(paths: list[tuple[str, int]]) -> tuple[FacetCount, ...]:
    """The most frequent places of the next level, each with what lies in it: counties where nothing narrows the paths,
    else what lies right below the place that all share."""
    split = [(path.split("/"), facts) for path, facts in paths]
    shared = _count_shared([names for names, _ in split])
    depth = shared + 1 if shared else COUNTY
    counts: Counter[str] = Counter()
    for names, facts in split:
        if len(names) >= depth:
            counts["/".join(names[:depth])] += facts
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return tuple(FacetCount(path, facts) for path, facts in ordered[:SHOWN])


def _count_shared(paths: list[list[str]]) -> int:
    """How many names all paths begin with."""
    columns = zip(*paths, strict=False)
    return sum(1 for _ in takewhile(lambda names: len(set(names)) == 1, columns))


def _asks(question: Question, fields: tuple[str, ...]) -> bool:
    return any(getattr(question, field) is not None for field in fields)


def to_changes(name: str, value: str) -> dict[str, str]:
    """The options that ask for a facet's value."""
    if name == "year":
        return {"from": value, "to": value}
    if name == "unit":
        return {"unit": value}
    return {"place" if name == "province" else name: value}


def _to_choices(name: str, rows: tuple[FacetCount, ...], address: Address) -> tuple[Choice, ...]:
    ordered = sorted(rows, key=lambda row: row.value, reverse=True) if name == "year" else rows
    choices = []
    for row in ordered:
        value = str(row.value)
        changes = to_changes(name, value)
        chosen = all(address.asked.get(option) == wanted for option, wanted in changes.items())
        target = address.ask(dict.fromkeys(changes)) if chosen else address.ask({**_drop(name), **changes})
        choices.append(Choice(to_label(name, value, address.language), row.facts, target, chosen))
    return tuple(choices)


def _drop(name: str) -> dict[str, str | int | None]:
    return {"min": None, "max": None} if name == "unit" else {}


def to_label(name: str, value: str, language: Language) -> str:
    """How a facet's value reads."""
    if name in ("kind", "sort"):
        return find_message(f"{name}.{value}", language, value)
    if name == "unit":
        return to_unit(value, language)
    if name == "indicator":
        return to_indicator(value, language)
    if name == "place":
        names = value.split("/")
        return " ".join(names[1:]) if len(names) > 1 else value
    return value


def to_indicator(identity: str, language: Language) -> str:
    """The usual name of a canonical indicator: in English its id in words."""
    if language == "en" and identity.isascii():
        return identity.replace("_", " ")
    return load_indicators().get(identity, identity)


def load_indicators() -> dict[str, str]:
    """The names of the indicators by id."""
    return {row["id"]: row["name"] for row in read_table("indicator.tsv", active_overlay())}


def _to_shares(
    connection: Connection, question: Question, address: Address, field: str, whole: bool
) -> tuple[Choice, ...]:
    option = field.replace("_", "-")
    asked = address.asked.get(option)
    numbers = _count_shares(connection, question, field) if whole else [None] * len(SHARES)
    choices = []
    for share, number in zip(SHARES, numbers, strict=True):
        chosen = asked == share
        choices.append(Choice(f"≥ {share}", number, address.ask({option: None if chosen else share}), chosen))
    return tuple(choices)


def _count_shares(connection: Connection, question: Question, field: str) -> list[int]:
    """How many facts have at least each share, in one pass."""
    wider = replace(question, **{field: None}, cursor=None)  # type: ignore[arg-type]
    selection = build_selection(connection, wider, ranked=False)
    source = f"{selection.source} JOIN article q ON q.article_pk = f.article_pk" if "quality" in field else None
    columns = ", ".join(f"sum(CASE WHEN {COLUMNS[field]} >= {share} THEN 1 ELSE 0 END)" for share in SHARES)
    query = selection._replace(source=source or selection.source).to_sql(columns)
    (numbers,) = connection.query(query.sql, query.values)
    return [int(number or 0) for number in numbers]


def _to_repeats(
    connection: Connection, question: Question, total: int, address: Address, whole: bool
) -> tuple[Choice, ...]:
    choices = []
    for repeats, name in ((False, "no"), (True, "yes")):
        number: int | None = total
        if question.repeats is not repeats:
            number = _count(connection, replace(question, repeats=repeats, cursor=None)) if whole else None
        label = find_message(f"repeats.{name}", address.language, name)
        href = address.ask({"repeats": "yes" if repeats else None})
        choices.append(Choice(label, number, href, question.repeats is repeats))
    return tuple(choices)


def _count(connection: Connection, question: Question) -> int:
    return count(connection, build_selection(connection, question, ranked=False))
