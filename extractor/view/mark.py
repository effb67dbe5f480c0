"""What of an article is marked in its text, and which row of its tables each mark leads to."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field
from typing import Literal

from extractor.model import Reading, Source
from extractor.record import Records, to_records
from extractor.view.nest import Mark
from schemas import ArticleRecord, FactRecord, PlaceRecord, TextSpan

Kind = Literal[
    "quantity", "indicator", "action", "subject", "place", "program", "period", "base", "dateline", "sentence"
]
# Where two cross the higher rank stays whole: a figure is never cut. The letter begins the anchor of such a mark.
RANKS: dict[Kind, int] = {
    "sentence": 1,
    "dateline": 2,
    "program": 3,
    "subject": 4,
    "indicator": 5,
    "base": 5,
    "period": 6,
    "place": 7,
    "action": 8,
    "quantity": 9,
}
PARTS: tuple[Kind, ...] = ("indicator", "action", "subject", "program", "period", "base")
ROLE = 0  # rank of what a stretch is in its article


@dataclass(slots=True)
class Shown:
    """A fact as the page shows it. `anchors`: the mark of each of its parts; the number is the row's."""

    number: int
    fact: FactRecord
    anchors: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Item:
    """An article with what was found in it. `marks` count code points of the source that is shown, which begins
    `offset` into the document of the records."""

    article: ArticleRecord
    records: Records
    facts: list[Shown]
    marks: list[Mark]
    offset: int


class Numbers:
    """The page's running numbers of facts and marks."""

    def __init__(self) -> None:
        self.fact = 0
        self.mark = 0

    def next_fact(self) -> int:
        self.fact += 1
        return self.fact

    def next_key(self) -> str:
        self.mark += 1
        return f"m{self.mark}"


def find_item(source: Source, reading: Reading, numbers: Numbers) -> Item:
    """The records of one article and its marks."""
    records = to_records(source, [reading])
    marker, places = _Marker(source, numbers), Mentions(records.places)
    for fact in sorted(records.facts, key=lambda fact: (fact.quantity.start_char, fact.quantity.end_char)):
        marker.add_fact(fact, places)
    for kind, mentions in (("place", records.places), ("program", records.programs), ("period", records.periods)):
        for mention in mentions:
            marker.add(kind, mention)  # type: ignore[arg-type]
    article = records.articles[0]
    marker.add("dateline", article.dateline)
    return Item(article, records, marker.facts, list(marker.marks.values()), source.offset)


class _Marker:
    """Collects marks, each stretch of a kind once."""

    def __init__(self, source: Source, numbers: Numbers) -> None:
        self.marks: dict[tuple[str, int, int], Mark] = {}
        self.facts: list[Shown] = []
        self._source = source
        self._numbers = numbers

    def add(self, kind: Kind, span: TextSpan | PlaceRecord | None, row: str = "") -> str:
        """The anchor of the mark; empty for none."""
        if span is None:
            return ""
        start, end = span.start_char - self._source.offset, span.end_char - self._source.offset
        mark = self.marks.get((kind, start, end))
        if mark is None:
            mark = Mark(start, end, RANKS[kind], kind, self._numbers.next_key(), row)
            self.marks[kind, start, end] = mark
        return mark.key

    def add_fact(self, fact: FactRecord, places: Mentions) -> None:
        shown = Shown(self._numbers.next_fact(), fact)
        row = f"f{shown.number}"
        self.add("sentence", fact.evidence)
        shown.anchors["quantity"] = self.add("quantity", fact.quantity, row)
        for part in PARTS:
            shown.anchors[part] = self.add(part, getattr(fact, part), row)
        shown.anchors["place"] = self.add("place", places.find(fact), row)
        self.facts.append(shown)


class Mentions:
    """The mentions of places by what they name."""

    def __init__(self, places: list[PlaceRecord]) -> None:
        self._by_name: dict[tuple[str, str | None], list[PlaceRecord]] = {}
        for place in sorted(places, key=lambda place: place.start_char):
            self._by_name.setdefault((place.name, place.adcode), []).append(place)

    def find(self, fact: FactRecord) -> PlaceRecord | None:
        """The mention that a fact's place is from: the last one before the quantity, else the first. None where the
        text has none (a coreference to the paper's own county)."""
        if fact.place is None:
            return None
        named = self._by_name.get((fact.place.name, fact.place.adcode), [])
        at = bisect_left(named, fact.quantity.start_char, key=lambda place: place.start_char)
        return named[max(0, at - 1)] if named else None
