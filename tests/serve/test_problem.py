"""Every refusal is a problem that names what is wrong."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import anyio
import pytest
from fastapi.testclient import TestClient

from extractor.batch import Options, run_batch
from extractor.errors import StoreError
from extractor.serve import ServeOptions, create_app
from extractor.serve.connection import Pool, Reader
from extractor.settings import Settings
from extractor.store import open_connection
from serve.answer import check_problem, get
from serve.conftest import API, open_client

WRONG: tuple[tuple[str, dict[str, Any], str], ...] = (
    ("/facts", {"kind": "colour"}, "kind"),
    ("/facts", {"limit": "0"}, "limit"),
    ("/facts", {"limit": "many"}, "limit"),
    ("/facts", {"limit": ["1", "2"]}, "limit"),
    ("/facts", {"min": "lots"}, "min"),
    ("/facts", {"min": "5", "max": "4"}, "min"),
    ("/facts", {"min": "5亩", "max": "4元"}, "max"),
    ("/facts", {"from": "yesterday"}, "from"),
    ("/facts", {"to": "2020-13"}, "to"),
    ("/facts", {"min_quality": "2"}, "min_quality"),
    ("/facts", {"min_confidence": "nan"}, "min_confidence"),
    ("/facts", {"sort": "relevance"}, "sort"),
    ("/facts", {"descending": "perhaps"}, "descending"),
    ("/facts", {"place": "   "}, "place"),
    ("/facts", {"place": "无此省/济宁市"}, "place"),
    ("/facts", {"text": "水" * 1001}, "text"),
    ("/facts", {"text": " ".join(f"词{number}" for number in range(20))}, "text"),
    ("/facts", {"colour": "red"}, "colour"),
    ("/facts", {"Text": "水"}, "Text"),
    ("/aggregates", {"by": "colour"}, "by.0"),
    ("/aggregates", {"by": ["year", "place", "program", "indicator", "kind"]}, "by"),
    ("/articles", {"kind": "money"}, "kind"),
    ("/articles", {"from": "x"}, "from"),
    ("/places", {"parent": ""}, "parent"),
    ("/suggest", {"field": "place"}, "prefix"),
    ("/health/live", {"x": "1"}, "x"),
    ("/health/ready", {"x": "1"}, "x"),
    ("/metrics", {"x": "1"}, "x"),
    ("/facts/0123456789abcdef", {"x": "1"}, "x"),
)


@pytest.mark.parametrize(("path", "parameters", "name"), WRONG, ids=[f"{path} {asked}" for path, asked, _ in WRONG])
def test_a_wrong_parameter_is_named(client: TestClient, path: str, parameters: dict[str, Any], name: str) -> None:
    problem = check_problem(client.get(path, params=parameters), 422, name)
    assert problem.instance == API + path and "--" not in problem.detail


def test_addresses_and_methods_that_are_none(client: TestClient) -> None:
    check_problem(client.get("/colours"), 404)
    assert check_problem(client.get("/颜色%0A"), 404).instance == f"{API}/%E9%A2%9C%E8%89%B2%0A"
    answer = client.put("/facts")
    check_problem(answer, 405)
    assert answer.headers["allow"] == "GET"


def test_the_page_may_show_problems_outside_of_the_interface(served: str) -> None:
    from fastapi import Request, Response

    from schemas.api import Problem

    app = create_app(served)

    def show(request: Request, problem: Problem) -> Response:
        return Response(f"<p>{problem.status}</p>", problem.status, media_type="text/html")

    app.state.show_problem = show
    with TestClient(app, raise_server_exceptions=False) as client:
        assert client.get("/no/such/page").text == "<p>404</p>"
        check_problem(client.get(f"{API}/none"), 404)


@contextlib.contextmanager
def open_faulty(served: str, **options: Any) -> Iterator[TestClient]:
    """An app with routes of its own: a fault, a question that does not end."""
    app = create_app(served, None, ServeOptions(**options))
    endless = (
        "WITH RECURSIVE n (x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n WHERE x < 1000000000) SELECT max(x) FROM n"
    )

    @app.get("/api/fault")
    def fail() -> None:
        raise ZeroDivisionError("a secret")

    @app.get("/api/slow")
    def ask(reader: Reader) -> int:
        return len(list(reader.query(endless)))

    @app.get("/api/held")
    def hold(reader: Reader) -> int:
        app.state.entered.set()
        app.state.leave.wait(20)
        return 1

    app.state.entered, app.state.leave = threading.Event(), threading.Event()
    with TestClient(app, raise_server_exceptions=False) as client:
        yield client
        app.state.leave.set()


def test_a_fault_of_ours_tells_nothing_of_itself(served: str, caplog: pytest.LogCaptureFixture) -> None:
    with open_faulty(served) as client:
        problem = check_problem(client.get("/api/fault"), 500)
    assert "secret" not in problem.detail
    assert "a secret" in caplog.text  # the log has it


def test_a_question_that_takes_too_long_is_stopped(served: str) -> None:
    with open_faulty(served, query_seconds=0.3, slow_seconds=0.1, connections=1) as client:
        problem = check_problem(client.get("/api/slow"), 504)
        assert "0.3 seconds" in problem.detail
        assert get(client, f"{API}/facts", limit=1)["total"]  # its connection is well
        assert 'govfacts_slow_questions_total{route="/api/slow"} 1.0' in client.get(f"{API}/metrics").text


def test_who_waits_too_long_for_a_connection_is_told(served: str) -> None:
    with open_faulty(served, connections=1, max_wait=0.2) as client:
        first: list[Any] = []
        thread = threading.Thread(target=lambda: first.append(client.get("/api/held")))
        thread.start()
        client.app.state.entered.wait(20)  # type: ignore[attr-defined]
        answer = client.get(f"{API}/facts")
        check_problem(answer, 503)
        assert answer.headers["retry-after"] == "1"
        assert client.get(f"{API}/health/live").status_code == 200
        client.app.state.leave.set()  # type: ignore[attr-defined]
        thread.join(20)
        assert first[0].status_code == 200
        assert client.get(f"{API}/facts").status_code == 200


def test_too_many_requests_are_refused(served: str) -> None:
    with open_faulty(served, max_requests=1) as client:
        thread = threading.Thread(target=lambda: client.get("/api/held"))
        thread.start()
        client.app.state.entered.wait(20)  # type: ignore[attr-defined]
        check_problem(client.get(f"{API}/facts"), 503)
        client.app.state.leave.set()  # type: ignore[attr-defined]
        thread.join(20)
        assert client.get(f"{API}/facts").status_code == 200


def test_an_address_that_is_too_long(client: TestClient) -> None:
    check_problem(client.get("/facts", params={"text": "x" * 20_000}), 414)
    check_problem(client.get("/" + "x" * 20_000), 414)


def test_a_database_that_goes_away(tmp_path: Path) -> None:
    (tmp_path / "in.txt").write_text("全县新修渠道35公里。", "utf-8")
    run_batch([str(tmp_path / "in.txt")], str(tmp_path / "facts.db"), Settings(), Options())
    with open_client(str(tmp_path / "facts.db"), connections=2) as client:
        assert get(client, "/facts")["total"] == 1
        (tmp_path / "facts.db").rename(tmp_path / "old.db")
        check_problem(client.get("/health/ready"), 503)
        (tmp_path / "two.txt").write_text("全县新修渠道35公里，植树12亩。", "utf-8")
        run_batch([str(tmp_path / "two.txt")], str(tmp_path / "facts.db"), Settings(), Options())
        assert get(client, "/facts")["total"] == 2  # the new one under its name


def test_a_server_that_drops_its_sessions(served: str, dialect: str, request: pytest.FixtureRequest) -> None:
    if dialect == "sqlite":
        pytest.skip("a file has no sessions")
    server = request.getfixturevalue("postgres_server")
    with open_client(served) as client:
        total = get(client, "/facts")["total"]
        server.run(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name LIKE 'govfacts%' "
            "AND state = 'idle' AND query LIKE 'ROLLBACK%'"
        )
        assert get(client, "/facts")["total"] == total


def test_databases_that_cannot_be_served(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="no such database"):
        create_app(str(tmp_path / "none.db"))
    (tmp_path / "text.db").write_text("no database", "utf-8")
    with pytest.raises(StoreError):
        create_app(str(tmp_path / "text.db"))
    with open_connection(tmp_path / "empty.db", create=True).transaction():
        pass
    with pytest.raises(StoreError, match="holds no facts yet"):
        create_app(str(tmp_path / "empty.db"))


def test_a_connection_reads_one_state(served: str) -> None:
    async def compare() -> tuple[int, int, int]:
        pool = Pool(served, ServeOptions())
        async with pool.take() as reader:
            before = next(reader.query("SELECT count(*) FROM run"))[0]
            with contextlib.closing(open_connection(served, write=True)) as writer:
                writer.execute(
                    "INSERT INTO run (run_pk, run_id, version, lexicon_digest, gazetteer_digest, settings, digest, "
                    "started) VALUES (999, 'x', 'x', 'x', 'x', '{}', 'x', '2026')"
                )
            during = next(reader.query("SELECT count(*) FROM run"))[0]
        async with pool.take() as reader:
            after = next(reader.query("SELECT count(*) FROM run"))[0]
        pool.close()
        with contextlib.closing(open_connection(served, write=True)) as writer:
            writer.execute("DELETE FROM run WHERE run_pk = 999")
        return before, during, after

    before, during, after = anyio.run(compare)
    assert (during, after) == (before, before + 1)


def test_a_reader_cannot_write(served: str) -> None:
    async def write() -> None:
        pool = Pool(served, ServeOptions())
        try:
            async with pool.take() as reader:
                reader.execute("DELETE FROM fact")
        finally:
            pool.close()

    with pytest.raises(StoreError, match=r"read.?only"):
        anyio.run(write)
