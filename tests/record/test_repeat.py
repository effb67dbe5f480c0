"""The same figure told again in one article."""

from __future__ import annotations

import pytest

from extractor import extract


def _repeats(text: str) -> list[tuple[str, bool]]:
    facts = extract(text, date="2021-08-03").facts
    known = {fact.fact_id for fact in facts}
    assert all(fact.repeat_of is None or fact.repeat_of in known for fact in facts)
    return [(fact.quantity.text, fact.repeat_of is not None) for fact in facts]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "河东乡新修渠道12公里\n\n本报讯 河东乡新修渠道12公里，改造泵站5座。",
            [("12公里", False), ("12公里", True), ("5座", False)],
        ),
        ("本报讯 全乡新修渠道12公里。其中甲村新修水池12座。", [("12公里", False), ("12座", False)]),
        (
            "本报讯 2019年全县建成水库3座。2020年全县建成水库3座。",
            [("3座", False), ("3座", False)],
        ),
    ],
)
def test_repeats(text: str, expected: list[tuple[str, bool]]) -> None:
    assert _repeats(text) == expected
