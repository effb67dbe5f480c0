"""Documents into a database: whole, once, in place of what was there."""

from __future__ import annotations

import copy

import pytest

from extractor import StoreError
from extractor.store import Connection, Writer, migrate, open_connection
from store_case import CANAL, COTTON, WATER, count_rows, dump, fill, read_all, read_rows, start

FAILURE = ("broken.pdf", 1, None, "read", "UndecodableError", "broken.pdf: no text")


def test_saved_rows_are_those_of_the_documents(database: Connection) -> None:
    fill(database)
    documents = read_all()
    assert count_rows(database, "document") == 3
    for table in ("article", "sentence", "fact"):
        expected = sum(len(getattr(rows, f"{table}s")) for rows in documents)
        assert count_rows(database, table) == expected > 3, table
    for table in ("place_mention", "program_mention", "period_mention"):
        assert count_rows(database, table) == sum(len(getattr(rows, f"{table}s")) for rows in documents) > 0, table
    facts = set(
        database.query(
            "SELECT f.quantity_text, f.value, f.unit, s.text FROM fact f JOIN sentence s USING (sentence_pk)"
        )
    )
    assert ("126.5公里", "126500", "米") in {row[:3] for row in facts} or ("126.5公里", "126.5", "公里") in {
        row[:3] for row in facts
    }
    for text, _, _, sentence in facts:
        assert text in sentence


def test_places_are_kept_once(database: Connection) -> None:
    fill(database)
    rows = list(database.query("SELECT path, name, level, adcode, place_id FROM place"))
    assert len(rows) == len(set(rows)) > 3


def test_saving_again_changes_nothing(database: Connection) -> None:
    writer = fill(database)
    before = dump(database)
    ((run,),) = database.query("SELECT run_pk FROM run")
    writer.save(run, read_all())
    assert dump(database) == before
    Writer(database).save(run, read_all()[::-1])
    assert dump(database) == before


def test_a_document_takes_the_place_of_its_older_version(database: Connection, tmp_path) -> None:  # type: ignore[no-untyped-def]
    other = read_rows("canal.txt", WATER, "2020-01-01")
    writer, run = start(database)
    writer.save(run, read_all())
    writer.save(run, [other])
    writer.finish_run(run, "2026-01-02T03:04:05Z")
    fresh = open_connection(tmp_path / "fresh.db", create=True)
    migrate(fresh)
    fill(fresh, [other, *read_all()[1:]])
    assert dump(database) == dump(fresh)
    fresh.close()


def test_parts_of_a_document_stand_side_by_side(database: Connection) -> None:
    parts = []
    for part, text in enumerate((CANAL, COTTON), 1):
        rows = copy.copy(read_rows("large.txt", text, "1990-01-01"))
        rows.part, rows.document = part, ("large.txt", part, *rows.document[2:])
        parts.append(rows)
    fill(database, parts)
    assert set(database.query("SELECT doc, part FROM document")) == {("large.txt", 1), ("large.txt", 2)}
    writer = Writer(database)
    writer.remove([("large.txt", 2)])
    assert list(database.query("SELECT part FROM document")) == [(1,)]
    assert count_rows(database, "fact") == len(parts[0].facts)


def test_removed_documents_leave_nothing(database: Connection) -> None:
    writer, run = start(database)
    empty = dump(database)
    writer.save(run, read_all())
    writer.remove([(rows.doc, rows.part) for rows in read_all()])
    writer.remove([("no such document", 1)])
    writer.finish_run(run, "x")
    after = dump(database)
    assert {**after, "run": empty["run"]} == empty


def test_an_older_place_may_come_back(database: Connection) -> None:
    writer = fill(database)
    before = dump(database)
    ((run, finished),) = database.query("SELECT run_pk, finished FROM run")
    writer.remove([("canal.txt", 1)])
    writer.finish_run(run, finished)
    assert len(dump(database)["place"]) < len(before["place"])
    writer.save(run, [read_rows("canal.txt")])
    assert dump(database) == before


def test_failures_count_their_tries_and_end_with_success(database: Connection) -> None:
    writer, run = start(database)
    for tries in (1, 2, 3):
        writer.save(run, [], [FAILURE])
        assert list(database.query("SELECT doc, part, stage, tries FROM failure")) == [("broken.pdf", 1, "read", tries)]
    writer.save(run, [], [("other", 1, "0" * 64, "open", "UnreadableError", "other: no permission")])
    writer.save(run, [read_rows("broken.pdf", COTTON, None)])
    assert list(database.query("SELECT doc FROM failure")) == [("other",)]
    assert count_rows(database, "document") == 1


def test_a_failed_document_keeps_its_older_facts(database: Connection) -> None:
    writer, run = start(database)
    writer.save(run, [read_rows("cotton.txt")])
    before = dump(database)
    writer.save(run, [], [("cotton.txt", *FAILURE[1:])])
    assert {**dump(database), "failure": []} == before


@pytest.mark.parametrize("table", ["places", "articles", "sentences", "facts", "period_mentions"])
def test_an_error_in_the_middle_changes_nothing(database: Connection, table: str) -> None:
    """The new documents, the new version of an old one and the failure are one transaction."""
    writer, run = start(database)
    writer.save(run, [read_rows("canal.txt")], [FAILURE])
    before = dump(database)
    broken = copy.copy(read_rows("cotton.txt"))
    rows = list(getattr(broken, table))
    rows[-1] = (*rows[-1][:-1], [object()])
    setattr(broken, table, rows)
    again = read_rows("canal.txt", WATER, None)
    with pytest.raises((StoreError, TypeError)):
        writer.save(run, [again, read_rows("water.txt"), broken], [FAILURE])
    assert dump(database) == before
    writer.save(run, read_all())
    assert count_rows(database, "document") == 3


def test_a_wrong_type_is_refused_whole(database: Connection) -> None:
    writer, run = start(database)
    before = dump(database)
    broken = copy.copy(read_rows("cotton.txt"))
    broken.sentences = [(*row[:2], "not a number", *row[3:]) for row in broken.sentences]
    with pytest.raises(StoreError, match=database.name.split("?")[0]):
        writer.save(run, [broken])
    assert dump(database) == before


def test_of_a_document_twice_in_a_batch_the_last_holds(database: Connection) -> None:
    last = read_rows("cotton.txt", WATER, None)
    writer, run = start(database)
    writer.save(run, [last])
    before = dump(database)
    writer.save(run, [read_rows("cotton.txt"), last])
    assert dump(database) == before


def test_many_documents_at_once(database: Connection) -> None:
    """More than stand in one statement."""
    writer, run = start(database)
    many = []
    for number in range(1100):
        rows = copy.copy(read_rows("cotton.txt"))
        rows.doc, rows.document = f"{number}.txt", (f"{number}.txt", *rows.document[1:])
        many.append(rows)
    writer.save(run, many)
    writer.save(run, many[:600])
    assert count_rows(database, "document") == 1100
    assert count_rows(database, "fact") == 1100 * len(many[0].facts)


def test_both_databases_hold_the_same(tmp_path, postgres_server) -> None:  # type: ignore[no-untyped-def]
    contents = []
    with postgres_server.make_schema() as url:
        for name in (str(tmp_path / "a.db"), url):
            connection = open_connection(name, write=True, create=True)
            migrate(connection)
            writer = fill(connection)
            ((run,),) = connection.query("SELECT run_pk FROM run")
            writer.save(run, [read_rows("canal.txt", WATER, None)], [FAILURE])
            contents.append(dump(connection))
            connection.close()
    assert contents[0] == contents[1]
    assert len(contents[0]["sentence_search"]) > 100


def test_a_nul_in_a_text_stops_no_run(database: Connection) -> None:
    """PostgreSQL refuses it."""
    writer, run = start(database)
    rows = copy.copy(read_rows("cotton.txt"))
    rows.doc, rows.document = "a\0b", ("a\0b", *rows.document[1:])
    rows.articles = [(*row[:15], row[15] + "\0", *row[16:]) for row in rows.articles]
    writer.save(run, [rows])
    writer.save(run, [rows])
    assert count_rows(database, "document") == 1
