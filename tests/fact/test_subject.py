"""Who did it, where the sentence says so."""

from __future__ import annotations

from pathlib import Path

import pytest

from extractor import Settings, extract
from extractor.errors import LexiconError
from extractor.fact.actor import load_actors
from extractor.lexicon.table import Row, read_table
from fact.case import read_facts, text_of, to_params

CASES = [
    ("县水利局打井46眼。", ["县水利局"]),
    ("今年，县水利局打井46眼。", ["县水利局"]),
    ("凤阳县水利局打井46眼，挖渠18公里。", ["凤阳县水利局", "凤阳县水利局"]),
    ("合作社收购籽棉86吨。", ["合作社"]),
    ("柳塘村打井46眼。", ["柳塘村"]),
    ("凤阳县打井46眼。", ["凤阳县"]),
    ("凤阳县柳塘镇打井46眼。", ["凤阳县柳塘镇"]),
    ("红旗公社社员收割小麦460亩。", ["红旗公社社员"]),
    ("解放军官兵抢救群众46人。", ["解放军官兵"]),
    ("为帮助灾区，县民政局发放棉被460床。", ["县民政局"]),
    ("市农业银行发放贷款8600万元。", ["市农业银行"]),
    ("打井46眼。", ["-"]),
    ("粮食总产达46万吨。", ["-"]),
    ("水渠全长18公里。", ["-"]),
    ("驻村干部走访农户860户。", ["驻村干部"]),
    ("志愿者服务队走访老人46名。", ["志愿者服务队"]),
    ("县水利局组织力量，打井46眼。", ["县水利局"]),
    ("凤阳县第一中学招收学生460名。", ["凤阳县第一中学"]),
    ("县妇联举办培训班46期，培训妇女860人次。", ["县妇联", "县妇联"]),
]


@pytest.mark.parametrize(("text", "expected"), to_params(CASES, 2))
def test_case(text: str, expected: list[str]) -> None:
    assert [text_of(fact.subject) for fact in read_facts(text)] == expected


def test_actors_are_bodies_or_people() -> None:
    assert {row["kind"] for row in read_table("actor.tsv")} == {"body", "people"}


@pytest.mark.parametrize("row", read_table("subject.tsv"), ids=lambda row: f"{row['kind']}:{row['surface']}")
def test_example_gives_what_the_row_expects(row: Row) -> None:
    assert text_of(read_facts(row["example"])[-1].subject) == row["expected"]


@pytest.mark.parametrize("people", ["干部", "党员", "群众", "农民", "社员", "职工", "工人", "民兵", "志愿者"])
def test_people_of_the_table_act(people: str) -> None:
    [fact] = read_facts(f"全乡{people}栽下果树460棵。")
    assert text_of(fact.subject).endswith(people)


WRONG = [("水利\tfriend\t一\t一\n", "kind 'friend'"), ("[\tdivision\t一\t一\n", "expression")]


@pytest.mark.parametrize(("row", "message"), WRONG)
def test_a_wrong_row_is_named(tmp_path: Path, row: str, message: str) -> None:
    (tmp_path / "subject.tsv").write_text("surface\tkind\texample\texpected\n" + row, "utf-8")
    with pytest.raises(LexiconError, match=rf"subject\.tsv:2: {message}"):
        load_actors(tmp_path)


def test_a_user_may_add_an_actor(tmp_path: Path) -> None:
    (tmp_path / "subject.tsv").write_text("surface\tkind\n豆腐坊\tbody\n", "utf-8")
    text = "县豆腐坊捐款6万元。"
    [ours], [theirs] = extract(text).facts, extract(text, settings=Settings(lexicon=tmp_path)).facts
    assert (text_of(ours.subject), text_of(theirs.subject)) == ("-", "县豆腐坊")
