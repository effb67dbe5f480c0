"""A program that heads a paragraph holds for the figures of its sentences."""

from __future__ import annotations

import pytest

from extractor import extract


def _programs(text: str) -> list[tuple[str, str | None]]:
    facts = extract(text, date="2021-08-03").facts
    return [(fact.quantity.text, fact.program.text if fact.program else None) for fact in facts]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "“暖冬”工程。全县筹集资金320万元。走访困难群众4200户。\n\n全县新修公路36公里。",
            [("320万元", "暖冬工程"), ("4200户", "暖冬工程"), ("36公里", None)],
        ),
        ("实施“清水润村”行动。新建污水处理站18座。", [("18座", "清水润村行动")]),
        ("去年，全县继续实施“清水润村”行动，并召开动员会安排部署有关工作。新建桥梁18座。", [("18座", None)]),
        ("“暖冬”工程。“清水润村”行动建成污水处理站18座。", [("18座", "清水润村行动")]),
    ],
)
def test_paragraph_heads(text: str, expected: list[tuple[str, str | None]]) -> None:
    assert _programs(text) == expected
