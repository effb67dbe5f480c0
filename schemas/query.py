"""What the REST interface is asked: the parameters of an address. Unknown ones are refused."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field

from schemas.base import Frozen
from schemas.fact import Kind
from schemas.program import ProgramType
from schemas.review import Reviewer

Sort = Literal["value", "date", "relevance"]
FacetName = Literal["kind", "unit", "year", "province", "place", "program", "indicator", "newspaper"]
By = Literal["year", "province", "place", "program", "indicator", "newspaper", "kind", "unit"]
Order = Literal["facts", "sum", "median", "key"]
Field_ = Literal["place", "program", "indicator", "newspaper"]
NAME = 200
CURSOR = 4_000
TEXT = "terms parted by blanks, each an exact stretch of characters; -term takes out, quotation marks keep blanks"
PLACE = "name, code or path, with all that lies in it: 金乡县, 370828, 山东省/济宁市"
REVISION = "number of verdicts that the reviewer has seen; 409 where there are more by now"
REPEATS = "also facts that repeat another, and those of reprints; else each figure once"


class NoQuery(Frozen):
    """An address without parameters."""


class Page(Frozen):
    """How much of a list is asked for."""

    limit: int = Field(default=20, ge=1, le=1000, description="most that one answer holds")
    cursor: str | None = Field(default=None, max_length=CURSOR, description="goes on behind the answer that gave it")


class QuestionQuery(Frozen):
    """Which facts; the options of `govfacts search`."""

    text: str | None = Field(default=None, max_length=1000, description=TEXT)
    place: str | None = Field(default=None, min_length=1, max_length=NAME, description=PLACE)
    kind: Kind | None = Field(default=None, description="kind of quantity")
    min: str | None = Field(default=None, min_length=1, max_length=NAME, description="least amount: 1000万, 3.5亿元")
    max: str | None = Field(default=None, min_length=1, max_length=NAME, description="largest amount")
    unit: str | None = Field(
        default=None, min_length=1, max_length=NAME, description="unit of the amounts; 亩 finds 公顷 too"
    )
    from_: str | None = Field(
        default=None, alias="from", min_length=1, max_length=NAME, description="day, month or year from which on"
    )
    to: str | None = Field(default=None, min_length=1, max_length=NAME, description="day, month or year up to which")
    program: str | None = Field(default=None, min_length=1, max_length=NAME, description="part of a program's name")
    indicator: str | None = Field(
        default=None, min_length=1, max_length=NAME, description="an indicator's id or name, or a part of it"
    )
    newspaper: str | None = Field(default=None, min_length=1, max_length=NAME, description="name of the paper")
    min_quality: float | None = Field(default=None, ge=0, le=1, description="least text quality of the article")
    min_confidence: float | None = Field(default=None, ge=0, le=1, description="least confidence of the fact")
    repeats: bool = Field(default=False, description=REPEATS)
    rejected: bool = Field(default=False, description="the facts that people have rejected, which no other answer has")


class FactQuery(QuestionQuery, Page):
    """Facts in an order."""

    sort: Sort | None = Field(default=None, description="relevance where there is a text, else date")
    descending: bool = Field(default=True, description="largest, latest, best first")


class FacetQuery(QuestionQuery):
    """Counts of a question's facts."""

    facet: tuple[FacetName, ...] = Field(default=(), max_length=8, description="which; all where none is named")
    limit: int = Field(default=20, ge=1, le=1000, description="most values of each")


class AggregateQuery(QuestionQuery, Page):
    """Figures of a question's facts. Groups never mix kinds or units."""

    by: tuple[By, ...] = Field(default=(), max_length=4, description="what groups share; kind and unit they always do")
    order: Order = Field(default="facts", description="the largest first; key: by the groups' names")


class ProgramQuery(QuestionQuery, Page):
    """Programs of a question's facts."""

    type: ProgramType | None = Field(default=None, description="kind of program")


class PeriodQuery(QuestionQuery, Page):
    """Time expressions of a question's facts."""


class ArticleQuery(Page):
    """Articles, the latest first."""

    text: str | None = Field(default=None, max_length=1000, description=f"of a sentence with a fact: {TEXT}")
    place: str | None = Field(default=None, min_length=1, max_length=NAME, description=f"what it is about; {PLACE}")
    kind: Literal["news", "caption", "notice"] | None = Field(default=None, description="kind of item")
    from_: str | None = Field(
        default=None, alias="from", min_length=1, max_length=NAME, description="published from this day, month, year on"
    )
    to: str | None = Field(default=None, min_length=1, max_length=NAME, description="published up to then")
    newspaper: str | None = Field(default=None, min_length=1, max_length=NAME, description="name of the paper")
    min_quality: float | None = Field(default=None, ge=0, le=1, description="least text quality")
    repeats: bool = Field(default=False, description="also reprints")


class PlaceQuery(Frozen):
    """A part of the tree of places."""

    parent: str | None = Field(
        default=None, min_length=1, max_length=NAME, description="path, place_id or code; the provinces without it"
    )


class SuggestQuery(Frozen):
    """Names that begin as typed."""

    field: Field_ = Field(description="which names")
    prefix: str = Field(max_length=NAME, description="what they begin with")
    limit: int = Field(default=10, ge=1, le=100, description="most names")


class ExtractQuery(Frozen):
    """How a posted document is read."""

    name: str = Field(
        default="-", min_length=1, max_length=NAME, description="its file name, which may tell format and date"
    )
    date: str | None = Field(default=None, min_length=1, max_length=NAME, description="day, month or year of print")
    newspaper: str | None = Field(default=None, min_length=1, max_length=NAME, description="name of the paper")


class ExtractRequest(ExtractQuery):
    """A text to read."""

    text: str = Field(description="the text, newlines as they are printed")


class ReviewQuery(Page):
    """Judged facts, the latest one first."""

    verdict: Literal["accepted", "corrected", "rejected", "none"] | None = Field(
        default=None, description="what holds; none where all verdicts were taken back"
    )
    reviewer: Reviewer | None = Field(default=None, description="who has a word in the history")
    disputed: bool = Field(default=False, description="only those that reviewers differ on")


class QueueQuery(QuestionQuery):
    """Facts that a reviewer has not judged yet."""

    reviewer: Reviewer = Field(description="who is to judge")
    limit: int = Field(default=20, ge=1, le=1000, description="most that one answer holds")
    unjudged: bool = Field(default=False, description="only facts that nobody has judged")


class UndoQuery(Frozen):
    """Whose verdict is taken back."""

    reviewer: Reviewer = Field(description="who gave it")
    revision: int | None = Field(default=None, ge=0, description=REVISION)


class VerdictRequest(Frozen):
    """A verdict on a fact."""

    action: Literal["accept", "reject", "correct"] = Field(description="what is said of it")
    reviewer: Reviewer = Field(description="who says so")
    fields: dict[str, Any] | None = Field(
        default=None,
        description="of a correction only: what differs, as in the fact; of a span its text alone is enough",
    )
    note: str | None = Field(default=None, max_length=2_000, description="remark")
    revision: int | None = Field(default=None, ge=0, description=REVISION)
