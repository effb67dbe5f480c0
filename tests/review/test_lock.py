"""Reviewers beside each other and beside a run: nobody loses a verdict, and who has to wait is told."""

from __future__ import annotations

import threading
from contextlib import closing, suppress

import pytest

from extractor.errors import StoreError, UsageError
from extractor.review import decide, list_reviews, measure_agreement
from extractor.store import open_connection
from review.desk import Desk
from review.test_survive import SHORTER


def test_reviewers_at_once_lose_nothing(desk: Desk) -> None:
    facts = [fact["fact_id"] for fact in desk.read() if fact["counted"]]
    errors: list[Exception] = []

    def work(reviewer: str) -> None:
        with closing(open_connection(desk.name, write=True)) as connection:
            for at, fact in enumerate(facts):
                try:
                    decide(connection, fact, "reject" if at % 3 == 0 else "accept", reviewer)
                except StoreError as error:
                    errors.append(error)

    threads = [threading.Thread(target=work, args=(name,)) for name in ("甲", "乙", "丙")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    page = list_reviews(desk.connection, limit=1000)
    assert page.total == len(facts) and {state.revision for state in page.reviews} == {3}
    assert measure_agreement(desk.connection).fields[0].percent == 1
    desk.check()


def test_verdicts_given_while_documents_are_stored_hold(desk: Desk) -> None:
    """On the facts as they were, and as the run reads them."""
    facts = [fact["fact_id"] for fact in desk.read() if fact["counted"]]
    done = threading.Event()

    def run() -> None:
        for tables in (SHORTER, None, SHORTER, None):
            desk.run(tables)
        done.set()

    thread = threading.Thread(target=run)
    thread.start()
    judged = set()
    with closing(open_connection(desk.name, write=True)) as connection:
        while not done.is_set() or len(judged) < len(facts):
            for fact in facts:
                if fact not in judged:
                    with suppress(UsageError):  # the run has just given it another id
                        decide(connection, fact, "accept", "林溪")
                        judged.add(fact)
    thread.join()
    assert {fact["fact_id"] for fact in desk.read() if fact["verdict"] == "accepted"} == judged
    desk.check()


def test_who_waits_too_long_is_told(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    fact = desk.find("12个")
    with closing(open_connection(desk.name, write=True)) as other:
        if other.dialect == "sqlite":
            other.execute("PRAGMA busy_timeout = 50")
        else:
            other.execute("SET lock_timeout = 50")
        with desk.connection.transaction():
            from extractor.store.settle import hold_reviews

            hold_reviews(desk.connection)
            with pytest.raises(StoreError, match=r"locked|lock timeout"):
                decide(other, fact, "accept", "林溪")
        assert decide(other, fact, "accept", "林溪").verdict == "accepted"


def test_a_database_open_for_reading_takes_no_verdicts(desk: Desk) -> None:
    fact = desk.find("12个")
    with closing(open_connection(desk.name)) as reader, pytest.raises(StoreError, match=r"read-?only"):
        decide(reader, fact, "accept", "林溪")
    assert list_reviews(desk.connection).total == 0
