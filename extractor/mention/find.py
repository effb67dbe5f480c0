"""All mentions of one article's text, each kind kept out of the others' way."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from extractor.gazetteer import find_ancestor_at, find_common
from extractor.mention.coreference import Coreference, find_coreferences, lift
from extractor.mention.exclusion import find_exclusions
from extractor.mention.mend import mark_mended
from extractor.mention.period import find_periods
from extractor.mention.place import find_places
from extractor.mention.place_alias import find_aliases, find_stems
from extractor.mention.place_resolve import PlaceContext, resolve_article_place, resolve_places
from extractor.mention.place_village import find_villages
from extractor.mention.program import find_name_spans, find_programs
from extractor.mention.quantity import Blocked, find_quantities
from extractor.mention.quotation import find_quotations
from extractor.mention.rank import find_ranks
from extractor.model import Exclusion, Mend, Period, Place, Program, Published, Quantity
from extractor.text import BodySpan

_PLACES = frozenset("十百千万亿拾佰仟")
_NUMERAL = frozenset("0123456789０１２３４５６７８９.．〇零一二两三四五六七八九十百千万亿几壹贰叁肆伍陆柒捌玖拾佰仟")


@dataclass(frozen=True, slots=True)
class Mentions:
    """`places` are divisions and zones, which facts may take; `villages` lie below them and carry no code."""

    quantities: list[Quantity]
    exclusions: list[Exclusion]
    places: list[Place]
    article_place: Place | None
    coreferences: list[Coreference]
    programs: list[Program]
    periods: list[Period]
    aliases: list[tuple[BodySpan, Place]]
    villages: list[Place]


def find_mentions(
    text: str, context: PlaceContext, overlay: Path | None = None, mends: Sequence[Mend] = ()
) -> Mentions:
    """Mentions of one unwrapped text, ascending within each kind. `mends`: the numerals that were mended in it."""
    quotations = find_quotations(text)
    programs = find_programs(text, quotations, overlay)
    names = [program.span for program in programs]
    periods = find_periods(text, context.published, overlay=overlay, names=names)
    places = resolve_places(text, find_places(text), context)
    article_place = resolve_article_place(text, places, context)
    seats = find_villages(text, places, article_place)
    seats = sorted([*seats, *find_stems(text, seats, places)], key=lambda seat: seat.span)
    villages = [seat.to_place(text) for seat in seats if seat.tail.record]
    exclusions = find_exclusions(text, overlay)
    ranks = find_ranks(text, overlay)
    blocked = merge_blocked(
        text,
        [
            *(Blocked(p.span.start, p.span.end, p.rule) for p in periods if p.rule != "recurrence"),
            *(Blocked(p.span.start, p.span.end, "place") for p in (*places, *villages)),
            *(Blocked(s.start, s.end, "name") for s in find_name_spans(text, quotations)),
            *(Blocked(r.span.start, r.span.end, r.rule) for r in ranks),
            *(Blocked(e.span.start, e.span.end, e.rule) for e in exclusions),
        ],
    )
    quantities = mark_mended(find_quantities(text, blocked, overlay), text, mends)
    quantities = sorted([*quantities, *ranks], key=lambda q: q.span)
    if is_old_yuan(context.published):
        quantities = [replace(q, unit="CNY_1948") if q.unit == "CNY" else q for q in quantities]
    exclusions = _without(exclusions, [q.span for q in quantities])
    return Mentions(
        quantities,
        exclusions,
        places,
        article_place,
        find_coreferences(text),
        programs,
        periods,
        find_aliases(seats),
        villages,
    )


def is_old_yuan(published: Published | None) -> bool:
    """Before 1955-03-01 sums are old yuan (10,000 to the new one)."""
    return published is not None and (published.year, published.month or 12) < (1955, 3)


def _without(exclusions: list[Exclusion], taken: list[BodySpan]) -> list[Exclusion]:
    """The exclusions that meet none of the quantities."""
    starts = [span.start for span in taken]
    out = []
    for item in exclusions:
        i = bisect_left(starts, item.span.end) - 1
        if i < 0 or taken[i].end <= item.span.start:
            out.append(item)
    return out


def merge_blocked(text: str, stretches: Iterable[Blocked]) -> list[Blocked]:
    """Ascending and without overlap; set phrases and words that cut a numeral are dropped."""
    out: list[Blocked] = []
    for item in sorted(stretches, key=lambda b: (b.start, -b.end)):
        inside = bool(out) and out[-1].end == item.start  # 收拾 before 三轮车: no numeral goes on there
        if item.rule.startswith(("idiom", "numeral_word")) and not inside and _cuts_numeral(text, item):
            continue
        if out and item.start < out[-1].end:
            if item.end > out[-1].end:
                out[-1] = Blocked(out[-1].start, item.end, out[-1].rule)
            continue
        out.append(item)
    return out


def _cuts_numeral(text: str, item: Blocked) -> bool:
    """Whether the phrase begins inside a numeral (十一 in 二十一个) or one goes on behind it (食肆 in 粮食肆拾贰石)."""
    begins = item.start > 0 and text[item.start] in _NUMERAL and text[item.start - 1] in _NUMERAL
    ends = item.end < len(text) and text[item.end - 1] in _NUMERAL and text[item.end] in _PLACES
    point = text[item.end - 1] == "点" and text[item.end : item.end + 1] in _NUMERAL  # 有一点四名
    return begins or ends or (point and item.end < len(text))


def resolve_coreferences(
    mentions: Mentions, article_place: Place | None, published: Published | None
) -> list[tuple[BodySpan, Place]]:
    """全县, 我市, 该镇 as the article's place at that level, and later names of villages; those with a place only."""
    out = list(mentions.aliases)
    if article_place is None:
        return out
    for coreference in mentions.coreferences:
        place = lift(article_place, coreference.level, published)
        if place is not None:
            out.append((coreference.span, place))
    return sorted(out, key=lambda item: item[0])


def find_unplaced(mentions: Mentions, article_place: Place | None, published: Published | None) -> list[Place]:
    """该镇, 全县 and the like whose place nothing tells: nameless places, which rule no fact and are no words of it."""
    return [
        Place(c.span, c.text, None, None, c.text, "county", (), "coreference:unplaced")
        for c in mentions.coreferences
        if c.points and (article_place is None or lift(article_place, c.level, published) is None)
    ]


def settle_places(found: list[Mentions], dated: list[bool], published: Published | None) -> list[Place | None]:
    """Article places, those of a page's items that name none taken from the others.

    Where all other items are about one county or prefecture, that is the page's home: 我市, 全县 in an item without a
    place are the home at that level, and an item of the paper itself (本报讯), or one beside several others, is about
    the home.
    """
    known = [m.article_place for m in found]
    others = [place for place in known if place is not None]
    home = find_common(others)
    if home is not None and home.level in ("township", "village", "zone"):
        home = find_ancestor_at(home, "county") or home
    if home is None or home.level == "province":
        return known
    out: list[Place | None] = []
    for mentions, place, local in zip(found, known, dated, strict=True):
        if place is None and mentions.quantities:
            place = _home_of(mentions, home, local or len(others) > 1, published)
        out.append(place)
    return out


def _home_of(mentions: Mentions, home: Place, local: bool, published: Published | None) -> Place | None:
    named = any(place.adcode is not None for place in mentions.places)
    for coreference in mentions.coreferences:
        if coreference.level is not None:
            return lift(home, coreference.level, published)
    return home if local and not named else None
