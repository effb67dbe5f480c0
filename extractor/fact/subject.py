"""Who did it: the noun phrase of an actor before the clause's verb."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from extractor.fact.chunk import Chunk
from extractor.lexicon.table import read_table
from extractor.model import Phrase
from extractor.text import BodySpan


@lru_cache(maxsize=1)
def actors() -> tuple[str, ...]:
    """Ends of names of bodies and people."""
    return tuple(row["surface"] for row in read_table("actor.tsv"))


@lru_cache(maxsize=1)
def organisations() -> tuple[str, ...]:
    """Ends of names of bodies (厂, 县, 公司), people left out."""
    return tuple(row["surface"] for row in read_table("actor.tsv") if row["kind"] == "body")


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
                if chunk.text.endswith(actors()):
                    return Phrase(BodySpan(begin, chunk.end), text[begin : chunk.end])
                break
            if chunk.tag in ("V", "K") and first is not None:
                return Phrase(BodySpan(first.start, first.end), first.text)
            break
    return None
