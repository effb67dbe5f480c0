"""The values that pass between the stages.

Two coordinate spaces: `Span` counts code points of the source as decoded, `BodySpan` those of an
article's unwrapped text (`Article.text.text`). `extractor.text.MappedText` is the only bridge.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

from extractor.text import BodySpan, MappedText, Span


@dataclass(frozen=True, slots=True)
class Published:
    """When a text was printed: a day (`month` and `day` set), a month or a year; `basis` says who told."""

    year: int
    month: int | None = None
    day: int | None = None
    basis: str = "option"  # option, metadata, header, masthead, file_name

    def iso(self) -> str | None:
        """ISO day, or None where the day is not known."""
        if self.month is None or self.day is None:
            return None
        return f"{self.year:04d}-{self.month:02d}-{self.day:02d}"


class Box(NamedTuple):
    """Where a stretch of the source stands in print: page (1-based) and edges in the page's own unit (points, pixels),
    origin at the top left."""

    start: int
    end: int
    page: int
    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Source:
    """One decoded input, or one part of a large one. `hidden` are source stretches that are metadata, not page text."""

    doc: str
    text: str
    sha256: str
    bytes: int
    encoding: str
    format: str
    published: Published | None = None
    titles: tuple[Span, ...] = ()  # headlines that a header block declares
    hidden: tuple[Span, ...] = ()
    newspaper: str | None = None
    byline: tuple[str, ...] = ()  # authors that the format's metadata name
    items: tuple[Span, ...] = ()  # stretches that are one article each, where the format says so
    boxes: tuple[Box, ...] = ()  # printed lines in text order, where the format has a layout
    pages: tuple[int, ...] = ()  # where each page begins, where the format has pages
    uri: str | None = None  # where the document stands (a web address), where its metadata say so
    quality: float | None = None  # 0..1: how sure the reader is of the characters (OCR, replaced bytes)
    offset: int = 0  # code points of the document before this part
    part: int = 1


class Mend(NamedTuple):
    """A numeral that OCR broke. `text`, as long as the span, stands for it in the article's text (zeros behind the
    point fill it up); `reading` is the numeral."""

    span: BodySpan
    text: str
    reading: str


@dataclass(frozen=True, slots=True)
class Article:
    """One item of a page. `text` is the whole unwrapped text: kicker, headline lines and body paragraphs, one a line,
    joined by a line feed that maps to no source. `parts` names each line's role in `text` order."""

    ordinal: int
    kind: str  # news, caption, notice
    text: MappedText
    parts: tuple[tuple[str, BodySpan], ...]  # ("title" | "kicker" | "body", span without the line feed)
    title: str | None
    kicker: str | None
    byline: tuple[str, ...] = ()
    dateline: BodySpan | None = None
    spans: tuple[Span, ...] = ()
    page: int | None = None
    mends: tuple[Mend, ...] = ()


@dataclass(frozen=True, slots=True)
class Sentence:
    span: BodySpan
    paragraph: int  # index into Article.parts
    part: str  # title, kicker, body


class Bounds(NamedTuple):
    value: Decimal | None
    low: Decimal | None
    high: Decimal | None
    modifier: str


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its qualifiers and unit; values in the base unit."""

    span: BodySpan
    text: str
    kind: str  # count, money, measure, ratio, rank
    bounds: Bounds
    unit: str
    dimension: str | None
    rule: str
    surface_unit: str = ""
    standard_factor: Decimal | None = None
    standard_unit: str | None = None
    per: str | None = None
    flags: frozenset[str] = frozenset()  # of the unit's row: person, event ...
    as_read: str | None = None  # the expression with its numeral mended, where OCR had broken it


@dataclass(frozen=True, slots=True)
class Exclusion:
    """A stretch with a numeral that is no quantity, and the row or rule that says so."""

    span: BodySpan
    text: str
    rule: str


@dataclass(frozen=True, slots=True)
class Place:
    """One mention. `name`, `level`, `path` are those valid at the publication date."""

    span: BodySpan
    text: str
    adcode: str | None
    place_id: str | None
    name: str
    level: str  # province, prefecture, county, township, zone, village
    path: tuple[str, ...]
    resolved_by: str


@dataclass(frozen=True, slots=True)
class Program:
    span: BodySpan  # with its marks
    text: str  # marks dropped
    type: str  # document, project, campaign, mechanism, brand
    rule: str
    canonical: str | None = None


@dataclass(frozen=True, slots=True)
class Period:
    span: BodySpan
    text: str
    start_date: str | None
    end_date: str | None
    rule: str
    governs: bool = True  # False where it only names a base of comparison (比去年, 较上年同期)


@dataclass(frozen=True, slots=True)
class Phrase:
    span: BodySpan
    text: str


@dataclass(frozen=True, slots=True)
class FactPlace:
    place: Place
    basis: str  # mention, coreference, article


@dataclass(frozen=True, slots=True)
class Fact:
    quantity: Quantity
    sentence: BodySpan
    indicator: Phrase | None
    action: Phrase | None
    subject: Phrase | None
    place: FactPlace | None
    program: Program | None
    period: Period | None
    rule: str
    base: Phrase | None = None
    indicator_id: str | None = None  # indicator.tsv
    part_of: BodySpan | None = None  # quantity of the total in the same text (其中)
    confidence: float = 0.5
    features: tuple[str, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class Reading:
    """All that the stages found in one article."""

    article: Article
    place: Place | None
    sentences: tuple[Sentence, ...]
    facts: tuple[Fact, ...]
    places: tuple[Place, ...]
    programs: tuple[Program, ...]
    periods: tuple[Period, ...]
    exclusions: tuple[Exclusion, ...] = ()
