"""`govfacts view`: any input to one file, whole or not at all."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from extractor.cli.main import main
from extractor.errors import ExportError
from extractor.view import write_page
from support import ROOT, run_govfacts
from view.page import Page

GUIDE = (ROOT / "docs" / "view.md").read_text("utf-8")
TEXT = "水渠修到田间地头\n\n　　本报讯 今年以来，凤阳县整修灌溉渠道126.5公里，投资30万元。\n"


@pytest.fixture
def text(tmp_path: Path) -> Path:
    path = tmp_path / "page.txt"
    path.write_text(TEXT, "utf-8")
    return path


def test_a_file(text: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "page.html"
    assert main(["view", "--date", "2024-07-15", str(text), "--out", str(out)]) == 0
    page = Page(out.read_text("utf-8"))
    assert page.text == TEXT and "2024-07-15" in page.html
    assert capsys.readouterr() == ("", "")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["page.html", "page.txt"]


def test_standard_streams() -> None:
    done = run_govfacts("view", "--language", "en", "--out", "-", "-", stdin=TEXT.encode("gb18030"))
    assert done.returncode == 0 and not done.stderr
    assert Page(done.stdout.decode("utf-8")).text == TEXT


def test_it_is_the_same_twice(text: Path, tmp_path: Path) -> None:
    for name in ("a.html", "b.html"):
        assert main(["view", str(text), "--out", str(tmp_path / name)]) == 0
    assert (tmp_path / "a.html").read_bytes() == (tmp_path / "b.html").read_bytes()


def test_html_tables_and_archives(tmp_path: Path) -> None:
    html = f"<html><head><title>水渠</title></head><body><p>{TEXT.split('　　')[1]}</p></body></html>"
    (tmp_path / "a.html").write_text(html, "utf-8")
    (tmp_path / "b.csv").write_text("标题,正文\n修渠,全县整修渠道12公里。\n修路,全县修路7公里。\n", "utf-8")
    with zipfile.ZipFile(tmp_path / "c.zip", "w") as archive:
        archive.writestr("d.txt", TEXT)
    names = [str(tmp_path / name) for name in ("a.html", "b.csv", "c.zip")]
    assert main(["view", *names, "--out", str(tmp_path / "page.html")]) == 0
    page = Page((tmp_path / "page.html").read_text("utf-8"))
    assert not page.broken and page.html.count('<section class="document">') == 4
    quantities = [text for kind, _, text in page.marks if kind == "quantity"]
    assert quantities == ["126.5公里", "30万元", "12公里", "7公里", "126.5公里", "30万元"]


def test_parts_of_a_large_text(tmp_path: Path) -> None:
    (tmp_path / "long.txt").write_text((TEXT + "\n") * 12, "utf-8")
    out = tmp_path / "page.html"
    assert main(["view", "--part-characters", "200", str(tmp_path / "long.txt"), "--out", str(out)]) == 0
    page = Page(out.read_text("utf-8"))
    assert page.text == (TEXT + "\n") * 12
    assert page.html.count("第2部分") == 1 and len(set(page.ids)) == len(page.ids)
    assert [text for kind, _, text in page.marks if kind == "quantity"] == ["126.5公里", "30万元"] * 12


def test_what_cannot_be_read(text: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The others are shown; without any there is no page, and an older one stays."""
    (tmp_path / "bad.txt").write_bytes(b"\x00\x01\x02" * 50)
    out = tmp_path / "page.html"
    assert main(["view", str(tmp_path / "bad.txt"), str(text), "--out", str(out)]) == 1
    assert Page(out.read_text("utf-8")).text == TEXT
    assert re.fullmatch(r"govfacts: \S+bad\.txt: binary data.*\n", capsys.readouterr().err)
    before = out.read_bytes()
    assert main(["view", str(tmp_path / "bad.txt"), "--out", str(out)]) == 1
    assert main(["view", str(tmp_path / "none.txt"), "--out", str(tmp_path / "other.html")]) == 1
    assert out.read_bytes() == before and not (tmp_path / "other.html").exists()
    assert "none.txt: no such file" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--out", "x.html"], "no input"),
        (["--out", "page.txt", "page.txt"], "--out page.txt: is an input"),
        (["--out", "./page.txt", "page.txt"], "--out page.txt: is an input"),
        (["--out", "x.html", "--date", "soon", "page.txt"], "soon"),
        (["--out", "x.html", "--lexicon", "none", "page.txt"], "no such folder"),
    ],
)
def test_wrong_calls(
    text: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    words: list[str],
    message: str,
) -> None:
    monkeypatch.chdir(text.parent)
    assert main(["view", *words]) == 2
    assert message in capsys.readouterr().err
    assert text.read_text("utf-8") == TEXT and not Path("x.html").exists()


def test_out_is_needed(text: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["view", str(text)]) == 2
    assert "--out" in capsys.readouterr().err


def test_where_it_cannot_be_written(text: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["view", str(text), "--out", str(tmp_path)]) == 1
    assert main(["view", str(text), "--out", str(text / "page.html")]) == 1
    errors = capsys.readouterr().err
    assert "is a folder" in errors and "page.html: Not a directory" in errors
    with pytest.raises(ExportError, match="null"):
        write_page(tmp_path / "a\0b", "x")


def test_a_write_that_fails_leaves_the_old_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = tmp_path / "page.html"
    write_page(out, "old")

    def fail(*_: object) -> None:
        raise OSError(28, os.strerror(28))

    monkeypatch.setattr(Path, "write_bytes", fail)
    with pytest.raises(ExportError, match=r"page\.html: No space left on device"):
        write_page(out, "new")
    assert out.read_text("utf-8") == "old" and [path.name for path in tmp_path.iterdir()] == ["page.html"]


def test_a_fault_of_ours_is_told(
    text: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from extractor.errors import RecordError

    def fail(*_: object) -> None:
        raise RecordError("a row is wrong")

    monkeypatch.setattr("extractor.pipeline.read_articles", fail)
    assert main(["view", str(text), "--out", str(text.with_suffix(".html"))]) == 1
    assert "page.txt: a row is wrong" in capsys.readouterr().err


def test_the_guide(tmp_path: Path) -> None:
    """Its commands and its Python run."""
    (tmp_path / "corpora").symlink_to(ROOT / "corpora")
    tools = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    commands = "".join(re.findall(r"^```sh\n(.*?)^```$", GUIDE, re.MULTILINE | re.DOTALL))
    assert commands.count("govfacts view") == 3
    environment = {**os.environ, "PATH": tools}
    done = subprocess.run(["sh", "-e"], input=commands.encode(), cwd=tmp_path, env=environment, capture_output=True)
    assert done.returncode == 0 and not done.stderr, done.stderr
    assert "pages.html" in {path.name for path in tmp_path.iterdir()}
    (code,) = re.findall(r"^```python\n(.*?)^```$", GUIDE, re.MULTILINE | re.DOTALL)
    (tmp_path / "page.html").unlink()
    subprocess.run([sys.executable, "-c", code], cwd=tmp_path, check=True)
    assert not Page((tmp_path / "page.html").read_text("utf-8")).broken
