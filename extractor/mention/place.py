"""Finds place names in an unwrapped text: 安吉县天荒坪镇, 山西太原小店区, 景宁."""

from __future__ import annotations

import re
from dataclasses import dataclass

from extractor.gazetteer.table import Gazetteer, load_gazetteer
from extractor.mention.place_border import cuts_word
from extractor.mention.place_evidence import find_supported, find_township_stems
from extractor.mention.place_form import Hit, find_hits
from extractor.mention.place_guard import has_left_edge, is_other_name, is_person, is_swallowed
from extractor.mention.place_relation import is_below_prefecture, is_inside
from extractor.text import BodySpan

# A functional zone named after the division before it: 潍坊高新区, 微山县经济开发区.
ZONE_TAIL = re.compile(
    r"(?:(?:国家级|省级)?(?:经济技术|高新技术产业|高新技术|经济|综合保税|工业|旅游|农业高新技术产业|临港经济|循环经济)(?:开发区|示范区|园区|试验区)|"
    r"高新区|经开区|经济区(?!域)|保税区|综保区|开发区)"
)
NEW_AREA = re.compile(r"新区(?!别|域|划|块|间)")
# Words that begin with the last character of a full name: 县城, 市长, 省长, 区别 need no care, but these do.
BROKEN_END = {
    "区": re.compile(r"[别域间分]"),
    "市": re.compile(r"[民场]"),
    "省": re.compile(r"[钱力]"),
    "镇": re.compile(r"[化压静定]"),
    "乡": re.compile(r"[亲愁土村音]"),
    "旗": re.compile(r"[帜]"),
}
DEEPEST = 5  # 省, 地区, 市, 县, 镇
OLD_PREFECTURE = re.compile(r"[\u4e00-\u9fff]{2,3}专区")
PREFECTURE_MOST = 5
# Townships spoken of in general: 镇街党委, 乡村干部.
MIXED_TOWN = re.compile(r"街|村(?![民委])|企业|两级|级(?!市)")


@dataclass(frozen=True, slots=True)
class PlaceName:
    """A mention not yet resolved. `parts` run from large to small; a zone formed from a division's name has kind Z and
    a surface that the gazetteer may not know."""

    span: BodySpan
    text: str
    parts: tuple[Hit, ...]


def find_places(text: str) -> list[PlaceName]:
    """Place names in order, none overlapping, adjacent ones from large to small as one."""
    gazetteer = load_gazetteer()
    hits = find_hits(text)
    strong, doubtful = _select_strong(text, hits)
    weak = [hit for hit in hits if hit.kind in "WDPE"] + [hit._replace(kind="D") for hit in doubtful]
    chosen = find_supported(text, sorted(weak, key=lambda hit: (hit.start, -hit.end)), strong, gazetteer)
    chosen = find_township_stems(text, chosen, gazetteer)
    chosen = [_extend_zone(text, hit, chosen) for hit in chosen]
    return _join(text, chosen, gazetteer)


def _select_strong(text: str, hits: list[Hit]) -> tuple[list[Hit], list[Hit]]:
    """Leftmost longest among the names that need no evidence, and those of them that cut a word."""
    chosen: list[Hit] = []
    doubtful: list[Hit] = []
    end = 0
    for i, hit in enumerate(hits):
        if hit.start < end or hit.kind in "WDP":
            continue
        adjoins = bool(chosen) and chosen[-1].end == hit.start
        if not _stands(text, hit, adjoins) or (hit.kind in "SC" and _cuts_full_name(hits, i)):
            continue
        if not adjoins and _needs_border(text, hit) and cuts_word(text, hit.start, hit.end, left_only=hit.kind == "F"):
            doubtful.append(hit)
            continue
        chosen.append(hit)
        end = hit.end
    return chosen, doubtful


def _stands(text: str, hit: Hit, adjoins: bool) -> bool:
    if hit.kind in "SCEF" and is_swallowed(text, hit.start, hit.end):
        return False
    if hit.kind in "SC":
        return not is_other_name(text, hit.end) and not is_person(text, hit.start, hit.end)
    if hit.kind == "Z":
        return True
    tail = BROKEN_END.get(hit.surface[-1])
    if tail is not None and tail.match(text, hit.end) and not _closes(text, hit):
        return False
    if hit.kind == "F":
        return True
    if not adjoins and MIXED_TOWN.match(text, hit.end):
        return False
    return adjoins or has_left_edge(text, hit.start)


def _needs_border(text: str, hit: Hit) -> bool:
    return hit.kind in "SC" or (hit.kind == "F" and len(hit.surface) == 3)


def _closes(text: str, hit: Hit) -> bool:
    """区分局, 市场监管局, 乡土 behind a name that is clearly one: an office follows."""
    return re.match(r"场监|民政|民宗|分局|域内", text[hit.end : hit.end + 2]) is not None


def _cuts_full_name(hits: list[Hit], i: int) -> bool:
    """True where a short name runs into a full name that begins inside it and no other name begins at its end."""
    hit = hits[i]
    inside = None
    for other in hits[i + 1 : i + 12]:
        if other.start > hit.end:
            break
        if (
            hit.start < other.start < hit.end < other.end
            and other.kind == "F"
            and len(other.surface) > len(hit.surface)
        ):
            inside = other
        elif inside is not None and other.start == hit.end and other.end >= inside.end:
            return False
    return inside is not None


def _extend_zone(text: str, hit: Hit, chosen: list[Hit]) -> Hit:
    if hit.kind in "ZTU":
        return hit
    match = ZONE_TAIL.match(text, hit.end)
    if match is None and hit.kind not in "FEP":
        match = NEW_AREA.match(text, hit.end)
    if match is None or any(hit.end <= other.start < match.end() for other in chosen):
        return hit
    return Hit(hit.start, match.end(), text[hit.start : match.end()], "Z")


def _join(text: str, chosen: list[Hit], gazetteer: Gazetteer) -> list[PlaceName]:
    names: list[PlaceName] = []
    group: list[Hit] = []
    for hit in chosen:
        if group and (group[-1].end == hit.start or _bridges(text, group[-1], hit, gazetteer)):
            inside = is_inside(hit, group[-1], gazetteer) or is_below_prefecture(hit, group[-1], gazetteer)
            if hit.surface != group[-1].surface and len(group) < DEEPEST and inside:
                group.append(hit)
                continue
            if hit.kind in "TU" and group[-1].kind not in "TU":
                continue  # a township of that division which the tables no longer list
        if group:
            names.append(_to_name(text, group))
        group = [hit]
    if group:
        names.append(_to_name(text, group))
    return names


def _bridges(text: str, large: Hit, small: Hit, gazetteer: Gazetteer) -> bool:
    """A county behind its province and a prefecture that the tables do not list (甘肃省张掖专区民乐县)."""
    between = text[large.end : small.start] if small.start - large.end <= PREFECTURE_MOST else ""
    return OLD_PREFECTURE.fullmatch(between) is not None and is_inside(small, large, gazetteer)


def _to_name(text: str, group: list[Hit]) -> PlaceName:
    start, end = group[0].start, group[-1].end
    return PlaceName(BodySpan(start, end), text[start:end], tuple(group))
