"""What a database knows of documents, and the command over both kinds of database."""

from __future__ import annotations

from pathlib import Path

from extractor.store import Connection, migrate
from extractor.store.state import State, find_failed, find_known, find_stale
from store_case import TEXTS, count_rows, dump, fill, read_all, read_rows, start
from support import run_govfacts


def test_known_documents(database: Connection) -> None:
    writer, run = start(database)
    failures = [("broken.pdf", 1, "a" * 64, "read", "E", "m"), ("gone.txt", 1, None, "open", "E", "m")]
    writer.save(run, read_all(), failures)
    sha = dict(database.query("SELECT doc, sha256 FROM document"))
    known = find_known(database, [*TEXTS, "broken.pdf", "gone.txt", "never seen", *map(str, range(900))])
    assert known.documents == {(doc, 1): State(sha[doc], "digest") for doc in TEXTS}
    assert known.failures == {
        ("broken.pdf", 1): State("a" * 64, None, True),
        ("gone.txt", 1): State(None, None, True),
    }
    assert list(find_failed(database)) == ["broken.pdf", "gone.txt"]
    assert find_known(database, []) == ({}, {})


def test_stale_documents(database: Connection) -> None:
    fill(database, [read_rows("water.txt"), read_rows("canal.txt")])
    assert list(find_stale(database, "digest")) == []
    assert list(find_stale(database, "another digest")) == ["canal.txt", "water.txt"]


def test_the_command_writes_the_same_into_both(tmp_path: Path, connect, postgres_server) -> None:  # type: ignore[no-untyped-def]
    """And a second run changes nothing."""
    for doc, (text, date) in TEXTS.items():
        (tmp_path / f"{date or 'undated'}-{doc}").write_text(text, "utf-8")
    (tmp_path / "broken.txt").write_bytes(b"\0\1\2\3" * 99)
    contents = []
    with postgres_server.make_schema() as url:
        for name in (str(tmp_path / "out.db"), url):
            first = run_govfacts("run", *sorted(tmp_path.glob("*.txt")), "--db", name, "--workers", "1")
            assert first.returncode == 1 and b"broken.txt" in first.stderr, first.stderr.decode()
            connection = connect(name, write=True)
            assert migrate(connection) == [] and count_rows(connection, "document") == len(TEXTS)
            before = dump_documents(connection)
            second = run_govfacts("run", *sorted(tmp_path.glob("*.txt")), "--db", name, "--workers", "1")
            assert b"0 new" in second.stderr or b"3 unchanged" in second.stderr, second.stderr.decode()
            assert dump_documents(connection) == before
            contents.append(before)
            connection.close()
    assert contents[0] == contents[1]


def dump_documents(connection: Connection) -> list[object]:
    """All that no clock changes."""
    content = dump(connection)
    facts = "SELECT doc, fact_id, quantity_text, amount, place_path, year, counted, evidence FROM v_facts"
    articles = "SELECT doc, article_id, body, duplicate_of FROM v_articles"
    views = [sorted(connection.query(sql), key=repr) for sql in (facts, articles)]
    return [*views, content["place"], [row[1:] for row in content["sentence_search"]]]
