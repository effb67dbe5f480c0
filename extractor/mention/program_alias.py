"""Short names that an article gives its programs: “千村兴业”工程（简称“兴业工程”） and the later “兴业工程”."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import replace
from functools import lru_cache

from extractor.mention.program_text import Cover, drop_marks, merge_programs, to_program
from extractor.mention.quotation import Quotation
from extractor.model import Program


@lru_cache(maxsize=1)
def alias_before() -> re.Pattern[str]:
    return re.compile(r"[（(](?:以下|下文|下)?(?:统一?称|简称|称)[为：:]?\s?\Z")


def find_short_names(text: str, programs: list[Program], quotations: list[Quotation]) -> list[Program]:
    """The programs, and every mention of a short name that is introduced in brackets behind one of them: it has the
    full name's type and refers to it by `canonical`."""
    ends = [program.span.end for program in programs]
    short: dict[str, Program] = {}
    for quotation in quotations:
        i = bisect_left(ends, quotation.span.start + 1) - 1
        if i < 0 or quotation.span.start - ends[i] > 8:
            continue
        if alias_before().fullmatch(text, ends[i], quotation.span.start):
            full = programs[i]
            short.setdefault(drop_marks(text[slice(*quotation.span)]), full)
    if not short:
        return programs
    out = [_refer(program, short) for program in programs]
    cover = Cover(out)
    more = []
    for quotation in quotations:
        program = short.get(drop_marks(text[slice(*quotation.span)]))
        if program is not None and not quotation.depth and not cover.overlaps(*quotation.span):
            full_name = program.canonical or program.text
            more.append(to_program(text, *quotation.span, program.type, "alias", full_name))
    return merge_programs(out, more)


def _refer(program: Program, short: dict[str, Program]) -> Program:
    full = short.get(program.text)
    if full is None or program.canonical is not None or full.span == program.span:
        return program
    return replace(program, type=full.type, canonical=full.canonical or full.text)
