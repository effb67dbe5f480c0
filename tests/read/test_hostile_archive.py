"""Archives that are damaged or mean harm: each is one failure that names member and limit, and the rest goes on."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import random
import tarfile
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from extractor.read.zip_archive import measure_directory
from extractor.settings import Settings
from read.archive import TEXT, find, make_tar, make_zip, reason, short, texts

DATA = TEXT.encode()
PACK: dict[str, Callable[[bytes], bytes]] = {"gz": gzip.compress, "bz2": bz2.compress, "xz": lzma.compress}
NOISE = random.Random(7).randbytes(300_000)  # does not shrink
SMALL = Settings(max_bytes=100_000, max_member_bytes=200_000, max_unpacked_bytes=400_000, max_members=5, max_depth=3)


def test_a_member_over_its_limit(tmp_path: Path) -> None:
    for name, data in (
        ("a.zip", make_zip({"big.txt": NOISE, "a.txt": TEXT})),
        ("a.tar.gz", make_tar([("big.txt", NOISE), ("a.txt", DATA)], "w:gz")),
    ):
        items = find(data, tmp_path / name, SMALL)
        assert short(items, tmp_path / name) == ["!/big.txt", "!/a.txt"]
        assert reason(items[0]).startswith("OversizedError")
        assert "200000 (max_member_bytes)" in reason(items[0])
        assert texts(items[1:]) == [TEXT]


def test_a_document_that_is_held_as_a_whole(tmp_path: Path) -> None:
    items = find(make_zip({"a.pdf": b"%PDF-" + NOISE[:150_000], "a.txt": TEXT}), tmp_path / "a.zip", SMALL)
    assert reason(items[0]) == "OversizedError more than 100000 bytes (max_bytes)"
    assert texts(items[1:]) == [TEXT]


def test_too_much_in_all_ends_the_archive(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    data = make_zip({f"{i}.pdf": b"%PDF-" + NOISE[:90_000] for i in range(8)})
    items = find(data, path, replace(SMALL, max_members=100))
    assert [item.failure is None for item in items] == [True] * 4 + [False]
    assert f"{path} unpacks to more than 400000 bytes (max_unpacked_bytes)" in reason(items[-1])


def test_too_many_members(tmp_path: Path) -> None:
    for name, data in (
        ("a.zip", make_zip({f"{i}.txt": TEXT for i in range(8)})),
        ("a.tar", make_tar([(f"{i}.txt", DATA) for i in range(8)])),
    ):
        items = find(data, tmp_path / name, SMALL)
        assert [item.failure is None for item in items] == [True] * 5 + [False]
        assert "more than 5 members (max_members)" in reason(items[-1])


@pytest.mark.parametrize("kind", ["gz", "zip"])
def test_a_bomb_of_text(kind: str, tmp_path: Path) -> None:
    """Spaces are text until the end, so only the ratio tells."""
    spaces = b"a\n" + b" " * 20_000_000
    data = gzip.compress(spaces) if kind == "gz" else make_zip({"a.txt": spaces})
    items = find(data, tmp_path / f"a.{kind}", Settings(max_ratio=500))
    assert "500 bytes for one packed byte (max_ratio)" in reason(items[-1])


def test_a_bomb_of_zeros_is_no_text(tmp_path: Path) -> None:
    items = find(make_zip({"a.txt": bytes(20_000_000), "b.txt": TEXT}), tmp_path / "a.zip")
    assert "max_ratio" in reason(items[0])
    assert texts(items[1:]) == [TEXT]


@pytest.mark.parametrize("pack", ["zip", "gz", "tar"])
def test_deep_nesting(pack: str, tmp_path: Path) -> None:
    data = DATA
    for level in range(20):
        if pack == "zip":
            data = make_zip({f"{level}.zip" if level else "a.txt": data})
        elif pack == "gz":
            data = gzip.compress(data)
        else:
            data = make_tar([(f"{level}.tar" if level else "a.txt", data)])
    items = find(data, tmp_path / f"a.{pack}", SMALL)
    assert len(items) == 1
    assert "packed more than 3 times" in reason(items[0])
    assert "(max_depth)" in reason(items[0])


def test_sizes_that_are_not_true(tmp_path: Path) -> None:
    for size in (5, 5_000_000):
        data = bytearray(make_zip({"a.txt": TEXT * 50, "b.txt": TEXT}))
        at = data.index(b"PK\x01\x02")
        data[at + 24 : at + 28] = size.to_bytes(4, "little")
        items = find(bytes(data), tmp_path / "a.zip")
        if size == 5:
            assert reason(items[0]).startswith("UnreadableError damaged")
        else:
            assert texts(items[:1]) == [TEXT * 50]  # the checksum says that nothing is missing
        assert texts(items[1:]) == [TEXT]


def test_a_checksum_that_is_not_true(tmp_path: Path) -> None:
    data = bytearray(make_zip({"a.txt": TEXT, "b.txt": TEXT}))
    at = data.index(b"PK\x01\x02")
    data[at + 16] ^= 0xFF
    items = find(bytes(data), tmp_path / "a.zip")
    assert "CRC" in reason(items[0])
    assert texts(items[1:]) == [TEXT]


def test_an_unknown_method(tmp_path: Path) -> None:
    data = bytearray(make_zip({"a.txt": TEXT}))
    for mark, place in ((b"PK\x03\x04", 8), (b"PK\x01\x02", 10)):
        data[data.index(mark) + place] = 99
    (item,) = find(bytes(data), tmp_path / "a.zip")
    assert reason(item).startswith("UnreadableError damaged")


@pytest.mark.parametrize("suffix", PACK)
def test_compressed_files_that_break_off(suffix: str, tmp_path: Path) -> None:
    whole = PACK[suffix](NOISE.hex().encode())
    for data in (whole[: len(whole) // 2], whole[:20], whole[:-3]):
        items = find(data, tmp_path / f"a.txt.{suffix}")
        assert reason(items[-1]).startswith("UnreadableError damaged"), len(data)


@pytest.mark.parametrize("suffix", PACK)
def test_compressed_files_with_a_bad_byte(suffix: str, tmp_path: Path) -> None:
    data = bytearray(PACK[suffix](NOISE.hex().encode()))
    data[len(data) // 2] ^= 0x55
    assert reason(find(bytes(data), tmp_path / f"a.{suffix}")[-1]).startswith("UnreadableError damaged")


def test_an_xz_file_that_asks_for_too_much_memory(tmp_path: Path) -> None:
    filters = [{"id": lzma.FILTER_LZMA2, "preset": 0, "dict_size": 1 << 29}]
    # The size of the dictionary stands in the block header; a small one is compressed and the byte is raised.
    small = lzma.compress(DATA, filters=[{**filters[0], "dict_size": 1 << 12}])
    packer = lzma.LZMADecompressor(memlimit=1 << 28)
    assert packer.decompress(small) == DATA
    data = bytearray(small)
    at = data.index(b"\x21\x01\x00")  # the LZMA2 filter, its size, the dictionary's
    data[at + 2] = 40
    head = data[12 : 12 + 4 * (data[12] + 1) - 4]
    data[12 + len(head) : 16 + len(head)] = zlib.crc32(bytes(head)).to_bytes(4, "little")
    (item,) = find(bytes(data), tmp_path / "a.txt.xz")
    assert "emory" in reason(item)


def test_tars_that_break_off(tmp_path: Path) -> None:
    whole = make_tar([("a.txt", DATA), ("b.txt", b"x" * 5000), ("c.txt", DATA)])
    for size in (1024 + 512 + 700, 1024 + 512 + 5120 + 300):  # in a member, in a header
        items = find(whole[:size], tmp_path / "a.tar")
        assert texts(items[:1]) == [TEXT]
        assert "damaged" in reason(items[-1])


def test_a_tar_with_a_bad_header_does_not_just_end(tmp_path: Path) -> None:
    data = bytearray(make_tar([("a.txt", DATA), ("b.txt", DATA)]))
    data[1024 + 150] ^= 0x7F  # the checksum of the second header
    items = find(bytes(data), tmp_path / "a.tar")
    assert texts(items[:1]) == [TEXT]
    assert reason(items[-1]).startswith("UnreadableError damaged TAR archive")


def test_a_tar_header_that_would_fill_the_memory(tmp_path: Path) -> None:
    info = tarfile.TarInfo("././@LongLink")
    info.type = tarfile.GNUTYPE_LONGNAME
    items = find(make_tar([(info, b"a" * 2_000_000), ("a.txt", DATA)]), tmp_path / "a.tar")
    assert "a header of 2000000 bytes" in reason(items[-1])


def test_a_sparse_member(tmp_path: Path) -> None:
    info = tarfile.TarInfo("sparse.txt")
    info.type = tarfile.GNUTYPE_SPARSE
    (item,) = find(make_tar([(info, b"")]), tmp_path / "a.tar")
    assert reason(item) == "UnreadableError no plain file"


@pytest.mark.parametrize("name", ["a.zip", "a.tar", "a.gz", "a.bz2", "a.xz", "a.tar.gz", "a.warc", "a.xlsx", "a.docx"])
@pytest.mark.parametrize("data", [b"", b"no archive", NOISE[:3000], b"PK\x03\x04" + NOISE[:500], b"\x1f\x8b\x08"])
def test_no_archive_at_all(name: str, data: bytes, tmp_path: Path) -> None:
    from extractor.errors import InputError
    from extractor.read import read_source

    items = find(data, tmp_path / name)
    assert items
    for item in items:
        with pytest.raises(InputError):
            read_source(item, Settings())


def test_a_directory_that_would_fill_the_memory(tmp_path: Path) -> None:
    data = make_zip({f"{i}-{'x' * 200}.txt": b"" for i in range(50)})
    (item,) = find(data, tmp_path / "a.zip", Settings(max_members=2))
    assert "directory" in reason(item)


def test_the_directory_of_a_large_archive_is_measured() -> None:
    small = io.BytesIO(make_zip({"a.txt": TEXT}))
    assert measure_directory(small) == 46 + len("a.txt")
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for number in range(70_000):  # more than the short form of the end record can count
            archive.writestr(zipfile.ZipInfo(f"{number:06d}"), b"")
    assert measure_directory(buffer) == 70_000 * (46 + 6)
