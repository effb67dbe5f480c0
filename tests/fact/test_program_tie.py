"""Which program a fact belongs to."""

from __future__ import annotations

import pytest

from fact.case import read_facts, text_of, to_params

CASES = [
    ("实施“清泉入户”工程，打井46眼。", ["清泉入户工程"]),
    ("实施“清泉入户”工程，打井46眼，挖渠18公里。", ["清泉入户工程", "清泉入户工程"]),
    ("“清泉入户”工程打井46眼。", ["清泉入户工程"]),
    ("“清泉入户”工程打井46眼，挖渠18公里。", ["清泉入户工程", "清泉入户工程"]),
    ("打井46眼，实施“清泉入户”工程。", ["-"]),
    ("打井46眼。通过“清泉入户”工程，挖渠18公里。", ["-", "清泉入户工程"]),
    ("今年开展“暖冬行动”，走访群众860户。", ["暖冬行动"]),
    ("开展“暖冬行动”46次。", ["暖冬行动"]),
    ("开展“暖冬行动”46次，挖渠18公里。", ["暖冬行动", "-"]),
    ("组织“暖冬行动”志愿者46名。", ["暖冬行动"]),
    ("依据《水利规划》，挖渠18公里。", ["水利规划"]),
    ("印发《水利规划》460册。", ["水利规划"]),
    ("投入“清泉入户”工程资金86万元。", ["清泉入户工程"]),
    ("全县投入86万元实施“清泉入户”工程。", ["清泉入户工程"]),
    ("全县投入86万元。", ["-"]),
    (
        "“清泉入户”工程启动以来，全县打井46眼，挖渠18公里。",
        ["清泉入户工程", "清泉入户工程"],
        "the period 工程启动以来 takes the program's last word",
    ),
]


@pytest.mark.parametrize(("text", "expected"), to_params(CASES, 2))
def test_case(text: str, expected: list[str]) -> None:
    assert [text_of(fact.program) for fact in read_facts(text)] == expected


def test_a_program_may_be_what_is_counted() -> None:
    [fact] = read_facts("开展“暖冬行动”46次。")
    assert text_of(fact.indicator) == "“暖冬行动”"
    assert fact.program is not None and fact.program.type == "campaign"
