"""Tables: figures with the headers of their row and column, from every way of setting them; what is no table."""

from __future__ import annotations

from pathlib import Path

import pytest

from extractor import extract
from extractor.lexicon.table import read_table
from extractor.mention.numeral import to_plain
from extractor.mention.table_head import is_guarded, parse_pattern, parse_role
from extractor.model import Reading
from extractor.pipeline import read_articles
from extractor.read import read_text
from extractor.settings import Settings
from extractor.table_line import find_grids, is_figure, split_cells
from support import assert_linear, find_broken_spans
from support import to_plain as to_records

CASES = (Path(__file__).parent / "table_cases.txt").read_text("utf-8").split("\n@ ")[1:]


def read(text: str, date: str | None = None) -> list[Reading]:
    return read_articles(read_text(text, "table", Settings(), date=date), Settings())


def find_facts(text: str, date: str | None = None) -> list[str]:
    """Facts as the cases write them."""
    out = []
    for reading in read(text, date):
        for fact in reading.facts:
            parts = [part.text if part else "-" for part in (fact.indicator, fact.subject, fact.period)]
            unit = fact.quantity.unit + (f"/{fact.quantity.per}" if fact.quantity.per else "")
            named = fact.place.place.name if fact.place and fact.place.basis == "mention" else "-"
            value = to_plain(fact.quantity.bounds.value or 0)
            out.append(" | ".join([fact.quantity.text, value, unit or "-", *parts, named]))
    return out or ["none"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.split(" ", 1)[0])
def test_case(case: str) -> None:
    head, _, rest = case.partition("\n")
    text, _, expected = rest.partition("\n->\n")
    assert find_facts(text + "\n", head.split()[1]) == expected.strip().split("\n")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.split(" ", 1)[0])
def test_every_span_says_what_stands_in_the_source(case: str) -> None:
    head, _, rest = case.partition("\n")
    text = rest.partition("\n->\n")[0] + "\n"
    records = to_records(extract(text, date=head.split()[1]))
    assert not [broken for found in records.values() for record in found for broken in find_broken_spans(text, record)]


ROWS = (
    ("指标", "单位", "2012年", "比上年增长%"),
    ("油菜籽产量", "吨", "5310", "6.4"),
    ("水产品产量", "吨", "2104.5", "-3"),
)


def set_table(rows: tuple[tuple[str, ...], ...], mark: str) -> str:
    lines = [mark.join(row) for row in rows]
    return "\n".join(f"|{line}|" if mark == "|" else line for line in lines) + "\n"


@pytest.mark.parametrize("mark", ["\t", "    ", "\u3000\u3000", "|", " │ "])
def test_all_ways_of_setting_a_table_give_the_same(mark: str) -> None:
    expected = find_facts("生产情况\n\n" + set_table(ROWS, "\t"), "2013-01-30")
    assert len(expected) == 4 and "5310 | 5310 | 吨 | 油菜籽产量 | - | 2012年 | -" in expected
    assert find_facts("生产情况\n\n" + set_table(ROWS, mark), "2013-01-30") == expected


def test_the_evidence_is_the_row_and_the_rest_of_the_text_is_read_as_ever() -> None:
    prose = "本报讯 今年全县新修水渠35公里。"
    result = extract(f"水利冬修\n\n{prose}\n\n{set_table(ROWS, chr(9))}\n", date="2013-01-30")
    assert [fact.rule for fact in result.facts].count("table.column") == 4
    assert "35公里" in [fact.quantity.text for fact in result.facts]
    row = next(fact for fact in result.facts if fact.quantity.text == "5310")
    assert row.evidence is not None and "".join(row.evidence.text.split()) == "油菜籽产量吨53106.4"
    assert row.quantity.unit == "吨" and row.quantity.value == "5310"


PROSE = [
    "今年粮食总产  达到12万吨，\n比上年增长  3%，\n农民收入  增加200元。\n",
    "王  强    5\n李  敏    7\n",
    "一、加强领导    3\n二、落实责任    5\n",
]


@pytest.mark.parametrize("text", PROSE)
def test_gaps_without_a_header_make_no_table(text: str) -> None:
    assert not [fact for reading in read(text) for fact in reading.facts if fact.rule.startswith("table")]


def test_a_bare_number_without_any_unit_is_no_fact() -> None:
    assert find_facts("排序\n\n项目\t甲组\t乙组\n跳绳\t12\t15\n拔河\t2\t1\n") == ["none"]


def test_cells() -> None:
    line = "合    计\u3000\u300012\u300015.3%"
    assert [line[cell.start : cell.end] for cell in split_cells(line)] == ["合    计", "12", "15.3%"]
    assert [is_figure(text) for text in ("23.4", "-1", "1,204", "三百", "12万元", "一区", "2019年", "粮食", "")] == [
        *[True] * 5,
        *[False] * 4,
    ]


@pytest.mark.parametrize("row", list(read_table("table_head.tsv")), ids=lambda row: f"{row['head']}")
def test_head_row(row: dict[str, str]) -> None:
    assert parse_role(row["example"]) == row["expected"]


@pytest.mark.parametrize("row", list(read_table("table_pattern.tsv")), ids=lambda row: row["id"])
def test_pattern_row(row: dict[str, str]) -> None:
    assert parse_pattern(row["example"])[0] == row["expected"] == row["role"]


@pytest.mark.parametrize("row", list(read_table("table_guard.tsv")), ids=lambda row: row["id"])
def test_guard_row(row: dict[str, str]) -> None:
    assert row["expected"] == row["id"] and is_guarded(row["example"])


@pytest.mark.parametrize("line", ["甲\t1\n", "|", "\t", "甲  1  2\n", "单位：亩\t\n", "一    "])
def test_hostile_lines_in_linear_time(line: str) -> None:
    assert_linear(lambda size: find_grids((line * size).split("\n")), 400)
