"""Resolves place names by date, path and context."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from extractor.gazetteer import Gazetteer, load_gazetteer
from extractor.lexicon.table import active_overlay, per_overlay, read_table
from extractor.mention.place import PlaceName
from extractor.mention.place_article import choose_article_place
from extractor.mention.place_context import Surroundings
from extractor.mention.place_form import TOWNSHIP, Hit
from extractor.mention.place_reading import TOWNSHIP_FROM, Moment, Reading, find_readings
from extractor.mention.place_relation import identities_of, parents_of
from extractor.model import Place, Published
from extractor.text import BodySpan

# What a name in headline, kicker or dateline tells against one in the body, and the newspaper's home.
HEAD_WEIGHT, HOME_WEIGHT = 3.0, 3.0
# What follows a name that is also a word in the title of a local newspaper.
PAPER_REST = frozenset({"报", "日报", "小报", "农民", "农民报", "人民报"})


@dataclass(frozen=True, slots=True)
class PlaceContext:
    """What is known beside the text. `head`: title and kicker in the text; `page_places`: article places found before
    on the same page."""

    published: Published | None = None
    head: tuple[BodySpan, ...] = ()
    dateline: BodySpan | None = None
    newspaper: str | None = None
    page_places: tuple[Place, ...] = ()


def resolve_places(text: str, names: Sequence[PlaceName], context: PlaceContext) -> list[Place]:
    """One place a name, in order. A name that nothing decides has no adcode; a township named with a word (联合镇) is
    dropped then."""
    gazetteer = load_gazetteer()
    moment = Moment.of(context.published)
    known: dict[tuple[tuple[str, str], ...], list[Reading]] = {}
    options = []
    for name in names:
        key = tuple((part.surface, part.kind) for part in name.parts)
        if key not in known:
            known[key] = _readings_in_path(name, moment, gazetteer)
        options.append(known[key])
    around = _outer_places(text, context, moment, gazetteer)
    chosen: list[Reading | None] = [None] * len(names)
    reasons = ["unresolved"] * len(names)
    for i, name in enumerate(names):
        if len(options[i]) == 1 and not (name.parts[-1].kind in TOWNSHIP and len(name.parts) == 1):
            chosen[i], reasons[i] = options[i][0], "path" if len(name.parts) > 1 else "unique"
            around.add(options[i][0].division.identity, name.span, _weight(name.span, context))
        elif name.parts[-1].kind == "Z":
            holder = _zone_holder(name, moment, gazetteer)
            if holder is not None:
                around.add(holder.division.identity, name.span, _weight(name.span, context))
    for _ in range(2):  # what the first pass decides helps the second
        for i, name in enumerate(names):
            if chosen[i] is not None or not options[i]:
                continue
            reading = around.choose(options[i], name.span)
            if reading is None and len(options[i]) == 1 and not around:
                reading = options[i][0]  # a township with no namesake, and nothing in the text speaks against it
            if reading is not None:
                chosen[i], reasons[i] = reading, "context"
                around.add(reading.division.identity, name.span, _weight(name.span, context))
    _prefer_sisters(text, names, chosen, moment, gazetteer)
    return [
        _to_place(name, chosen[i], reasons[i], moment, gazetteer)
        for i, name in enumerate(names)
        if chosen[i] is not None or name.parts[-1].kind != "U"
    ]


def resolve_article_place(text: str, places: Sequence[Place], context: PlaceContext) -> Place | None:
    """The smallest unit that covers what the article is about, None for the whole country or where nothing tells."""
    home = _newspaper_home(context, Moment.of(context.published))
    home_place = None
    if home is not None:
        name = PlaceName(BodySpan(0, 0), home.division.name, ())
        home_place = _to_place(name, home, "newspaper", Moment.of(context.published), load_gazetteer())
    return choose_article_place(text, list(places), context.head, context.dateline, home_place)


def _readings_in_path(name: PlaceName, moment: Moment, gazetteer: Gazetteer) -> list[Reading]:
    """Readings of the smallest part that lie in readings of the larger ones."""
    last = name.parts[-1]
    readings = find_readings(last, moment, gazetteer)
    if len(name.parts) == 1:
        return readings
    if last.kind not in "FEPTUtZ":
        # A short name behind its holder may be of any level: 辽宁朝阳 but 北京朝阳.
        full = [
            Reading(r.division) for form in _spelled(last, gazetteer) for r in find_readings(form, moment, gazetteer)
        ]
        readings = readings + [r for r in full if r.key not in {known.key for known in readings}]
    if last.kind in TOWNSHIP and (moment.earliest or moment.year < TOWNSHIP_FROM):
        county = PlaceName(name.span, name.text, name.parts[:-1])
        return _readings_in_path(county, moment, gazetteer)
    for part in name.parts[:-1]:
        holders = identities_of(part, gazetteer)
        inside = [
            r
            for r in readings
            if not holders.isdisjoint(
                {r.division.identity, *gazetteer.ancestors(r.division.identity)}
                if r.township is not None
                else gazetteer.ancestors(r.division.identity)
            )
        ]
        readings = inside or readings
    if last.kind not in "FEPTUtZ" and len(readings) > 1:
        ranks = [("province", "prefecture", "county").index(r.division.level) for r in readings]
        readings = [r for r, rank in zip(readings, ranks, strict=True) if rank == min(ranks)]
    return readings


def _prefer_sisters(
    text: str, names: Sequence[PlaceName], chosen: list[Reading | None], moment: Moment, gazetteer: Gazetteer
) -> None:
    """In a list of counties a short name means the county of their parent: 海淀、朝阳、丰台."""
    for i, name in enumerate(names):
        here = chosen[i]
        if here is None or here.division.level == "county" or len(name.parts) > 1 or name.parts[0].kind in "FEPZTU":
            continue
        for j in (i - 1, i + 1):
            other = chosen[j] if 0 <= j < len(names) else None
            if other is None or other.division.level != "county" or other.township is not None:
                continue
            first, second = sorted((name.span, names[j].span))
            if text[first.end : second.start] != "、":
                continue
            parents = parents_of((other.division.identity,), gazetteer)
            for reading in find_readings(name.parts[0], moment, gazetteer, narrow=True):
                if reading.division.level == "county" and parents & parents_of((reading.division.identity,), gazetteer):
                    chosen[i] = reading


def _spelled(hit: Hit, gazetteer: Gazetteer) -> list[Hit]:
    ends = ("市", "县", "区", "地区", "旗")
    return [
        Hit(hit.start, hit.end, hit.surface + end, "F") for end in ends if gazetteer.form(hit.surface + end) is not None
    ]


def _outer_places(text: str, context: PlaceContext, moment: Moment, gazetteer: Gazetteer) -> Surroundings:
    around = Surroundings(text)
    home = _newspaper_home(context, moment)
    if home is not None:
        around.add(home.division.identity, None, HOME_WEIGHT)
    for place in context.page_places:
        identity = gazetteer.identity_of.get(place.place_id or "")
        if identity is not None:
            around.add(identity, None, 1.0)
    return around


def _newspaper_home(context: PlaceContext, moment: Moment) -> Reading | None:
    return _find_home(context.newspaper, moment) if context.newspaper else None


@per_overlay(1024)
def _find_home(newspaper: str, moment: Moment) -> Reading | None:
    """The division a newspaper is named after (济宁日报), or the table's for papers with other names."""
    gazetteer = load_gazetteer()
    homes = {row["newspaper"]: row["home"] for row in read_table("place_newspaper.tsv", active_overlay())}
    title = homes.get(newspaper, newspaper)
    for length in range(min(len(title), 6), 1, -1):
        form = gazetteer.form(title[:length])
        if form is not None and (form.kind in "FESC" or title[length:] in PAPER_REST):
            readings = find_readings(Hit(0, length, title[:length], form.kind), moment, gazetteer)
            return readings[0] if len(readings) == 1 else None
    return None


def _zone_holder(name: PlaceName, moment: Moment, gazetteer: Gazetteer) -> Reading | None:
    zone = gazetteer.zones.get(name.parts[-1].surface)
    if zone is not None:
        parent = gazetteer.by_code(zone.parent, moment.year)
        return Reading(parent) if parent is not None else None
    surface = name.parts[-1].surface
    for length in range(len(surface) - 1, 1, -1):
        form = gazetteer.form(surface[:length])
        if form is not None:
            readings = find_readings(Hit(0, length, surface[:length], form.kind), moment, gazetteer)
            return readings[0] if len(readings) == 1 else None
    return None


def _weight(span: BodySpan, context: PlaceContext) -> float:
    important = (*context.head, *((context.dateline,) if context.dateline is not None else ()))
    return HEAD_WEIGHT if any(part.start <= span.start < part.end for part in important) else 1.0


def _to_place(name: PlaceName, reading: Reading | None, reason: str, moment: Moment, gazetteer: Gazetteer) -> Place:
    last = name.parts[-1] if name.parts else None
    if reading is None:
        level = _level_of(last) if last is not None else "county"
        path: tuple[str, ...] = ()
        place_id = None
        if last is not None and last.kind == "Z":
            holder = _zone_holder(name, moment, gazetteer)
            if holder is not None:
                path = (*(d.name for d in gazetteer.path(holder.division, moment.year)), last.surface)
                place_id = f"{gazetteer.place_id(holder.division.identity)}/{last.surface}"
            reason = "zone"
        printed = last.surface if last is not None and last.kind in "Zt" else name.text
        return Place(name.span, name.text, None, place_id, printed, level, path, reason)
    names = tuple(d.name for d in gazetteer.path(reading.division, moment.year))
    if reading.township is not None:
        township = reading.township
        return Place(
            name.span,
            name.text,
            township.adcode,
            township.adcode,
            township.name,
            "township",
            (*names, township.name),
            reason,
        )
    division = reading.division
    return Place(
        name.span, name.text, division.adcode or None, gazetteer.place_id(division.identity), division.name,
        division.level, names, reason,
    )  # fmt: skip


def _level_of(hit: Hit) -> str:
    if hit.kind == "Z":
        return "zone"
    if hit.kind in TOWNSHIP:
        return "township"
    if hit.surface.endswith(("省", "自治区")):
        return "province"
    return "prefecture" if hit.surface.endswith(("地区", "盟", "州", "专区")) else "county"
