"""`run`: resumes, knows what changed, stale and failed documents, stops on a signal, survives its workers."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

from batch.content import read_content, write_archive
from extractor.batch import Options, Stop, run_batch
from extractor.batch.run import to_outer
from extractor.errors import StoreError
from extractor.settings import Settings
from extractor.store import open_connection


def _run(names: list[str], database: Path, settings: Settings | None = None, **options: object) -> dict[str, int]:
    summary = run_batch(names, str(database), settings or Settings(), replace(Options(), **options))  # type: ignore[arg-type]
    count = summary.count
    return {
        name: getattr(count, name)
        for name in ("new", "changed", "stale", "retried", "unchanged", "given_up", "outdated", "done", "failed")
        if getattr(count, name)
    }


def test_again_changes_nothing(tmp_path: Path) -> None:
    names, database = write_archive(tmp_path / "pages", 12), tmp_path / "facts.db"
    assert _run(names, database) == {"new": 14, "done": 12, "failed": 2}
    before, raw = read_content(database), database.read_bytes()
    assert _run(names, database) == {"unchanged": 12, "given_up": 2}
    assert read_content(database) == before
    assert database.read_bytes() == raw


def test_workers_and_order_give_the_same(tmp_path: Path) -> None:
    names = write_archive(tmp_path / "pages", 40)
    contents = []
    for number, options in enumerate(({"workers": 1}, {"workers": 2}, {"workers": 2, "ordered": True})):
        database = tmp_path / f"{number}.db"
        _run(names, database, **options)
        contents.append(read_content(database))
    assert contents[0] == contents[1] == contents[2]
    connection = open_connection(tmp_path / "2.db")
    docs = [doc for (doc,) in connection.query("SELECT doc FROM document ORDER BY document_pk")]
    connection.close()
    assert docs == sorted(docs)


def test_changed_documents_replace_the_older_ones(tmp_path: Path) -> None:
    names, database = write_archive(tmp_path / "pages", 5), tmp_path / "facts.db"
    _run(names, database)
    changed = sorted((tmp_path / "pages").glob("2021*.txt"))[2]
    changed.write_text("本报讯 柳林乡新建粮仓7座。\n", "utf-8")
    assert _run(names, database) == {"changed": 1, "unchanged": 4, "given_up": 2, "done": 1}
    fresh = tmp_path / "fresh.db"
    _run(names, fresh)
    assert read_content(database) == read_content(fresh)


def test_stale_documents_are_read_again(tmp_path: Path) -> None:
    names, database = write_archive(tmp_path / "pages", 5), tmp_path / "facts.db"
    _run(names, database)
    other = Settings(newspaper="海滨日报")
    assert _run(names, database, other, keep_stale=True) == {"outdated": 5, "given_up": 2}
    assert _run(names, database, other) == {"stale": 5, "given_up": 2, "done": 5}
    assert _run(names, database, other) == {"unchanged": 5, "given_up": 2}


def test_failures_are_tried_again_when_asked_or_changed(tmp_path: Path) -> None:
    names, database = write_archive(tmp_path / "pages", 3), tmp_path / "facts.db"
    _run(names, database)
    assert _run(names, database, retry_failed=True) == {"retried": 2, "unchanged": 3, "failed": 2}
    connection = open_connection(database)
    assert list(connection.query("SELECT tries, stage, error FROM failure")) == [(2, "read", "UndecodableError")] * 2
    connection.close()
    (tmp_path / "pages" / "empty.txt").write_text("本报讯 柳林乡新建粮仓7座。\n", "utf-8")
    assert _run(names, database) == {"retried": 1, "unchanged": 3, "given_up": 1, "done": 1}
    connection = open_connection(database)
    assert [Path(doc).name for (doc,) in connection.query("SELECT doc FROM failure")] == ["broken.txt"]
    connection.close()


def test_an_input_that_is_not_there_is_a_failure_and_the_rest_goes_on(tmp_path: Path) -> None:
    names, database = write_archive(tmp_path / "pages", 3), tmp_path / "facts.db"
    counts = _run([str(tmp_path / "nowhere.txt"), *names], database, workers=2)
    assert counts == {"new": 6, "done": 3, "failed": 3}


def test_a_document_named_twice_is_read_once(tmp_path: Path) -> None:
    names, database = write_archive(tmp_path / "pages", 3), tmp_path / "facts.db"
    assert _run([*names, *names], database)["done"] == 3


def test_a_stop_ends_behind_the_document_in_hand(tmp_path: Path) -> None:
    names, database = write_archive(tmp_path / "pages", 300), tmp_path / "facts.db"
    stop = Stop()
    summary = run_batch(
        names, str(database), Settings(), Options(workers=2), stop=stop, watch=lambda count, failures: stop.ask()
    )
    assert summary.stopped and 0 < summary.count.done < 300
    run_batch(names, str(database), Settings(), Options())
    fresh = tmp_path / "fresh.db"
    run_batch(names, str(fresh), Settings(), Options())
    assert read_content(database) == read_content(fresh)


@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM])
def test_signals(sign: signal.Signals, tmp_path: Path) -> None:
    names, database = write_archive(tmp_path / "pages", 1500), tmp_path / "facts.db"
    command = [sys.executable, "-m", "extractor.cli.main", "run", *names, "--db", str(database), "--workers", "2"]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, start_new_session=True)
    deadline = time.monotonic() + 60
    while not database.exists() and time.monotonic() < deadline:
        time.sleep(0.05)
    time.sleep(1.5)
    os.killpg(process.pid, sign)
    _, errors = process.communicate(timeout=60)
    assert b"stopping behind the documents in hand" in errors, errors
    assert process.returncode == 130, errors
    assert b"stopped: " in errors
    read_content(database)


def test_a_second_writer_gets_a_clear_answer(tmp_path: Path) -> None:
    database = tmp_path / "facts.db"
    connection = open_connection(database, create=True)
    with connection.lock(), pytest.raises(StoreError, match=f"another govfacts run .process {os.getpid()}. is writing"):
        run_batch([], str(database), Settings(), Options())
    connection.close()
    run_batch([], str(database), Settings(), Options())


def test_outer_files_of_documents(tmp_path: Path) -> None:
    for name in ("a.zip", "b.csv", "c#1.txt"):
        (tmp_path / name).touch()
    assert to_outer(f"{tmp_path}/a.zip!/in/x.txt") == f"{tmp_path}/a.zip"
    assert to_outer(f"{tmp_path}/b.csv#12") == f"{tmp_path}/b.csv"
    assert to_outer(f"{tmp_path}/c#1.txt") == f"{tmp_path}/c#1.txt"
