"""Who did it: the noun phrase of an actor before the clause's verb."""

from __future__ import annotations

from collections.abc import Sequence

import regex

from extractor.fact.chunk import Chunk
from extractor.model import Phrase
from extractor.text import BodySpan

_ACTOR = regex.compile(
    r"(?:[委府局部会队院校厂社司团组站所办厅署处店馆行企场庭军警]|政府|单位|部门|公司|企业|支部|党组织|干部|党员|群众|农民|社员|职工|工人|民兵|官兵|志愿者|书记|网格员|代表|委员|镇|乡|村|街道|联盟|协会|集团|中心)$"
)


def find_subject(text: str, chunks: Sequence[Chunk], index: int) -> Phrase | None:
    """The actor that stands first in the quantity's clause or, where that has none, in the nearest clause before."""
    clause = chunks[index].clause
    for wanted in range(clause, max(-1, clause - 4), -1):
        first: Chunk | None = None
        start = None
        for chunk in chunks[:index]:
            if chunk.clause != wanted:
                continue
            if chunk.tag in ("T", "D", "C"):
                if start is not None:
                    break
                continue
            if chunk.tag == "L" and start is None:
                start = chunk.start
                first = chunk
                continue
            if chunk.tag == "NP" and (first is None or chunk.start == first.end):
                begin = start if start is not None else chunk.start
                if _ACTOR.search(chunk.text):
                    return Phrase(BodySpan(begin, chunk.end), text[begin : chunk.end])
                break
            if chunk.tag in ("V", "K") and first is not None:
                return Phrase(BodySpan(first.start, first.end), first.text)
            break
    return None
