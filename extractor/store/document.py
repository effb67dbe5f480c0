"""The records of one document to its table rows."""

from __future__ import annotations

from typing import Any

from extractor.store.row import (
    DocumentRows,
    Row,
    to_article_row,
    to_document_row,
    to_fact_row,
    to_place_row,
)
from extractor.store.signature import to_signature
from extractor.store.token import to_tokens
from schemas import ArticleRecord, FactRecord, PlaceRecord, SourceRecord


class RowBuilder:
    """Collects the rows of one document; places and sentences that records share are kept once."""

    def __init__(self, source: SourceRecord, characters: int) -> None:
        self.source = source
        self.rows = DocumentRows(source.doc, source.part, to_document_row(source, characters))
        self._places: dict[Row, int] = {}
        self._sentences: dict[tuple[int, int, int], int] = {}
        self._articles: dict[str, list[tuple[int, ArticleRecord]]] = {}
        self._dates: dict[str, tuple[int | None, str | None]] = {}

    def add_article(self, article: ArticleRecord) -> None:
        """Articles come before what stands in them."""
        number = len(self.rows.articles)
        self._articles.setdefault(article.article_id, []).append((number, article))
        year, day = to_year_and_day(article.published or self.source.published)
        self._dates.setdefault(article.article_id, (year, day))
        place = self._place(article.place) if article.place else None
        self.rows.articles.append(to_article_row(number, place, article, year, to_signature(article.body)))
        self.rows.article_tokens.append(to_tokens(" ".join(filter(None, (article.kicker, article.title)))))

    def add_fact(self, fact: FactRecord) -> None:
        """A fact of an article added before."""
        article = self.find_article(fact.article_id, fact.evidence.start_char)
        place = self._place(fact.place) if fact.place else None
        sentence = self._sentence(article, fact)
        end = fact.period.end_date if fact.period else None
        when = to_year_and_day(end) if end else self._dates[fact.article_id]
        self.rows.facts.append(to_fact_row(len(self.rows.facts), article, sentence, place, fact, when))

    def add_place(self, mention: PlaceRecord) -> None:
        """A mention in an article added before."""
        place = self._place(mention)
        article = self.find_article(mention.article_id, mention.start_char)
        row = (article, place, mention.start_char, mention.end_char, mention.text, mention.resolved_by)
        self.rows.place_mentions.append(row)

    def find_article(self, identity: str, start: int) -> int:
        """The article of an id that holds a code point: the same one may stand twice in a document."""
        articles = self._articles[identity]
        for number, article in articles[1:]:
            if any(first <= start < last for first, last in article.spans):
                return number
        return articles[0][0]

    def _place(self, place: Any) -> int:
        return self._places.setdefault(to_place_row(place), len(self._places))

    def _sentence(self, article: int, fact: FactRecord) -> int:
        evidence = fact.evidence
        key = (article, evidence.start_char, evidence.end_char)
        if key not in self._sentences:
            number = self._sentences[key] = len(self._sentences)
            bbox = None if evidence.bbox is None else str(list(evidence.bbox))
            self.rows.sentences.append((number, *key, evidence.text, evidence.page, bbox))
            self.rows.sentence_tokens.append(to_tokens(evidence.text))
        return self._sentences[key]

    def finish(self) -> DocumentRows:
        """The rows."""
        self.rows.places = list(self._places)
        return self.rows


def to_document_rows(source: SourceRecord, characters: int, records: Any) -> DocumentRows:
    """The rows of one document. `records`: extractor.record.Records; `characters` of its text."""
    builder = RowBuilder(source, characters)
    for article in records.articles:
        builder.add_article(article)
    for fact in records.facts:
        builder.add_fact(fact)
    for place in records.places:
        builder.add_place(place)
    rows, find = builder.finish(), builder.find_article
    rows.program_mentions = [
        (find(m.article_id, m.start_char), m.start_char, m.end_char, m.text, m.type, m.canonical)
        for m in records.programs
    ]
    rows.period_mentions = [
        (find(m.article_id, m.start_char), m.start_char, m.end_char, m.text, m.start_date, m.end_date)
        for m in records.periods
    ]
    return rows


def to_year_and_day(date: str | None) -> tuple[int | None, str | None]:
    """Year and last day of a day, a month (1974-07) or a year (1958); None where there is no date."""
    if date is None:
        return None, None
    year = int(date[:4])
    if len(date) == 4:
        return year, f"{date}-12-31"
    if len(date) == 7:
        import calendar

        return year, f"{date}-{calendar.monthrange(year, int(date[5:]))[1]:02d}"
    return year, date
