"""The index of units: what stands behind a numeral, in which spellings, and what it is not the beginning of."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from extractor.errors import LexiconError
from extractor.lexicon.table import read_table
from extractor.mention.quantity import find_quantities
from extractor.mention.unit import load_units
from mention.case import read_quantities

STANDARD = {"m2", "m", "kg", "m3", "s", "J", "W"}
DIMENSIONS = {
    "area",
    "length",
    "mass",
    "volume",
    "duration",
    "energy",
    "power",
    "temperature",
    "speed",
    "data",
    "other",
}

SPELLINGS = [
    ("㎡", "平方米"),
    ("m²", "平方米"),
    ("m³", "立方米"),
    ("㎥", "立方米"),
    ("km", "公里"),
    ("ｋｍ", "公里"),
    ("㎞", "公里"),
    ("km²", "平方公里"),
    ("㎢", "平方公里"),
    ("kg", "公斤"),
    ("㎏", "公斤"),
    ("mm", "毫米"),
    ("㎜", "毫米"),
    ("cm", "厘米"),
    ("㎝", "厘米"),
    ("mg", "毫克"),
    ("㎎", "毫克"),
    ("℃", "摄氏度"),
    ("kWh", "千瓦时"),
    ("kW", "千瓦"),
    ("㎾", "千瓦"),
    ("MW", "兆瓦"),
    ("hm²", "公顷"),
    ("％", "%"),
    ("‰", "‰"),
]


@pytest.mark.parametrize(("surface", "unit"), SPELLINGS)
def test_spelling(surface: str, unit: str) -> None:
    [quantity] = read_quantities(f"共计35{surface}。")
    assert (quantity.unit, quantity.text) == (unit, f"35{surface}")


@pytest.mark.parametrize(("surface", "unit"), SPELLINGS)
def test_index_knows_the_spelling(surface: str, unit: str) -> None:
    matched = load_units().match(f"35{surface}。", 2)
    assert matched is not None
    assert (matched[0].unit, matched[1]) == (unit, 2 + len(surface))


LONGEST = [
    ("35公里/小时。", "公里/小时"),
    ("35平方公里。", "平方公里"),
    ("35个百分点。", "pp"),
    ("35个月。", "个月"),
    ("35人次。", "人次"),
    ("35场次。", "场次"),
    ("35千瓦时。", "千瓦时"),
    ("35立方米。", "立方米"),
    ("35公斤。", "公斤"),
    ("35元人民币。", "CNY"),
    ("35美元。", "USD"),
]


@pytest.mark.parametrize(("text", "unit"), LONGEST)
def test_the_longest_unit_wins(text: str, unit: str) -> None:
    [quantity] = read_quantities("共计" + text)
    assert quantity.unit == unit


@pytest.mark.parametrize("row", read_table("unit_guard.tsv"), ids=lambda row: row["surface"])
def test_a_unit_is_not_the_beginning_of_another_word(row: dict[str, str]) -> None:
    for following in row["not_before"]:
        matched = load_units().match(f"35{row['surface']}{following}", 2)
        assert matched is None or matched[0].surface != row["surface"], following


@pytest.mark.parametrize(("text", "at"), [("35mile", 2), ("35kgf", 2), ("35mmol", 2)])
def test_letters_go_on(text: str, at: int) -> None:
    matched = load_units().match(text, at)
    assert matched is None or matched[1] == len(text)


@pytest.mark.parametrize(
    ("text", "code"), [("USD300万", "USD"), ("RMB860万", "CNY"), ("港币2千", "HKD"), ("$15", "USD"), ("￥45", "CNY")]
)
def test_currency_before_the_number(text: str, code: str) -> None:
    end = next(i for i, c in enumerate(text) if c.isdigit())
    matched = load_units().match_before(text, end)
    assert matched is not None and (matched[0].unit, matched[1]) == (code, 0)
    assert [q.unit for q in find_quantities("共" + text)] == [code]


def test_a_code_inside_letters_is_no_currency() -> None:
    assert load_units().match_before("XUSD", 4) is None


@pytest.mark.parametrize("row", read_table("measure.tsv"), ids=lambda row: row["_line"])
def test_measures_have_a_dimension_and_a_positive_size(row: dict[str, str]) -> None:
    assert row["dimension"] in DIMENSIONS
    assert Decimal(row["scale"]) > 0
    assert bool(row["standard_factor"]) == bool(row["standard_unit"])
    assert row["standard_unit"] in STANDARD | {""}


def test_rows_of_one_unit_agree() -> None:
    seen: dict[str, set[tuple[str, str, str]]] = {}
    for row in read_table("measure.tsv"):
        seen.setdefault(row["unit"], set()).add((row["dimension"], row["standard_factor"], row["standard_unit"]))
    assert {unit: sorted(rows) for unit, rows in seen.items() if len(rows) > 1} == {}


def test_currencies_are_iso_codes() -> None:
    assert [
        row["_line"] for row in read_table("money.tsv") if not (len(row["unit"]) == 3 and row["unit"].isupper())
    ] == []
    assert {row["position"] for row in read_table("money.tsv")} <= {"prefix", "suffix", "both", "minor"}


def test_guards_name_units() -> None:
    units = load_units()
    assert [row["surface"] for row in read_table("unit_guard.tsv") if row["surface"] not in units.after] == []


def overlay(folder: Path, name: str, rows: str) -> Path:
    (folder / name).write_text(rows, "utf-8")
    return folder


def test_a_user_s_unit_is_laid_over(tmp_path: Path) -> None:
    header = "surface\tunit\tscale\tdimension\tstandard_factor\tstandard_unit\texample\texpected\n"
    folder = overlay(
        tmp_path, "measure.tsv", header + "箩筐\t斤\t80\tmass\t0.5\tkg\t收谷3箩筐。\tmeasure 240 斤\n-亩\n"
    )
    [quantity] = find_quantities("收谷3箩筐。", overlay=folder)
    assert (quantity.unit, quantity.bounds.value) == ("斤", 240)
    assert find_quantities("收谷3箩筐。") == []
    assert find_quantities("种谷3亩。", overlay=folder) == []


@pytest.mark.parametrize("scale", ["many", "1/0", "", "1//2"])
def test_a_wrong_number_names_its_row(tmp_path: Path, scale: str) -> None:
    header = "surface\tunit\tscale\tposition\texample\texpected\n"
    folder = overlay(tmp_path, "money.tsv", header + f"贝壳\tXXX\t{scale}\tsuffix\t卖5贝壳。\tmoney 5 XXX\n")
    with pytest.raises(LexiconError, match=r"money\.tsv:2: "):
        load_units(folder)
