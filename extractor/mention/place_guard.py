"""What stands around a place name and makes it part of another word, name or person."""

from __future__ import annotations

import re

from extractor.lexicon.table import active_overlay, per_overlay, read_table

# Widest stretch behind a name that a tail pattern may look at.
REACH = 24
HAN = re.compile(r"[\u3400-\u9fff]")
# Words after which a name may begin though a Chinese character stands before it.
OPENERS = frozenset("在到赴从向于对与和及或由被给让将把的了往至近等该如省市州区县盟旗是为有自跟同以离经驻距邻援比")
# Surnames that are no function words and seldom end a word.
SURNAMES = frozenset(
    "王李张刘陈杨赵吴周徐孙朱胡郭何罗郑梁谢宋唐许韩冯邓曹彭曾肖蔡潘袁董余苏叶吕魏蒋杜丁沈姜范傅钟卢汪戴崔陆廖姚邹熊郝孔邵侯孟薛尹阎段雷黎贺顾龚"
)
TITLE = re.compile(
    r"(?:书记|县长|市长|镇长|乡长|村长|省长|局长|主任|校长|厂长|队长|社长|组长|站长|会长|经理|同志|记者|通讯员|村民|农民|党员|干部|教师|老师|医生|"
    r"居民|工人|职工|社员|群众|学生|司机|民警|战士|代表|委员|叫|名叫|户主|作者|摄影|[员师长])$"
)


@per_overlay()
def _guards() -> dict[str, tuple[re.Pattern[str] | None, re.Pattern[str] | None]]:
    guards = {}
    for row in read_table("place_guard.tsv", active_overlay()):
        before = re.compile(f"(?:{row['before']})$") if row["before"] else None
        after = re.compile(row["after"]) if row["after"] else None
        guards[row["name"]] = (before, after)
    return guards


@per_overlay()
def _tails() -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{row['pattern']})" for row in read_table("place_tail.tsv", active_overlay())))


def is_swallowed(text: str, start: int, end: int) -> bool:
    """True where a word known to hold this very name stands here (黄河南岸 for 河南)."""
    guard = _guards().get(text[start:end])
    if guard is None:
        return False
    before, after = guard
    if before is not None and before.search(text[max(0, start - 4) : start]):
        return True
    return after is not None and after.match(text, end) is not None


def is_other_name(text: str, end: int) -> bool:
    """True where what follows makes the whole a road, newspaper, school, firm or product (北京东路)."""
    return _tails().match(text[end : end + REACH]) is not None


def is_person(text: str, start: int, end: int) -> bool:
    """True for a surname before a name of two characters, behind a title or where a clause begins (村民李延安说)."""
    if start == 0 or text[start - 1] not in SURNAMES or end - start != 2:
        return False
    before = text[max(0, start - 6) : start - 1]
    if TITLE.search(before):
        return True
    return not before or not HAN.match(before[-1])


def has_left_edge(text: str, start: int) -> bool:
    """True where a name may begin at `start`: no Chinese character before, or a word that introduces names."""
    return start == 0 or text[start - 1] in OPENERS or not HAN.match(text[start - 1])


def has_clean_edges(text: str, start: int, end: int) -> bool:
    """True where no Chinese character touches the stretch."""
    return (start == 0 or not HAN.match(text[start - 1])) and (end == len(text) or not HAN.match(text[end]))
