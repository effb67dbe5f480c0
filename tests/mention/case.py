"""Case files (tab-separated: text, expected, why, xfail) and facts and quantities as one short line each."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from extractor.mention.exclusion import find_exclusions
from extractor.mention.find import merge_blocked
from extractor.mention.numeral import to_plain
from extractor.mention.quantity import Blocked, find_quantities
from extractor.mention.rank import find_ranks
from extractor.model import Quantity


def read_cases(path: Path) -> list[Any]:
    """The rows of a case file as parameters (text, expected); `xfail` gives the reason of a row that fails for now."""
    cases: list[Any] = []
    seen: set[str] = set()
    for number, line in enumerate(path.read_text("utf-8").split("\n"), 1):
        if not line.strip() or line.startswith(("#", "text\t")):
            continue
        text, expected, _why, xfail = (*line.split("\t"), "", "")[:4]
        assert text not in seen, f"{path.name}:{number}: {text} stands twice"
        seen.add(text)
        marks = [pytest.mark.xfail(reason=xfail, strict=True)] if xfail else []
        cases.append(pytest.param(text, expected, id=text, marks=marks))
    return cases


def read_quantities(text: str) -> list[Quantity]:
    """What the mention stage reads of bare text, without places, periods and programs."""
    ranks = find_ranks(text)
    stretches = [Blocked(e.span.start, e.span.end, e.rule) for e in find_exclusions(text)]
    stretches += [Blocked(q.span.start, q.span.end, "rank") for q in ranks]
    return sorted([*find_quantities(text, merge_blocked(text, stretches)), *ranks], key=lambda q: q.span)


def show_quantity(quantity: Quantity) -> str:
    """35公里=measure 35 公里; 30余名=count 30 名 more_than 30..40."""
    bounds = quantity.bounds
    return _show(quantity.text, quantity.kind, quantity.unit, bounds.modifier, *bounds[:3])


def show_fact(fact: Any) -> str:
    """The same of a record of `extract`."""
    quantity = fact.quantity
    values = [
        None if number is None else Decimal(number)
        for number in (quantity.value, quantity.min_value, quantity.max_value)
    ]
    return _show(quantity.text, fact.kind, quantity.unit, quantity.modifier, *values)


def _show(
    text: str, kind: str, unit: str, modifier: str, value: Decimal | None, low: Decimal | None, high: Decimal | None
) -> str:
    plain = ["" if number is None else to_plain(number) for number in (value, low, high)]
    head = f"{text}={kind} {plain[0] or '-'} {unit or '-'}"
    if modifier == "exact" and plain[0] == plain[1] == plain[2] != "":
        return head
    return f"{head} {modifier} {plain[1]}..{plain[2]}"


def show_all(quantities: list[Quantity]) -> str:
    return "; ".join(map(show_quantity, quantities)) or "-"
