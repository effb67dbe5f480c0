"""Archives and compressed files as documents."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import struct
import sys
import tarfile
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

from extractor.read import find_inputs, read_source
from extractor.settings import Settings
from read.archive import SETTINGS, TEXT, find, make_gbk_zip, make_tar, make_zip, reason, short, texts

DATA = TEXT.encode()
PACK: dict[str, Callable[[bytes], bytes]] = {"gz": gzip.compress, "bz2": bz2.compress, "xz": lzma.compress}


def test_zip_members_in_the_order_of_the_archive(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    data = make_zip({"b/2.txt": TEXT, "a/1.txt": TEXT.encode("gb18030"), "a/.x": b"x", "__MACOSX/a/1.txt": b"x"})
    items = find(data, path)
    assert short(items, path) == ["!/b/2.txt", "!/a/1.txt"]
    assert texts(items) == [TEXT, TEXT]
    assert not list(tmp_path.glob("**/*.txt"))


@pytest.mark.parametrize("name", ["新闻/春耕.txt", "通讯.txt"])
def test_zip_names_in_gbk(name: str, tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    assert short(find(make_gbk_zip(name, DATA), path), path) == [f"!/{name}"]


def test_zip_names_in_utf8(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    assert short(find(make_zip({"新闻/春耕.txt": DATA}), path), path) == ["!/新闻/春耕.txt"]


def test_zip_name_in_an_extra_field(tmp_path: Path) -> None:
    name = "春耕.txt".encode()
    info = zipfile.ZipInfo("x.txt")
    body = struct.pack("<BL", 1, zlib.crc32(b"x.txt")) + name
    info.extra = struct.pack("<HH", 0x7075, len(body)) + body
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(info, DATA)
    path = tmp_path / "a.zip"
    assert short(find(buffer.getvalue(), path), path) == ["!/春耕.txt"]


@pytest.mark.parametrize("mode", ["w", "w:gz", "w:bz2", "w:xz"])
@pytest.mark.parametrize("form", [tarfile.USTAR_FORMAT, tarfile.GNU_FORMAT, tarfile.PAX_FORMAT])
def test_tar(mode: str, form: int, tmp_path: Path) -> None:
    long = "卷" * 20 + "/1958.txt"
    path = tmp_path / f"a.tar{mode[1:].replace(':', '.')}"
    items = find(make_tar([("甲.txt", DATA), (long, DATA)], mode, format=form), path)
    assert short(items, path) == ["!/甲.txt", f"!/{long}"]
    assert texts(items) == [TEXT, TEXT]


def test_tar_names_in_gbk(tmp_path: Path) -> None:
    path = tmp_path / "a.tar"
    data = make_tar([("新闻.txt", DATA)], encoding="gbk", format=tarfile.GNU_FORMAT)
    assert short(find(data, path), path) == ["!/新闻.txt"]


@pytest.mark.parametrize("suffix", PACK)
def test_a_compressed_file_is_one_document(suffix: str, tmp_path: Path) -> None:
    path = tmp_path / f"20240715.txt.{suffix}"
    items = find(PACK[suffix](DATA), path)
    assert short(items, path) == [""]
    source = read_source(items[0], SETTINGS)
    assert source.text == TEXT
    assert source.published is not None
    assert source.published.iso() == "2024-07-15"


@pytest.mark.parametrize("suffix", PACK)
def test_members_one_after_the_other_in_a_compressed_file(suffix: str, tmp_path: Path) -> None:
    assert texts(find(PACK[suffix](DATA) + PACK[suffix](DATA), tmp_path / f"a.{suffix}")) == [TEXT + TEXT]


@pytest.mark.parametrize(("name", "suffix"), [("a.tgz", "gz"), ("a.tbz2", "bz2"), ("a.txz", "xz"), ("noname", "gz")])
def test_short_suffixes(name: str, suffix: str, tmp_path: Path) -> None:
    path = tmp_path / name
    assert short(find(PACK[suffix](make_tar([("a.txt", DATA)])), path), path) == ["!/a.txt"]


def test_archives_within_archives(tmp_path: Path) -> None:
    inner = make_zip({"c.txt": TEXT, "d.txt.gz": gzip.compress(DATA)})
    path = tmp_path / "a.tar.gz"
    items = find(make_tar([("x/b.zip", inner), ("e.txt", DATA)], "w:gz"), path)
    assert short(items, path) == ["!/x/b.zip!/c.txt", "!/x/b.zip!/d.txt.gz", "!/e.txt"]
    assert texts(items) == [TEXT] * 3


def test_two_members_of_one_name(tmp_path: Path) -> None:
    path = tmp_path / "a.tar"
    items = find(make_tar([("a.txt", DATA), ("a.txt", b"b" + DATA)]), path)
    assert short(items, path) == ["!/a.txt", "!/a.txt (2)"]
    assert texts(items) == [TEXT, "b" + TEXT]


def test_an_archive_from_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    for data in (make_zip({"a.txt": TEXT}), make_tar([("a.txt", DATA)], "w:gz")):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
        assert [item.doc for item in find_inputs(["-"], SETTINGS)] == ["-!/a.txt"]


def test_a_package_without_a_reader_is_no_archive(tmp_path: Path) -> None:
    items = find(make_zip({"ppt/slides/slide1.xml": "<a/>"}), tmp_path / "a.pptx")
    assert [item.path for item in items] == [tmp_path / "a.pptx"]


def test_a_member_of_another_format_keeps_its_bytes(tmp_path: Path) -> None:
    (item,) = find(make_zip({"a.pdf": b"%PDF-1.4 ..."}), tmp_path / "a.zip")
    assert (item.data, item.name) == (b"%PDF-1.4 ...", "a.pdf")


def test_an_empty_archive_holds_nothing(tmp_path: Path) -> None:
    assert find(make_zip({}), tmp_path / "a.zip") == []
    assert find(make_tar([]), tmp_path / "a.tar") == []


def test_encrypted_members(tmp_path: Path) -> None:
    data = bytearray(make_zip({"a.txt": TEXT, "b.txt": TEXT}))
    at = data.index(b"PK\x01\x02")
    data[at + 8] |= 1  # the flag in the directory
    items = find(bytes(data), tmp_path / "a.zip")
    assert reason(items[0]) == "UnreadableError encrypted"
    assert texts(items[1:]) == [TEXT]


def test_names_that_lead_out_are_only_names(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    members = [("../../out.txt", DATA), ("/abs.txt", DATA)]
    for name, data in (("a.tar", make_tar(members)), ("a.zip", make_zip({key: TEXT for key, _ in members}))):
        path = folder / name
        items = find(data, path)
        assert short(items, path) == ["!/../../out.txt", "!/abs.txt"]
        assert texts(items) == [TEXT, TEXT]
    assert sorted(p.name for p in tmp_path.rglob("*")) == ["a.tar", "a.zip", "in"]


def test_links_in_a_tar_are_not_followed(tmp_path: Path) -> None:
    link, hard, pipe = tarfile.TarInfo("link"), tarfile.TarInfo("hard"), tarfile.TarInfo("pipe")
    link.type, link.linkname = tarfile.SYMTYPE, "/etc/hostname"
    hard.type, hard.linkname = tarfile.LNKTYPE, "a.txt"
    pipe.type = tarfile.FIFOTYPE
    items = find(make_tar([(link, b""), (hard, b""), (pipe, b""), ("a.txt", DATA)]), tmp_path / "a.tar")
    assert ["link" in reason(item) for item in items[:3]] == [True, True, False]
    assert texts(items[3:]) == [TEXT]


def test_members_of_parts(tmp_path: Path) -> None:
    path = tmp_path / "a.tar.gz"
    settings = Settings(part_characters=60)
    items = find(make_tar([("a.txt", DATA * 5)], "w:gz"), path, settings)
    assert len(items) > 1
    assert {item.doc for item in items} == {f"{path}!/a.txt"}
    assert "".join(texts(items)) == TEXT * 5
