"""Words that may be verb or noun (培训, 投资), or verb or preposition (为), decided by their neighbours."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from extractor.words import load_flagged


class Token(Protocol):
    text: str
    tag: str


_OPENS = frozenset("WDTCLHRZE")
_ORDINALS = frozenset("一二三四五六七八九十")  # 一是改造泵站
_OBJECT = frozenset(("N", "A", "X", "L", "Y", "G"))
_TAKES_OBJECT = frozenset(("增加", "减少", "提高", "扩大", "有", "占", "突破", "超过"))
_COMPOUND_TAILS = frozenset("额金费款点站所地区面率量期班社会房")
FIGURE_TAILS = (
    "率",
    "量",
    "额",
    "值",
    "数",
    "面积",
    "能力",
    "规模",
    "标准",
    "价格",
    "比例",
    "期限",
    "力度",
    "水平",
    "时间",
)


def decide_tag(words: Sequence[Token], i: int) -> str:
    """The class of word `i`, its own or what its neighbours make of it. Words before it are decided already."""
    word = words[i]
    before = words[i - 1].tag if i else "W"
    after = words[i + 1].tag if i + 1 < len(words) else "W"
    if word.tag == "M":
        return "A" if after in ("N", "A") else "M"
    if word.tag in ("V", "X") and after == "N":
        noun = words[i + 1].text
        planned = before == "V" and words[i - 1].text in load_flagged("aspectual") and noun in load_flagged("quota")
        sufferer = before == "V" and noun in load_flagged("sufferer")
        if planned or (sufferer and word.text in load_flagged("event")):
            return "A"  # 完成播种计划, 转移受灾群众
    if word.tag == "V":
        modifies = before in ("Q", "U", "A") and after == "N" and word.text in load_flagged("event")
        if modifies:
            return "A"  # 三名获救船员
        named = i + 1 < len(words) and after == "N" and words[i + 1].text.endswith(FIGURE_TAILS)
        return "A" if named and word.text in load_flagged("attributive") else "V"  # 播种面积
    if word.tag == "X":
        return _decide_verb_noun(words, i, before, after)
    if word.tag == "K":
        return _decide_link(words, i, after)
    return word.tag


def _decide_verb_noun(words: Sequence[Token], i: int, before: str, after: str) -> str:
    text = words[i].text
    following = words[i + 1].text if i + 1 < len(words) else ""
    if text in load_flagged("modal") and after in ("V", "X"):
        return "D"  # 计划扩种
    if after == "Z" or (before == "D" and after == "Q"):
        return "V"
    if following.endswith(FIGURE_TAILS):
        return "N"  # 种植面积, 加工能力
    if before == "V" and words[i - 1].text in load_flagged("aspectual") and after in ("N", "A"):
        return "V"  # 完成修建粮仓
    if after == "W" and before == "N" and _is_served(words, i):
        return "V"  # 为2000名矿工演出
    behind = words[i + 2].tag if i + 2 < len(words) else "W"
    if after == "P" and before == "D":
        return "V"  # 全部承包到人
    paid = getattr(getattr(words[i - 1], "item", None), "kind", None) == "money" if before == "Q" else False
    if paid and after == "N" and text in load_flagged("transitive") and following not in load_flagged("institution"):
        return "V" if _meets_quantity(words, i + 1) else "N"  # 投资86万元改造门店43处
    if after == "Q" and behind in ("N", "A") and text not in load_flagged("figure"):
        return "V"  # 筹划建设4座码头
    opens = before in _OPENS or (before == "Y" and i > 1 and words[i - 2].tag in "WC")
    opens = opens or (before == "K" and i > 1 and words[i - 1].text == "是" and words[i - 2].text in _ORDINALS)
    if opens and after in _OBJECT:
        return "V"
    takes_object = before == "N" and after in ("N", "A") and text in load_flagged("transitive")
    if takes_object and behind in ("Q", "N", "A", "H", "E") and _meets_quantity(words, i + 1):
        compound = following[-1] in _COMPOUND_TAILS or following in load_flagged("institution")
        return "N" if compound else "V"  # 技术推广资金, 养老服务中心, 农户种植小麦
    return "N"


def _is_served(words: Sequence[Token], i: int) -> bool:
    """Whether the clause up to here is only for whom something is done: 为, 给 and a count of people."""
    for at in range(i - 1, 0, -1):
        if words[at].tag in ("V", "K", "X", "W"):
            return False
        if words[at].tag == "Q":
            return words[at - 1].text in ("为", "给", "向")
    return False


def _decide_link(words: Sequence[Token], i: int, after: str) -> str:
    word = words[i]
    if word.text in load_flagged("nominal") and after not in ("Q", "D"):
        return "N"  # 经济价值
    if word.text == "为":
        if after not in ("Q", "D"):
            return "P"
        tags = [w.tag for w in words[i + 2 : i + 4]]
        return "P" if after == "Q" and tags[:1] == ["N"] and tags[1:] in (["V"], ["X"]) else "K"  # 为104个村栽植
    return "V" if after in ("N", "X", "A") and word.text in _TAKES_OBJECT else "K"


def _meets_quantity(words: Sequence[Token], at: int) -> bool:
    for word in words[at : at + 6]:
        if word.tag == "Q":
            return True
        if word.tag == "W":
            return False
    return False
