"""One reading to its records."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter

from extractor.model import Fact, Period, Phrase, Place, Program, Reading, Source
from extractor.record.span import Surface, to_marked, to_surface
from extractor.record.value import normalise, share_readable, to_id, to_plain, to_standard, to_yuan
from extractor.text import BodySpan, Span
from schemas import (
    ArticleRecord,
    FactPlaceValue,
    FactRecord,
    PeriodRecord,
    PeriodSpan,
    PlaceRecord,
    PlaceValue,
    ProgramRecord,
    ProgramSpan,
    QuantityValue,
    TextSpan,
)

BLANK = re.compile(r"\s")


class ArticleWriter:
    """Builds the records of one article."""

    def __init__(self, source: Source, reading: Reading) -> None:
        self.source = source
        self.reading = reading
        self.mapped = reading.article.text
        self._blanks = [match.start() for match in BLANK.finditer(self.mapped.text)]
        self._sentences: dict[BodySpan, Surface | None] = {}
        self.article = self._to_article()

    def _to_article(self) -> ArticleRecord:
        article = self.reading.article
        body = "\n".join(self.mapped.text[span.start : span.end] for role, span in article.parts if role == "body")
        identity = to_id("article", *map(normalise, (body, article.title or "", article.kicker or "")))
        return ArticleRecord(
            doc=self.source.doc,
            article_id=identity,
            ordinal=article.ordinal,
            kind=article.kind,  # type: ignore[arg-type]
            title=article.title,
            kicker=article.kicker,
            byline=article.byline,
            dateline=self._to_span(article.dateline),
            place=to_place(self.reading.place),
            published=self.source.published.iso() if self.source.published else None,
            spans=tuple(span for span in article.spans or self._run_spans() if span.start < span.end),
            body=body,
            page=article.page,
            text_quality=share_readable(self.mapped.text),
        )

    def _run_spans(self) -> tuple[Span, ...]:
        return tuple(Span(run.source, run.source + run.length) for run in self.mapped.runs)

    def facts(self) -> list[FactRecord]:
        """One record a fact. A quantity that stands nowhere in the source (an inserted character) gives none."""
        seen: Counter[tuple[int, int, str]] = Counter()
        records: list[FactRecord] = []
        for fact in self.reading.facts:
            quantity = self._surface(fact.quantity.span)
            evidence = self._evidence(fact)
            if quantity is None or evidence is None:
                continue
            start, end = (self._bare_offset(offset) for offset in fact.quantity.span)
            key = (start, end, normalise(fact.quantity.text))
            records.append(self._to_fact(fact, quantity, evidence, (*map(str, key), str(seen[key]))))
            seen[key] += 1
        return records

    def _to_fact(self, fact: Fact, surface: Surface, evidence: Surface, identity: tuple[str, ...]) -> FactRecord:
        place = to_place(fact.place.place) if fact.place else None
        return FactRecord(
            doc=self.source.doc,
            fact_id=to_id("fact", self.article.article_id, *identity),
            article_id=self.article.article_id,
            kind=fact.quantity.kind,  # type: ignore[arg-type]
            quantity=to_quantity(fact, surface),
            indicator=self._to_phrase(fact.indicator),
            action=self._to_phrase(fact.action),
            subject=self._to_phrase(fact.subject),
            place=FactPlaceValue(**dict(place), basis=fact.place.basis) if place and fact.place else None,  # type: ignore[arg-type]
            program=self._to_program(fact.program),
            period=self._to_period(fact.period),
            base=self._to_phrase(fact.base),
            rule=fact.rule,
            evidence=TextSpan(text=evidence.text, start_char=evidence.start, end_char=evidence.end),
            confidence=round(min(max(fact.confidence, 0.0), 1.0), 4),
        )

    def places(self) -> list[PlaceRecord]:
        """One record a mention."""
        return [
            PlaceRecord(
                **self._mention(surface),  # type: ignore[arg-type]
                adcode=place.adcode,
                place_id=place.place_id,
                name=place.name,
                level=place.level,  # type: ignore[arg-type]
                path=place.path,
                resolved_by=place.resolved_by,
            )
            for place in self.reading.places
            if (surface := self._surface(place.span)) is not None
        ]

    def programs(self) -> list[ProgramRecord]:
        """One record a mention."""
        return [
            ProgramRecord(**self._mention(surface), type=program.type, canonical=program.canonical)  # type: ignore[arg-type]
            for program in self.reading.programs
            if (surface := self._program_surface(program)) is not None
        ]

    def periods(self) -> list[PeriodRecord]:
        """One record a time expression, those of the facts among them, in text order."""
        used = {period.span: period for period in self.reading.periods}
        for fact in self.reading.facts:
            if fact.period is not None:
                used.setdefault(fact.period.span, fact.period)
        return [
            PeriodRecord(**self._mention(surface), start_date=start, end_date=end)  # type: ignore[arg-type]
            for span, period in sorted(used.items())
            if (surface := self._surface(span)) is not None
            for start, end in (to_dates(period),)
        ]

    def _mention(self, surface: Surface) -> dict[str, str | int]:
        return {
            "doc": self.source.doc,
            "article_id": self.article.article_id,
            "text": surface.text,
            "start_char": surface.start,
            "end_char": surface.end,
        }

    def _surface(self, span: BodySpan) -> Surface | None:
        return to_surface(self.source.text, self.mapped, span)

    def _evidence(self, fact: Fact) -> Surface | None:
        """The sentence; many facts share one. Where it does not stand together, the part with the quantity."""
        key = fact.sentence
        if key not in self._sentences:
            surface = self._surface(fact.sentence)
            whole = surface is not None and surface.text == self.mapped.text[slice(*fact.sentence)].strip()
            self._sentences[key] = surface if whole else None
        return self._sentences[key] or to_surface(
            self.source.text, self.mapped, fact.sentence, anchor=fact.quantity.span
        )

    def _bare_offset(self, offset: int) -> int:
        """Characters before `offset` that are no white space: the same however the page is wrapped."""
        return offset - bisect_left(self._blanks, offset)

    def _to_span(self, span: BodySpan | None) -> TextSpan | None:
        surface = None if span is None else self._surface(span)
        if surface is None:
            return None
        return TextSpan(text=surface.text, start_char=surface.start, end_char=surface.end)

    def _to_phrase(self, phrase: Phrase | None) -> TextSpan | None:
        return None if phrase is None else self._to_span(phrase.span)

    def _program_surface(self, program: Program) -> Surface | None:
        return to_marked(self.source.text, self.mapped, program.span, program.text)

    def _to_program(self, program: Program | None) -> ProgramSpan | None:
        surface = None if program is None else self._program_surface(program)
        if program is None or surface is None:
            return None
        return ProgramSpan(text=surface.text, start_char=surface.start, end_char=surface.end, type=program.type)  # type: ignore[arg-type]

    def _to_period(self, period: Period | None) -> PeriodSpan | None:
        surface = None if period is None else self._surface(period.span)
        if period is None or surface is None:
            return None
        start, end = to_dates(period)
        return PeriodSpan(
            text=surface.text, start_char=surface.start, end_char=surface.end, start_date=start, end_date=end
        )


def to_place(place: Place | None) -> PlaceValue | None:
    """A place as a value."""
    if place is None:
        return None
    return PlaceValue(adcode=place.adcode, name=place.name, level=place.level, path=place.path)  # type: ignore[arg-type]


def to_dates(period: Period) -> tuple[str | None, str | None]:
    """First and last day; both None where the last would come first."""
    start, end = period.start_date, period.end_date
    return (None, None) if start and end and start > end else (start, end)


def to_quantity(fact: Fact, surface: Surface) -> QuantityValue:
    """A fact's quantity at its place in the source."""
    quantity = fact.quantity
    return QuantityValue(
        text=surface.text,
        start_char=surface.start,
        end_char=surface.end,
        value=to_plain(quantity.bounds.value),
        min_value=to_plain(quantity.bounds.low),
        max_value=to_plain(quantity.bounds.high),
        modifier=quantity.bounds.modifier,  # type: ignore[arg-type]
        unit=quantity.unit,
        dimension=quantity.dimension,  # type: ignore[arg-type]
        value_cny=to_plain(to_yuan(quantity)),
        standard_value=to_plain(to_standard(quantity)),
        standard_unit=quantity.standard_unit,
        per=quantity.per,
    )
