"""Pages put together at random from the lines of all sample pages and from hostile pieces."""

from __future__ import annotations

import os
from functools import lru_cache

from hypothesis import given, settings
from hypothesis import strategies as st

from extractor import extract
from fuzz.sample_file import CORPORA
from support import find_broken_spans, to_plain

TIMES = int(os.environ.get("GOVFACTS_FUZZ", "1"))
PIECES = (
    "（下转第二版）",
    "（上接第一版）",
    "▲上接1版",
    "※※※",
    "　　",
    "\t",
    "|",
    "│",
    "　　单位：万元",
    "本报讯",
    "（记者 周平）",
    "链接",
    "今日天气",
    "遗失声明",
    "一、",
    "●",
    "———",
    "2019年3月8日 星期五",
    "【本报讯】",
    "其中",
    "亿",
    "3-5",
    "１２．５",
    "%",
    "“",
    "》",
    "\f",
    "\r",
    "\u2028",
    "\ufeff",
    "图为",
    "摄",
    "乡镇　　面积（亩）　　产量",
    "白石乡　　400　　23.5",
    "",
)


@lru_cache(maxsize=1)
def read_lines() -> list[str]:
    paths = sorted([*(CORPORA / "pages").glob("*.txt"), *(CORPORA / "layout").glob("*.txt")])
    return [line for path in paths for line in path.read_text("utf-8-sig").split("\n")]


def draw_line() -> st.SearchStrategy[str]:
    line = st.sampled_from(read_lines())
    piece = st.sampled_from(PIECES)
    cut = st.tuples(line, st.integers(0, 40)).map(lambda pair: pair[0][: pair[1]])
    return st.one_of(line, piece, cut, st.lists(st.one_of(cut, piece), max_size=4).map("  ".join))


@settings(max_examples=40 * TIMES)
@given(st.lists(draw_line(), max_size=60), st.sampled_from(["\n", "\n\n", "\r\n", "\n　　", "  "]))
def test_a_shuffled_page(lines: list[str], join: str) -> None:
    text = join.join(lines)
    records = to_plain(extract(text))
    broken = [line for key in records for record in records[key] for line in find_broken_spans(text, record)]
    assert not broken
    assert [article["ordinal"] for article in records["articles"]] == list(range(len(records["articles"])))
    owners = {article["article_id"] for article in records["articles"]}
    assert all(fact["article_id"] in owners for fact in records["facts"])
