"""Masthead lines: the paper's name, the date, the page number at the top of a page or of a web text."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from extractor.lexicon.table import read_table
from extractor.model import Published
from extractor.read.date import date_patterns, fold_width, to_published
from extractor.read.header import label_roles
from extractor.read.line import Line, find_lines
from extractor.text import Span

TOP = 10  # lines that are looked at
LONGEST = 200  # characters of a masthead line
GAP = re.compile(r"[\s\ufeff|│┃·•—,，、/()\[\]【】<>:_-]*")
NEAR = 3  # lines between a paper's name and its date
SPACED = re.compile(r"[\u4e00-\u9fff](?:[ \t\u3000]+[\u4e00-\u9fff](?![\u4e00-\u9fff])){2,7}")  # 海　滨　日　报
HAN = re.compile(r"[\u4e00-\u9fff]{2,8}")
STOP = "。"
VALUE = r"(?:[\u4e00-\u9fff] [\u4e00-\u9fff](?![\u4e00-\u9fff])|\S{0,60})(?:\s\d{1,2}:\d\d(?::\d\d)?)?"  # of a label
PAPER = "报"  # what a name that is not set apart ends in
NAME = re.compile(rf"(?:{SPACED.pattern}(?![\u4e00-\u9fff])|[\u4e00-\u9fff]{{2,8}})(?=\s|$)")
UNKNOWN = re.compile(r"[\u4e00-\u9fff]{2,6}报(?=\s)")
PLAIN = re.compile(r"[\u4e00-\u9fff]{3,5}")
LAST_PLAIN = 1966  # since then papers have names that end in 报
SECTION = re.compile(r"[\u4e00-\u9fff]{2,6}(?=\s|$)")
FOOT = 4  # lines at the end that may name the paper and the day
MAKERS = {"date", "paper", "page", "label"}  # a line with one of these is a masthead, where its items cover it all


class Item(NamedTuple):
    """One item of a masthead line, on the line with full-width characters folded."""

    role: str
    match: re.Match[str]


@dataclass(slots=True)
class Masthead:
    published: Published | None = None
    newspaper: str | None = None
    titles: list[Span] = field(default_factory=list)
    hidden: list[Span] = field(default_factory=list)


@lru_cache(maxsize=8)
def _item_patterns(overlay: Path | None) -> tuple[tuple[str, re.Pattern[str]], ...]:
    labels = [row["label"] for row in read_table("header.tsv", overlay) if row["role"] not in {"body", "tail"}]
    labels.sort(key=len, reverse=True)
    endings = "|".join(re.escape(row["ending"]) for row in read_table("paper.tsv", overlay) if row["where"] == "any")
    rows = read_table("paper_item.tsv", overlay)
    return (
        ("label", re.compile(rf"(?P<label>{'|'.join(labels)})\s?[:/]\s*(?P<value>{VALUE})")),
        *(("date", pattern) for pattern in date_patterns("masthead", overlay)),
        ("paper", re.compile(rf"[\u4e00-\u9fff]{{0,6}}?(?:{endings})(?=(?:数字报|电子版|电子报)?(?![\u4e00-\u9fff]))")),
        *((row["role"], re.compile(row["pattern"])) for row in rows if row["role"] != "issuer"),
        *((row["role"], re.compile(row["pattern"])) for row in rows if row["role"] == "issuer"),
    )


def parse_masthead(line: str, overlay: Path | None = None) -> list[Item] | None:
    """The items of a masthead line, None where they do not cover the line or make no masthead."""
    folded = fold_width(line)
    items: list[Item] = []
    at = _skip(folded, 0)
    named = False  # a name that only the day beside it proves one
    section = False  # one word that no row knows may name the page's section: 第3版 县区
    while at < len(folded):
        for role, pattern in _item_patterns(overlay):
            if (match := pattern.match(folded, at)) and match.end() > at:
                if role == "date" and to_published(match, "masthead") is None:
                    continue
                items.append(Item(role, match))
                at = _skip(folded, match.end())
                break
        else:
            if (name := NAME.match(folded, at)) and parse_name(name.group(), overlay):
                named = True
                items.append(Item("paper", name))
                at = _skip(folded, name.end())
                continue
            if not items and (name := UNKNOWN.match(folded, at)):
                items.append(Item("unknown", name))
                at = _skip(folded, name.end())
                continue
            word = SECTION.match(folded, at)
            if section or word is None or not _is_place(items):
                return None
            section = True
            at = _skip(folded, word.end())
    if items and items[0].role == "unknown":  # 淮上战报 1969年3月8日 第二版: the day and the page prove it a paper
        if not {"date", "page"} <= {item.role for item in items}:
            return None
        items[0] = Item("paper", items[0].match)
    if (named or any(item.role == "spoken" for item in items)) and all(item.role != "date" for item in items):
        return None
    roles = label_roles(overlay)
    made = any(
        item.role in MAKERS and (item.role != "label" or roles[item.match["label"]] != "author") for item in items
    )
    return items if made else None


def _is_place(items: list[Item]) -> bool:
    """The items tell the day and the page, or the paper: a word behind them names the page's section."""
    roles = {item.role for item in items}
    return "date" in roles and bool(roles & {"page", "paper"})


def find_masthead(text: str, overlay: Path | None = None) -> Masthead:
    """What the masthead among the first lines says; an empty Masthead where there is none."""
    head = Masthead()
    lines = list(islice(find_lines(text, 0, TOP * LONGEST), TOP))
    found = [parse_masthead(line.text, overlay) if len(line.text) <= LONGEST else None for line in lines]
    for number, (line, items) in enumerate(zip(lines, found, strict=True)):
        if items is not None and any(item.role == "spoken" for item in items):
            day = next((item.match.group() for item in items if item.role == "date"), "")
            head.published = head.published or _parse_day(day, overlay)  # the line is the report's second headline
        elif items is not None:
            _collect(line, items, head, overlay)
        elif number == 0 and (name := _plain_name(line.text, found[1:2], overlay)):
            head.newspaper = name
            head.hidden.extend(filter(None, [line.strip()]))
        elif len(line.text) > LONGEST or STOP in line.text:
            break  # the text has begun
        elif _has_date(found[number + 1 : number + 1 + NEAR]) and (name := parse_name(line.text, overlay)):
            head.newspaper = head.newspaper or name
            head.hidden.extend(filter(None, [line.strip()]))
    if not head.titles and _is_all(text, head.hidden):
        head.hidden = []  # a text of a masthead alone keeps it
    if head.published is None or head.newspaper is None:
        _read_foot(text, head, overlay)
    return head


def _is_all(text: str, spans: list[Span]) -> bool:
    """Nothing but blanks stands outside the spans."""
    at = 0
    for span in spans:
        if text[at : span.start].strip("\ufeff \t\r\n\u3000"):
            return False
        at = span.end
    return not text[at : at + LONGEST].strip()


def _read_foot(text: str, head: Masthead, overlay: Path | None) -> None:
    """Day and paper of a page whose masthead stands at its foot: 海滨日报 2021年5月6日 第2版 责编：甲乙."""
    foot = Masthead()
    for line in list(find_lines(text, max(len(text) - FOOT * LONGEST, 0)))[-FOOT:]:
        items = parse_masthead(line.text, overlay) if len(line.text) <= LONGEST else None
        if items is not None and len(items) > 1:
            _collect(line, items, foot, overlay)
    head.published = head.published or foot.published
    head.newspaper = head.newspaper or foot.newspaper


def parse_name(line: str, overlay: Path | None = None) -> str | None:
    """The paper's name on a line of its own, its characters set apart or not; None for other lines."""
    core = line.strip()
    spaced = SPACED.fullmatch(core) is not None
    name = "".join(core.split()) if spaced else core
    good, bad = _name_endings(overlay)
    if not HAN.fullmatch(name) or name.endswith(bad):
        return None
    return name if name.endswith(good if spaced else PAPER) else None


@lru_cache(maxsize=8)
def _name_endings(overlay: Path | None) -> tuple[tuple[str, ...], tuple[str, ...]]:
    rows = read_table("paper.tsv", overlay)
    good = tuple(row["ending"] for row in rows if row["where"] != "not")
    return good, tuple(row["ending"] for row in rows if row["where"] == "not")


def _plain_name(line: str, below: list[list[Item] | None], overlay: Path | None) -> str | None:
    """A name as papers had in the fifties, right over its day: 春城工人"""
    name = line.strip()
    days = [item.match.group() for items in below if items is not None for item in items if item.role == "date"]
    day = _parse_day(days[0], overlay) if days else None
    good, bad = _name_endings(overlay)
    fits = PLAIN.fullmatch(name) is not None and name.endswith(good) and not name.endswith(bad)
    return name if fits and day is not None and day.year <= LAST_PLAIN else None


def _has_date(found: list[list[Item] | None]) -> bool:
    return any(item.role == "date" for items in found if items is not None for item in items)


def _collect(line: Line, items: list[Item], head: Masthead, overlay: Path | None) -> None:
    roles = label_roles(overlay)
    for role, match in items:
        value = match.group()
        if role == "label":
            role, value = roles[match["label"]], match["value"]
        if role == "paper" and value:
            value = "".join(value.split())
        if role == "date":
            head.published = head.published or _parse_day(value, overlay)
        elif role == "paper" and value:
            head.newspaper = head.newspaper or value
        elif role == "title" and value and (place := line.text.find(value)) >= 0:
            head.titles.append(Span(line.start + place, line.start + place + len(value)))
    if (span := line.strip()) is not None:
        head.hidden.append(span)


def _parse_day(text: str, overlay: Path | None) -> Published | None:
    for pattern in date_patterns("masthead", overlay):
        if (match := pattern.search(text)) and (date := to_published(match, "masthead")):
            return date
    return None


def _skip(text: str, at: int) -> int:
    match = GAP.match(text, at)
    return match.end() if match else at
