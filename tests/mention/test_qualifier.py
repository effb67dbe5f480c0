"""Qualifiers: where they stand, what they are not part of, and which of two decides."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.lexicon.table import read_table
from extractor.mention.qualifier import load_qualifiers
from mention.case import read_quantities, show_all

ROWS = read_table("qualifier.tsv")
MODIFIERS = {"exact", "more_than", "equal_or_more", "less_than", "equal_or_less", "approx"}
BEFORE = [row for row in ROWS if row["position"] == "before"]
AFTER = [row for row in ROWS if row["position"] == "after"]


def test_rows_use_the_words_of_the_contract() -> None:
    assert {row["modifier"] for row in ROWS} <= MODIFIERS
    assert {row["position"] for row in ROWS} <= {"before", "distant", "magnitude", "inner", "after"}


@pytest.mark.parametrize("row", BEFORE, ids=lambda row: row["surface"])
def test_a_qualifier_before_is_part_of_the_quantity(row: dict[str, str]) -> None:
    [quantity] = read_quantities(f"造林{row['surface']}350亩。")
    assert (quantity.text, quantity.bounds.modifier) == (f"{row['surface']}350亩", row["modifier"])


@pytest.mark.parametrize("row", BEFORE, ids=lambda row: row["surface"])
def test_layout_blanks_do_not_part_a_qualifier_from_its_number(row: dict[str, str]) -> None:
    [quantity] = read_quantities(f"造林{row['surface']} 350 亩。")
    assert (quantity.text, quantity.bounds.modifier) == (f"{row['surface']} 350 亩", row["modifier"])


@pytest.mark.parametrize("row", AFTER, ids=lambda row: row["surface"])
def test_a_qualifier_behind_is_part_of_the_quantity(row: dict[str, str]) -> None:
    [quantity] = read_quantities(f"造林350亩{row['surface']}。")
    assert (quantity.text, quantity.bounds.modifier) == (f"350亩{row['surface']}", row["modifier"])


@pytest.mark.parametrize("row", [r for r in ROWS if r["position"] == "distant"], ids=lambda row: row["surface"])
def test_a_qualifier_with_a_verb_gives_the_modifier_only(row: dict[str, str]) -> None:
    [quantity] = read_quantities(f"造林{row['surface']}350亩。")
    assert (quantity.text, quantity.bounds.modifier) == ("350亩", row["modifier"])


SURFACES = {row["surface"] for row in ROWS}
NOT_AFTER = [(row["surface"], c) for row in BEFORE for c in row["not_after"] if c + row["surface"] not in SURFACES]


@pytest.mark.parametrize(("surface", "before"), NOT_AFTER, ids=[c + s for s, c in NOT_AFTER])
def test_the_end_of_another_word_is_no_qualifier(surface: str, before: str) -> None:
    assert load_qualifiers().match_before(f"{before}{surface}", 1 + len(surface)) is None
    assert read_quantities(f"他{before}{surface}350亩。")[0].text == "350亩"


@pytest.mark.parametrize("unit", ["百", "千", "万", "百万", "千万"])
@pytest.mark.parametrize("mark", ["上", "成"])
def test_magnitudes_stand_before_a_bare_scale(mark: str, unit: str) -> None:
    [quantity] = read_quantities(f"每年有{mark}{unit}人来。")
    assert (quantity.text, quantity.bounds.modifier, quantity.bounds.high) == (f"{mark}{unit}人", "more_than", None)
    [other] = read_quantities(f"每年有{mark}三{unit}人来。")
    assert (other.text, other.bounds.modifier) == (f"三{unit}人", "exact")


TWO = [
    ("近400余册", "more_than"),
    ("约400多册", "more_than"),
    ("超过400余册", "more_than"),
    ("近400册左右", "approx"),
    ("约400册以上", "equal_or_more"),
    ("不足400册左右", "approx"),
    ("近400多册以上", "equal_or_more"),
    ("大约四百来册", "approx"),
    ("400来册", "approx"),
]


@pytest.mark.parametrize(("surface", "modifier"), TWO)
def test_the_qualifier_beside_the_unit_decides(surface: str, modifier: str) -> None:
    [quantity] = read_quantities(f"捐书{surface}。")
    assert (quantity.text, quantity.bounds.modifier) == (surface, modifier)


COMPARED = ["较计划", "比上年", "比去年同期", "较全省平均水平"]


@pytest.mark.parametrize("standard", COMPARED)
@pytest.mark.parametrize("verb", ["超过", "高于", "低于", "大于", "小于", "多于", "少于"])
def test_verbs_of_a_comparison_are_no_qualifiers(verb: str, standard: str) -> None:
    [quantity] = read_quantities(f"产量{standard}{verb}30吨。")
    assert (quantity.text, quantity.bounds.modifier) == ("30吨", "exact")


@pytest.mark.parametrize("standard", ["全省平均水平", "上年", "计划"])
@pytest.mark.parametrize("verb", ["高于", "低于", "超过"])
def test_a_standard_between_makes_the_difference_exact(verb: str, standard: str) -> None:
    [quantity] = read_quantities(f"产量{verb}{standard}30吨。")
    assert (quantity.text, quantity.bounds.modifier) == ("30吨", "exact")


@pytest.mark.parametrize("verb", ["达", "达到", "高达", "多达", "仅", "只有", "共", "累计", "合计", "为", "有"])
def test_verbs_and_adverbs_of_sums_are_no_qualifiers(verb: str) -> None:
    assert show_all(read_quantities(f"造林{verb}350亩。")) == "350亩=measure 350 亩"


FOLLOWED = ["350亩以下简称示范片", "350亩左右两翼", "350亩上下游", "350亩许多树", "350亩以上述地块为限"]


@pytest.mark.parametrize("text", FOLLOWED)
def test_the_beginning_of_another_word_is_no_qualifier(text: str) -> None:
    assert show_all(read_quantities("造林" + text)) == "350亩=measure 350 亩"


@given(st.sampled_from(AFTER), st.sampled_from(BEFORE))
def test_matching_finds_the_longest(after: dict[str, str], before: dict[str, str]) -> None:
    index = load_qualifiers()
    text = f"，{before['surface']}350亩{after['surface']}。"
    found = index.match_before(text, 1 + len(before["surface"]))
    assert found is not None and (found[0].surface, found[1]) == (before["surface"], 1)
    behind = index.match_after(text, text.index("亩") + 1)
    assert behind is not None and (behind[0].surface, behind[1]) == (after["surface"], len(text) - 1)
