"""Bytes to text."""

from __future__ import annotations

import codecs

import pytest

from extractor.errors import UndecodableError
from extractor.read.encoding import decode_text, share_common

TEXT = "全乡新修水渠３.５公里，\r\n打井20眼；喆、镕、㐂、𠮷四字也在。\r\n"
TRADITIONAL = "去年全縣農業總產值比上年增長一成，縣裡繼續發展鄉鎮企業，興修水利，改造農田，農民收入有所提高。"


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (TEXT.encode(), "utf-8"),
        (codecs.BOM_UTF8 + TEXT.encode(), "utf-8"),
        (TEXT.encode("gb18030"), "gb18030"),
        (codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le"), "utf-16-le"),
        (codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"), "utf-16-be"),
        (("\ufeff" + TEXT).encode("gb18030"), "gb18030"),
        (codecs.BOM_UTF32_LE + TEXT.encode("utf-32-le"), "utf-32-le"),
    ],
)
def test_same_text_from_each_encoding(data: bytes, encoding: str) -> None:
    assert decode_text(data, "a") == (TEXT, encoding)


def test_big5_is_not_taken_for_gb18030() -> None:
    assert decode_text(TRADITIONAL.encode("big5"), "a")[0] == TRADITIONAL
    assert decode_text(TRADITIONAL.encode("gb18030"), "a")[0] == TRADITIONAL


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf", "white space"),
        (" \r\n　".encode(), "white space"),
        (codecs.BOM_UTF16_LE + b"\x00\xdc\x41\x00", "0x00 at offset 2 is not UTF-16-LE"),
        (codecs.BOM_UTF16_LE + b"a", "breaks off"),
        (b"abc\0def", "NUL at byte 3"),
        (bytes(range(1, 9)) * 20, "control characters"),
        ("今年植树造林".encode() + b"\xff" + "三千亩，全部成活。".encode(), "0xff at offset 18"),
        ("今年植树造林三千亩，全部成活".encode()[:-1], "breaks off within a character at byte 39"),
        (("今年植树造林三千亩。" * 5).encode("gb18030") + b"\xff" + "全部成活。".encode("gb18030"), "offset 100"),
        (bytes(range(128, 256)) * 20, "no other Chinese encoding"),
    ],
)
def test_no_text(data: bytes, reason: str) -> None:
    with pytest.raises(UndecodableError, match=reason):
        decode_text(data, "a")


def test_share_common_tells_text_from_misread_bytes() -> None:
    assert share_common("今年以来，全乡完成植树造林三千亩。") == 1.0
    assert share_common("今年以来，全乡完成植树造林三千亩。".encode().decode("gb18030", "ignore")) < 0.4
    assert share_common("plain") == 1.0


def test_a_bad_byte_far_in_a_long_file() -> None:
    line = "今年植树造林三千亩，全部成活。\n"
    data = line.encode() * 5000 + b"\xff" + line.encode() * 10
    with pytest.raises(UndecodableError, match=f"0xff at offset {5000 * len(line.encode())} "):
        decode_text(data, "a")
    assert decode_text((line * 5000).encode("gb18030"), "a") == (line * 5000, "gb18030")
