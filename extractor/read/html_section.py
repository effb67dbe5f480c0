"""Pages that hold several reports, each under a heading of its own: an edition without a map of its areas."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from extractor.layout_rule import find_dateline, is_role
from extractor.read.html_line import Line, Page
from extractor.read.html_main import LEAST, is_link, size
from extractor.read.masthead import parse_masthead

LEAST_SECTIONS = 2
_OVER = 30  # lines over the reports among which the masthead stands
_LONGEST = 160  # characters of a masthead
_NEAR = 3  # lines behind a heading among which a report's dateline stands


class Section(NamedTuple):
    """Lines [head, body) are its headings, [body, end) its text."""

    head: int
    body: int
    end: int


def find_sections(page: Page, overlay: Path | None = None) -> list[Section]:
    """The reports of a page; none where the page is one article."""
    starts = _find_starts(page.lines)
    if len(starts) < LEAST_SECTIONS:
        return []
    ends = [*(start for start, _ in starts[1:]), len(page.lines)]
    found = [Section(start, body, end) for (start, body), end in zip(starts, ends, strict=True)]
    told = [section for section in found if size(page.lines, range(section.body, section.end)) >= LEAST]
    if len(told) < LEAST_SECTIONS:
        return []
    dated = sum(_is_dated(page.lines[body : min(body + _NEAR, end)]) for _, body, end in told)
    certain = dated * 2 >= len(told) or (dated and _has_masthead(page.lines[: told[0].head], overlay))
    return told if certain else []


def _has_masthead(lines: Sequence[Line], overlay: Path | None) -> bool:
    """A line over the reports names the day with the paper or its page."""
    for line in lines[-_OVER:]:
        roles = {role for role, _ in (parse_masthead(line.text, overlay) or ()) if len(line.text) <= _LONGEST}
        if "date" in roles and roles & {"paper", "page"}:
            return True
    return False


def _find_starts(lines: Sequence[Line]) -> list[tuple[int, int]]:
    """First line and line behind the last of each run of headings that holds one of the page's usual level."""
    runs: list[list[int]] = []
    for i, line in enumerate(lines):
        if not line.heading or is_link(line):
            continue
        if runs and runs[-1][-1] == i - 1:
            runs[-1].append(i)
        else:
            runs.append([i])
    highest = Counter(min(lines[i].heading for i in run) for run in runs)
    usual = [level for level, count in highest.items() if count >= LEAST_SECTIONS]
    if not usual:
        return []
    level = min(usual)
    if any(top < level and not _is_edition(lines, runs, top) for top in highest):
        return []  # one headline over all
    return [
        (run[0], run[-1] + 1)
        for run in runs
        if min(lines[i].heading for i in run) == level and not is_role(lines[run[0]].text, "list")
    ]


def _is_edition(lines: Sequence[Line], runs: Sequence[Sequence[int]], level: int) -> bool:
    """The headings of the level name the paper, no report: nothing but links and short lines stand under them."""
    return all(
        "版" in lines[run[0]].text or "报" in lines[run[0]].text[-2:]
        for run in runs
        if min(lines[i].heading for i in run) == level
    )


def _is_dated(lines: Sequence[Line]) -> bool:
    return any(find_dateline(line.text, 0, len(line.text)) is not None for line in lines)
