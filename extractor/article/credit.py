"""Reporters: who wrote a report, and where its text names them."""

from __future__ import annotations

import re
from collections.abc import Iterable

from extractor.layout_rule import NAME, is_name, role_words
from extractor.lexicon.table import per_overlay

_PAREN = re.compile(r"[（(]([^（()）]{1,80})[）)]\s*$")
_SPLIT = re.compile(r"[\s、，,；;/／：:]+")
_STAFF = re.compile(r"编辑|来源|原载|摄影|摄|供稿|整理|编译|责编|校对|视频|文字|采写|撰文|图/文|文/图")
_DESK = re.compile(
    r"^[\u4e00-\u9fff\s]{1,16}(?:报道组|通讯组|宣传[部科股]|广播站|文化站|通讯站|调查组|新闻科|新闻中心)$"
)
_MARKS = "■□●◆◇▲△★☆○◎▶（）()【】[] \u3000"


@per_overlay()
def _roles() -> re.Pattern[str]:
    return re.compile(
        rf"文/图|文/摄|摄影报道|{role_words()}|摄影|报道|整理|供图|摄|(?<![\u4e00-\u9fff])[文图](?![\u4e00-\u9fff])"
    )


@per_overlay()
def _call() -> re.Pattern[str]:
    """新华社记者周平、李敏报道：, 记者 周平 通讯员 李敏"""
    return re.compile(rf"(?:{role_words()})\s*((?:{NAME})(?:[\s、，,]+(?:{NAME})){{0,6}}?)\s*(?:报道|电)?[：:]")


def parse_names(text: str) -> list[str]:
    """Names of a byline (本报记者 周平 李敏, 通讯员王波 摄); a name padded to three cells (周　平) is one name."""
    rest = _roles().sub("\n", text.strip(_MARKS))
    names: list[str] = []
    for part in rest.split("\n"):
        words = [w for w in (w.strip(_MARKS) for w in _SPLIT.split(part)) if w]
        i = 0
        while i < len(words):
            if len(words[i]) == 1 and i + 1 < len(words) and len(words[i + 1]) == 1:
                words[i : i + 2] = [words[i] + words[i + 1]]
            if 2 <= len(words[i]) <= 10:
                names.append(words[i])
            i += 1
    return unique(names)


def unique(names: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(names))


def find_call(text: str) -> list[str]:
    """Names in a call behind the dateline: （通讯员 周平）, 记者周平报道：."""
    head = text[:90].lstrip()
    if head[:1] in ("（", "("):
        inner, closed, _ = head[1:].replace(")", "）").partition("）")
        if closed and (_roles().search(inner) or all(is_name(w) for w in _SPLIT.split(inner.strip()) if w)):
            return parse_names(inner)
        return []
    match = _call().match(head)
    return parse_names(match.group(1)) if match else []


def find_credit(text: str) -> tuple[int, list[str]] | None:
    """Where a credit ends a text, and its names: …。（周平 李敏）, （记者 周平）, （来源：临江日报）."""
    match = _PAREN.search(text, max(0, len(text) - 90))
    if match is None:
        return None
    inner = match.group(1)
    if inner in ("完", "续完", "待续", "全文完") or _DESK.search(inner):
        return match.start(), []
    words = [w for w in _SPLIT.split(inner) if w]
    if "\n" in inner and not all(is_name(w) for w in words):  # a name cut by the end of its line
        words = [w for w in _SPLIT.split(inner.replace("\n", "")) if w]
    if all(len(w) == 1 for w in words) and len(words) > 1:
        pairs = ["".join(words[i : i + 2]) for i in range(0, len(words), 2)]
        words = pairs if len(words) > 3 and all(is_name(w) for w in pairs) else ["".join(words)]
    if re.match(rf"(?:{role_words()})", inner):
        names = parse_names(inner)
        return (match.start(), names) if names and all(len(n) <= 4 for n in names) else None
    if words and all(is_name(w) for w in words):
        return match.start(), unique(words)
    if _STAFF.search(inner[:12]) and len(words) <= 10 and "。" not in inner:
        return match.start(), []
    return None


def find_caption_credit(text: str) -> tuple[int, list[str]] | None:
    """Where the photographers stand at a caption's end: ■通讯员 周平 摄, （周平 李敏 摄影报道）, 本报记者 周平 摄."""
    if not re.search(r"(?:摄|摄影|摄影报道|供图)\s?[）)]?$", text):
        return None
    at = max(text.rfind(c, 0, len(text) - 1) for c in "。！？”)")
    tail = text[at + 1 :]
    if 0 < len(tail) <= 60:
        names = parse_names(tail)
        if names and all(len(n) <= 5 for n in names):
            return at + 1, names
    return None
