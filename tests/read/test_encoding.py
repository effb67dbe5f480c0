"""Bytes to text."""

from __future__ import annotations

import codecs
import random

import pytest

from extractor.errors import UndecodableError
from extractor.read.encoding import decode_text, find_encoding, measure_quality, share_common

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


LONG = TEXT * 20


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
def test_wide_encodings_without_a_mark(encoding: str) -> None:
    assert decode_text(TEXT.encode(encoding), "a") == (TEXT, encoding)
    assert decode_text("abc, 12\r\n".encode(encoding), "a") == ("abc, 12\r\n", encoding)


@pytest.mark.parametrize(
    ("written", "declared", "encoding"),
    [
        ("gb18030", "gb2312", "gb18030"),
        ("gb18030", "GBK", "gb18030"),
        ("gb18030", "utf-8", "gb18030"),
        ("gb18030", "big5", "gb18030"),
        ("gb18030", "iso-8859-1", "gb18030"),
        ("gb18030", "no-such-charset", "gb18030"),
        ("gb18030", "zlib", "gb18030"),
        ("gb18030", "rot13", "gb18030"),
        ("gb18030", "", "gb18030"),
        ("utf-8", "gb2312", "utf-8"),
        ("utf-8", " 'UTF-8' ", "utf-8"),
        ("utf-16", "utf-8", "utf-16-le"),
    ],
)
def test_what_is_declared_is_checked(written: str, declared: str, encoding: str) -> None:
    assert decode_text(LONG.encode(written), "a", declared=declared) == (LONG, encoding)


def test_what_is_declared_holds_where_nothing_is_chinese() -> None:
    text = "Café, façade, Straße, naïve, señor, Fräulein, élève. " * 5
    assert decode_text(text.encode("cp1252"), "a", declared="windows-1252") == (text, "cp1252")


def test_characters_of_windows_big5() -> None:
    text = TRADITIONAL.replace("去年", "碁裏恒")
    assert decode_text(text.encode("cp950"), "a")[0] == text


@pytest.mark.parametrize(
    ("data", "text", "encoding"),
    [
        ("今年植树".encode() + b"\xff" + "三千亩。".encode(), "今年植树\ufffd三千亩。", "utf-8"),
        ("今年植树三千亩，".encode()[:-1], "今年植树三千亩\ufffd", "utf-8"),
        (("今年植树。" * 5).encode("gb18030") + b"\xff", "今年植树。" * 5 + "\ufffd", "gb18030"),
        (codecs.BOM_UTF16_LE + "今年".encode("utf-16-le") + b"a", "今年\ufffd", "utf-16-le"),
        ("今年植树".encode() * 50 + b"\0", "今年植树" * 50 + "\0", "utf-8"),
    ],
)
def test_bad_bytes_replaced(data: bytes, text: str, encoding: str) -> None:
    assert decode_text(data, "a", errors="replace") == (text, encoding)


def test_binary_data_stays_binary_where_bad_bytes_are_replaced() -> None:
    for data in (bytes(range(256)) * 40, b"\x89PNG\r\n\x1a\n" + bytes(500), bytes(range(128, 256)) * 20):
        with pytest.raises(UndecodableError):
            decode_text(data, "a", errors="replace")


def test_quality_is_the_share_of_good_characters() -> None:
    assert measure_quality("渠成。") is None
    assert measure_quality("渠\n　成\ufffd。") == 0.75


@pytest.mark.parametrize("cut", range(1, 12))
def test_a_sample_may_break_off_anywhere(cut: int) -> None:
    for encoding in ("utf-8", "gb18030", "utf-16-le", "utf-32-be"):
        assert find_encoding(LONG.encode(encoding)[:-cut], "a", whole=False).name == encoding


@pytest.mark.parametrize("size", [12, 60, 200, 1000])
@pytest.mark.parametrize("seed", range(12))
def test_utf8_with_stray_bytes_is_no_other_encoding(size: int, seed: int) -> None:
    dice = random.Random(seed)
    text = ("今年以来，全县新建农家书屋120余个，培训管理员86名。" * 40)[seed : seed + size]
    data = bytearray(text.encode())
    for _ in range(1 + size // 60):
        at = dice.randrange(len(data))
        if dice.random() < 0.5:
            data[at:at] = bytes([dice.choice((0x80, 0x9F, 0xA0, 0xB0, 0xC0, 0xE4, 0xFE, 0xFF))])
        else:
            data[at] = dice.randrange(0x80, 0x100)
    try:
        data.decode()
    except UnicodeDecodeError as error:
        byte = error.start
    else:
        return
    with pytest.raises(UndecodableError, match=rf"a\.txt: .*(?:byte|offset) {byte}\b.*UTF-8"):
        decode_text(bytes(data), "a.txt")
    replaced, encoding = decode_text(bytes(data), "a.txt", errors="replace")
    assert encoding == "utf-8"
    assert "\ufffd" in replaced


def test_replacing_reads_short_texts_with_many_bad_bytes() -> None:
    data = "修渠。".encode() + b"\xff\xfe\xff\xc0"
    with pytest.raises(UndecodableError, match="UTF-8"):
        decode_text(data, "a.txt")
    assert decode_text(data, "a.txt", errors="replace") == ("修渠。" + "\ufffd" * 4, "utf-8")
