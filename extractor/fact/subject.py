"""Who did it: the doer of a quantity's clause, carried over the clauses of its sentence until another comes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path

from extractor.fact.actor import load_actors
from extractor.fact.chunk import Chunk
from extractor.fact.doer import Clause, ClauseReader
from extractor.lexicon.table import read_table
from extractor.model import Phrase
from extractor.text import BodySpan


@lru_cache(maxsize=1)
def actors() -> tuple[str, ...]:
    """Ends of names of bodies and people that a noun before a count cannot be counted by."""
    return tuple(row["surface"] for row in read_table("actor.tsv"))


@lru_cache(maxsize=1)
def organisations() -> tuple[str, ...]:
    """Ends of names of bodies (厂, 县, 公司), people left out."""
    return tuple(row["surface"] for row in read_table("actor.tsv") if row["kind"] == "body")


class SubjectTie:
    """Resolves the subject of each quantity of one sentence."""

    def __init__(self, text: str, chunks: Sequence[Chunk], overlay: Path | None = None) -> None:
        self.text = text
        self.chunks = chunks
        reader = ClauseReader(text, load_actors(overlay))
        self.clauses: list[Clause] = []
        self.carried: list[BodySpan | None] = []  # the doer at the end of each clause
        current: BodySpan | None = None
        for words in _split_clauses(chunks):
            clause = reader.read(words)
            if clause.doer is not None and clause.role in ("act", "state") and not clause.passive:
                current = clause.doer
            self.clauses.append(clause)
            self.carried.append(current)

    def resolve(self, index: int, action: Phrase | None) -> Phrase | None:
        """The subject of the quantity chunk at `index`, whose verb is `action`."""
        quantity = self.chunks[index]
        clause = self.clauses[quantity.clause]
        span: BodySpan | None = None
        if clause.role == "act":
            span = clause.doer
            if span is not None and quantity.start < span.end and not clause.passive:
                return None  # 46名干部走访: they are counted, not their own doer
        elif clause.role == "plain":
            span = self.carried[quantity.clause]
        elif clause.role == "bare" and action is not None:
            span = self._doer_of(action, quantity.clause)
        if span is None or span.start <= quantity.start < span.end:
            return None
        return Phrase(span, self.text[slice(*span)])

    def _doer_of(self, action: Phrase, before: int) -> BodySpan | None:
        """The doer of the verb that a clause without one takes over (打造示范田14处，试验田7处)."""
        for chunk in self.chunks:
            if chunk.start <= action.span.start < chunk.end:
                taken = self.clauses[chunk.clause]
                if chunk.clause == before:  # 修堤十八里: a verb that stands as a noun
                    return self.carried[before]
                if taken.role not in ("act", "plain"):
                    return None
                return taken.doer if taken.role == "act" else self.carried[chunk.clause]
        return None


def _split_clauses(chunks: Sequence[Chunk]) -> Iterable[list[Chunk]]:
    """The words of each clause, noun phrases taken apart, by the clauses' numbers."""
    words: list[Chunk] = []
    for chunk in chunks:
        if chunk.tag == "W":
            yield words
            words = []
        else:
            words.extend(chunk.run or (chunk,))
    yield words
