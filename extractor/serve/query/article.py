"""One article with all that was found in it."""

from __future__ import annotations

import json
from typing import Any

from extractor.store import Connection
from extractor.store.record import COLUMN_LIST, JOINS, NAMES, to_fact
from schemas.api import ArticleDetail

PLACE = {"adcode": "p.adcode", "place_id": "p.place_id", "name": "p.name", "level": "p.level", "path": "p.path"}
JOINED = "article a JOIN document d ON d.document_pk = a.document_pk LEFT JOIN place p ON p.place_pk = a.place_pk"
ARTICLE = (
    *("article_id", "ordinal", "kind", "title", "kicker", "byline", "published", "spans", "body", "page", "bbox"),
    *("dateline_text", "dateline_start", "dateline_end", "text_quality", "duplicate_of"),
)
MENTIONS = {
    "places": (
        "place_mention m JOIN place p ON p.place_pk = m.place_pk",
        {**PLACE, "resolved_by": "m.resolved_by"},
    ),
    "programs": ("program_mention m", {"type": "m.type", "canonical": "m.canonical"}),
    "periods": ("period_mention m", {"start_date": "m.start_date", "end_date": "m.end_date"}),
}
Cells = dict[str, Any]


def read_article(connection: Connection, article_id: str) -> ArticleDetail | None:
    """The article of an id, its first print where it stands several times; None where there is none."""
    names = ("article_pk", "doc", "newspaper", "source_uri", *ARTICLE, *(f"place_{name}" for name in PLACE))
    columns = ["a.article_pk", "d.doc", "d.newspaper", "d.source_uri", *(f"a.{name}" for name in ARTICLE)]
    sql = (
        f"SELECT {', '.join([*columns, *PLACE.values()])} FROM {JOINED} WHERE a.article_id = ? "
        "ORDER BY CASE WHEN a.duplicate_of IS NULL THEN 0 ELSE 1 END, a.article_pk LIMIT 1"
    )
    for row in connection.query(sql, (article_id,)):
        cells = dict(zip(names, row, strict=True))
        number, shared = cells["article_pk"], {"doc": cells["doc"], "article_id": cells["article_id"]}
        return ArticleDetail.model_validate(
            {
                "article": to_article(cells),
                "newspaper": cells["newspaper"],
                "facts": _read_facts(connection, number),
                **{name: _read_mentions(connection, name, number, shared) for name in MENTIONS},
            }
        )
    return None


def to_article(cells: Cells) -> Cells:
    """An article's row as its record's plain values."""
    plain = ("article_id", "ordinal", "kind", "title", "kicker", "published", "body", "page", "text_quality")
    dateline = {
        "text": cells["dateline_text"],
        "start_char": cells["dateline_start"],
        "end_char": cells["dateline_end"],
    }
    return {
        **{name: cells[name] for name in (*plain, "doc", "source_uri", "duplicate_of")},
        **{name: json.loads(cells[name]) for name in ("byline", "spans")},
        "bbox": None if cells["bbox"] is None else json.loads(cells["bbox"]),
        "dateline": None if cells["dateline_text"] is None else dateline,
        "place": to_place(cells),
    }


def _read_facts(connection: Connection, article: int) -> list[Cells]:
    sql = f"SELECT {COLUMN_LIST} FROM fact f {JOINS} WHERE f.article_pk = ? ORDER BY f.quantity_start, f.fact_pk"
    return [to_fact(dict(zip(NAMES, row, strict=True))) for row in connection.query(sql, (article,))]


def _read_mentions(connection: Connection, name: str, article: int, shared: Cells) -> list[Cells]:
    source, columns = MENTIONS[name]
    names = ("text", "start_char", "end_char", *columns)
    sql = (
        f"SELECT m.text, m.start_char, m.end_char, {', '.join(columns.values())} FROM {source} "
        "WHERE m.article_pk = ? ORDER BY m.start_char, m.end_char"
    )
    found = [{**dict(zip(names, row, strict=True)), **shared} for row in connection.query(sql, (article,))]
    return [{**cells, "path": _to_path(cells["path"])} if "path" in cells else cells for cells in found]


def to_place(cells: Cells) -> Cells | None:
    """The place of an article's row."""
    if cells["place_name"] is None:
        return None
    place = {name: cells[f"place_{name}"] for name in PLACE}
    return {**place, "path": _to_path(place["path"])}


def _to_path(path: str | None) -> tuple[str, ...]:
    return tuple(path.split("/")) if path else ()
