"""Parts of a sum (其中, 包括, 含, a breakdown behind a colon): which fact is a part of which."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from pathlib import Path

from extractor.errors import LexiconError
from extractor.fact.chunk import Chunk
from extractor.lexicon.table import read_table
from extractor.model import Fact, Quantity

_OPENING = re.compile(r"[\s　（(“]*")
_COLON = re.compile("[：:]")
_KINDS = ("among", "holds", "each", "sum", "whole", "change", "average")
_POINTS = frozenset(("temperature", "speed", "duration"))  # points of a scale have no parts
_KEPT = 24  # totals of the sentences before that a sentence beginning with 其中 may go back to

Figure = tuple[int, Fact]


@dataclass(frozen=True, slots=True)
class Words:
    """The rows of lexicon/part.tsv: one pattern of all words that parts follow, and one of each other kind."""

    tie: re.Pattern[str]
    kinds: tuple[str, ...]  # of each group of `tie`
    whole: re.Pattern[str]
    total: re.Pattern[str]
    change: re.Pattern[str]
    average: re.Pattern[str]


@lru_cache(maxsize=4)
def load_words(overlay: Path | None = None) -> Words:
    """Raises LexiconError naming a row whose pattern is wrong."""
    patterns: dict[str, list[str]] = {kind: [] for kind in _KINDS}
    for row in read_table("part.tsv", overlay):
        try:
            re.compile(row["pattern"])
        except re.error as error:
            raise LexiconError(f"{row['_line']}: pattern {row['pattern']!r}: {error}") from error
        if row["kind"] not in patterns:
            raise LexiconError(f"{row['_line']}: kind {row['kind']!r}, expected one of {', '.join(patterns)}")
        patterns[row["kind"]].append(row["pattern"])
    never = ["(?!)"]
    ties = [kind for kind in ("among", "holds", "each") if patterns[kind]]
    return Words(
        re.compile("|".join(f"({'|'.join(f'(?:{p})' for p in patterns[kind])})" for kind in ties) or never[0]),
        tuple(ties),
        *(
            re.compile("|".join(f"(?:{p})" for p in patterns[kind] or never))
            for kind in ("whole", "sum", "change", "average")
        ),
    )


@dataclass(frozen=True, slots=True)
class Tie:
    """Where a word that parts follow stands, and of which kind it is."""

    start: int
    end: int
    kind: str


class PartTie:
    """Links the facts of one text, sentence by sentence: a fact's position in its sentence to its total's quantity."""

    def __init__(self, text: str, overlay: Path | None = None) -> None:
        self.text = text
        self.words = load_words(overlay)
        self.paragraph = -1
        self.before: list[Fact] = []

    def link(self, paragraph: int, chunks: Sequence[Chunk], figures: Sequence[Figure]) -> dict[int, Fact]:
        """The total of each part of a sentence: position in `figures` to the fact of the total. `figures` are (chunk
        index, fact), ascending."""
        if paragraph != self.paragraph:
            self.paragraph, self.before = paragraph, []
        start, end = figures[0][1].sentence
        out: dict[int, Fact] = {}
        opening = _OPENING.match(self.text, start, end)
        opened = self.words.tie.match(self.text, opening.end() if opening else start, end)
        carried = opened is not None and self.words.kinds[(opened.lastindex or 1) - 1] == "among"
        if opened is not None and carried:
            out.update(self._link_behind(Tie(opened.start(), opened.end(), "among"), self.before, chunks, figures))
        if len(figures) > 1:
            for tie in self._find_ties(chunks, figures[0][1].quantity.span.end, end):
                candidates = [fact for _, fact in figures if fact.quantity.span.end <= tie.start]
                out.update(self._link_behind(tie, candidates, chunks, figures))
            if not out and len(figures) > 2:
                out.update(self._link_sums(chunks, figures))
        self.before = [*(self.before if carried else ()), *(fact for _, fact in figures)][-_KEPT:]
        return out

    def _find_ties(self, chunks: Sequence[Chunk], start: int, end: int) -> list[Tie]:
        """The words behind the sentence's first figure that parts follow, and colons behind a quantity."""
        found = [
            Tie(match.start(), match.end(), self.words.kinds[(match.lastindex or 1) - 1])
            for match in self.words.tie.finditer(self.text, start, end)
        ]
        if _COLON.search(self.text, start, end) is None:
            return found
        for i in range(1, len(chunks)):
            if chunks[i].text in "：:" and chunks[i - 1].tag in ("Q", "NP") and _ends_clause(chunks, i):
                found.append(Tie(chunks[i].start, chunks[i].end, "each"))
        return sorted(found, key=lambda tie: tie.start)

    def _link_behind(
        self,
        tie: Tie,
        candidates: Sequence[Fact],
        chunks: Sequence[Chunk],
        figures: Sequence[Figure],
    ) -> dict[int, Fact]:
        total: Fact | None = None
        reach: list[int] = []
        for position in self._reach(tie, chunks, figures):
            index, fact = figures[position]
            if not self._may_be_part(chunks, index):
                continue
            if total is None:
                total = self._find_total(fact, candidates)
                reach = [position] if total is not None else reach
                continue
            if not self._fits(fact, total):
                continue
            if not self._goes_on(chunks, figures[reach[-1]][0], index, figures[reach[0]][0]):
                break
            reach.append(position)
        if total is None or (tie.kind == "each" and not self._adds_up(total, [figures[p][1] for p in reach])):
            return {}
        return dict.fromkeys(reach, total)

    def _reach(self, tie: Tie, chunks: Sequence[Chunk], figures: Sequence[Figure]) -> Iterator[int]:
        """Positions of the figures that a tie may govern: to the next semicolon, and where the tie stands in brackets
        or is `holds`, to their or its clause's end. The first stands in the tie's clause (or the next: 其中，)."""
        text = self.text
        first = next((c.clause for c in chunks if c.start >= tie.end and c.tag != "W"), None)
        listed = text[tie.end : tie.end + 1] in ("：", ":") or text[tie.start : tie.end] in ("：", ":")
        depth = 0
        at = tie.end
        met = False
        for position, (index, fact) in enumerate(figures):
            if fact.quantity.span.start < tie.end:
                continue
            between = text[at : fact.quantity.span.start]
            depth += sum((c in "（(") - (c in "）)") for c in between)
            if depth < 0 or (not listed and any(c in "；;" for c in between)):
                return
            clause = chunks[index].clause
            if not met and first is not None and clause > first + (1 if listed else 0):
                return
            if tie.kind == "holds" and first is not None and clause > first and "，" in between and depth == 0:
                return
            met = True
            at = fact.quantity.span.end
            yield position

    def _may_be_part(self, chunks: Sequence[Chunk], index: int) -> bool:
        """Not where it only describes (投资超亿元的项目) or is a mean (平均每人6方)."""
        if self.words.average.search(self.text, _clause_start(chunks, index), chunks[index].start):
            return False
        following = chunks[index + 1].tag if index + 1 < len(chunks) else "W"
        return following != "U"

    def _find_total(self, part: Fact, candidates: Sequence[Fact]) -> Fact | None:
        for wants_plain in (True, False):
            for fact in reversed(candidates):
                if wants_plain and self._changes(fact) and not self._changes(part):
                    continue
                if self._fits(part, fact, strict=wants_plain):
                    return fact
        return None

    def _fits(self, part: Fact, total: Fact, strict: bool = True) -> bool:
        if strict and self._changes(part) and not self._changes(total):
            return False
        return _compares(part, total) and not _exceeds(part.quantity, total.quantity)

    def _changes(self, fact: Fact) -> bool:
        if fact.base is not None:
            return True  # 比上年多5户
        return fact.action is not None and self.words.change.search(fact.action.text) is not None

    def _goes_on(self, chunks: Sequence[Chunk], last: int, index: int, first: int) -> bool:
        """Whether the list of parts goes on to `index`: by 、, in a clause without a verb or built like the first."""
        if chunks[last].clause == chunks[index].clause:
            return True
        if chunks[index].clause > chunks[last].clause + 2:
            return False
        verb = _opening_verb(chunks, index)
        if verb is None:
            return True
        if _begins_with_verb(chunks, index):
            return _begins_with_verb(chunks, first)
        return verb == index - 1 or _opening_verb(chunks, first) is not None  # 群众自筹46万元

    def _adds_up(self, total: Fact, parts: Sequence[Fact]) -> bool:
        if len(parts) < 2:
            return False
        whole, amounts = _amount(total.quantity), [_amount(part.quantity) for part in parts]
        if whole is None or any(amount is None for amount in amounts):
            return False
        return sum(amount for amount in amounts if amount is not None) <= whole

    def _link_sums(self, chunks: Sequence[Chunk], figures: Sequence[Figure]) -> dict[int, Fact]:
        """Figures that add up to the total before (共) or behind (共计) them, in one row without others between."""
        for position, (index, fact) in enumerate(figures):
            lead = self.text[_clause_start(chunks, index) : fact.quantity.span.start]
            if self.words.whole.search(lead):
                row = _find_sum(fact, figures, range(position + 1, len(figures)))
                if row:
                    return dict.fromkeys(row, fact)
            if self.words.total.search(lead):
                row = _find_sum(fact, figures, range(position - 1, -1, -1))
                if row:
                    return dict.fromkeys(row, fact)
        return {}


def _find_sum(total: Fact, figures: Sequence[Figure], positions: range) -> list[int]:
    """The positions, nearest first, of two or more comparable figures that add up to the total exactly, else none."""
    whole = _amount(total.quantity)
    row: list[int] = []
    amount = Decimal(0)
    for position in positions:
        fact = figures[position][1]
        if not _compares(fact, total):
            continue
        own = _amount(fact.quantity)
        if whole is None or own is None or amount + own > whole:
            return []
        row.append(position)
        amount += own
        if amount == whole:
            return row if len(row) > 1 else []
    return []


def _compares(part: Fact, total: Fact) -> bool:
    """Whether the two figures count the same kind of thing in units that compare."""
    one, other = part.quantity, total.quantity
    if one.kind != other.kind or one.per != other.per or one.kind == "rank" or one.dimension in _POINTS:
        return False
    if one.kind == "ratio":  # shares have parts, rates of growth have none
        return one.unit == other.unit and all("占" in (f.action.text if f.action else "") for f in (part, total))
    if one.kind == "count":
        return one.unit == other.unit or ("person" in one.flags and "person" in other.flags)
    if one.unit == "度":
        return False
    if one.kind == "measure" and one.standard_unit is not None:
        return one.standard_unit == other.standard_unit
    return one.unit == other.unit


def _exceeds(part: Quantity, total: Quantity) -> bool:
    low = part.bounds.low if part.bounds.low is not None else part.bounds.value
    high = total.bounds.high if total.bounds.modifier != "exact" else total.bounds.value
    if low is None or high is None:
        return False
    return low * (part.standard_factor or 1) > high * (total.standard_factor or 1)


def _amount(quantity: Quantity) -> Decimal | None:
    value = quantity.bounds.value
    if value is None or quantity.bounds.modifier != "exact":
        return None
    return value * (quantity.standard_factor or 1)


def _ends_clause(chunks: Sequence[Chunk], i: int) -> bool:
    """Whether a quantity stands in the clause that ends at `i`, at its end or before its last noun (落实资金3项：)."""
    return chunks[i - 1].tag == "Q" or (i > 1 and chunks[i - 2].tag == "Q")


def _clause_start(chunks: Sequence[Chunk], index: int) -> int:
    while index > 0 and chunks[index - 1].tag != "W":
        index -= 1
    return chunks[index].start


def _opening_verb(chunks: Sequence[Chunk], index: int) -> int | None:
    """The first verb of the clause before the quantity."""
    found = None
    for i in range(index - 1, -1, -1):
        if chunks[i].tag == "W":
            break
        if chunks[i].tag in ("V", "K"):
            found = i
    return found


def _begins_with_verb(chunks: Sequence[Chunk], index: int) -> bool:
    verb = _opening_verb(chunks, index)
    if verb is None:
        return False
    return verb == 0 or chunks[verb - 1].tag == "W" or chunks[verb - 1].text == "其中"
