"""What the tests of facts share: case rows with an optional xfail reason, and facts of one text."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest

from extractor import extract

DATE = "2020-06-01"


def to_params(rows: Iterable[tuple[Any, ...]], size: int) -> list[Any]:
    """Rows of `size` cells; one cell more is the reason why the row fails for now."""
    out = []
    for row in rows:
        marks = [pytest.mark.xfail(reason=row[size], strict=True)] if len(row) > size else []
        out.append(pytest.param(*row[:size], id=row[0], marks=marks))
    return out


def read_facts(text: str, date: str | None = DATE) -> list[Any]:
    return list(extract(text, date=date).facts)


def text_of(phrase: Any) -> str:
    return phrase.text if phrase is not None else "-"
