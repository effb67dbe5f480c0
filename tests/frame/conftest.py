"""Our texts as a database, exports of it, and records."""

from __future__ import annotations

from pathlib import Path

import pytest

from extractor.export import export_database
from extractor.store import open_connection
from frame.text import TEXTS
from postgres_server import postgres_server
from support import run_govfacts

__all__ = ["postgres_server"]


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Our texts as a database, exports of it, and records."""
    folder = tmp_path_factory.mktemp("frame")
    (folder / "texts").mkdir()
    for name, text in TEXTS.items():
        (folder / "texts" / name).write_text(text, "utf-8")
    done = run_govfacts("run", folder / "texts", "--db", folder / "facts.db", "--quiet")
    assert done.returncode == 0, done.stderr.decode()
    connection = open_connection(folder / "facts.db")
    for form in ("parquet", "csv", "jsonl"):
        export_database(connection, form, folder / form)
    connection.close()
    done = run_govfacts("extract", folder / "texts")
    (folder / "records.jsonl").write_bytes(done.stdout)
    return folder
