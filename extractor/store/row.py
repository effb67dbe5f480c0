"""Records to table rows: the rows of one document, numbered within it.

A row's first cells are numbers within the document (0, 1, ...); the writer moves them behind those of the database.
Columns stand in the order of COLUMNS, which a test holds to the migrations.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from extractor.store.token import Tokens, to_tokens
from schemas import ArticleRecord, FactRecord, PlaceRecord, SourceRecord, TextSpan

Row = tuple[Any, ...]  # cells: str, int, float, bytes or None


def _split(names: str) -> tuple[str, ...]:
    return tuple(names.split())


COLUMNS: dict[str, tuple[str, ...]] = {
    "document": _split(
        "document_pk doc part char_offset sha256 bytes characters encoding format published published_basis newspaper "
        "source_uri run_pk"
    ),
    "place": _split("place_pk adcode place_id name level path province province_code prefecture_code county_code"),
    "article": _split(
        "article_pk document_pk place_pk article_id ordinal kind title kicker byline dateline_text dateline_start "
        "dateline_end published year spans body characters page bbox text_quality duplicate_of signature"
    ),
    "sentence": _split("sentence_pk article_pk start_char end_char text page bbox"),
    "fact": _split(
        "fact_pk article_pk sentence_pk place_pk fact_id place_basis kind quantity_text quantity_start quantity_end "
        "value min_value max_value modifier unit dimension value_cny standard_value standard_unit per amount "
        "amount_unit indicator_text indicator_start indicator_end indicator_id action_text action_start action_end "
        "subject_text subject_start subject_end program_text program_start program_end program_type period_text "
        "period_start period_end period_start_date period_end_date base_text base_start base_end part_of repeat_of "
        "year day rule confidence counted as_read"
    ),
    "place_mention": _split("article_pk place_pk start_char end_char text resolved_by"),
    "program_mention": _split("article_pk start_char end_char text type canonical"),
    "period_mention": _split("article_pk start_char end_char text start_date end_date"),
}
NOTHING: Row = (None, None, None)


@dataclass(slots=True)
class DocumentRows:
    """All rows of one document. `document` lacks its first and last cell (its own number and the run's)."""

    doc: str
    part: int
    document: Row
    places: list[Row] = field(default_factory=list)  # without their number
    articles: list[Row] = field(default_factory=list)
    sentences: list[Row] = field(default_factory=list)
    facts: list[Row] = field(default_factory=list)
    place_mentions: list[Row] = field(default_factory=list)
    program_mentions: list[Row] = field(default_factory=list)
    period_mentions: list[Row] = field(default_factory=list)
    article_tokens: list[Tokens] = field(default_factory=list)  # one an article
    sentence_tokens: list[Tokens] = field(default_factory=list)  # one a sentence


def to_text_cells(span: TextSpan | None) -> Row:
    """Text, first code point, code point behind the last."""
    return NOTHING if span is None else (span.text, span.start_char, span.end_char)


def to_json_list(values: tuple[float, ...] | None) -> str | None:
    """A JSON array of plain numbers."""
    return None if values is None else "[" + ",".join(format(value, ".10g") for value in values) + "]"


def to_document_row(source: SourceRecord, characters: int) -> Row:
    """The document's cells without its number and its run's."""
    return (
        source.doc,
        source.part,
        source.offset,
        source.sha256,
        source.bytes,
        characters,
        source.encoding,
        source.format,
        source.published,
        source.published_basis,
        source.newspaper,
        source.source_uri,
    )


def to_article_row(
    number: int, place: int | None, article: ArticleRecord, year: int | None, signature: bytes | None
) -> Row:
    """An article's cells."""
    byline = "[" + ",".join(_quote(name) for name in article.byline) + "]"
    spans = "[" + ",".join(f"[{start},{end}]" for start, end in article.spans) + "]"
    return (
        number,
        0,
        place,
        article.article_id,
        article.ordinal,
        article.kind,
        article.title,
        article.kicker,
        byline,
        *to_text_cells(article.dateline),
        article.published,
        year,
        spans,
        article.body,
        len(article.body),
        article.page,
        to_json_list(article.bbox),
        article.text_quality,
        article.duplicate_of,
        signature,
    )


def _quote(text: str) -> str:
    import json

    return json.dumps(text, ensure_ascii=False)


def to_place_row(place: PlaceRecord | Any) -> Row:
    """A place's cells without its number; the codes of the divisions above follow from its own."""
    code = place.adcode
    province, prefecture, county = (None, None, None)
    if code is not None:
        province = code[:2] + "0000"
        prefecture = code[:4] + "00" if code[2:4] != "00" else None
        county = code[:6] if code[4:6] != "00" else None
    path = "/".join(place.path)
    return (
        code,
        place.place_id,
        place.name,
        place.level,
        path,
        *(place.path[:1] or (None,)),
        province,
        prefecture,
        county,
    )


def to_fact_row(number: int, article: int, sentence: int, place: int | None, fact: FactRecord, when: Row) -> Row:
    """A fact's cells. `when`: year and day to filter by."""
    quantity, program, period = fact.quantity, fact.program, fact.period
    return (
        number,
        article,
        sentence,
        place,
        fact.fact_id,
        fact.place.basis if fact.place else None,
        fact.kind,
        quantity.text,
        quantity.start_char,
        quantity.end_char,
        quantity.value,
        quantity.min_value,
        quantity.max_value,
        quantity.modifier,
        quantity.unit,
        quantity.dimension,
        quantity.value_cny,
        quantity.standard_value,
        quantity.standard_unit,
        quantity.per,
        None if quantity.amount is None else float(quantity.amount),
        quantity.amount_unit,
        *to_text_cells(fact.indicator),
        fact.indicator_id,
        *to_text_cells(fact.action),
        *to_text_cells(fact.subject),
        *to_text_cells(program),
        program.type if program else None,
        *to_text_cells(period),
        period.start_date if period else None,
        period.end_date if period else None,
        *to_text_cells(fact.base),
        fact.part_of,
        fact.repeat_of,
        *when,
        fact.rule,
        fact.confidence,
        0 if fact.repeat_of else 1,
        quantity.as_read,
    )


__all__ = [
    "COLUMNS",
    "DocumentRows",
    "Row",
    "to_article_row",
    "to_document_row",
    "to_fact_row",
    "to_place_row",
    "to_tokens",
]
