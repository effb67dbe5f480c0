"""Judges whether what stands before 村, 大队, 社区 can be a village's name: 柳塘, 太平, but not 贫困, 驻, 各."""

from __future__ import annotations

from dataclasses import dataclass

import regex

from extractor.lexicon.table import active_overlay, per_overlay, read_table
from extractor.words import load_tagger

# Tags of dictionary words that are names already.
PROPER = frozenset({"nr", "ns", "nrt", "nz"})
# A dictionary word with one of these may name a village where the division stands before it.
LAND = frozenset(
    "山河水石沟湾坪坝塘岭岗坡峪泉井桥湖江溪池潭洞岩崖川原园树竹松柏桃李杏梅莲荷龙凤马牛羊虎鹤庙寺塔楼台堡城门关头家店铺营集渡港浦墩洲岛沙岸"
)
# Type words that no common noun takes: a word before them is a name.
COLLECTIVE = frozenset({"大队", "生产大队", "公社"})
NUMERAL = regex.compile(r"[〇零一二两三四五六七八九十百千万亿几数]+[余多来]?(?:[个名座处人亩项次类批]\p{Han}*)?")


@dataclass(frozen=True, slots=True)
class Words:
    common: frozenset[str]
    names: frozenset[str]
    openers: tuple[str, ...]  # the longest first
    ends: tuple[str, ...]
    inside: frozenset[str]
    prepositions: frozenset[str]  # openers of one character: no name holds them as a word
    verbs: frozenset[str]  # of one character, that end a slogan


@per_overlay()
def load_words() -> Words:
    """The rows of place_village_word.tsv by rule, and the verbs of place_village_slogan.tsv."""
    by_rule: dict[str, list[str]] = {rule: [] for rule in ("common", "name", "opener", "end", "inside")}
    for row in read_table("place_village_word.tsv", active_overlay()):
        by_rule[row["rule"]].append(row["word"])
    openers = sorted(by_rule["opener"], key=len, reverse=True)
    return Words(
        frozenset(by_rule["common"] + by_rule["end"]),
        frozenset(by_rule["name"]),
        tuple(openers),
        tuple(by_rule["end"] + [word for word in by_rule["common"] if len(word) > 1]),
        frozenset(by_rule["inside"]),
        frozenset(word for word in openers if len(word) == 1),
        frozenset(row["verb"] for row in read_table("place_village_slogan.tsv", active_overlay())),
    )


@per_overlay(8192)
def is_village_name(name: str, tail: str, *, held: bool) -> bool:
    """`held`: the division, or a sister village, stands directly before the name; alone a name must be no word."""
    words = load_words()
    if name in words.names:
        return held or tail in COLLECTIVE
    if not name or name in words.common or NUMERAL.fullmatch(name):
        return False
    if name.endswith(words.ends) or not words.inside.isdisjoint(name) or name in words.openers:
        return False
    if len(name) == 1:
        return held and tail == "村" and name not in words.prepositions
    if tail == "村" and _is_slogan(name):
        return False
    return _reads_as_name(name, tail, held)


def _is_slogan(name: str) -> bool:
    """A noun or a verb and a verb whose object 村 is: 文化育, 做大做强, but not 李家兴."""
    words = load_words()
    if len(name) < 3 or name[-1] not in words.verbs:
        return False
    *before, last = load_tagger()(name)
    if len(last[0]) > 1 or sum(c in words.verbs for c in name) > 1:
        return len(last[0]) == 1
    return any(len(word) > 1 and tag[:2] not in ("nr", "ns", "nz") and word not in words.names for word, tag in before)


def _reads_as_name(name: str, tail: str, held: bool) -> bool:
    """By the dictionary: a word that is a proper name, or no word at all."""
    words = load_words()
    whole = load_tagger()(name + tail)
    if len(whole) == 1:
        return whole[0][1] in PROPER
    last, tag = whole[-1]
    if not held and len(name) == 2 and len(last) > len(tail) and tag not in PROPER:
        return False  # 小 + 山村
    cut = load_tagger()(name)
    if any(word in words.prepositions for word, _ in cut):
        return False
    long = [(word, tag) for word, tag in cut if len(word) > 1 and word not in words.names]
    if any(tag[0] in "vdrmpct" for _, tag in long):
        return False
    if len(cut) == 1:
        return cut[0][1] in PROPER or (held and not LAND.isdisjoint(name))
    return len(long) < 2 or all(tag in PROPER for _, tag in long)
