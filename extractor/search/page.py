"""One page of a question's hits, by keyset: no hit comes twice or is left out, however deep one goes."""

from __future__ import annotations

from typing import NamedTuple

from extractor.search.condition import Condition, all_of
from extractor.search.cursor import Place, parse_cursor, to_cursor
from extractor.search.hit import read_hits
from extractor.search.note import find_notes
from extractor.search.question import Question
from extractor.search.select import Selection, build_selection
from extractor.store import Connection
from schemas.search import SearchPage


class Order(NamedTuple):
    """`column`: the sort key. `downward`: from the largest to the smallest; facts without a key come last."""

    column: str
    downward: bool


FACTS = "fact f"  # the source of a selection without a text
MANY = 50_000  # hits that are not sorted before it is seen that too few of them come soon
NEAR = 5_000  # facts among which they are looked for
COLUMNS = {"value": "f.amount", "date": "f.day", "relevance": "hit.score"}


class Key(NamedTuple):
    """A hit before its row is read."""

    fact: int
    key: float | str | None


def search(connection: Connection, question: Question) -> SearchPage:
    """The hits that a question asks for, from its cursor on. Raises UsageError, StoreError."""
    place = parse_cursor(question)
    selection = build_selection(connection, question, ranked=question.order == "relevance")
    total = count(connection, build_selection(connection, question, ranked=False))
    keys = find_keys(connection, selection, to_order(question), place, question.limit + 1, many=total >= MANY)
    shown = keys[: question.limit]
    cursor = to_cursor(question, Place(shown[-1].key, shown[-1].fact)) if len(keys) > question.limit else None
    scored = dict(shown) if question.order == "relevance" else {}
    hits = read_hits(connection, question, [key.fact for key in shown], scored)
    notes = find_notes(connection, question) if not total else ()
    return SearchPage(total=total, hits=tuple(hits), cursor=cursor, notes=notes)


def count(connection: Connection, selection: Selection) -> int:
    """How many facts fulfil a question."""
    sql, values = selection.to_sql("count(*)")
    ((total,),) = connection.query(sql, values)
    return int(total)


def to_order(question: Question) -> Order:
    """How a question's hits are sorted. The best hit has the lowest score."""
    order = question.order
    return Order(COLUMNS[order], question.descending != (order == "relevance"))


def find_keys(
    connection: Connection,
    selection: Selection,
    order: Order,
    place: Place | None,
    limit: int,
    *,
    many: bool = False,
) -> list[Key]:
    """The next hits behind a place: first those with a key, in its order, then those without. `many`: there are so
    many hits that those which come next are looked for among the next facts, before all hits are sorted."""
    keys: list[Key] = []
    sign, way = ("<", "DESC") if order.downward else (">", "ASC")
    if place is None or place.key is not None:
        behind = Condition(f"{order.column} IS NOT NULL")
        if place is not None:
            behind = Condition(f"({order.column}, f.fact_pk) {sign} (?, ?)", (place.key, place.fact))
        tail = f"ORDER BY {order.column} {way}, f.fact_pk {way} LIMIT"
        if many and selection.source == FACTS:
            near = _query(connection, _to_near(selection, behind, tail), order.column, f"{tail} {limit}")
            if len(near) == limit:
                return near
        keys += _query(connection, selection, order.column, f"{tail} {limit}", behind)
    if len(keys) < limit and order.column != COLUMNS["relevance"]:
        conditions = [Condition(f"{order.column} IS NULL")]
        if place is not None and place.key is None:
            conditions.append(Condition(f"f.fact_pk {sign} ?", (place.fact,)))
        tail = f"ORDER BY f.fact_pk {way} LIMIT {limit - len(keys)}"
        keys += _query(connection, selection, order.column, tail, *conditions)
    return keys


def _to_near(selection: Selection, behind: Condition, tail: str) -> Selection:
    """A selection without a text, only among the facts that come next in an order, which an index tells."""
    head = Condition(f"WITH near AS MATERIALIZED (SELECT f.fact_pk FROM {FACTS} WHERE {behind.sql} {tail} {NEAR}) ")
    where = all_of([Condition("f.fact_pk = near.fact_pk"), selection.where])
    return Selection(head._replace(values=behind.values), f"near CROSS JOIN {FACTS}", where)


def _query(connection: Connection, selection: Selection, column: str, tail: str, *conditions: Condition) -> list[Key]:
    sql, values = selection.to_sql(f"f.fact_pk, {column}", tail, *conditions)
    return [Key(*row) for row in connection.query(sql, values)]
