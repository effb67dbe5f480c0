"""The headline of a page's article: which visible lines it is, and its parts over and under it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from extractor.read.html_line import Line, Page
from extractor.read.html_main import is_link
from extractor.read.html_meta import Meta

_BLANKS = re.compile(r"\s+")
_JOINT = re.compile(
    r"\s*[_|｜]\s*|\s+[-—–－]+\s+|\s*--+\s*|(?<=[\u4e00-\u9fff])[-－](?=[\u4e00-\u9fff]{2,12}(?:网|报|政府|频道|门户)\w*$)"
)
_SITE = re.compile(
    r"(?:网|报|政府|门户|新闻|频道|电视台|融媒|中心|平台|要闻|动态|电子版|数字报|首页|客户端|局|委员会)\w{0,3}$|^[\w.]+\.(?:com|cn|net|org)\S*$"
)
LONGEST = 120
NEAR = 40  # lines before the body among which its headline stands


@dataclass(slots=True)
class Headline:
    """`parts` in print order; `used`: the page's lines that they are; `byline`: lines between it and the body."""

    parts: list[str] = field(default_factory=list)
    used: set[int] = field(default_factory=set)


def find_headline(page: Page, meta: Meta, floor: int, first: int, last: int) -> Headline:
    """The headline of the body at lines [first, last], looked for behind line `floor`."""
    groups = _groups(page.lines, max(floor, first - NEAR), min(first + 6, last + 1))
    main = _match(page.lines, groups, _candidates(meta)) or _by_mark(page.lines, groups, first)
    if main is None:
        return Headline(_from_head(meta))
    at = groups.index(main)
    parts, used = _texts(page.lines, main), set(main)
    for step, bound in ((-1, -3), (1, 3)):
        for k in range(at + step, at + bound, step):
            if not 0 <= k < len(groups) or not _is_part(page.lines, groups[k], main, step):
                break
            used |= set(groups[k])
            parts = _texts(page.lines, groups[k]) + parts if step < 0 else parts + _texts(page.lines, groups[k])
    return Headline(parts, used)


def _groups(lines: list[Line], start: int, end: int) -> list[range]:
    """Runs of lines of one element: a headline set on several lines is one."""
    out: list[range] = []
    for i in range(max(start, 0), end):
        if (
            out
            and lines[i].element is lines[i - 1].element
            and (lines[i].heading or lines[i].mark)
            and i > out[-1].start
        ):
            out[-1] = range(out[-1].start, i + 1)
        else:
            out.append(range(i, i + 1))
    return out


def _texts(lines: list[Line], group: range) -> list[str]:
    return [lines[i].text for i in group]


def _squeeze(text: str) -> str:
    return _BLANKS.sub("", text)


def _candidates(meta: Meta) -> list[str]:
    return [_squeeze(value) for role in ("title", "head") for value in meta.get(role)]


def _match(lines: list[Line], groups: list[range], titles: list[str]) -> range | None:
    """The group that a title of the metadata names (a site's name may stand behind it there)."""
    for title in titles:
        for group in reversed(groups):
            text = _squeeze("".join(_texts(lines, group)))
            if text and (text == title or (len(text) >= 4 and title.startswith(text) and _goes_on(title[len(text) :]))):
                return group
    return None


def _goes_on(rest: str) -> bool:
    return rest[0] in "_|｜-—–－(（[【" or rest[0].isspace()


def _by_mark(lines: list[Line], groups: list[range], first: int) -> range | None:
    """The nearest line before the body that the markup makes a title."""
    fitting = [g for g in groups if not any(is_link(lines[i]) for i in g) and len("".join(_texts(lines, g))) <= LONGEST]
    for levels in ((1,), (2,), (3,)):
        found = [
            g for g in fitting if lines[g.start].heading in levels and lines[g.start].mark not in ("kicker", "subtitle")
        ]
        marked = [g for g in fitting if lines[g.start].mark == "title"]
        if levels == (1,) and marked and not found:
            found = marked
        if found:
            return next((g for g in reversed(found) if g.start <= first), found[0])
    return None


def _is_part(lines: list[Line], group: range, main: range, step: int) -> bool:
    """The group beside the headline is a line of it: a kicker over it, a subtitle under it."""
    line = lines[group.start]
    text = "".join(_texts(lines, group))
    if line.mark in ("kicker", "subtitle"):
        return True
    head = lines[main.start]
    beside = line.element.getparent() is head.element.getparent() and line.element is not head.element
    return bool(line.heading) and beside and len(text) <= LONGEST and not is_link(line) and text[-1] not in "。：:"


def _from_head(meta: Meta) -> list[str]:
    """The headline by the metadata alone, where the page does not show it."""
    for role in ("title", "head"):
        for value in meta.get(role):
            pieces = [piece for piece in _JOINT.split(value) if piece and piece.strip()]
            while len(pieces) > 1 and _SITE.search(pieces[-1]):
                pieces.pop()
            title = pieces[0].strip() if pieces else ""
            if title and not (_SITE.search(title) and len(title) <= 10):
                return [*meta.get("kicker")[:1], title, *meta.get("subtitle")[:1]]
    return []
