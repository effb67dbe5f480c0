"""Programs in book marks: 《…》 documents, their short names, and the titles that are none."""

from __future__ import annotations

import re
from functools import lru_cache

from extractor.mention.program_lexicon import ProgramLexicon
from extractor.mention.program_text import drop_marks, to_program
from extractor.mention.quotation import Quotation
from extractor.model import Program

MAX_TITLE = 120
MAX_SHORT = 12  # a short name is the tail of a title seen before


@lru_cache(maxsize=1)
def _alias_before() -> re.Pattern[str]:
    return re.compile(r"[（(](?:以下)?(?:统称|简称|下称)[为：:]?\Z")


@lru_cache(maxsize=1)
def _column_behind() -> re.Pattern[str]:
    return re.compile(r"(?:电视|广播|专题|品牌|大型)*(?:栏目|节目|专栏|频道)")


@lru_cache(maxsize=1)
def _journal_behind() -> re.Pattern[str]:
    return re.compile(r"(?:杂志|月刊|周刊|报纸|报社|社记者|记者|编辑部)")


def find_titles(text: str, quotations: list[Quotation], lexicon: ProgramLexicon) -> list[Program]:
    """Programs from the outermost book marks; a short name refers by `canonical` to the full title before it."""
    out: list[Program] = []
    full: dict[str, str] = {}
    last: tuple[int, str] | None = None
    covered = 0
    work = -1  # where the last work of art ended
    behind = _list_ends(text, quotations)
    for quotation in quotations:
        start, end = quotation.span
        if not quotation.is_title:
            if last is not None and start - last[0] < 12 and _alias_before().search(text, last[0], start):
                name = drop_marks(text[start:end])
                full[name] = last[1]
                out.append(to_program(text, start, end, "document", "title.alias", last[1]))
            continue
        if start < covered or end - start > MAX_TITLE:
            continue
        covered = end
        name = drop_marks(text[start:end])
        ending = lexicon.ending.search(name)
        type_ = lexicon.endings[ending.group()] if ending else "document"
        if not name or type_ == "none" or _journal_behind().match(text, end):
            continue
        if lexicon.work_behind.match(text, behind.get(start, end)):
            work = end
            continue
        if lexicon.work.search(text, max(0, start - 8), start) or (work >= 0 and text[work:start] in ("", "、")):
            work = end
            continue
        if _column_behind().match(text, end):
            type_ = "brand"
        if last is not None and _alias_before().search(text, last[0], start):
            full[name] = last[1]
        canonical = full.get(name)
        out.append(to_program(text, start, end, type_, "title", canonical))
        if canonical is None:
            last = (end, name)
            for length in range(2, min(MAX_SHORT, len(name) - 1) + 1):
                full[name[-length:]] = name
    return out


def _list_ends(text: str, quotations: list[Quotation]) -> dict[int, int]:
    """Where the list of titles ends that a title stands in, by the title's start."""
    ends: dict[int, int] = {}
    following: tuple[int, int] | None = None  # start of the next title, end of its list
    for quotation in reversed(quotations):
        if not quotation.is_title or quotation.depth:
            continue
        start, end = quotation.span
        listed = following is not None and text[end : following[0]] in ("", "、", "和", "与", "及", "以及")
        following = (start, following[1] if listed and following is not None else end)
        ends[start] = following[1]
    return ends
