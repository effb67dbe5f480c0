"""Readings to records, and the run's and the source's own records."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, fields
from pathlib import Path

from extractor.model import Published, Reading, Source
from extractor.record.article import ArticleWriter
from extractor.record.value import to_id
from extractor.settings import Settings
from extractor.version import VERSION, gazetteer_digest, lexicon_digest
from schemas import (
    ArticleRecord,
    FactRecord,
    PeriodRecord,
    PlaceRecord,
    ProgramRecord,
    Record,
    RunRecord,
    SourceRecord,
)


@dataclass(slots=True)
class Records:
    """All records of one source, in page and text order."""

    articles: list[ArticleRecord] = field(default_factory=list)
    facts: list[FactRecord] = field(default_factory=list)
    places: list[PlaceRecord] = field(default_factory=list)
    programs: list[ProgramRecord] = field(default_factory=list)
    periods: list[PeriodRecord] = field(default_factory=list)

    def __iter__(self) -> Iterator[Record]:
        yield from self.articles
        yield from self.facts
        yield from self.places
        yield from self.programs
        yield from self.periods


def to_records(source: Source, readings: Sequence[Reading]) -> Records:
    """The records of a source's readings."""
    records = Records()
    for reading in readings:
        writer = ArticleWriter(source, reading)
        records.articles.append(writer.article)
        records.facts += writer.facts()
        records.places += writer.places()
        records.programs += writer.programs()
        records.periods += writer.periods()
    return records


def to_source_record(source: Source) -> SourceRecord:
    """Provenance of one source."""
    return SourceRecord(
        doc=source.doc,
        sha256=source.sha256,
        bytes=source.bytes,
        encoding=source.encoding,
        format=source.format,
        published=to_reduced(source.published),
        published_basis=source.published.basis if source.published else None,  # type: ignore[arg-type]
        newspaper=source.newspaper,
        source_uri=source.uri,
        part=source.part,
        offset=source.offset,
    )


def to_run_record(settings: Settings, started: str, date: str | None = None) -> RunRecord:
    """Provenance of one run. `started` is the time of its begin (YYYY-MM-DDTHH:MM:SSZ), `date` the `--date` given."""
    digests = lexicon_digest(settings.lexicon), gazetteer_digest()
    values: dict[str, str | int | float | bool | None] = {"date": date}
    for field_ in fields(settings):
        value = getattr(settings, field_.name)
        values[field_.name] = str(value) if isinstance(value, Path) else value
    identity = to_id("run", VERSION, *digests, started, *(f"{name}={value}" for name, value in values.items()))
    return RunRecord(
        doc="",
        run_id=identity,
        version=VERSION,
        lexicon_digest=digests[0],
        gazetteer_digest=digests[1],
        settings=values,
        started=started,
    )


def to_reduced(published: Published | None) -> str | None:
    """YYYY-MM-DD, YYYY-MM or YYYY, as much as is known."""
    if published is None:
        return None
    parts = [f"{published.year:04d}"]
    if published.month is not None:
        parts.append(f"{published.month:02d}")
        if published.day is not None:
            parts.append(f"{published.day:02d}")
    return "-".join(parts)
