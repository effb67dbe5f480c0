"""Which place a quantity belongs to."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from extractor.fact.chunk import Chunk, Mark
from extractor.lexicon.table import read_table
from extractor.model import FactPlace, Place, Sentence
from extractor.text import BodySpan


@lru_cache(maxsize=1)
def _directions() -> tuple[str, ...]:
    return tuple(row["surface"] for row in read_table("direction.tsv"))


class PlaceTie:
    """Resolves the place of each quantity of one text, sentence by sentence; remembers the paragraph's topic place."""

    def __init__(
        self, text: str, places: Sequence[Place], coreferences: Sequence[tuple[BodySpan, Place]], article: Place | None
    ):
        self.text = text
        self.article = article
        self.coreferent = {span for span, _ in coreferences}
        self.paragraph = -1
        self.topic: Place | None = None
        self.next_topic: Place | None = None

    def enter(self, sentence: Sentence, marks: Sequence[Mark]) -> None:
        """Begins a sentence: a new paragraph forgets the topic, a place at the sentence's head becomes it."""
        if sentence.paragraph != self.paragraph:
            self.paragraph, self.topic = sentence.paragraph, None
        self.next_topic = next(
            (mark.item for mark in marks if self._leads(mark) and isinstance(mark.item, Place)), None
        )

    def _leads(self, mark: Mark) -> bool:
        """Whether the mark is a named place that may hold what follows in its paragraph."""
        if mark.tag != "L" or mark.span in self.coreferent or not isinstance(mark.item, Place):
            return False
        return self._may_rule(mark.item) and not self._is_away(mark)

    def skip(self, sentence: Sentence, marks: Sequence[Mark]) -> None:
        """A sentence without quantities still sets the topic."""
        self.enter(sentence, marks)
        self.topic = self.next_topic or self.topic

    def resolve(self, chunks: Sequence[Chunk], index: int) -> FactPlace | None:
        found = self._resolve(chunks, index)
        self.topic = self.next_topic or self.topic
        return found

    def _resolve(self, chunks: Sequence[Chunk], index: int) -> FactPlace | None:
        listed = self._listed(chunks, index)
        if listed is not None:
            return listed[0]
        for i in range(index - 1, -1, -1):
            chunk = chunks[i]
            if chunk.tag != "L" or not isinstance(chunk.item, Place):
                continue
            span = BodySpan(chunk.start, chunk.end)
            basis = "coreference" if span in self.coreferent else "mention"
            if basis == "mention" and (self._is_away(Mark(span, "L", chunk.item)) or not self._may_rule(chunk.item)):
                continue
            return FactPlace(chunk.item, basis)
        for chunk in chunks[index + 1 :]:
            if chunk.clause != chunks[index].clause or chunk.tag == "Q":
                break
            if chunk.tag == "L" and isinstance(chunk.item, Place) and self.article is not None:
                span = BodySpan(chunk.start, chunk.end)
                if (
                    span not in self.coreferent
                    and self._below_article(chunk.item)
                    and not self._is_away(Mark(span, "L", chunk.item))
                ):
                    return FactPlace(chunk.item, "mention")
        if self.topic is not None and (self.article is None or self._below_article(self.topic)):
            return FactPlace(self.topic, "article")
        return FactPlace(self.article, "article") if self.article is not None else None

    def _below_article(self, place: Place) -> bool:
        path = self.article.path if self.article is not None else ()
        return place.path[: len(path)] == path

    def _may_rule(self, place: Place) -> bool:
        """A place that holds the article's place, or an unresolved name, does not take facts away from it."""
        if place.adcode is None and place.level != "zone":
            return False
        if self.article is None or place == self.article:
            return True
        path = place.path
        return not (len(path) < len(self.article.path) and self.article.path[: len(path)] == path)

    def _is_away(self, mark: Mark) -> bool:
        """Whether the name is only a goal, a source or a partner (到X, 来自X, 与X) outside the article's own place."""
        if isinstance(mark.item, Place) and self.article is not None and self._below_article(mark.item):
            return False
        before = self.text[max(0, mark.span.start - 3) : mark.span.start]
        return before.endswith(_directions())

    def _listed(self, chunks: Sequence[Chunk], index: int) -> tuple[FactPlace | None] | None:
        """甲、乙和丙等3个县: the places listed before 等N个 have their common parent as the place."""
        i = index - 1
        while i >= 0 and chunks[i].tag in ("E", "O"):
            i -= 1
        if i < 0 or i == index - 1 or chunks[i].tag != "L":
            return None
        places: list[Place] = []
        while i >= 0 and (
            chunks[i].tag in ("L", "H") or (chunks[i].tag in ("C", "W") and chunks[i].text in "和与及，")
        ):
            if chunks[i].tag == "L" and isinstance(chunks[i].item, Place):
                item = chunks[i].item
                if isinstance(item, Place):
                    places.append(item)
            i -= 1
        if len(places) < 2:
            return None
        return (self._common(places),)

    def _common(self, places: Sequence[Place]) -> FactPlace | None:
        shared: tuple[str, ...] = places[0].path
        for place in places[1:]:
            while shared and place.path[: len(shared)] != shared:
                shared = shared[:-1]
        from extractor.gazetteer import find_ancestor

        if not shared:
            return FactPlace(self.article, "article") if self.article is not None else None
        ancestor = find_ancestor(places[0], len(shared))
        return FactPlace(ancestor, "mention") if ancestor is not None else None
