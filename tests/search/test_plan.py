"""SQLite answers typical questions by its indexes, not by reading all facts."""

from __future__ import annotations

from typing import Any

import pytest

from extractor.search import Question
from extractor.search.page import find_keys, to_order
from extractor.search.select import build_selection
from extractor.store import Connection
from search.brute import Row

QUESTIONS: list[tuple[dict[str, Any], str]] = [
    ({"text": "资金"}, "fact_sentence"),
    ({"text": "驻村 资金", "sort": "value"}, "fact_sentence"),
    ({"place": "金乡县"}, "fact_place"),
    ({"unit": "亩", "minimum": "1000", "sort": "value"}, "fact_amount"),
    ({"first_day": "2020", "last_day": "2024"}, "fact_day"),
    ({"sort": "date"}, "fact_day"),
]


class Explained:
    """A connection that tells how it would answer."""

    def __init__(self, connection: Connection) -> None:
        self.dialect, self.plans, self._connection = connection.dialect, list[str](), connection

    def query(self, sql: str, parameters: tuple[Any, ...] = ()) -> list[Any]:
        self.plans += [row[3] for row in self._connection.query(f"EXPLAIN QUERY PLAN {sql}", parameters)]
        return list(self._connection.query(sql, parameters))


@pytest.mark.parametrize(("asked", "index"), QUESTIONS, ids=lambda value: str(value))
def test_an_index_answers(connection: Connection, asked: dict[str, Any], index: str) -> None:
    if connection.dialect != "sqlite":
        pytest.skip("its plans depend on its statistics")
    check_plan(connection, asked, index)


def test_an_index_answers_a_program(connection: Connection, rows: list[Row]) -> None:
    if connection.dialect == "sqlite":
        check_plan(connection, {"program": next(row.program for row in rows if row.program)}, "fact_program")


def test_many_hits_are_not_sorted(connection: Connection) -> None:
    """The index of days tells which facts come next."""
    if connection.dialect != "sqlite":
        pytest.skip("its plans depend on its statistics")
    check_plan(connection, {"min_confidence": 0.5}, "fact_day", many=True)


def check_plan(connection: Connection, asked: dict[str, Any], index: str, *, many: bool = False) -> None:
    question = Question(**asked)
    selection = build_selection(connection, question, ranked=question.order == "relevance")
    explained: Any = Explained(connection)
    find_keys(explained, selection, to_order(question), None, 20, many=many)
    plans = " | ".join(explained.plans)
    assert index in plans, plans
    assert "SCAN f " not in plans.replace("SCAN f USING", "") + " ", plans
