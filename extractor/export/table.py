"""What is exported: flat tables with typed columns, one a view of the database."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal, NamedTuple

from extractor.store import Connection
from extractor.store.migrate import load_tables

Type = Literal["text", "label", "date", "integer", "number", "decimal", "flag"]  # label: text of few values
Cells = tuple[Any, ...]


class Column(NamedTuple):
    """A column of an exported table."""

    name: str
    type: Type
    comment: str


class Table(NamedTuple):
    """`sql`: a SELECT of the columns in order, without a condition; `key`: the column that picks rows; `order`: what
    makes two exports of the same content the same."""

    name: str
    columns: tuple[Column, ...]
    sql: str
    key: str
    order: str


LABELS = (
    *("kind", "article_kind", "modifier", "unit", "dimension", "standard_unit", "amount_unit", "indicator_id"),
    *("place_level", "province", "province_code", "prefecture_code", "county_code", "place_basis", "program_type"),
    *("rule", "newspaper", "level", "type", "encoding", "format", "resolved_by", "run_id", "stage", "error", "version"),
    *("verdict", "origin"),
)
TYPES: dict[str, Type] = {
    "value": "decimal",
    "min_value": "decimal",
    "max_value": "decimal",
    "value_cny": "decimal",
    "standard_value": "decimal",
    "amount": "number",
    "yuan": "number",
    "confidence": "number",
    "text_quality": "number",
    "counted": "flag",
    "published": "date",
    "day": "date",
    "period_start_date": "date",
    "period_end_date": "date",
    "start_date": "date",
    "end_date": "date",
    **dict.fromkeys(
        ("year", "ordinal", "characters", "page", "start_char", "end_char", "part", "char_offset", "bytes", "tries"),
        "integer",
    ),
    **dict.fromkeys(("evidence_start", "evidence_end", "quantity_start", "quantity_end"), "integer"),
    **dict.fromkeys(LABELS, "label"),
}
VIEWS = {
    "facts": ("v_facts", "fact_pk", "doc, evidence_start, fact_id, fact_pk"),
    "articles": ("v_articles", "article_id", "doc, ordinal, article_id, article_pk"),
    "places": ("v_places", "article_id", "doc, start_char, end_char, text"),
    "programs": ("v_programs", "article_id", "doc, start_char, end_char, text"),
    "periods": ("v_periods", "article_id", "doc, start_char, end_char, text"),
    "sources": ("v_sources", "doc", "doc, part"),
    "failures": ("v_failures", "doc", "doc, part"),
}
# What of each table some facts need: `{facts}` stands for their numbers.
ARTICLES = (
    "(SELECT a.article_id, d.doc FROM article a JOIN document d ON d.document_pk = a.document_pk "
    "WHERE a.article_pk IN (SELECT f.article_pk FROM fact f WHERE f.fact_pk IN ({facts})))"
)
NEEDED = {
    "facts": "fact_pk IN ({facts})",
    "articles": "article_pk IN (SELECT f.article_pk FROM fact f WHERE f.fact_pk IN ({facts}))",
    **dict.fromkeys(("places", "programs", "periods"), f"(article_id, doc) IN {ARTICLES}"),
    "sources": "(doc, part) IN (SELECT d.doc, d.part FROM document d JOIN article a ON a.document_pk = d.document_pk "
    "WHERE a.article_pk IN (SELECT f.article_pk FROM fact f WHERE f.fact_pk IN ({facts})))",
}
HIDDEN = frozenset(("fact_pk", "article_pk"))  # numbers of one database, no part of its content


def list_tables() -> list[Table]:
    """All tables with the columns that the database's views have."""
    catalog = load_tables()
    tables: list[Table] = []
    for name, (view, key, order) in VIEWS.items():
        columns = tuple(
            Column(column.name, to_type(name, column.name), column.comment)
            for column in catalog[view].columns
            if column.name not in HIDDEN
        )
        sql = f"SELECT {', '.join(column.name for column in columns)} FROM {view}"
        tables.append(Table(name, columns, sql, key, order))
    return tables


def to_type(table: str, column: str) -> Type:
    """A column's type by its name; a source's date may be a year or a month and stays text."""
    if table == "sources" and column == "published":
        return "text"
    return TYPES.get(column, "text")


class Choice(NamedTuple):
    """Some facts: `sql` is a SELECT of their fact_pk with `values` for its `?`."""

    sql: str
    values: tuple[Any, ...] = ()


def read_rows(connection: Connection, table: Table, only: Choice | None = None) -> Iterator[Cells]:
    """The rows in the table's order. `only`: facts, else what these facts need of a table that NEEDED names; the
    database sorts them, so that none but those in hand stand in memory."""
    if only is None:
        yield from connection.query(f"{table.sql} ORDER BY {table.order}")
        return
    form = NEEDED[table.name]
    condition = form.replace("{facts}", only.sql)
    yield from connection.query(f"{table.sql} WHERE {condition} ORDER BY {table.order}", only.values)
