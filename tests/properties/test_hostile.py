"""Whatever comes in, facts or a clear error come out, and soon: scripts/bench shows how soon."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor import GovfactsError, extract
from support import find_broken_spans, run_govfacts, to_plain

SENTENCE = "全县新修渠道35公里，培训农机手120余名，发放补贴资金约86.5万元。"
HOSTILE = {
    "digits": "7" * 100_000,
    "chinese digits": "九" * 100_000,
    "scales": "万亿" * 50_000,
    "numerals": "三百二十一万" * 20_000,
    "open quotation marks": "“" * 50_000,
    "closed quotation marks": "“”" * 25_000,
    "nested marks": "《“" * 20_000 + "”》" * 20_000,
    "brackets": "（" * 50_000,
    "qualifiers": "近约超过" * 20_000,
    "commas": "1," * 50_000,
    "points": "1." * 50_000,
    "dates": "2024年3月" * 15_000,
    "spaces": " " * 100_000,
    "wide spaces": "　" * 100_000,
    "line feeds": "\n" * 100_000,
    "one character a line": "\n".join(SENTENCE * 500),
    "mixed line ends": ("本报讯\r\n\r" + SENTENCE + "\u2028") * 300,
    "places": "安徽省滁州市凤阳县" * 5_000,
    "one line": SENTENCE * 10_000,
    "nul": SENTENCE + "\0" + SENTENCE,
    "controls": "".join(map(chr, range(32))) * 100 + SENTENCE,
    "joiners": "3\u200d\u200b5\ufeff公里，" * 2_000,
    "combining": "三" + "\u0301" * 50_000 + "个",
    "astral": "𠮷村修渠3.5公里。" * 1_000,
    "empty": "",
    "one character": "三",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_ends_with_facts_or_a_clear_error(name: str) -> None:
    text = HOSTILE[name]
    try:
        records = to_plain(extract(text))
    except GovfactsError as error:
        assert str(error)
        return
    assert not [line for key in records for record in records[key] for line in find_broken_spans(text, record)]


def test_the_sentence_is_read_wherever_it_stands() -> None:
    for name in ("astral", "one line"):
        assert to_plain(extract(HOSTILE[name][:2_000]))["facts"], name


def test_lone_surrogates_are_a_clear_error_or_are_read() -> None:
    text = SENTENCE + "\ud800" + SENTENCE + "\udfff"
    try:
        records = to_plain(extract(text))
    except GovfactsError as error:
        assert str(error)
    else:
        assert len(records["facts"]) == 6


def test_hostile_bytes_by_the_command() -> None:
    for data in (b"\xff\xfe\x00", b"\x00" * 1000, b"\x81" * 1000, SENTENCE.encode()[:-1], b"\xef\xbb\xbf"):
        done = run_govfacts("extract", "-", stdin=data)
        assert done.returncode in (0, 1)
        assert b"Traceback" not in done.stderr
        assert (done.returncode == 0) == (done.stderr == b"")


@given(
    st.text(alphabet="三百万亿零两半几多余近约个元年月日第成分之%％.,，。、“”（）《》县市\n 　1234567890", max_size=60)
)
def test_any_text_of_the_trade_s_characters(text: str) -> None:
    try:
        records = to_plain(extract(text))
    except GovfactsError as error:
        assert str(error)
        return
    assert not [line for key in records for record in records[key] for line in find_broken_spans(text, record)]


@given(st.text(max_size=80))
def test_any_text(text: str) -> None:
    try:
        records = to_plain(extract(text))
    except GovfactsError as error:
        assert str(error)
        return
    assert not [line for key in records for record in records[key] for line in find_broken_spans(text, record)]
