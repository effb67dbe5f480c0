"""A question as SQL: the facts that fulfil it."""

from __future__ import annotations

from typing import NamedTuple

from extractor.search.condition import Condition, all_of
from extractor.search.filter import build_filters, has_indexed
from extractor.search.match import build_match
from extractor.search.question import Question
from extractor.store import Connection

FEW = 20_000  # facts that are looked up before the text is: as many as the index of texts passes in some 50 ms


def to_table(question: Question) -> str:
    """The table that holds what is asked for: what people have rejected stands apart."""
    return "fact_rejected" if question.rejected else "fact"


class Selection(NamedTuple):
    """`head`: a WITH clause or nothing; `source`: what follows FROM, fact as f and, with a text, hit (sentence_pk,
    score); `where`: the condition."""

    head: Condition
    source: str
    where: Condition

    def to_sql(self, columns: str, tail: str = "", *more: Condition) -> Condition:
        """A SELECT of `columns` over the facts; `tail` stands behind the condition."""
        where = all_of([self.where, *more])
        sql = f"{self.head.sql}SELECT {columns} FROM {self.source} WHERE {where.sql} {tail}"
        return Condition(sql, self.head.values + where.values)


def build_selection(connection: Connection, question: Question, *, ranked: bool) -> Selection:
    """The facts that a question asks for. Raises UsageError."""
    conditions, table = build_filters(connection, question), to_table(question)
    within = _find_within(connection, question, all_of(conditions)) if question.terms else None
    match = build_match(connection, question.terms, ranked=ranked, within=within)
    if match.excluded is not None:
        conditions.append(match.excluded)
    where = all_of(conditions)
    if match.hits is None:
        return Selection(Condition(""), f"{table} f", where)
    head = Condition(f"WITH hit (sentence_pk, score) AS MATERIALIZED ({match.hits.sql}) ", match.hits.values)
    return Selection(head, f"hit JOIN {table} f ON f.sentence_pk = hit.sentence_pk", where)


def _find_within(connection: Connection, question: Question, filters: Condition) -> Condition | None:
    """The sentences of the facts that the filters alone leave, where they are few."""
    if not has_indexed(question):
        return None
    table = to_table(question)
    probe = f"SELECT count(*) FROM (SELECT 1 FROM {table} f WHERE {filters.sql} LIMIT {FEW + 1}) few"
    ((number,),) = connection.query(probe, filters.values)
    return (
        Condition(f"SELECT f.sentence_pk FROM {table} f WHERE {filters.sql}", filters.values) if number <= FEW else None
    )
