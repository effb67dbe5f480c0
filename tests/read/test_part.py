"""Large plain texts in parts."""

from __future__ import annotations

import gzip
import io
import tracemalloc
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.read import Input, read_source
from extractor.read.part import find_cut, find_parts
from extractor.read.stream import Budget, Entry
from extractor.settings import Settings
from read.archive import find, reason
from support import assert_linear

HEAD = "海滨日报\n1974年8月3日　星期六　第2版\n\n"
LINE = "　　全社修渠三公里，打井二十眼。\n"


def split(text: str, limit: int, encoding: str = "utf-8", errors: str = "strict") -> list[Input]:
    settings = Settings(part_characters=limit, errors=errors)
    stream = io.BytesIO(text.encode(encoding))
    return list(find_parts(stream, Entry("a.txt", "a.txt", Budget("a.txt", settings))))


def pieces(items: list[Input]) -> list[str]:
    return [item.decoded.text for item in items if item.decoded is not None]


@pytest.mark.parametrize(
    ("text", "limit", "cut", "why"),
    [
        ("一二\n三四\f五六\n\n七八\n九", 11, 6, "a form feed before all"),
        ("一二\n三四\n \n五六\n七八\n九", 11, 8, "an empty line before a line"),
        ("一二\n\n三四五六七\n八九十", 10, 10, "an empty line too far up does not count"),
        ("一二\r\n三四\r\n五六", 9, 8, "a line end is not parted"),
        ("一二三\r四五六", 5, 4, "old Macintosh lines"),
        ("一二三四\r\n五六", 5, 4, "nor where the limit stands in it"),
        ("一二。三四五六七", 6, 3, "a sentence of a line that is too long"),
        ("一二三四五六七", 6, 6, "nothing to cut at"),
    ],
)
def test_where_a_text_is_cut(text: str, limit: int, cut: int, why: str) -> None:
    assert find_cut(text, limit) == cut, why


@given(
    st.text(st.sampled_from("一二三。 \t\r\n\f\u3000"), min_size=1, max_size=300),
    st.integers(min_value=4, max_value=40),
    st.sampled_from(["utf-8", "gb18030", "utf-16"]),
)
def test_the_parts_are_the_text(text: str, limit: int, encoding: str) -> None:
    text = "全社秋收早。\n" * 4 + text
    items = split(text, limit, encoding)
    found = pieces(items)
    assert "".join(found) == text
    assert all(0 < len(piece) <= limit for piece in found)
    at = 0
    for number, (item, piece) in enumerate(zip(items, found, strict=True), 1):
        assert (item.offset, item.part, item.doc) == (at, number, "a.txt")
        at += len(piece)


def test_lines_stay_whole() -> None:
    found = pieces(split(LINE * 200, 100))
    assert len(found) > 30
    assert all(piece.endswith("\n") for piece in found)


def test_what_the_first_part_tells_holds_for_the_others(tmp_path: Path) -> None:
    settings = Settings(part_characters=400)
    text = HEAD + LINE * 100
    sources = [read_source(item, settings) for item in find(text.encode("gb18030"), tmp_path / "a.txt", settings)]
    assert len(sources) > 3
    assert {source.published.iso() if source.published else None for source in sources} == {"1974-08-03"}
    assert {source.newspaper for source in sources} == {"海滨日报"}
    assert {source.encoding for source in sources} == {"gb18030"}
    assert len({source.sha256 for source in sources}) > 1
    for source in sources:
        assert text[source.offset :].startswith(source.text)
    given_date = read_source(find(text.encode(), tmp_path / "a.txt", settings)[1], settings, date="1980")
    assert given_date.published is not None
    assert given_date.published.year == 1980


def test_a_text_that_fits_is_no_part(tmp_path: Path) -> None:
    (item,) = find(LINE.encode(), tmp_path / "a.txt")
    assert (item.part, item.offset, item.path) == (1, 0, tmp_path / "a.txt")
    (item,) = find((LINE * 10).encode(), tmp_path / "a.txt", Settings(part_characters=len(LINE) * 10))
    assert item.decoded is not None  # more bytes than characters: it had to be decoded to know
    assert item.decoded.text == LINE * 10


def test_a_byte_order_mark_counts_no_character() -> None:
    items = split("\ufeff" + LINE * 50, 100)
    assert "".join(pieces(items)) == LINE * 50


def test_a_text_that_is_ascii_for_long() -> None:
    text = "GDP 1.2, 3.4\n" * 200_000 + LINE * 100
    items = split(text, 1_000_000, "gb18030")
    assert "".join(pieces(items)) == text
    assert items[-1].decoded is not None
    assert items[-1].decoded.encoding == "gb18030"


def test_a_bad_byte_in_a_later_part(tmp_path: Path) -> None:
    data = (LINE * 100).encode() + b"\xff" + (LINE * 100).encode()
    items = find(data, tmp_path / "a.txt", Settings(part_characters=1000))
    assert reason(items[-1]) == f"UndecodableError byte 0xff at offset {100 * len(LINE.encode())} is not UTF-8"
    items = find(data, tmp_path / "a.txt", Settings(part_characters=1000, errors="replace"))
    sources = [read_source(item, Settings(errors="replace")) for item in items]
    assert "".join(source.text for source in sources) == LINE * 100 + "\ufffd" + LINE * 100
    assert [source.quality for source in sources].count(None) == len(sources) - 1


@pytest.mark.parametrize("cut", [1, 2])
def test_a_character_that_breaks_off_at_the_end(cut: int, tmp_path: Path) -> None:
    data = (LINE * 100).rstrip().encode()[:-cut]
    items = find(data, tmp_path / "a.txt", Settings(part_characters=1000))
    assert "breaks off within a character" in reason(items[-1])


def test_blanks_alone(tmp_path: Path) -> None:
    items = find(b" \n" * 3000, tmp_path / "a.txt", Settings(part_characters=1000))
    assert "only white space" in reason(items[-1])


def test_binary_data_behind_text(tmp_path: Path) -> None:
    items = find((LINE * 100).encode() + bytes(range(1, 9)) * 400, tmp_path / "a.txt", Settings(part_characters=1000))
    assert "control characters" in reason(items[-1])


def test_memory_does_not_grow_with_the_text(tmp_path: Path) -> None:
    settings = Settings(part_characters=100_000)

    def peak(lines: int) -> int:
        path = tmp_path / "a.txt.gz"
        path.write_bytes(gzip.compress((LINE * lines).encode(), 1))
        from extractor.read import find_inputs

        tracemalloc.start()
        count = sum(item.decoded is not None for item in find_inputs([str(path)], settings))
        memory = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert count >= lines * len(LINE) // 100_000
        return memory

    peak(20_000)  # what is loaded once
    assert peak(400_000) < 1.5 * peak(100_000)


@pytest.mark.parametrize("unit", ["\n" + " " * 50, "一", "一。", "\r", "\f", "\n"])
def test_time_is_linear(unit: str) -> None:
    assert_linear(lambda size: split("水" + unit * size, 500), 1000)
