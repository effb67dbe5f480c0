"""What the REST interface gives beside records and hits."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from schemas.article import ArticleRecord
from schemas.base import ContentId, DecimalText, Frozen, IsoDate, Level, Share
from schemas.fact import FactRecord, Kind
from schemas.period import PeriodRecord
from schemas.place import ADCODE_PATTERN, PlaceRecord, PlaceValue
from schemas.program import ProgramRecord, ProgramType
from schemas.review import ReviewState
from schemas.run import SourceRecord
from schemas.search import SearchHit

CURSOR = "asks for what comes next; null at the end"


class Problem(Frozen):
    """Why a request was refused (RFC 9457, application/problem+json)."""

    type: str = Field(description="name of the kind of problem")
    title: str = Field(description="the kind of problem in words")
    status: int = Field(ge=400, le=599, description="HTTP status")
    detail: str = Field(description="what was wrong with this request")
    instance: str = Field(description="path of the request")
    parameter: str | None = Field(default=None, description="the parameter that is wrong; left out where none is")


class ArticleItem(Frozen):
    """An article in a list."""

    article_id: ContentId = Field(description="stable: the same content gives the same id")
    doc: str = Field(description="the document that holds it")
    title: str | None = Field(description="headline, or null")
    kicker: str | None = Field(description="the small line beside the headline, or null")
    kind: str = Field(description="news, caption or notice")
    place: PlaceValue | None = Field(description="the division that it is about, or null")
    published: IsoDate | None = Field(description="day of publication, or null")
    newspaper: str | None = Field(description="name of the paper, or null")
    page: int | None = Field(description="number of the page in the document, or null")
    characters: int = Field(ge=0, description="code points of the body")
    text_quality: Share | None = Field(description="how well the text reads")
    duplicate_of: ContentId | None = Field(description="article_id of the first print of the same story, or null")
    facts: int = Field(ge=0, description="facts that it holds, repeats included")


class ArticlePage(Frozen):
    """Some articles, and how to go on."""

    total: int = Field(ge=0, description="articles that fulfil the question, on this page and all others")
    articles: tuple[ArticleItem, ...] = Field(description="the latest first")
    cursor: str | None = Field(description=CURSOR)


class ArticleDetail(Frozen):
    """An article with all that was found in it. Offsets are those of the document, as in all records."""

    article: ArticleRecord = Field(description="the article with its body")
    newspaper: str | None = Field(description="name of the paper, or null")
    facts: tuple[FactRecord, ...] = Field(description="in the order of the text, repeats included")
    places: tuple[PlaceRecord, ...] = Field(description="mentions in the order of the text")
    programs: tuple[ProgramRecord, ...] = Field(description="mentions in the order of the text")
    periods: tuple[PeriodRecord, ...] = Field(description="mentions in the order of the text")


class PlaceNode(Frozen):
    """A place of the database, or one that such a place lies in, under its latest name."""

    path: tuple[str, ...] = Field(description="names from province down")
    name: str = Field(description="the last of them")
    level: Level = Field(description="rank of the division")
    adcode: str | None = Field(pattern=ADCODE_PATTERN, description="its latest code, or null")
    place_id: str | None = Field(description="one identity over time, or null")
    facts: int = Field(ge=0, description="facts about it and all that lies in it, each figure once")
    own_facts: int = Field(ge=0, description="those about itself")
    articles: int = Field(ge=0, description="articles about it and all that lies in it, each story once")
    children: int = Field(ge=0, description="places right below it")


class PlacePage(Frozen):
    """A part of the tree of places."""

    place: PlaceNode | None = Field(description="the place asked for; null above the provinces")
    above: tuple[PlaceNode, ...] = Field(description="what it lies in, the province first")
    children: tuple[PlaceNode, ...] = Field(description="all places right below it, those with most facts first")
    unplaced: int = Field(ge=0, description="facts of the whole database without a place, each figure once")


class YearCount(Frozen):
    """Facts of a year."""

    year: int = Field(description="year of the fact's period, else of its publication")
    facts: int = Field(ge=1, description="each figure once")


class PlaceDetail(PlacePage):
    """A place with its time line."""

    years: tuple[YearCount, ...] = Field(description="facts about it and all that lies in it, in the order of time")


class ProgramItem(Frozen):
    """A program and how many facts are of it."""

    text: str = Field(description="its name")
    type: ProgramType = Field(description="kind of program")
    facts: int = Field(ge=1, description="facts of the question")
    first_year: int | None = Field(description="year of its earliest fact, or null")
    last_year: int | None = Field(description="year of its latest fact, or null")


class ProgramPage(Frozen):
    """Some programs, and how to go on."""

    total: int = Field(ge=0, description="programs of the question's facts")
    programs: tuple[ProgramItem, ...] = Field(description="those with most facts first")
    cursor: str | None = Field(description=CURSOR)


class PeriodItem(Frozen):
    """A time expression and how many facts use it."""

    text: str = Field(description="as printed")
    start_date: IsoDate | None = Field(description="first day, or null where not resolvable")
    end_date: IsoDate | None = Field(description="last day, or null where not resolvable")
    facts: int = Field(ge=1, description="facts of the question")


class PeriodPage(Frozen):
    """Some time expressions, and how to go on."""

    total: int = Field(ge=0, description="time expressions of the question's facts")
    periods: tuple[PeriodItem, ...] = Field(description="those with most facts first")
    cursor: str | None = Field(description=CURSOR)


class FacetValue(Frozen):
    """How many of a question's facts have a value."""

    value: str | int = Field(description="what the option of that name takes")
    facts: int = Field(ge=1, description="facts of the question")


class FacetPage(Frozen):
    """The most frequent values of each facet."""

    facets: dict[str, tuple[FacetValue, ...]] = Field(description="by facet, those with most facts first")


class Suggestion(Frozen):
    """A name that begins as typed."""

    value: str = Field(description="what the option takes")
    label: str = Field(description="what a reader sees")
    facts: int = Field(ge=0, description="facts (of a newspaper: documents)")


class SuggestPage(Frozen):
    """Names that begin as typed."""

    suggestions: tuple[Suggestion, ...] = Field(description="the most frequent first")


class Figures(Frozen):
    """Figures of some facts in the group's unit, rounded to 12 digits."""

    facts: int = Field(ge=1, description="how many")
    sum: DecimalText | None = Field(description="null for shares, ranks and others that do not add up")
    median: DecimalText = Field(description="half are below it, half above")
    min: DecimalText = Field(description="the least")
    max: DecimalText = Field(description="the largest")


class Unused(Frozen):
    """Facts of a group that stand in no figure, by the reason."""

    range: int = Field(ge=0, description="ranges and vague numbers (3—5, 数百): they have no one value")
    rate: int = Field(ge=0, description="rates (每亩500元): they are no amounts")
    part: int = Field(ge=0, description="parts of a total that is in the same group (其中): they would count twice")


class AggregateGroup(Frozen):
    """Facts of one kind and unit that share a key. facts = exact + qualified + all unused."""

    key: dict[str, str | int | None] = Field(description="by what was asked for; null where the facts have none")
    kind: Kind = Field(description="kind of quantity")
    unit: str = Field(description="unit of the figures: yuan of all times CNY, measures in standard units")
    facts: int = Field(ge=1, description="facts of the group")
    exact: Figures | None = Field(description="of numbers without a qualifier, or null")
    qualified: Figures | None = Field(description="of stated numbers with one (约, 近, 余, 以上), or null")
    unused: Unused = Field(description="how many facts are in neither, and why")


class AggregatePage(Frozen):
    """Some groups, and how to go on."""

    total: int = Field(ge=0, description="groups, on this page and all others")
    facts: int = Field(ge=0, description="facts that fulfil the question: those of all groups")
    groups: tuple[AggregateGroup, ...] = Field(description="in the order asked for")
    cursor: str | None = Field(description=CURSOR)


class Extraction(Frozen):
    """What a text holds."""

    source: SourceRecord = Field(description="the document as read")
    articles: tuple[ArticleRecord, ...] = Field(description="in page order")
    facts: tuple[FactRecord, ...] = Field(description="in the order of the text")
    places: tuple[PlaceRecord, ...] = Field(description="mentions in the order of the text")
    programs: tuple[ProgramRecord, ...] = Field(description="mentions in the order of the text")
    periods: tuple[PeriodRecord, ...] = Field(description="mentions in the order of the text")


class ReviewPage(Frozen):
    """Some judged facts, and how to go on."""

    total: int = Field(ge=0, description="judged facts that fulfil the question, on this page and all others")
    reviews: tuple[ReviewState, ...] = Field(description="the latest one first")
    cursor: str | None = Field(description=CURSOR)


class Candidate(Frozen):
    """A fact to judge."""

    hit: SearchHit = Field(description="the fact and where it was printed")
    confidence: Share = Field(description="the machine's")
    review: ReviewState | None = Field(description="what others said of it, or null")
    revision: int = Field(ge=0, description="number of verdicts so far, to be sent with one's own")


class Queue(Frozen):
    """Facts that a reviewer has not judged yet."""

    total: int = Field(ge=0, description="all such facts")
    facts: tuple[Candidate, ...] = Field(description="the least confident first")


class Health(Frozen):
    """That the server answers."""

    status: Literal["ok"] = Field(description="ok")
    version: str = Field(description="version of govfacts")


class Total(Frozen):
    """Rows of the whole database."""

    documents: int = Field(ge=0, description="documents that were read")
    characters: int = Field(ge=0, description="code points of their texts")
    articles: int = Field(ge=0, description="articles")
    duplicates: int = Field(ge=0, description="articles that reprint another")
    facts: int = Field(ge=0, description="facts")
    counted: int = Field(ge=0, description="facts that repeat none and are of no reprint")
    failures: int = Field(ge=0, description="inputs that could not be read")
    runs: int = Field(ge=0, description="invocations of govfacts run")
