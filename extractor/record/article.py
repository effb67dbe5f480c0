"""One reading to its records."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter

from extractor.legibility import measure_legibility
from extractor.model import Fact, FactPlace, Period, Phrase, Place, Program, Quantity, Reading, Source
from extractor.record.layout import Layout
from extractor.record.repeat import mark_repeats
from extractor.record.span import Surface, to_marked, to_surface
from extractor.record.value import normalise, to_amount, to_id, to_plain, to_standard, to_yuan
from extractor.text import BodySpan, Span
from schemas import (
    ArticleRecord,
    EvidenceSpan,
    FactPlaceValue,
    FactRecord,
    PeriodRecord,
    PeriodSpan,
    PlaceRecord,
    PlaceValue,
    ProgramRecord,
    ProgramSpan,
    TextSpan,
)

BLANK = re.compile(r"\s")


class ArticleWriter:
    """Builds the records of one article."""

    def __init__(self, source: Source, reading: Reading) -> None:
        self.source = source
        self.reading = reading
        self.mapped = reading.article.text
        self._offset = source.offset
        self._layout = Layout(source.boxes) if source.boxes else None
        self._blanks = [match.start() for match in BLANK.finditer(self.mapped.text)]
        # Records are frozen: the same sentence, place, program or period is made once and shared.
        self._surfaces: dict[BodySpan, Surface | None] = {}
        self._sentences: dict[BodySpan, EvidenceSpan | None] = {}
        self._places: dict[tuple[int, str], FactPlaceValue] = {}
        self._programs: dict[int, ProgramSpan | None] = {}
        self._periods: dict[int, PeriodSpan | None] = {}
        self.article = self._to_article()

    def _to_article(self) -> ArticleRecord:
        article = self.reading.article
        body = "\n".join(self.mapped.text[span.start : span.end] for role, span in article.parts if role == "body")
        identity = to_id("article", *map(normalise, (body, article.title or "", article.kicker or "")))
        spans = [span for span in article.spans or self._run_spans() if span.start < span.end]
        place = self._layout.cover(spans) if self._layout else None
        readable, sure = measure_legibility(self.mapped.text), self.source.quality
        return ArticleRecord(
            doc=self.source.doc,
            article_id=identity,
            ordinal=article.ordinal,
            kind=article.kind,  # type: ignore[arg-type]
            title=article.title,
            kicker=article.kicker,
            byline=article.byline or self.source.byline,
            dateline=self._to_dateline(article.dateline),
            place=to_place(self.reading.place),
            published=self.source.published.iso() if self.source.published else None,
            spans=tuple((span.start + self._offset, span.end + self._offset) for span in spans),
            body=body,
            page=place[0] if place else article.page,
            bbox=place[1] if place else None,
            source_uri=self.source.uri,
            text_quality=readable if readable is None or sure is None else round(readable * sure, 4),
        )

    def _run_spans(self) -> tuple[Span, ...]:
        return tuple(Span(run.source, run.source + run.length) for run in self.mapped.runs)

    def facts(self) -> list[FactRecord]:
        """One record a fact. A quantity that stands nowhere in the source (an inserted character) gives none."""
        seen: Counter[tuple[int, int, str]] = Counter()
        found: list[tuple[Fact, Surface, EvidenceSpan, str]] = []
        for fact in self.reading.facts:
            quantity = self._surface(fact.quantity.span)
            evidence = self._evidence(fact)
            if quantity is None or evidence is None:
                continue
            start, end = fact.quantity.span
            key = (self._bare_offset(start), self._bare_offset(end), normalise(fact.quantity.text))
            identity = to_id("fact", self.article.article_id, *map(str, key), str(seen[key]))
            found.append((fact, quantity, evidence, identity))
            seen[key] += 1
        ids = {fact.quantity.span: identity for fact, _, _, identity in found}  # a total may stand behind its parts
        return mark_repeats(
            [
                self._to_fact(fact, quantity, evidence, identity, ids.get(fact.part_of) if fact.part_of else None)
                for fact, quantity, evidence, identity in found
            ]
        )

    def _to_fact(
        self, fact: Fact, surface: Surface, evidence: EvidenceSpan, identity: str, total: str | None
    ) -> FactRecord:
        # parts that no other record shares go in as plain values: one validation for all of them
        return FactRecord.model_validate(
            {
                "doc": self.source.doc,
                "fact_id": identity,
                "article_id": self.article.article_id,
                "kind": fact.quantity.kind,
                "quantity": to_quantity(fact.quantity, surface),
                "indicator": self._to_phrase(fact.indicator),
                "indicator_id": fact.indicator_id,
                "action": self._to_phrase(fact.action),
                "subject": self._to_phrase(fact.subject),
                "place": self._to_fact_place(fact.place),
                "program": self._to_program(fact.program),
                "period": self._to_period(fact.period),
                "base": self._to_phrase(fact.base),
                "part_of": total,
                "rule": fact.rule,
                "evidence": evidence,
                "confidence": round(min(max(fact.confidence, 0.0), 1.0), 4),
            }
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
        if span not in self._surfaces:
            self._surfaces[span] = self._shift(to_surface(self.source.text, self.mapped, span))
        return self._surfaces[span]

    def _shift(self, surface: Surface | None) -> Surface | None:
        """A surface's offsets counted from the document's begin, where the source is a part of it."""
        if surface is None or not self._offset:
            return surface
        return Surface(surface.text, surface.start + self._offset, surface.end + self._offset)

    def _to_evidence(self, surface: Surface | None) -> EvidenceSpan | None:
        if surface is None:
            return None
        start, end = surface.start - self._offset, surface.end - self._offset
        place = self._layout.find(start, end) if self._layout else None
        page, edges = place or (None, None)
        return EvidenceSpan(text=surface.text, start_char=surface.start, end_char=surface.end, page=page, bbox=edges)

    def _evidence(self, fact: Fact) -> EvidenceSpan | None:
        """The sentence; many facts share one. Where it does not stand together, the part with the quantity."""
        key = fact.sentence
        if key not in self._sentences:
            surface = self._surface(key)
            whole = surface is not None and surface.text == self.mapped.text[slice(*key)].strip()
            self._sentences[key] = self._to_evidence(surface) if whole else None
        shared = self._sentences[key]
        if shared is not None:
            return shared
        surface = to_surface(self.source.text, self.mapped, key, anchor=fact.quantity.span)
        return self._to_evidence(self._shift(surface))

    def _bare_offset(self, offset: int) -> int:
        """Characters before `offset` that are no white space: the same however the page is wrapped."""
        return offset - bisect_left(self._blanks, offset)

    def _to_dateline(self, span: BodySpan | None) -> TextSpan | None:
        surface = None if span is None else self._surface(span)
        return None if surface is None else to_text(surface)

    def _to_phrase(self, phrase: Phrase | None) -> dict[str, str | int] | None:
        surface = None if phrase is None else self._surface(phrase.span)
        return None if surface is None else to_plain_span(surface)

    def _to_fact_place(self, found: FactPlace | None) -> FactPlaceValue | None:
        if found is None:
            return None
        place, key = found.place, (id(found.place), found.basis)
        if key not in self._places:
            self._places[key] = FactPlaceValue(
                adcode=place.adcode,
                place_id=place.place_id,
                name=place.name,
                level=place.level,  # type: ignore[arg-type]
                path=place.path,
                basis=found.basis,  # type: ignore[arg-type]
            )
        return self._places[key]

    def _program_surface(self, program: Program) -> Surface | None:
        return self._shift(to_marked(self.source.text, self.mapped, program.span, program.text))

    def _to_program(self, program: Program | None) -> ProgramSpan | None:
        if program is None:
            return None
        if id(program) not in self._programs:
            surface = self._program_surface(program)
            value = None if surface is None else ProgramSpan(**to_plain_span(surface), type=program.type)  # type: ignore[arg-type]
            self._programs[id(program)] = value
        return self._programs[id(program)]

    def _to_period(self, period: Period | None) -> PeriodSpan | None:
        if period is None:
            return None
        if id(period) not in self._periods:
            surface = self._surface(period.span)
            start, end = to_dates(period)
            value = None if surface is None else PeriodSpan(**to_plain_span(surface), start_date=start, end_date=end)  # type: ignore[arg-type]
            self._periods[id(period)] = value
        return self._periods[id(period)]


def to_plain_span(surface: Surface) -> dict[str, str | int]:
    """The fields of a TextSpan."""
    return {"text": surface.text, "start_char": surface.start, "end_char": surface.end}


def to_text(surface: Surface) -> TextSpan:
    """A stretch of the source as a record's part."""
    return TextSpan(text=surface.text, start_char=surface.start, end_char=surface.end)


def to_place(place: Place | None) -> PlaceValue | None:
    """A place as a value."""
    if place is None:
        return None
    return PlaceValue(
        adcode=place.adcode,
        place_id=place.place_id,
        name=place.name,
        level=place.level,  # type: ignore[arg-type]
        path=place.path,
    )


def to_dates(period: Period) -> tuple[str | None, str | None]:
    """First and last day; both None where the last would come first."""
    start, end = period.start_date, period.end_date
    return (None, None) if start and end and start > end else (start, end)


def to_quantity(quantity: Quantity, surface: Surface) -> dict[str, str | int | None]:
    """The fields of a QuantityValue."""
    value, low, high, modifier = quantity.bounds
    plain = to_plain(value)
    amount, amount_unit = to_amount(quantity)
    return {
        "text": surface.text,
        "start_char": surface.start,
        "end_char": surface.end,
        "value": plain,
        "min_value": plain if low is value else to_plain(low),
        "max_value": plain if high is value else to_plain(high),
        "modifier": modifier,
        "unit": quantity.unit,
        "dimension": quantity.dimension,
        "value_cny": to_plain(to_yuan(quantity)),
        "standard_value": to_plain(to_standard(quantity)),
        "standard_unit": quantity.standard_unit,
        "per": quantity.per,
        "as_read": quantity.as_read,
        "amount": plain if amount is value else to_plain(amount),
        "amount_unit": amount_unit,
    }
