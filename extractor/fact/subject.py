"""Who did it: the doer of a quantity's clause, carried over the clauses of its sentence until another comes."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from operator import attrgetter
from pathlib import Path

from extractor.fact.actor import load_actors
from extractor.fact.chunk import Chunk
from extractor.fact.doer import Clause, ClauseReader
from extractor.lexicon.table import active_overlay, per_overlay, read_table
from extractor.model import Phrase
from extractor.text import BodySpan


@per_overlay()
def actors() -> tuple[str, ...]:
    """Ends of names of bodies and people that a noun before a count cannot be counted by."""
    return tuple(row["surface"] for row in read_table("actor.tsv", active_overlay()))


@per_overlay()
def organisations() -> tuple[str, ...]:
    """Ends of names of bodies (厂, 县, 公司), people left out."""
    return tuple(row["surface"] for row in read_table("actor.tsv", active_overlay()) if row["kind"] == "body")


class SubjectTie:
    """Resolves the subject of each quantity of one sentence. A clause is read when a quantity asks for it."""

    def __init__(self, text: str, chunks: Sequence[Chunk], overlay: Path | None = None) -> None:
        self.text = text
        self.chunks = chunks
        self.reader = ClauseReader(text, load_actors(overlay))
        self.clauses: dict[int, Clause] = {}
        self.carried: dict[int, BodySpan | None] = {-1: None}  # the doer at each clause's end

    def resolve(self, index: int, action: Phrase | None) -> Phrase | None:
        """The subject of the quantity chunk at `index`, whose verb is `action`."""
        quantity = self.chunks[index]
        clause = self._read(quantity.clause)
        span: BodySpan | None = None
        if clause.role == "act":
            span = clause.doer
            if span is not None and quantity.start < span.end and not clause.passive:
                return None  # 46名干部走访: they are counted, not their own doer
        elif clause.role == "plain":
            span = self._carry(quantity.clause)
        elif clause.role == "bare" and action is not None:
            span = self._doer_of(action, quantity.clause)
        if span is None or span.start <= quantity.start < span.end:
            return None
        return Phrase(span, self.text[slice(*span)])

    def _read(self, number: int) -> Clause:
        if number not in self.clauses:
            words: list[Chunk] = []
            for i in range(bisect_left(self.chunks, number, key=attrgetter("clause")), len(self.chunks)):
                chunk = self.chunks[i]
                if chunk.tag == "W":
                    break
                words.extend(chunk.run or (chunk,))
            self.clauses[number] = self.reader.read(words)
        return self.clauses[number]

    def _carry(self, number: int) -> BodySpan | None:
        """The doer of the nearest clause before that names one."""
        before = number - 1
        while before not in self.carried:
            clause = self._read(before)
            if clause.doer is not None and clause.role in ("act", "state") and not clause.passive:
                self.carried[before] = clause.doer
                break
            before -= 1
        for later in range(before + 1, number):
            self.carried[later] = self.carried[before]
        return self.carried[before]

    def _doer_of(self, action: Phrase, before: int) -> BodySpan | None:
        """The doer of the verb that a clause without one takes over (打造示范田14处，试验田7处)."""
        clause = self.chunks[bisect_right(self.chunks, action.span.start, key=attrgetter("start")) - 1].clause
        taken = self._read(clause)
        if clause == before and taken.doer is not None:
            return taken.doer  # 县剧团到山区演出120场
        if clause == before or taken.role == "plain":  # 修堤十八里: a verb that stands as a noun
            return self._carry(clause)
        return taken.doer if taken.role == "act" else None
