"""Pieces of SQL with their values, the same for both databases."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple


class Condition(NamedTuple):
    """A condition and the values of its `?`, in order."""

    sql: str
    values: tuple[Any, ...] = ()


NONE = Condition("1 = 0")


def any_of(conditions: Sequence[Condition]) -> Condition:
    """True where one of them is; nothing fulfils an empty list."""
    return _join(" OR ", conditions) if conditions else NONE


def all_of(conditions: Sequence[Condition]) -> Condition:
    """True where all are; all fulfils an empty list."""
    return _join(" AND ", conditions) if conditions else Condition("1 = 1")


def _join(word: str, conditions: Sequence[Condition]) -> Condition:
    sql = word.join(f"({condition.sql})" for condition in conditions)
    return Condition(f"({sql})", tuple(value for condition in conditions for value in condition.values))


def one_of(column: str, values: Sequence[Any]) -> Condition:
    """A column that holds one of the values."""
    return Condition(f"{column} IN ({','.join('?' * len(values))})", tuple(values))
