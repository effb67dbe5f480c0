"""Names to documents: files, folders, patterns, lists, standard input."""

from __future__ import annotations

import io
import os
import pickle
import sys
from pathlib import Path

import pytest

from extractor.read import Input, find_inputs, read_source
from extractor.settings import Settings

TEXT = "今年全乡修渠３公里。\n"
SETTINGS = Settings()


def write(path: Path, text: str = TEXT) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return path


def docs(*names: str | Path, settings: Settings = SETTINGS) -> list[str]:
    return [item.doc for item in find_inputs(map(str, names), settings)]


def failures(*names: str | Path) -> list[str]:
    return [str(item.failure) for item in find_inputs(map(str, names), SETTINGS) if item.failure]


def feed(monkeypatch: pytest.MonkeyPatch, data: bytes) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))


def test_a_file_is_passed_on_by_its_path(tmp_path: Path) -> None:
    path = write(tmp_path / "page.txt")
    (item,) = find_inputs([str(path)], SETTINGS)
    assert item == Input(str(path), path=path, bytes=len(TEXT.encode()), name=str(path))
    assert pickle.loads(pickle.dumps(item)) == item
    assert read_source(item, SETTINGS).text == TEXT


def test_a_folder_in_the_order_of_its_names(tmp_path: Path) -> None:
    for name in ("b.txt", "a/2.txt", "a/10.txt", "c/d/e.txt", ".hidden", ".git/x.txt"):
        write(tmp_path / name)
    assert docs(tmp_path) == [str(tmp_path / name) for name in ("a/10.txt", "a/2.txt", "b.txt", "c/d/e.txt")]


def test_an_empty_folder_holds_nothing(tmp_path: Path) -> None:
    assert docs(tmp_path) == []


def test_a_folder_that_links_to_itself_ends(tmp_path: Path) -> None:
    write(tmp_path / "in" / "a.txt")
    (tmp_path / "in" / "loop").symlink_to(tmp_path / "in", target_is_directory=True)
    (tmp_path / "in" / "gone").symlink_to(tmp_path / "nowhere")
    found = list(find_inputs([str(tmp_path / "in")], SETTINGS))
    assert [item.doc for item in found] == [str(tmp_path / "in" / name) for name in ("a.txt", "gone")]
    assert "no such file" in str(found[1].failure)


def test_a_pipe_in_a_folder_is_left_alone(tmp_path: Path) -> None:
    write(tmp_path / "a.txt")
    os.mkfifo(tmp_path / "pipe")
    assert docs(tmp_path) == [str(tmp_path / "a.txt")]


def test_patterns_that_the_shell_left_alone(tmp_path: Path) -> None:
    for name in ("b.txt", "a.txt", "deep/er/c.txt", "d.md"):
        write(tmp_path / name)
    assert docs(tmp_path / "*.txt") == [str(tmp_path / "a.txt"), str(tmp_path / "b.txt")]
    assert docs(tmp_path / "**/c.*") == [str(tmp_path / "deep/er/c.txt")]
    assert docs(tmp_path / "de*") == [str(tmp_path / "deep/er/c.txt")]
    assert len(docs(tmp_path / "**")) == 4
    assert failures(tmp_path / "*.pdf") == [f"{tmp_path / '*.pdf'}: no file matches"]
    write(tmp_path / "[1].txt")
    assert docs(tmp_path / "[1].txt") == [str(tmp_path / "[1].txt")]


def test_what_is_not_there_does_not_stop_the_rest(tmp_path: Path) -> None:
    path = write(tmp_path / "page.txt")
    found = list(find_inputs([str(tmp_path / "none"), "a\0b", str(path)], SETTINGS))
    assert [item.failure is None for item in found] == [False, False, True]
    assert str(found[0].failure) == f"{tmp_path / 'none'}: no such file"


def test_lists_of_names(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = write(tmp_path / "a.txt"), write(tmp_path / "b.txt")
    names = f"\ufeff{second}\r\n\n{first}\n@{tmp_path / 'list'}\n".encode()
    (tmp_path / "list").write_bytes(names)
    assert docs(f"@{tmp_path / 'list'}") == [str(second), str(first), f"@{tmp_path / 'list'}"]  # lists do not nest
    feed(monkeypatch, names)
    assert docs("@-")[:2] == [str(second), str(first)]
    assert failures("@no-such-list") == ["no-such-list: no such file"]


def test_documents_are_found_as_they_are_asked_for(tmp_path: Path) -> None:
    asked: list[str] = []

    def names():  # type: ignore[no-untyped-def]
        for name in ("a.txt", "b.txt"):
            asked.append(name)
            yield str(write(tmp_path / name))

    items = find_inputs(names(), SETTINGS)
    assert next(items).doc == str(tmp_path / "a.txt")
    assert asked == ["a.txt"]


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    feed(monkeypatch, TEXT.encode("gb18030"))
    (item,) = find_inputs(["-"], SETTINGS)
    source = read_source(item, SETTINGS)
    assert (source.doc, source.text, source.encoding) == ("-", TEXT, "gb18030")
    feed(monkeypatch, b'{"text": "a"}\n')
    assert docs("-") == ["-#1"]


def test_a_name_that_is_no_utf8(tmp_path: Path) -> None:
    raw = os.fsencode(tmp_path) + b"/\xd2\xb3.txt"
    Path(os.fsdecode(raw)).write_text(TEXT, "utf-8")
    (item,) = find_inputs([str(tmp_path)], SETTINGS)
    item.doc.encode("utf-8")
    assert read_source(item, SETTINGS).text == TEXT


def test_the_failure_of_an_input_is_raised_when_it_is_read() -> None:
    (item,) = find_inputs(["no-such-file"], SETTINGS)
    assert item.failure is not None
    with pytest.raises(type(item.failure), match="no such file"):
        read_source(item, SETTINGS)


def test_patterns_do_not_follow_links_back(tmp_path: Path) -> None:
    write(tmp_path / "deep/er/a.txt")
    for name in ("up", "again"):
        (tmp_path / "deep/er" / name).symlink_to(tmp_path)
    (tmp_path / "aside").symlink_to(tmp_path / "deep/er")
    assert docs(tmp_path / "**/a.txt") == [str(tmp_path / "aside/a.txt"), str(tmp_path / "deep/er/a.txt")]
    assert docs(tmp_path / "deep/**") == [str(tmp_path / "deep/er/a.txt")]
