"""docs/database.md is current, and what it tells to run runs."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from extractor.store import Connection
from extractor.store.migrate import load_tables
from store_case import fill
from support import ROOT

DOCUMENT = (ROOT / "docs" / "database.md").read_text("utf-8")
QUERIES = re.findall(r"```(sql|sqlite|postgres)\n(.*?);\n```", DOCUMENT, re.DOTALL)


def run_builder(*arguments: str, root: Path = ROOT) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(root / "scripts" / "build_database_docs"), *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_it_is_current() -> None:
    done = run_builder("--check")
    assert done.returncode == 0, done.stderr


def test_the_check_finds_a_change(tmp_path: Path) -> None:
    """In a copy of what the builder reads."""
    (tmp_path / "scripts").mkdir()
    (tmp_path / "docs").mkdir()
    (tmp_path / "scripts" / "build_database_docs").write_text(
        (ROOT / "scripts" / "build_database_docs").read_text("utf-8"), "utf-8"
    )
    (tmp_path / "extractor").symlink_to(ROOT / "extractor")
    target = tmp_path / "docs" / "database.md"
    assert run_builder("--check", root=tmp_path).returncode == 1
    assert run_builder(root=tmp_path).returncode == 0 == run_builder("--check", root=tmp_path).returncode
    text = target.read_text("utf-8")
    target.write_text(text.replace("quantity", "number", 1), "utf-8")
    done = run_builder("--check", root=tmp_path)
    assert done.returncode == 1 and "docs/database.md is not current" in done.stderr
    assert run_builder(root=tmp_path).returncode == 0 and target.read_text("utf-8") == text


def test_every_table_and_column_is_told() -> None:
    for table in load_tables().values():
        section = DOCUMENT.split(f"\n### {table.name}\n", 1)[1].split("\n#", 1)[0]
        for column in table.columns:
            assert re.search(rf"^\| {column.name} \| {column.type} \|.*\| \S.+ \|$", section, re.MULTILINE), column


def test_the_picture_has_every_foreign_key() -> None:
    picture = DOCUMENT.split("erDiagram\n", 1)[1].split("```", 1)[0]
    lines = re.findall(r"^    (\w+) (?:\|\||\|o)--o\{ (\w+) : (\w+)$", picture, re.MULTILINE)
    expected = [
        (column.references[0], table.name, column.name)
        for table in load_tables().values()
        for column in table.columns
        if column.references
    ]
    assert lines == expected and len(lines) > 10
    assert picture.count("{\n") == picture.count("    }\n") > 5


def test_the_queries_run(database: Connection) -> None:
    fill(database).save(1, [], [("a.pdf", 1, None, "read", "UndecodableError", "a.pdf: no text")])
    queries = [sql for dialect, sql in QUERIES if dialect in ("sql", database.dialect)]
    assert len(queries) > 5
    found = [list(database.query(sql)) for sql in queries]
    assert sum(map(bool, found)) >= 3
