"""An article with its facts, mentions and other prints, as the article view shows it."""

from __future__ import annotations

import json
from typing import Any, NamedTuple

from extractor.search import Question
from extractor.search.hit import read_hits
from extractor.serve.web.address import Address
from extractor.serve.web.body import Body, Found, lay_out
from extractor.serve.web.number import Figure, to_figure
from extractor.serve.web.original import FORMATS, lay_out_lines, read_original
from extractor.serve.web.result import to_place_href, to_thing
from extractor.store import Connection
from schemas.search import SearchHit

MOST = 2_000  # facts and mentions of each kind that one page shows
COLUMNS = (
    *("article_pk", "article_id", "kind", "title", "kicker", "byline", "dateline_text", "published", "spans", "body"),
    *("page", "text_quality", "duplicate_of", "doc", "newspaper", "source_uri", "published_basis", "place_name"),
    *("place_path", "sha256", "encoding", "format"),
)
ARTICLE = (
    "SELECT a.article_pk, a.article_id, a.kind, a.title, a.kicker, a.byline, a.dateline_text, a.published, a.spans, "
    "a.body, a.page, a.text_quality, a.duplicate_of, d.doc, d.newspaper, d.source_uri, d.published_basis, p.name, "
    "p.path, d.sha256, d.encoding, d.format FROM article a JOIN document d ON d.document_pk = a.document_pk "
    "LEFT JOIN place p ON p.place_pk = a.place_pk WHERE a.article_id = ? ORDER BY a.article_pk LIMIT 1"
)
PLACES = (
    "SELECT m.text, m.start_char, m.end_char, p.name, p.path, p.level, p.adcode FROM place_mention m "
    "JOIN place p ON p.place_pk = m.place_pk WHERE m.article_pk = ? ORDER BY m.start_char, m.end_char "
)
PROGRAMS = (
    "SELECT text, start_char, end_char, type, canonical FROM program_mention WHERE article_pk = ? "
    "ORDER BY start_char, end_char "
)
PERIODS = (
    "SELECT text, start_char, end_char, start_date, end_date FROM period_mention WHERE article_pk = ? "
    "ORDER BY start_char, end_char "
)
PRINTS = (
    "SELECT a.article_id, a.title, a.published, d.newspaper, d.doc FROM article a "
    "JOIN document d ON d.document_pk = a.document_pk WHERE (a.article_id = ? OR a.duplicate_of = ?) "
    "AND a.article_pk <> ? ORDER BY a.published, a.article_pk LIMIT 50"
)


class FactRow(NamedTuple):
    """A fact of the side table."""

    key: str
    hit: SearchHit
    figure: Figure
    thing: str
    place: str
    shown: bool  # whether its number stands in the text


class MentionRow(NamedTuple):
    """A mention of a place, a program or a time. `cells`: what it stands for."""

    key: str
    text: str
    cells: dict[str, Any]
    href: str
    shown: bool


class ArticleView(NamedTuple):
    """`cells`: the article's row; `printed`: whether the body's lines are those of print; `has_lines`: whether they
    could be; `rows` by kind of mention; `prints`: the same story elsewhere."""

    cells: dict[str, Any]
    byline: tuple[str, ...]
    body: Body
    printed: bool
    has_lines: bool
    facts: tuple[FactRow, ...]
    rows: dict[str, tuple[MentionRow, ...]]
    prints: tuple[dict[str, Any], ...]


def read_article(connection: Connection, identity: str, address: Address, *, lines: bool = False) -> ArticleView | None:
    """The article of an id; None where the database holds none. `lines`: as printed, where its document is there."""
    row = next(iter(connection.query(ARTICLE, (identity,))), None)
    if row is None:
        return None
    cells = dict(zip(COLUMNS, row, strict=True))
    number = cells["article_pk"]
    hits = _read_facts(connection, number)
    found = {
        "place": _read(connection, PLACES, number, ("name", "path", "level", "adcode")),
        "program": _read(connection, PROGRAMS, number, ("type", "canonical")),
        "period": _read(connection, PERIODS, number, ("start_date", "end_date")),
    }
    mentions = [row for rows in found.values() for row in rows]
    spans = json.loads(cells["spans"])
    original = read_original(connection, number) if lines else None
    if original is None:
        body = lay_out(cells["title"] or "", cells["body"], spans, hits, mentions)
    else:
        body = lay_out_lines(*original, spans, hits, mentions)
    return ArticleView(
        cells=cells,
        byline=tuple(json.loads(cells["byline"])),
        body=body,
        printed=original is not None,
        has_lines=cells["format"] in FORMATS,
        facts=tuple(_to_fact_row(hit, address, body) for hit in hits),
        rows={kind: tuple(_to_row(mention, kind, address, body) for mention in rows) for kind, rows in found.items()},
        prints=_read_prints(connection, cells, number),
    )


def _read_facts(connection: Connection, number: int) -> list[SearchHit]:
    sql = f"SELECT fact_pk FROM fact WHERE article_pk = ? ORDER BY quantity_start, fact_pk LIMIT {MOST}"
    return read_hits(connection, Question(), [fact for (fact,) in connection.query(sql, (number,))], {})


def _read(connection: Connection, sql: str, number: int, names: tuple[str, ...]) -> list[Found]:
    kind = {PLACES: "place", PROGRAMS: "program", PERIODS: "period"}[sql]
    rows = connection.query(f"{sql} LIMIT {MOST}", (number,))
    return [
        Found(f"{kind}-{at}", kind, text, start, end, dict(zip(names, cells, strict=True)))
        for at, (text, start, end, *cells) in enumerate(rows, 1)
    ]


def _to_fact_row(hit: SearchHit, address: Address, body: Body) -> FactRow:
    fact = hit.fact
    return FactRow(
        key=fact.fact_id,
        hit=hit,
        figure=to_figure(fact.quantity, address.language),
        thing=to_thing(fact, address),
        place=to_place_href(fact, address),
        shown=fact.fact_id in body.keys,
    )


def _to_row(mention: Found, kind: str, address: Address, body: Body) -> MentionRow:
    cells = mention.cells
    if kind == "place":
        href = address.to(f"/place/{cells['path'] or cells['name']}")
    elif kind == "program":
        href = address.to("/", program=(cells["canonical"] or mention.text)[:200])
    else:
        known = cells["start_date"] and cells["end_date"]
        href = address.to("/", **{"from": cells["start_date"], "to": cells["end_date"]}) if known else ""
    return MentionRow(mention.key, mention.text, cells, href, mention.key in body.keys)


def _read_prints(connection: Connection, cells: dict[str, Any], number: int) -> tuple[dict[str, Any], ...]:
    first = cells["duplicate_of"] or cells["article_id"]
    names = ("article_id", "title", "published", "newspaper", "doc")
    return tuple(dict(zip(names, row, strict=True)) for row in connection.query(PRINTS, (first, first, number)))
