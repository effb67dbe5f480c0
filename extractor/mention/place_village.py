"""Villages, brigades and communes, which the gazetteer does not list: 曲阜市吴村镇 + 太平村, 柳塘大队."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

import regex

from extractor.lexicon.table import active_overlay, per_overlay, read_table
from extractor.mention.place_guard import has_left_edge, is_other_name
from extractor.mention.place_village_name import is_village_name, load_words
from extractor.model import Place
from extractor.text import BodySpan

HAN = regex.compile(r"[一-龥]+")
# A township before the village that the gazetteer does not list either.
TOWN = regex.compile(
    r"(?P<town>[一-龥]{1,3}(?:镇|乡|公社|街道办事处|街道|管理区)|第?[一二三四五六七八九十]{1,3}区)(?P<name>[一-龥]+)"
)
# Words that join names and begin no clause.
JOINING = ("和", "与", "及", "或")
ORDINAL = regex.compile(r"第[一二三四五六七八九十百]+$")
# A shorter name may be the end of a longer one.
PLAIN = 3
SENTENCE = regex.compile(r"[。！？\n]")


@dataclass(frozen=True, slots=True)
class Tail:
    """A type word and what may stand around it."""

    text: str
    level: str
    refuse: regex.Pattern[str] | None
    soft: regex.Pattern[str] | None
    longest: int
    alone: bool
    record: bool


@dataclass(frozen=True, slots=True)
class Village:
    """A name of a seat below the county. `holder`: the place it stands behind or belongs to, None where unknown;
    `towns`: townships between them that the gazetteer does not list. `rule`: behind its division, list (beside another
    village), alone, later (named elsewhere), stem (its name without the type word)."""

    span: BodySpan
    name: str
    tail: Tail
    holder: Place | None
    towns: tuple[str, ...]
    rule: str
    tied: bool = False

    @property
    def is_tied(self) -> bool:
        """Whether its division is certain: it stood before the name, or before a village beside it."""
        return self.tied or self.rule in ("behind", "list")

    def to_place(self, text: str) -> Place:
        path = (*(self.holder.path if self.holder is not None else ()), *self.towns, self.name)
        surface = text[self.span.start : self.span.end]
        return Place(self.span, surface, None, None, self.name, self.tail.level, path, f"village:{self.rule}")


@per_overlay()
def load_tails() -> tuple[Tail, ...]:
    """The type words, the longest first."""
    tails = [
        Tail(
            row["tail"],
            row["level"],
            regex.compile(row["refuse"]) if row["refuse"] else None,
            regex.compile(row["soft"]) if row["soft"] else None,
            int(row["longest"]),
            row["alone"] == "yes",
            row["record"] == "yes",
        )
        for row in read_table("place_village_tail.tsv", active_overlay())
    ]
    return tuple(sorted(tails, key=lambda tail: -len(tail.text)))


@per_overlay()
def _tail_pattern() -> regex.Pattern[str]:
    return regex.compile("|".join(f"({regex.escape(tail.text)})" for tail in load_tails()) or "(?!)")


def find_villages(text: str, places: Sequence[Place], article_place: Place | None = None) -> list[Village]:
    """In order, none overlapping, clear of `places` (ascending). Names whose words make it plain are found first; what
    they make known is then found wherever it stands."""
    search = _Search(text, places, article_place)
    found: list[Village] = []
    for alone in (False, True, True):
        known = {village.name: village for village in reversed(found)}
        found = search.run(known, alone)
    return found


class _Search:
    def __init__(self, text: str, places: Sequence[Place], article_place: Place | None) -> None:
        self.text = text
        self.places = places
        self.article_place = article_place
        self.starts = [place.span.start for place in places]
        self.ends = [place.span.end for place in places]
        self.known: dict[str, Village] = {}
        self.seek_alone = False
        self.found: list[Village] = []

    def run(self, known: dict[str, Village], alone: bool) -> list[Village]:
        """One pass. `known`: what an earlier pass found, by name; `alone`: whether names without a division count."""
        self.known, self.seek_alone, self.found = known, alone, []
        end = 0
        for match in _tail_pattern().finditer(self.text):
            tail = load_tails()[(match.lastindex or 1) - 1]
            if tail.refuse is not None and tail.refuse.match(self.text, match.end()):
                continue
            village = self._read(tail, max(end, match.start() - 12), match.start(), match.end())
            if village is not None:
                self.found.append(village)
                end = match.end()
        return self.found

    def _read(self, tail: Tail, floor: int, at: int, end: int) -> Village | None:
        """The village whose type word stands at [at, end), its name behind `floor`."""
        if self._is_taken(at, end):
            return None
        holder = self._before(at)
        begin = self._run_start(max(floor, holder.span.end if holder is not None else 0), at)
        if self.found and self.found[-1].span.end == begin and begin < at and self.text[begin] in JOINING:
            begin += 1
        before = self.text[begin:at]
        if not before or ORDINAL.search(before):
            return None
        if holder is not None and holder.span.end == begin:
            return self._behind(tail, holder, begin, at, end)
        above = self._above(tail, begin)
        if above is not None and len(before) <= tail.longest and is_village_name(before, tail.text, held=True):
            return self._make(tail, begin, end, above.holder, (*above.towns, above.name), "behind")
        sister = self._sister(begin)
        if sister is not None and len(before) <= tail.longest and is_village_name(before, tail.text, held=True):
            return self._make(tail, begin, end, sister.holder, sister.towns, "list")
        return self._named(tail, begin, at, end) or self._alone(tail, begin, at, end)

    def _behind(self, tail: Tail, holder: Place, begin: int, at: int, end: int) -> Village | None:
        before = self.text[begin:at]
        held = holder.level not in ("province", "prefecture")
        if len(before) <= tail.longest and is_village_name(before, tail.text, held=held):
            return self._make(tail, begin, end, holder, (), "behind")
        town = TOWN.fullmatch(before)
        if (
            town is not None
            and len(town["name"]) <= tail.longest
            and is_village_name(town["name"], tail.text, held=True)
        ):
            return self._make(tail, begin + len(town["town"]), end, holder, (town["town"],), "behind")
        return self._named(tail, begin, at, end) or self._alone(tail, begin, at, end)

    def _named(self, tail: Tail, begin: int, at: int, end: int) -> Village | None:
        """A name that stands elsewhere with its division, or alone."""
        for start in range(max(begin, at - tail.longest), at):
            seat = self.known.get(self.text[start:end])
            if seat is not None and seat.span == (start, end):
                return seat
            if seat is not None and (end - start >= PLAIN or has_left_edge(self.text, start)):
                return replace(seat, span=BodySpan(start, end), rule="later", tied=seat.is_tied)
        return None

    def _alone(self, tail: Tail, begin: int, at: int, end: int) -> Village | None:
        """A name at the head of a clause or behind a word that introduces names."""
        if not (self.seek_alone and tail.alone) or self._is_other(tail, end):
            return None
        before = self.text[begin:at]
        for start in range(max(0, len(before) - tail.longest), len(before)):
            name = before[start:]
            opened = start == 0 and self._is_head(begin)
            if not opened and not (before[:start].endswith(load_words().openers) and before[:start] not in JOINING):
                continue
            if is_village_name(name, tail.text, held=False):
                holder, towns = self._place_near(begin)
                return self._make(tail, begin + start, end, holder, towns, "alone")
        return None

    def _make(
        self, tail: Tail, start: int, end: int, holder: Place | None, towns: tuple[str, ...], rule: str
    ) -> Village:
        return Village(BodySpan(start, end), self.text[start:end], tail, holder, towns, rule)

    def _is_taken(self, start: int, end: int) -> bool:
        i = bisect_left(self.starts, end) - 1
        return i >= 0 and self.ends[i] > start

    def _before(self, at: int) -> Place | None:
        i = bisect_right(self.ends, at) - 1
        return self.places[i] if i >= 0 else None

    def _run_start(self, floor: int, at: int) -> int:
        """Where the Chinese characters directly before `at` begin, not before `floor`."""
        start = at
        while start > floor and HAN.match(self.text, start - 1):
            start -= 1
        return start

    def _is_head(self, begin: int) -> bool:
        """Whether a clause begins there: no character, digit or letter touches it."""
        return begin == 0 or (not self.text[begin - 1].isalnum() and self.text[begin - 1] not in "%％")

    def _is_other(self, tail: Tail, end: int) -> bool:
        """Whether what follows makes an uncertain name another one (柳塘村食品有限公司), or part of a word (村里)."""
        if tail.soft is not None and tail.soft.match(self.text, end):
            return True
        return self.text[end : end + 1] not in ("村", "社") and is_other_name(self.text, end)

    def _above(self, tail: Tail, begin: int) -> Village | None:
        """The commune, or the brigade of a 生产队, that ends where the name begins."""
        last = self.found[-1] if self.found else None
        if last is None or last.span.end != begin:
            return None
        return last if last.tail.level == "township" or tail.text == "生产队" else None

    def _sister(self, begin: int) -> Village | None:
        """The village before the 、 or 和 that ends at `begin`."""
        last = self.found[-1] if self.found else None
        return last if last is not None and last.span.end == begin - 1 and self.text[begin - 1] in "、和与及" else None

    def _place_near(self, begin: int) -> tuple[Place | None, tuple[str, ...]]:
        """The place before in the same sentence, where it lies in the article's; else the article's."""
        place = self._before(begin)
        own = self.article_place
        if place is None or SENTENCE.search(self.text, place.span.end, begin):
            return own, ()
        return (place if own is None or place.path[: len(own.path)] == own.path else own), ()
