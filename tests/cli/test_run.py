"""`govfacts run` as a user calls it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from extractor.cli.main import main

TEXT = "本报讯 河湾乡新修渠道12公里，投资360万元。\n"


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    folder = tmp_path / "pages"
    folder.mkdir()
    for number in range(3):
        (folder / f"2021030{number + 1}.txt").write_text(TEXT.replace("12", str(number + 12)), "utf-8")
    return folder


def _run(*words: object) -> int:
    return main(["run", *map(str, words), "--workers", "1"])


def test_run_and_again(pages: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert _run(pages, "--db", tmp_path / "a.db") == 0
    assert capsys.readouterr().err.startswith("3 documents read (3 new, 0 changed, 0 stale), 6 facts, 0 failed")
    assert _run(pages, "--db", tmp_path / "a.db") == 0
    assert "3 unchanged" in capsys.readouterr().err


def test_failures_are_told_and_kept(pages: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (pages / "bad.txt").write_bytes(b"\xff\x00\x00")
    assert _run(pages, "--db", tmp_path / "a.db") == 1
    assert f"govfacts: {pages}/bad.txt: binary data" in capsys.readouterr().err
    assert _run(pages, "--db", tmp_path / "a.db") == 1
    assert "1 failed before (--retry-failed tries them again)" in capsys.readouterr().err
    (pages / "bad.txt").write_text(TEXT, "utf-8")
    assert _run("--retry-failed", "--db", tmp_path / "a.db") == 0
    assert capsys.readouterr().err.startswith("1 documents read")


def test_stale_alone_reads_all_that_is_stale(pages: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _run(pages, "--db", tmp_path / "a.db", "--source", "海滨日报")
    capsys.readouterr()
    assert _run("--stale", "--db", tmp_path / "a.db") == 0
    assert capsys.readouterr().err.startswith("3 documents read (0 new, 0 changed, 3 stale)")
    assert _run("--stale", "--db", tmp_path / "a.db") == 0
    assert capsys.readouterr().err.startswith("0 documents read")


def test_a_list_of_names_and_a_report(pages: Path, tmp_path: Path) -> None:
    names = tmp_path / "names"
    names.write_text("".join(f"{path}\n" for path in sorted(pages.iterdir())), "utf-8")
    assert _run("--files-from", names, "--db", tmp_path / "a.db", "--report", tmp_path / "r.json") == 0
    report = json.loads((tmp_path / "r.json").read_text("utf-8"))
    assert (report["count"]["done"], report["count"]["facts"], report["stopped"]) == (3, 6, False)


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (("--db", "a.db"), "no input"),
        (("x.txt", "--db", "a.db", "--workers", "-1"), "--workers -1"),
        (("x.txt", "--db", "mysql://host/db"), "postgresql://"),
        (("x.txt", "--db", "a.db", "--date", "never"), "is no date"),
        (("x.txt", "--db", "a.db", "--stale", "--keep-stale"), "not allowed with"),
    ],
)
def test_usage(
    words: tuple[str, ...],
    reason: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["run", *words]) == 2
    assert reason in capsys.readouterr().err


def test_databases_that_refuse(pages: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "text.db").write_text("no database at all, but long enough to look at" * 20)
    assert _run(pages, "--db", tmp_path / "text.db") == 1
    assert "text.db: file is not a database" in capsys.readouterr().err
    assert _run(pages, "--db", tmp_path / "no" / "such.db") == 1
    assert "such.db" in capsys.readouterr().err
