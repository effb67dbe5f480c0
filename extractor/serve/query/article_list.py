"""Lists of articles, by keyset."""

from __future__ import annotations

from collections.abc import Sequence
from types import NoneType

from extractor.search.condition import Condition, all_of, one_of
from extractor.search.filter import parse_day, to_spellings
from extractor.search.match import build_match
from extractor.search.place import resolve_place, to_condition
from extractor.search.question import Question
from extractor.serve.query.article import JOINED, PLACE, to_place
from extractor.serve.query.cursor import parse_cursor, to_cursor
from extractor.store import Connection
from schemas.api import ArticleItem, ArticlePage
from schemas.query import ArticleQuery

PLAIN = ("article_id", "title", "kicker", "kind", "published", "page", "text_quality", "duplicate_of")
SIZE = 400  # articles read at once
CURSOR = ((str, NoneType), (int,))


def read_articles(connection: Connection, query: ArticleQuery) -> ArticlePage:
    """The articles that a question asks for, from its cursor on. Raises UsageError, StoreError."""
    where = all_of(_build_filters(connection, query))
    ((total,),) = connection.query(f"SELECT count(*) FROM article a WHERE {where.sql}", where.values)
    keys = _find_keys(connection, query, where)
    shown = keys[: query.limit]
    cursor = to_cursor(query, shown[-1]) if len(keys) > query.limit else None
    return ArticlePage(total=total, articles=tuple(_read_items(connection, [pk for _, pk in shown])), cursor=cursor)


def _build_filters(connection: Connection, query: ArticleQuery) -> list[Condition]:
    checked = Question(
        text=query.text,
        place=query.place,
        newspaper=query.newspaper,
        first_day=query.from_,
        last_day=query.to,
        min_quality=query.min_quality,
    )
    parts = [] if query.repeats else [Condition("a.duplicate_of IS NULL")]
    if checked.terms:
        parts.append(_holds(connection, checked))
    if checked.place is not None:
        inside = to_condition(resolve_place(checked.place))
        parts.append(Condition(f"a.place_pk IN (SELECT place_pk FROM place WHERE {inside.sql})", inside.values))
    if query.kind is not None:
        parts.append(Condition("a.kind = ?", (query.kind,)))
    if checked.first_day is not None:
        parts.append(Condition("a.published >= ?", (parse_day("first_day", checked.first_day)[0],)))
    if checked.last_day is not None:
        parts.append(Condition("a.published <= ?", (parse_day("last_day", checked.last_day)[1],)))
    if checked.newspaper is not None:
        named = one_of("newspaper", to_spellings(checked.newspaper))
        parts.append(Condition(f"a.document_pk IN (SELECT document_pk FROM document WHERE {named.sql})", named.values))
    if checked.min_quality is not None:
        parts.append(Condition("a.text_quality >= ?", (checked.min_quality,)))
    return parts


def _holds(connection: Connection, question: Question) -> Condition:
    """Articles with a fact whose sentence or headline holds the text."""
    match = build_match(connection, question.terms, ranked=False)
    conditions = [] if match.excluded is None else [match.excluded]
    if match.hits is not None:
        hits = Condition(f"f.sentence_pk IN (SELECT h.sentence_pk FROM ({match.hits.sql}) h)", match.hits.values)
        conditions.append(hits)
    inside = all_of(conditions)
    return Condition(f"a.article_pk IN (SELECT f.article_pk FROM fact f WHERE {inside.sql})", inside.values)


def _find_keys(connection: Connection, query: ArticleQuery, where: Condition) -> list[tuple[str | None, int]]:
    """(published, article_pk) of the next articles, those without a date last."""
    key = parse_cursor(query, query.cursor, CURSOR)
    limit, keys = query.limit + 1, []
    if key is None or key[0] is not None:
        behind = Condition("a.published IS NOT NULL")
        if key is not None:
            behind = Condition("(a.published, a.article_pk) < (?, ?)", key)
        keys = _query_keys(connection, all_of([where, behind]), "a.published DESC, a.article_pk DESC", limit)
    if len(keys) < limit:
        parts = [where, Condition("a.published IS NULL")]
        if key is not None and key[0] is None:
            parts.append(Condition("a.article_pk < ?", (key[1],)))
        keys += _query_keys(connection, all_of(parts), "a.article_pk DESC", limit - len(keys))
    return keys


def _query_keys(connection: Connection, where: Condition, order: str, limit: int) -> list[tuple[str | None, int]]:
    sql = f"SELECT a.published, a.article_pk FROM article a WHERE {where.sql} ORDER BY {order} LIMIT {limit}"
    return [(published, number) for published, number in connection.query(sql, where.values)]


def _read_items(connection: Connection, numbers: Sequence[int]) -> list[ArticleItem]:
    names = ("article_pk", "doc", "newspaper", "characters", "facts", *PLAIN, *(f"place_{name}" for name in PLACE))
    columns = ["a.article_pk", "d.doc", "d.newspaper", "a.characters"]
    columns += ["(SELECT count(*) FROM fact f WHERE f.article_pk = a.article_pk)"]
    columns += [*(f"a.{name}" for name in PLAIN), *PLACE.values()]
    found: dict[int, ArticleItem] = {}
    for at in range(0, len(numbers), SIZE):
        some = numbers[at : at + SIZE]
        marks = ",".join("?" * len(some))
        sql = f"SELECT {', '.join(columns)} FROM {JOINED} WHERE a.article_pk IN ({marks})"
        for row in connection.query(sql, some):
            cells = dict(zip(names, row, strict=True))
            plain = {name: cells[name] for name in ("doc", "newspaper", "characters", "facts", *PLAIN)}
            found[cells["article_pk"]] = ArticleItem.model_validate({**plain, "place": to_place(cells)})
    return [found[number] for number in numbers]
