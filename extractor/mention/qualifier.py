"""Qualifiers beside a number: 近, 约, 超过 before it, 余, 多 inside, 以上, 左右 behind it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from extractor.lexicon.table import read_table


@dataclass(frozen=True, slots=True)
class Qualifier:
    surface: str
    position: str  # before, distant, magnitude, inner, after
    modifier: str
    not_after: str


@dataclass(frozen=True, slots=True)
class QualifierIndex:
    before: dict[str, Qualifier]
    inner: dict[str, Qualifier]
    after: dict[str, Qualifier]
    longest: int

    def match_before(self, text: str, at: int) -> tuple[Qualifier, int] | None:
        """The longest qualifier that ends at `at` (layout blanks between allowed) and where it begins."""
        end = at
        while end and text[end - 1] == " ":
            end -= 1
        for size in range(min(self.longest, end), 0, -1):
            found = self.before.get(text[end - size : end])
            if found is not None:
                start = end - size
                if start and text[start - 1] in found.not_after:
                    return None
                return found, start
        return None

    def match_after(self, text: str, at: int) -> tuple[Qualifier, int] | None:
        """The longest qualifier that begins at `at` and the index behind it."""
        for size in range(min(self.longest, len(text) - at), 0, -1):
            found = self.after.get(text[at : at + size])
            if found is not None:
                following = text[at + size : at + size + 1]
                if following and following in _NOT_BEFORE.get(found.surface, ""):
                    return None
                return found, at + size
        return None


_NOT_BEFORE = {"以下": "简称同列各几", "左右": "手岸两翼", "上下": "游齐一级班联", "许": "多可诺", "以上": "述各几就"}


@lru_cache(maxsize=4)
def load_qualifiers(overlay: Path | None = None) -> QualifierIndex:
    before: dict[str, Qualifier] = {}
    inner: dict[str, Qualifier] = {}
    after: dict[str, Qualifier] = {}
    for row in read_table("qualifier.tsv", overlay):
        item = Qualifier(row["surface"], row["position"], row["modifier"], row["not_after"])
        {"inner": inner, "after": after}.get(item.position, before)[item.surface] = item
    return QualifierIndex(before, inner, after, max((len(s) for table in (before, after) for s in table), default=0))
