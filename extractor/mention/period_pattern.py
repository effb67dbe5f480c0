"""Regular expressions of the period grammar, compiled once an overlay. They run over text
with ASCII digits and dashes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from extractor.mention.period_table import alternation, load_table

DIGIT = (
    {c: i for i, c in enumerate("0123456789")}
    | {c: i for i, c in enumerate("零一二三四五六七八九")}
    | {"〇": 0, "○": 0, "O": 0, "两": 2}
)
_CHINESE = "〇零○O一二三四五六七八九"
_ANY = "0-9" + _CHINESE
_Y4 = rf"(?:[12][{_ANY}]{{3}}|[一二][{_ANY}]{{3}})"
_Y2 = rf"[{_ANY}]{{2}}"
_BLANK = r"[ \u3000]{0,2}"
CONNECT = rf"{_BLANK}(?:[-—–―─~]{{1,2}}|至|到|(?<=[0-9])一(?=[0-9])){_BLANK}"
_LIST = r"[、和]"
_MONTH = r"(?:1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九元])"
_ONES = "[一二三四五六七八九]"
_DAY = rf"(?:3[01]|[12][0-9]|0?[1-9]|三十一?|[二廿]十?{_ONES}|二十|十{_ONES}?|{_ONES})"
_FEW = r"(?:1[0-2]|[1-9]|十[一二]?|[一二两三四五六七八九])"
_CLOCK = (
    r"(?:[0-2]?[0-9]:[0-5][0-9]|(?:[0-2]?[0-9]|二?十[一二三四五六七八九]?|[零一二两三四五六七八九])(?:时(?![间期代])|点钟?)"
    r"(?:整|半|(?:[0-5]?[0-9]|[二三四五]?十?[零一二三四五六七八九]?)分(?![之钟])|[零一二三四五]?十[一二三四五六七八九]?)?(?:许|多|左右)?)"
)
_HOUR = (
    r"(?:凌晨|清晨|早晨|早上|上午|中午|下午|傍晚|晚上|晚间|夜间|夜里|深夜|午后|白天"
    r"|晚(?![会报期婚稻熟育点餐宴年辈霞])|早(?![日已在就稻期熟年餐先])|夜(?![校景市班大以]))"
)
_RUN = "0-9" + _CHINESE + "十百廿卅千几数两半"


@dataclass(frozen=True, slots=True)
class Pattern:
    """`number` finds where a period may begin (the words do `find_triggers`); the others read on from there."""

    number: re.Pattern[str]
    guard: re.Pattern[str]
    year: re.Pattern[str]
    iso: re.Pattern[str]
    plan: re.Pattern[str]
    nth_plan: re.Pattern[str]
    century: re.Pattern[str]
    decade: re.Pattern[str]
    window: re.Pattern[str]
    months: re.Pattern[str]
    day: re.Pattern[str]
    third: re.Pattern[str]
    quarters: re.Pattern[str]
    first: re.Pattern[str]
    part: re.Pattern[str]
    clock: re.Pattern[str]
    weekday: re.Pattern[str]
    lunar: re.Pattern[str]
    connect: re.Pattern[str]
    affix: re.Pattern[str]
    event: re.Pattern[str]
    holiday: re.Pattern[str]
    edge: re.Pattern[str]


@lru_cache(maxsize=4)
def load_pattern(overlay: Path | None = None) -> Pattern:
    table = load_table(overlay)
    number = rf"(?P<n>[1-9][0-9]{{0,2}}|{_ONES}?十{_ONES}?|两|{_ONES}|几十?|十几|数十?|半|百)"
    unit = r"(?P<u>年(?![级生龄])|个?多?月(?!份)|天(?!然)|日(?!元)|个?星期|周(?![岁年边密期转])|个季度)"
    return Pattern(
        number=re.compile(
            rf"[{_RUN}](?<![{_RUN}.][{_RUN}])[{_RUN}]{{0,11}}+"
            # what may follow, closely enough that most counts (3.5, 12个村, 400余户) are no candidates
            '(?=[ \u3000年月日季世、至到—–―─~\\-/”"』」期时计规周天星和学前后初末]'
            "|(?<=[0-9]{4})[.·][0-9]|个[年个多月天日星周季]|[多余][年个多月天日星周]|头[一二两三四1-4])"
        ),
        guard=table.guard,
        year=re.compile(
            rf"(?:(?P<y0>{_Y4}|{_Y2})(?:(?P<c>{CONNECT})|{_LIST}|/))?(?P<y>{_Y4}|{_Y2})(?P<two>[两三])?{_BLANK}(?:年(?P<du>度)?|(?P<xue>学年))"
        ),
        iso=re.compile(
            r"(?P<y>(?:1[6-9]|20)[0-9]{2})(?P<s>[-/.·])(?P<m>1[0-2]|0?[1-9])(?P=s)(?P<d>3[01]|[12][0-9]|0?[1-9])(?![0-9])(?!(?P=s)[0-9])"
        ),
        plan=re.compile(
            rf"(?P<p>{alternation(list(table.plans))})[”\"’』」]?(?:规划|计划)?(?:(?P<w>期间|时期|以来|时)|的?(?P<s>[头前后])(?P<c>[一二两三四1-4])年|(?P<e>初期?|前期|中期|末期?|后期|期末|末))"
        ),
        nth_plan=re.compile(
            r"第(?P<n>1?[0-9]|十?[一二三四五六七八九]|十)个五年(?:计划|规划)(?:(?P<w>期间|时期|期末)|的?(?P<s>[头前后])(?P<c>[一二两三四1-4])年)?"
        ),
        century=re.compile(r"(?P<n>1[0-9]|2[01]|二十一?|十[六七八九])世纪(?P<e>初期?|末期?|中叶|中期|以来|后期|前期)?"),
        decade=re.compile(
            rf"(?:(?P<a>[1-9]0?|[一二三四五六七八九]十?)(?:{CONNECT}|、)?)??(?P<d>[1-9]0|[一二三四五六七八九]十)年代(?![表码理替价耕步办])(?P<e>中后期|中前期|中末期|末期|初期|中期|前期|后期|初|中叶|末|中(?!国))?"
        ),
        window=re.compile(
            rf"{number}(?P<m>多|余)?个?{unit}(?P<m2>多(?=来|以来))?(?P<t>时间)?(?P<t2>以来|来(?!自|信|到|的|源|访|往|电|年)|[间里中](?!心|学|国|接))?"
        ),
        months=re.compile(
            rf"(?P<m1>{_MONTH})(?:(?:(?P<c>{CONNECT})|(?P<l>{_LIST}|(?=[二三四五六七八九]月份?间?)))(?P<m2>{_MONTH})(?:[、和](?P<m3>{_MONTH}))?(?:[两三]个)?)?{_BLANK}月(?P<f>份)?"
            rf"(?![饼亮龄薪票刊经]|[一二两三][次回]|光)"
            rf"(?:{_BLANK}(?:(?P<x>上中|中下|[上中下])旬|(?P<e>底|末(?!端)|初(?![步级中次试见])|中(?![旬下国央学期心共]))"
            rf"|(?P<d1>{_DAY})(?:(?:{CONNECT}|{_LIST})(?P<d2>{_DAY}))?{_BLANK}[日号](?![楼院文令井线桥]|产)))?"
        ),
        day=re.compile(
            rf"(?P<d1>{_DAY})(?:(?:{CONNECT}|(?P<l>[、和]))(?P<d2>{_DAY}))?(?:[两三](?=日))?{_BLANK}(?P<u>[日号])(?![楼院文令井线桥内间游期龄均照程子常产元报夜]|前)"
        ),
        third=re.compile(r"(?P<x>上中|中下|[上中下])旬"),
        quarters=re.compile(
            rf"第?(?P<q1>[一二三四1-4])(?:(?:{CONNECT}|{_LIST})第?(?P<q2>[一二三四1-4]))?(?:、第?(?P<q3>[一二三四1-4]))?(?:两个)?季度(?P<e>末|初|底)?|前(?P<n>[一二两三123])个?季度"
        ),
        first=re.compile(
            rf"[前头](?:(?P<m>{_FEW})个?月(?!份|光)|(?P<q>[一二两三123])个?季度|(?P<y>{_FEW}|几)年(?![级产])|(?P<d>{_FEW}|几)天)"
        ),
        part=re.compile(f"的?(?:{alternation(list(table.parts))})"),
        clock=re.compile(
            rf"{_BLANK}(?:{_HOUR}{_BLANK}(?:{_CLOCK}(?:{CONNECT}{_CLOCK})?)?|{_CLOCK}(?:{CONNECT}{_CLOCK})?)"
        ),
        weekday=re.compile(r"[一二三四五六日天]"),
        lunar=re.compile(
            r"(?P<h>农历|阴历|旧历|夏历)?(?:(?P<m>正|腊|冬|十[一二]?|[二三四五六七八九])月(?:初(?P<c>十|[一二三四五六七八九])|(?P<d>三十|二十[一二三四五六七八九]?|廿[一二三四五六七八九]?|十[一二三四五六七八九]?)日?(?![个名户元亩斤]))?)?"
        ),
        connect=re.compile(rf"(?:起|开始)?{CONNECT}"),
        affix=re.compile(alternation(list(table.affixes))),
        event=re.compile(alternation(list(table.events))),
        holiday=re.compile(f'[“"「]?(?:{alternation(list(table.holidays))})'),
        edge=re.compile(r"(?:初期?|末期?|中叶|中期|后期|前期)(?![步级次])"),
    )


def parse_count(text: str) -> int | None:
    """A small number in digits or in words (十二, 二十, 两, 半 is none).

    >>> parse_count("二十八")
    28
    """
    if text.isascii() and text.isdigit():
        return int(text)
    text = text.replace("廿", "二十" if not text.startswith("廿十") else "二").replace("元", "一").replace("正", "一")
    tens, mark, ones = text.partition("十")
    if mark:
        if (tens not in DIGIT and tens) or (ones not in DIGIT and ones):
            return None
        return (DIGIT[tens] if tens else 1) * 10 + (DIGIT[ones] if ones else 0)
    return DIGIT.get(text)


def parse_digits(text: str) -> int:
    """Digits read one by one.

    >>> parse_digits("一九七0")
    1970
    """
    value = 0
    for c in text:
        value = value * 10 + DIGIT[c]
    return value
