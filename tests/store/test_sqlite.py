"""What goes wrong with files: each is a StoreError that names the file, and the database is whole afterwards."""

from __future__ import annotations

import copy
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from extractor import StoreError, UsageError
from extractor.store import Connection, DocumentRows, migrate, open_connection
from extractor.store.sqlite import split_statements
from store_case import count_rows, dump, fill, read_rows, start


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A folder of 3 MB."""
    folder = tmp_path / "disk"
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", str(folder)]
    if os.geteuid() != 0 or subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip("a small disk takes the rights of root")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


def make(path: Path) -> None:
    connection = open_connection(path, create=True)
    migrate(connection)
    fill(connection)
    connection.close()


def to_copies(number: int, size: int) -> list[DocumentRows]:
    copies = []
    for at in range(size):
        rows = copy.copy(read_rows("canal.txt"))
        rows.doc, rows.document = f"{number}-{at}", (f"{number}-{at}", *rows.document[1:])
        copies.append(rows)
    return copies


def assert_whole(connection: Connection) -> None:
    assert list(connection.query("PRAGMA integrity_check")) == [("ok",)]
    assert list(connection.query("PRAGMA foreign_key_check")) == []


def test_a_full_disk(small_disk: Path) -> None:
    """The save that does not fit is refused; what was saved before is there, and the writer goes on after room is
    made."""
    ballast, path = small_disk / "ballast", small_disk / "facts.db"
    ballast.write_bytes(bytes(600_000))
    make(path)
    connection = open_connection(path, write=True)
    with connection.lock():
        writer, run = start(connection, "2026-02-02T00:00:00Z")
        saved = 3
        with pytest.raises(StoreError, match=r"facts\.db: .*(full|I/O)"):
            for number in range(1000):
                writer.save(run, to_copies(number, 20))
                saved += 20
        assert saved < 1000 and count_rows(connection, "document") == saved
        reader = open_connection(path)
        assert count_rows(reader, "document") == saved
        reader.close()
        ballast.unlink()
        writer.save(run, to_copies(5000, 1))
    assert_whole(connection)
    assert count_rows(connection, "document") == saved + 1
    connection.close()


def test_a_full_disk_takes_the_lock_all_the_same(small_disk: Path) -> None:
    path = small_disk / "facts.db"
    make(path)
    connection = open_connection(path, write=True)
    with (small_disk / "ballast").open("wb", buffering=0) as file:
        for size in (65_536, 4096, 512, 1):
            with pytest.raises(OSError):
                while file.write(bytes(size)) == size:
                    pass
                raise OSError
    with connection.lock():
        writer = None
        with pytest.raises(StoreError, match=r"facts\.db: .*(full|I/O)"):
            writer, _ = start(connection, "2026-02-02T00:00:00Z")
            writer.save(2, to_copies(1, 50))
    assert count_rows(connection, "document") == 3
    connection.close()


def test_a_database_on_a_read_only_medium(small_disk: Path) -> None:
    path = small_disk / "facts.db"
    make(path)
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    reader = open_connection(path)
    assert count_rows(reader, "v_facts") > 5
    reader.close()
    with pytest.raises(StoreError, match=r"facts\.db"):
        open_connection(path, write=True)


def test_a_read_only_file(tmp_path: Path) -> None:
    if os.geteuid() == 0:
        pytest.skip("root may write every file")
    path = tmp_path / "facts.db"
    make(path)
    path.chmod(0o444)
    with pytest.raises(StoreError, match=r"facts\.db: .*readonly"):
        open_connection(path, write=True)
    reader = open_connection(path)
    assert count_rows(reader, "document") == 3
    reader.close()


@pytest.mark.parametrize("content", [b"not a database, but a text of some length\n" * 20, bytes(range(256)) * 20])
@pytest.mark.parametrize("write", [False, True])
def test_a_file_that_is_no_database(tmp_path: Path, content: bytes, write: bool) -> None:
    path = tmp_path / "notes.db"
    path.write_bytes(content)
    with pytest.raises(StoreError, match=r"notes\.db: file is not a database"):
        open_connection(path, write=write)
    assert path.read_bytes() == content


def test_a_damaged_database(tmp_path: Path) -> None:
    path = tmp_path / "facts.db"
    make(path)
    data = bytearray(path.read_bytes())
    data[4096:] = os.urandom(len(data) - 4096)
    path.write_bytes(data)
    with pytest.raises(StoreError, match=r"facts\.db"):
        connection = open_connection(path)
        try:
            list(connection.query("SELECT * FROM v_facts"))
        finally:
            connection.close()


def test_an_empty_file_becomes_a_database(tmp_path: Path) -> None:
    path = tmp_path / "facts.db"
    path.touch()
    make(path)
    reader = open_connection(path)
    assert count_rows(reader, "document") == 3
    reader.close()


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    path = tmp_path / "no such folder" / "facts.db"
    with pytest.raises(StoreError, match=r"there is no folder .*no such folder"):
        open_connection(path, create=True)
    with pytest.raises(StoreError, match="no such database"):
        open_connection(path)
    with pytest.raises(StoreError, match="no such database"):
        open_connection(tmp_path, write=True)


def test_a_name_with_marks_of_an_address(tmp_path: Path) -> None:
    """The file's name stands in an address for SQLite."""
    path = tmp_path / "100% 事实?#&mode=ro.db"
    make(path)
    assert path.is_file()
    reader = open_connection(path)
    assert count_rows(reader, "document") == 3
    reader.close()


@pytest.mark.parametrize("name", ["mysql://host/db", "http://host/facts.db"])
def test_another_kind_of_address(name: str) -> None:
    with pytest.raises(UsageError, match="expected a file or a postgresql:// address"):
        open_connection(name)


def test_values_that_cannot_be_stored(database: Connection) -> None:
    fill(database)
    before = dump(database)
    columns = ("place_pk", "name", "level", "path")
    for row in ((1000, "\udc80", "zone", ""), (2**70, "a", "zone", ""), (1001, None, "zone", "")):
        with pytest.raises(StoreError):
            database.insert("place", columns, [row])
    assert dump(database) == before


def test_statements_of_a_script() -> None:
    script = (
        "SELECT ';' ; -- a; b\nSELECT 2;\nCREATE TRIGGER t AFTER INSERT ON a BEGIN SELECT 1; SELECT 2; END; SELECT 3"
    )
    first, second, third, last = split_statements(script)
    assert (first, second) == ("SELECT ';' ;", " -- a; b\nSELECT 2;")
    assert third.strip().endswith("END;") and last == " SELECT 3"
