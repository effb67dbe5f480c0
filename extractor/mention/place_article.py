"""The place an article is about: kicker and headline, then the lead and the weight of mentions, then the dateline."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractor.gazetteer import RANK, find_common, is_within
from extractor.mention.coreference import lift
from extractor.mention.place_voice import fit_to_voice
from extractor.model import Place
from extractor.text import BodySpan

# Share of the weighed mentions that the article's place must hold: the narrower claim needs more. The lead weighs more.
SHARE, PROVINCE_SHARE = 0.65, 0.6
LEAD_WEIGHT = 3.0
# A place that things only go to or come from (抵达无锡火车站, 从常州到江阴的公路) is hardly what the article is about.
WAYPOINT_WEIGHT = 0.3
WAYPOINT_BEFORE = re.compile(r"(?:抵达|运抵|飞往|开往|发往|运往|驶往|飞抵|途经|路经|[至从赴])$")
WAYPOINT_AFTER = re.compile(r"[至到]|开往|方向|之间|火车站|机场|高速|铁路|口岸|籍")
VOICE = re.compile(r"(?:(?<=[，。；：、\n在年来月日从讯电）])|^)[全我本]([省市县区])(?![场民长级别域最第平排各])")
VOICE_LEVEL = {"省": "province", "市": "city", "县": "county", "区": "district"}
SENTENCE_END = re.compile(r"[。！？\n]")
LEAD_MIN = 12  # a shorter first "sentence" is a dateline or a heading
# Where reports are filed from, not what they are about.
CAPITAL = "北京市"


def choose_article_place(
    text: str, places: list[Place], head: Sequence[BodySpan], dateline: BodySpan | None, home: Place | None
) -> Place | None:
    return fit_to_voice(text, _choose(text, places, head, dateline, home), places, home)


def _choose(
    text: str, places: list[Place], head: Sequence[BodySpan], dateline: BodySpan | None, home: Place | None
) -> Place | None:
    in_head = [p for p in places if any(h.start <= p.span.start < h.end for h in head)]
    filed = [p for p in places if dateline is not None and dateline.start <= p.span.start < dateline.end]
    body = [p for p in places if p not in in_head and p not in filed]
    if in_head:
        chosen = _from_head(in_head, filed, body, home)
        return chosen
    known = [p for p in body if p.path]
    if known:
        return _from_body(text, known, head, dateline)
    if filed and filed[-1].name != CAPITAL:
        return filed[-1]
    if body:
        return None
    return home if home is not None and _speaks_of_home(text, home) else None


def _from_head(in_head: list[Place], filed: list[Place], body: list[Place], home: Place | None) -> Place | None:
    """One chain from large to small gives its smallest; several places their common holder, else the one that the
    dateline, the body or the newspaper speaks of."""
    smallest = _narrowest(in_head)
    if smallest is not None:
        return smallest
    common = find_common(in_head)
    if common is not None:
        return common
    for guide in (*(p for p in filed if p.name != CAPITAL), *((home,) if home is not None else ())):
        own = [p for p in in_head if is_within(p, guide) or is_within(guide, p)]
        if own:
            return _narrowest(own) or find_common(own)
    first = in_head[0]
    share = sum(is_within(p, first) for p in body)
    return first if body and share / len(body) >= SHARE else None


def _narrowest(places: list[Place]) -> Place | None:
    """The smallest where all the others hold it."""
    smallest = max(places, key=lambda p: (RANK[p.level], len(p.path)))
    return smallest if all(is_within(smallest, p) for p in places) else None


def _from_body(text: str, places: list[Place], head: Sequence[BodySpan], dateline: BodySpan | None) -> Place | None:
    start = max([0, *(h.end for h in head), *((dateline.end,) if dateline is not None else ())])
    lead_end = len(text)
    for match in SENTENCE_END.finditer(text, start):
        if match.start() - start >= LEAD_MIN:
            lead_end = match.start()
            break
    lead = [p for p in places if start <= p.span.start < lead_end]
    weights = [_weight(text, p) * (LEAD_WEIGHT if start <= p.span.start < lead_end else 1.0) for p in places]
    total = sum(weights)
    candidates: dict[tuple[str, ...], Place] = {}
    for place in places:
        candidates.setdefault(place.path, place)
    for one in list(candidates.values()):
        for other in list(candidates.values())[:50]:
            common = find_common([one, other])
            if common is not None:
                candidates.setdefault(common.path, common)
        if len(candidates) > 60:
            break
    best: Place | None = None
    for candidate in candidates.values():
        share = sum(w for p, w in zip(places, weights, strict=True) if is_within(p, candidate)) / total
        enough = PROVINCE_SHARE if candidate.level == "province" else SHARE
        if share >= enough and (best is None or RANK[candidate.level] > RANK[best.level]):
            best = candidate
    if best is None and len(lead) == 1 and len(places) <= 3:
        return lead[0]
    voice = None if lead else VOICE.search(text, start, lead_end)
    if best is not None and voice is not None:
        # A lead that says 全省 and names no place: places named later are its examples.
        return lift(best, VOICE_LEVEL[voice[1]]) or best
    return best


def _weight(text: str, place: Place) -> float:
    before = text[max(0, place.span.start - 2) : place.span.start]
    if WAYPOINT_BEFORE.search(before) or WAYPOINT_AFTER.match(text, place.span.end):
        return WAYPOINT_WEIGHT
    return 1.0


def _speaks_of_home(text: str, home: Place) -> bool:
    """全市 in a city's newspaper, 我县 in a county's."""
    word = "地区" if home.name.endswith("地区") else home.name[-1]
    return re.search(f"[我全本]{word}", text) is not None
