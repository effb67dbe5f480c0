"""What holds a numeral and is no quantity."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor import extract
from extractor.errors import LexiconError
from extractor.lexicon.table import read_table
from extractor.mention.exclusion import find_exclusions
from mention.case import read_cases, show_fact
from support import ROOT, assert_linear

CASES = read_cases(ROOT / "tests" / "mention" / "exclusion_cases.tsv")


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_case(text: str, expected: str) -> None:
    assert ("; ".join(map(show_fact, extract(text, date="2021-06-30").facts)) or "-") == expected


def test_cases_are_many() -> None:
    assert len([case for case in CASES if case.values[1] == "-"]) >= 300
    assert len([case for case in CASES if case.values[1] != "-"]) >= 10


RULES = [
    ("第三次会议", "第三次", "exclusion.ordinal"),
    ("〔2021〕18号", "〔2021〕18号", "exclusion.document_number"),
    ("一号文件", "一号文件", "exclusion.file_number"),
    ("104国道", "104国道", "exclusion.national_road"),
    ("5G基站", "5G", "exclusion.generation"),
    ("C919客机", "C919", "exclusion.model"),
    ("0516-8312345", "0516-8312345", "exclusion.phone"),
    ("14:30开始", "14:30", "exclusion.clock_colon"),
    ("3比1获胜", "3比1", "exclusion.score"),
    ("（二）制度", "（二）", "exclusion.list_bracket"),
    ("万众一心", "万众一心", "idiom.idiom:万众一心"),
    ("一律平等", "一律", "numeral_word.word:一律"),
]


@pytest.mark.parametrize(("text", "surface", "rule"), RULES)
def test_each_exclusion_names_its_rule(text: str, surface: str, rule: str) -> None:
    assert (surface, rule) in [(e.text, e.rule) for e in find_exclusions(text)]


CURRENCY = ["结算CNY3500。", "充电260kWh。", "外资USD300万。", "载重60t。"]


@pytest.mark.parametrize("text", CURRENCY)
def test_codes_that_are_units_are_not_excluded(text: str) -> None:
    assert find_exclusions(text) == []


def test_the_rows_name_their_rules_once_and_compile() -> None:
    rules = [row["rule"] for row in read_table("exclusion.tsv")]
    assert len(set(rules)) == len(rules)
    assert all(rule.isidentifier() for rule in rules)


@given(
    st.text(
        alphabet="第一二三百次号章（）()〔〕【】0123456789.:：-—年月日时点分版期GSK是、。，每个对比ABm北纬东经度",
        max_size=60,
    )
)
def test_exclusions_ascend_and_say_what_they_hold(text: str) -> None:
    found = find_exclusions(text)
    assert [e.span for e in found] == sorted((e.span for e in found), key=lambda s: (s.start, -s.end))
    for item in found:
        assert item.text == text[item.span.start : item.span.end] != ""


@pytest.mark.parametrize(
    "piece", ["第", "一", "1", "（", "1.", "A1", "每", "http://", "1-", "十里", "一对", "万众", "：1"]
)
def test_hostile_text_takes_linear_time(piece: str) -> None:
    assert_linear(lambda size: find_exclusions(piece * (size // len(piece))), 20_000)


def overlay(tmp_path: Path, rows: str) -> Path:
    (tmp_path / "exclusion.tsv").write_text("rule\tpattern\texample\texpected\n" + rows, "utf-8")
    return tmp_path


def test_a_user_s_row_is_laid_over(tmp_path: Path) -> None:
    folder = overlay(tmp_path, "grid_cell\t[0-9]{1,3}网格\t12网格有人值守。\t-\n-generation\n")
    found = find_exclusions("12网格建起5G基站", folder)
    assert [(e.text, e.rule) for e in found] == [("12网格", "exclusion.grid_cell")]
    assert "exclusion.generation" in [e.rule for e in find_exclusions("12网格建起5G基站")]


def test_a_wrong_pattern_names_its_row(tmp_path: Path) -> None:
    with pytest.raises(LexiconError, match=r"exclusion\.tsv:2: pattern"):
        find_exclusions("三个", overlay(tmp_path, "broken\t(三\t三\t-\n"))
