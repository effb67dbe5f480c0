"""Evidence that a name which is also a word, or generic, is a place here."""

from __future__ import annotations

import re
from bisect import bisect_right, insort

from extractor.gazetteer.table import Gazetteer
from extractor.mention.place_border import cuts_word
from extractor.mention.place_form import Hit, kind_of
from extractor.mention.place_guard import has_clean_edges, has_left_edge, is_other_name, is_person, is_swallowed
from extractor.mention.place_relation import are_sisters, identities_of, is_inside

BEFORE_DATELINE = re.compile(r"(?:本报|本刊|本台|新华社|本社|中新社|^|\n|（)\s?$")
AFTER_DATELINE = re.compile(
    r"(?:讯|消息|电(?=[\s　（]|$)|(?:[\d一二三四五六七八九十]{1,3}月)?[\d一二三四五六七八九十]{1,3}日(?:讯|电))"
)
GOING = re.compile(r"(?:在|到|赴|往|抵|至|从|来自|位于|前往|地处|途经|进驻|抵达|返回|深入)$")
FROM = re.compile(r"(?:来自|位于|地处|坐落在|坐落于|家住|祖籍|原籍)$")
VISITING = re.compile(
    r"(?:考察|调研|视察|检查|召开|举行|举办|参观|学习|打工|务工|创业|投资|慰问|看望|督导|采访|出差|开幕|闭幕|启动|落户|签约|任职|挂职|工作(?=[，。、期时]))|[，。；、）]"
)
# How far back a generic name may look for the division that holds it, within a sentence.
PATH_REACH = 60
STEM_MAX = 4


def find_supported(text: str, waiting: list[Hit], strong: list[Hit], gazetteer: Gazetteer) -> list[Hit]:
    """The strong names and those of the waiting ones that something supports, in order."""
    if not waiting:
        return strong
    chosen = list(strong)
    full = {identity for hit in strong if hit.kind == "F" for identity in identities_of(hit, gazetteer)}
    _add_sisters(text, waiting, chosen, gazetteer)
    for _ in range(3):  # a name found gives evidence to its neighbours
        left: list[Hit] = []
        found = False
        for hit in waiting:
            before, after = _neighbours(chosen, hit)
            if (before and before.end > hit.start) or (after and after.start < hit.end):
                continue
            if _is_supported(text, hit, before, after, full, gazetteer):
                insort(chosen, hit)
                found = True
            else:
                left.append(hit)
        waiting = left
        if not found or not waiting:
            break
    return chosen


def _add_sisters(text: str, waiting: list[Hit], chosen: list[Hit], gazetteer: Gazetteer) -> None:
    """Names that are words, in a list, of one parent, support each other: 海淀、朝阳、丰台三区."""
    starts = {hit.start: hit for hit in waiting if hit.kind in "WD"}
    sisters: set[Hit] = set()
    for hit in starts.values():
        other = starts.get(hit.end + 1) if hit.end < len(text) and text[hit.end] == "、" else None
        if other is not None and are_sisters(hit, other, gazetteer):
            sisters |= {hit, other}
    for hit in sorted(sisters):
        before, after = _neighbours(chosen, hit)
        if not ((before and before.end > hit.start) or (after and after.start < hit.end)):
            insort(chosen, hit)


def _neighbours(chosen: list[Hit], hit: Hit) -> tuple[Hit | None, Hit | None]:
    at = bisect_right(chosen, hit)
    return chosen[at - 1] if at else None, chosen[at] if at < len(chosen) else None


def _is_supported(
    text: str, hit: Hit, before: Hit | None, after: Hit | None, full: set[int], gazetteer: Gazetteer
) -> bool:
    if is_swallowed(text, hit.start, hit.end) or is_person(text, hit.start, hit.end):
        return False
    if text.startswith("专区", hit.end):
        return False  # a prefecture that the tables do not list
    if before is not None and before.end == hit.start and is_inside(hit, before, gazetteer):
        return hit.kind != "D" or not is_other_name(text, hit.end)
    if hit.kind in "PE":
        return hit.kind == "P" and has_left_edge(text, hit.start) and _has_path(text, hit, before, gazetteer)
    if is_other_name(text, hit.end):
        return False
    if after is not None and after.start == hit.end and is_inside(after, hit, gazetteer):
        return True
    if BEFORE_DATELINE.search(text[max(0, hit.start - 4) : hit.start]) and AFTER_DATELINE.match(text, hit.end):
        return True
    if _is_listed(text, hit, before, after):
        return True
    if hit.kind == "W" and before is not None and text[before.end : hit.start] == "、":
        return are_sisters(hit, before, gazetteer) and not cuts_word(text, hit.start, hit.end)
    if hit.kind == "D":
        return False
    if not full.isdisjoint(identities_of(hit, gazetteer)) and not cuts_word(text, hit.start, hit.end):
        return True
    if FROM.search(text[max(0, hit.start - 3) : hit.start]) and not cuts_word(text, hit.start, hit.end):
        return True
    return bool(GOING.search(text[max(0, hit.start - 2) : hit.start])) and VISITING.match(text, hit.end) is not None


def _has_path(text: str, hit: Hit, before: Hit | None, gazetteer: Gazetteer) -> bool:
    """A division that holds the generic name, or a sister of it, was named in this sentence."""
    if before is None or hit.start - before.end > PATH_REACH or "。" in text[before.end : hit.start]:
        return False
    return is_inside(hit, before, gazetteer) or (len(before.surface) >= 2 and are_sisters(hit, before, gazetteer))


def _is_listed(text: str, hit: Hit, before: Hit | None, after: Hit | None) -> bool:
    """One of several places joined by 、."""
    if before is not None and before.end == hit.start - 1 and text[before.end] == "、":
        return (
            hit.end == len(text)
            or not re.match(r"[\u3400-\u9fff]", text[hit.end])
            or text[hit.end] in "和与及等两三四五"
        )
    if after is not None and hit.end == after.start - 1 and text[hit.end] == "、":
        return has_left_edge(text, hit.start)
    return False


def find_township_stems(text: str, chosen: list[Hit], gazetteer: Gazetteer) -> list[Hit]:
    """Adds short names of townships whose full form stands in the text, where no character touches them
    (芦溪：3处 after 芦溪镇); three characters and more stand anywhere."""
    stems = {}
    for hit in chosen:
        if hit.kind in "TU":
            stem = re.sub(r"(?:街道|镇|乡|苏木)$", "", hit.surface)
            if 2 <= len(stem) <= STEM_MAX and kind_of(stem) is None:
                stems[stem] = hit.surface
    if not stems:
        return chosen
    added = list(chosen)
    for match in re.finditer("|".join(sorted(map(re.escape, stems), key=len, reverse=True)), text):
        hit = Hit(match.start(), match.end(), stems[match.group()], "t")
        before, after = _neighbours(added, hit)
        if (before and before.end > hit.start) or (after and after.start < hit.end):
            continue
        if has_clean_edges(text, hit.start, hit.end) or (len(match.group()) >= 3 and not is_other_name(text, hit.end)):
            insort(added, hit)
    return added
