"""Whatever was judged, taken back and read again in whatever order: what is read is what the verdicts that stand give
on a fresh run."""

from __future__ import annotations

import io
import tempfile
from contextlib import closing
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extractor.review import decide, export_verdicts, import_file, undo
from review.desk import Desk
from review.test_survive import BLIND, OTHER, SHORTER

TABLES = (None, BLIND, SHORTER, OTHER)
FIELDS: tuple[dict[str, Any], ...] = (
    {"indicator": None},
    {"quantity": {"value": "7"}},
    {"place": "兴国县", "subject": None},
    {"quantity": {"value": "126500"}, "kind": "count"},
)
STEP = st.one_of(
    st.tuples(st.just("run"), st.integers(0, len(TABLES) - 1)),
    st.tuples(st.just("undo"), st.integers(0, 40), st.sampled_from("甲乙")),
    st.tuples(
        st.sampled_from(("accept", "reject", "correct")),
        st.integers(0, 40),
        st.sampled_from("甲乙"),
        st.integers(0, len(FIELDS) - 1),
        st.booleans(),
    ),
)


def take(desk: Desk, step: tuple[Any, ...]) -> None:
    if step[0] == "run":
        desk.run(TABLES[step[1]])
        return
    facts = [
        fact
        for table in ("fact", "fact_rejected")
        for (fact,) in desk.connection.query(f"SELECT DISTINCT fact_id FROM {table} ORDER BY fact_id")
    ]
    if step[0] == "undo":
        judged = list(desk.connection.query(STANDING, (step[2],)))
        if judged:
            undo(desk.connection, judged[step[1] % len(judged)][0], step[2])
        return
    action, at, reviewer, fields, blind = step
    given = FIELDS[fields] if action == "correct" else None
    decide(desk.connection, facts[at % len(facts)], action, reviewer, fields=given, blind=blind)


STANDING = (
    "SELECT DISTINCT r.fact_id FROM verdict v JOIN review r ON r.review_pk = v.review_pk WHERE v.reviewer = ? "
    "AND v.action <> 'undo' AND NOT EXISTS (SELECT 1 FROM verdict u WHERE u.undoes = v.verdict_id) ORDER BY r.fact_id"
)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(steps=st.lists(STEP, min_size=2, max_size=9), last=st.integers(0, len(TABLES) - 1))
def test_the_way_does_not_matter(steps: list[tuple[Any, ...]], last: int) -> None:
    with tempfile.TemporaryDirectory() as folder, closing(Desk(f"{folder}/facts.db", Path(folder))) as desk:
        desk.write()
        desk.run()
        for step in steps:
            take(desk, step)
            desk.check()
        desk.run(TABLES[last])
        desk.check()
        log = io.StringIO()
        export_verdicts(desk.connection, log)
        with closing(Desk(f"{folder}/fresh.db", Path(folder))) as fresh:
            fresh.run(TABLES[last])
            report = import_file(fresh.connection, log.getvalue().splitlines())
            assert not report.errors
            fresh.check()
            assert fresh.read() == desk.read()
            assert [fact.quantity for fact in fresh.hits(rejected=True)] == [
                fact.quantity for fact in desk.hits(rejected=True)
            ]
            again = import_file(fresh.connection, log.getvalue().splitlines())
            assert (again.added, again.known) == (0, report.added)
