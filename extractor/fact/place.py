"""Which place a quantity belongs to."""

from __future__ import annotations

from collections.abc import Sequence

from extractor.fact.chunk import Chunk, Mark
from extractor.gazetteer import find_common
from extractor.lexicon.table import active_overlay, per_overlay, read_table
from extractor.model import FactPlace, Place, Sentence
from extractor.text import BodySpan

_HEAD_MARKS = frozenset("，。；：！？（(\n,;:")
_NATIONAL = ("全国", "我国")


@per_overlay()
def _directions() -> tuple[str, ...]:
    return tuple(row["surface"] for row in read_table("direction.tsv", active_overlay()))


class PlaceTie:
    """Resolves the place of each quantity of one text, sentence by sentence.

    A place named in the sentence before the quantity rules; one outside the article's own place only at the head of a
    clause. Else the paragraph's topic (the last place at the head of a sentence), else the article's place.
    """

    def __init__(
        self,
        text: str,
        places: Sequence[Place],
        coreferences: Sequence[tuple[BodySpan, Place]],
        article: Place | None,
    ) -> None:
        self.text = text
        self.article = article
        self.coreferent = {span for span, _ in coreferences}
        self.paragraph = -1
        self.topic: Place | None = None

    def enter(self, sentence: Sentence, marks: Sequence[Mark]) -> None:
        """Begins a sentence: a new paragraph forgets the topic, a place at the sentence's head becomes it."""
        if sentence.paragraph != self.paragraph:
            self.paragraph, self.topic = sentence.paragraph, None
        at = sentence.span.start
        for mark in marks:
            if mark.tag not in ("L", "T"):
                continue
            between = self.text[at : mark.span.start].strip("　 ，在截至到“（")
            if between.startswith(_NATIONAL):
                self.topic = None
            if mark.tag == "L":
                self._take_topic(mark, between)
                return
            if between:
                return
            at = mark.span.end

    def _take_topic(self, mark: Mark, between: str) -> None:
        """A place at the sentence's head, or after its modifier (连年丰收的某县), becomes the topic."""
        if not isinstance(mark.item, Place) or mark.span in self.coreferent or not self._may_rule(mark.item):
            return
        if between and not (between.endswith("的") and not any(c in _HEAD_MARKS for c in between)):
            return
        follows = self.text[mark.span.end : mark.span.end + 1]
        self.topic = None if follows and follows in "、和" else mark.item

    def skip(self, sentence: Sentence, marks: Sequence[Mark]) -> None:
        """A sentence without quantities still sets the topic."""
        self.enter(sentence, marks)

    def resolve(self, chunks: Sequence[Chunk], index: int) -> FactPlace | None:
        """The place of the quantity chunk at `index`."""
        default = FactPlace(self.article, "article") if self.article is not None else None
        listed = self._listed(chunks, index)
        if listed:
            common = find_common(listed) if len(listed) > 1 else None
            return FactPlace(common, "mention") if common is not None else default
        clause = chunks[index].clause
        for i in range(index - 1, -1, -1):
            chunk = chunks[i]
            if self.article is None and chunk.text.startswith(_NATIONAL) and self._is_head(chunks, i):
                return None
            if chunk.tag != "L":
                continue
            if chunk.clause == clause and (group := _group(chunks, i)):
                common = find_common(group)
                return FactPlace(common, "mention") if common is not None else default
            if isinstance(chunk.item, Place) and self._rules(chunks, i, index):
                span = BodySpan(chunk.start, chunk.end)
                return FactPlace(chunk.item, "coreference" if span in self.coreferent else "mention")
        for i in range(index + 1, len(chunks)):
            chunk = chunks[i]
            if chunk.clause != clause or chunk.tag == "Q":
                break
            if chunk.tag == "L" and isinstance(chunk.item, Place) and self.article is not None:
                span = BodySpan(chunk.start, chunk.end)
                if span not in self.coreferent and self._is_below(chunk.item) and not self._is_away(chunk):
                    return FactPlace(chunk.item, "mention")
        if self.topic is not None and (self.article is None or self._is_below(self.topic)):
            return FactPlace(self.topic, "article")
        return default

    def _rules(self, chunks: Sequence[Chunk], i: int, index: int) -> bool:
        chunk = chunks[i]
        place = chunk.item
        if not isinstance(place, Place):
            return False
        if self._in_closed_bracket(chunk, chunks[index]):
            return False
        if BodySpan(chunk.start, chunk.end) in self.coreferent:
            return self.article is None or self._is_below(place) or self._is_head(chunks, i)
        if not self._may_rule(place):
            return False
        if self._is_away(chunk) or (self.article is None and self._is_enumerated(chunks, i)):
            return False
        same = chunk.clause == chunks[index].clause
        return self._is_head(chunks, i) or self.article is None or (same and self._is_below(place))

    def _in_closed_bracket(self, chunk: Chunk, quantity: Chunk) -> bool:
        """Whether the name stands in brackets that close before the quantity."""
        between = self.text[chunk.end : quantity.start]
        return between.count("）") > between.count("（") or between.count(")") > between.count("(")

    def _is_head(self, chunks: Sequence[Chunk], i: int) -> bool:
        """Whether a clause (or a member of a list) begins with the name."""
        while i > 0 and chunks[i - 1].tag in ("T", "D", "C", "L", "H") and chunks[i - 1].tag != "P":
            i -= 1
        return i == 0 or chunks[i - 1].tag in ("W", "Q")

    def _is_enumerated(self, chunks: Sequence[Chunk], i: int) -> bool:
        """Whether the name is one of several in a row (徐州、长沙等): none of them rules alone."""
        behind = chunks[i + 1].tag if i + 1 < len(chunks) else ""
        before = chunks[i - 1].tag if i else ""
        return "H" in (before, behind) and "L" in (
            chunks[i - 2].tag if i > 1 else "",
            chunks[i + 2].tag if i + 2 < len(chunks) else "",
        )

    def _is_below(self, place: Place) -> bool:
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

    def _is_away(self, chunk: Chunk) -> bool:
        """Whether the name is only a goal, a source or a partner (到X, 来自X, 与X)."""
        before = self.text[max(0, chunk.start - 3) : chunk.start]
        return before.endswith(_directions())

    def _listed(self, chunks: Sequence[Chunk], index: int) -> list[Place]:
        """甲、乙和丙等3个县: the places listed before 等N个."""
        i = index - 1
        while i >= 0 and chunks[i].tag in ("Q", "NP", "O"):
            i -= 1
        if i < 0 or chunks[i].tag != "E":
            return []
        while i >= 0 and chunks[i].tag in ("E", "O"):
            i -= 1
        return _row(chunks, i)


def _group(chunks: Sequence[Chunk], last: int) -> list[Place]:
    """The places of a row that ends with 等 at `last` (甲县、乙县等3个县, 甲、乙和丙等县), or none."""
    if chunks[last].tag != "L" or last + 1 >= len(chunks) or chunks[last + 1].tag != "E":
        return []
    places = _row(chunks, last)
    return places if len(places) > 1 else []


def _row(chunks: Sequence[Chunk], i: int) -> list[Place]:
    """The places of the row that ends at `i`, from the last."""
    places: list[Place] = []
    while i >= 0 and (chunks[i].tag in ("L", "H") or chunks[i].text in ("和", "与", "及")):
        item = chunks[i].item
        if chunks[i].tag == "L" and isinstance(item, Place):
            places.append(item)
        i -= 1
    return places
