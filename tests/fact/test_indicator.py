"""Canonical indicators: every row of the tables, whole sentences, and what is a different figure."""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import Path

import pytest

from extractor.errors import LexiconError
from extractor.fact.indicator import load_indicators, resolve_indicator
from extractor.lexicon.table import read_table
from extractor.model import Quantity
from fact.case import read_facts
from mention.case import read_cases, read_quantities

ROWS = [row for table in ("indicator.tsv", "indicator_prefix.tsv") for row in read_table(table)]


def quantity(text: str) -> Quantity:
    found: Quantity
    [found] = read_quantities(text)
    return found


def resolve(example: str) -> str:
    """`example`: a phrase and its figure at the end."""
    found = read_quantities(example)[-1]
    assert found.span.end == len(example), example
    return resolve_indicator(example[: found.span.start].removesuffix("达"), found) or "-"


def test_every_row_of_the_tables() -> None:
    wrong = [(row["_line"], row["example"], got) for row in ROWS if (got := resolve(row["example"])) != row["expected"]]
    assert not wrong


def test_every_form_is_its_own_indicator_with_any_share_or_rank() -> None:
    share, rank = quantity("36%"), quantity("居第3位")
    for row in read_table("indicator.tsv"):
        assert resolve_indicator(row["form"], share) == row["id"]
        assert resolve_indicator(row["form"], rank) == row["id"]


def test_the_table_is_broad() -> None:
    assert len({row["id"] for row in read_table("indicator.tsv")}) >= 500


def test_one_id_one_name_and_one_name_one_id() -> None:
    names: dict[str, set[str]] = defaultdict(set)
    ids: dict[str, set[str]] = defaultdict(set)
    for row in read_table("indicator.tsv"):
        names[row["id"]].add(row["name"])
        ids[row["name"]].add(row["id"])
    assert {id_: found for id_, found in names.items() if len(found) > 1} == {}
    assert {name: found for name, found in ids.items() if len(found) > 1} == {}


@pytest.mark.parametrize(("text", "expected"), read_cases(Path(__file__).with_name("indicator_cases.tsv")))
def test_sentences(text: str, expected: str) -> None:
    assert "; ".join(fact.indicator_id or "-" for fact in read_facts(text)) == expected


DIFFERENT = [
    ("农民收入", "36亿元", "rural_income"),
    ("财政收入", "36亿元", "fiscal_revenue"),
    ("投资", "36亿元", "investment"),
    ("农村公路总里程", "360公里", "rural_road_length"),
    ("全县的群众满意率", "96%", "satisfaction_rate"),
    ("“十三五”时期粮食总产量", "36万吨", "grain_output"),
    ("财政收入", "36人", None),
    ("财政收入", "36万亩", None),
    ("满意率", "36亿元", None),
    ("总投资", "36户", None),
    ("油茶产量", "36万吨", "tea_oil_output"),
    ("户均财政收入", "36元", None),
    ("新增耕地面积", "36亩", None),
    ("门票收入", "36万元", None),
    ("红旗", "36面", None),
    ("", "36万元", None),
]


@pytest.mark.parametrize(("text", "figure", "expected"), DIFFERENT)
def test_a_different_thing_is_not_taken(text: str, figure: str, expected: str | None) -> None:
    assert resolve_indicator(text, quantity(figure)) == expected


def test_a_line_wrap_and_wide_characters_do_not_matter() -> None:
    assert resolve_indicator("人均ＧＤＰ", quantity("36000元")) == "per_capita_gdp"
    assert resolve_indicator("固定资产\n投资", quantity("36亿元")) == "fixed_asset_investment"


def test_a_user_s_indicator(tmp_path: Path) -> None:
    table = "form\tid\tname\tquantity\thead\n坎儿井出水量\tkarez_flow\t坎儿井出水量\tmeasure:volume\tyes\n-总投资\n"
    (tmp_path / "indicator.tsv").write_text(table, "utf-8")
    assert resolve_indicator("全县坎儿井出水量", quantity("36万立方米"), tmp_path) == "karez_flow"
    assert resolve_indicator("总投资", quantity("36亿元")) == "total_investment"
    assert resolve_indicator("总投资", quantity("36亿元"), tmp_path) == "investment"


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("出水量\tFlow Rate\t出水量\tmeasure:volume\tyes", "is no id"),
        ("出水量\tflow\t出水量\tlitres\tyes", "is no quantity"),
    ],
)
def test_a_wrong_row_names_file_line_and_reason(tmp_path: Path, row: str, message: str) -> None:
    (tmp_path / "indicator.tsv").write_text(f"form\tid\tname\tquantity\thead\n{row}\n", "utf-8")
    with pytest.raises(LexiconError, match=re.escape(f"{tmp_path / 'indicator.tsv'}:2: ") + ".*" + message):
        load_indicators(tmp_path)
