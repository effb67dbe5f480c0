"""Programs without marks: names that the article introduced in marks, national programs, special campaigns."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache

import ahocorasick_rs
import regex

from extractor.mention.program_lexicon import ProgramLexicon
from extractor.mention.program_text import Cover, drop_marks, to_program
from extractor.mention.quotation import Quotation
from extractor.model import Program

MIN_NAME = 4
FEW = 50  # so many names are looked for one by one before an automaton is built of those that stand in the text
_GOES_ON = frozenset("之室部化队者式型局办站点")


def find_known(
    text: str, introduced: list[Program], quotations: list[Quotation], lexicon: ProgramLexicon
) -> list[Program]:
    """Later and earlier mentions of the names in `introduced`: quoted without their type word, or bare with it."""
    cover = Cover(introduced)
    quoted: dict[str, Program] = {}
    bare: dict[str, Program] = {}
    for program in introduced:
        if not program.rule.startswith("quoted"):
            continue
        inner = _quoted_part(text, program)
        if len(inner) >= MIN_NAME:
            quoted.setdefault(inner, program)
        ends = lexicon.inside.search(program.text)
        if len(program.text) >= MIN_NAME and (ends or program.rule == "quoted.tail"):
            bare.setdefault(program.text, program)
    out = [
        program for program in _find_requoted(text, quoted, quotations, lexicon) if not cover.overlaps(*program.span)
    ]
    names = [name for name in bare if name in text] if len(bare) <= FEW else list(bare)
    if names:
        cover = Cover([*introduced, *out])
        automaton = ahocorasick_rs.AhoCorasick(names, matchkind=ahocorasick_rs.MatchKind.LeftmostLongest)
        for index, start, end in automaton.find_matches_as_indexes(text):
            if not cover.overlaps(start, end) and text[end : end + 1] not in _GOES_ON:
                program = bare[names[index]]
                out.append(to_program(text, start, end, program.type, "known.bare", program.canonical))
    return out


def _quoted_part(text: str, program: Program) -> str:
    surface = text[slice(*program.span)]
    close = max(surface.rfind("”"), surface.rfind("」"), surface.rfind("』"), surface.rfind('"'))
    return drop_marks(surface[:close]) if close > 0 else program.text


def align_types(text: str, programs: list[Program]) -> list[Program]:
    """The type word behind a name's marks types its mentions without one too (“…之家”体系 and “…之家”)."""
    types = {_quoted_part(text, program): program.type for program in programs if program.rule == "quoted.tail"}
    if not types:
        return programs
    return [
        replace(program, type=types[program.text])
        if program.rule in ("quoted.inside", "quoted.verb", "quoted.list") and program.text in types
        else program
        for program in programs
    ]


def _find_requoted(
    text: str, names: dict[str, Program], quotations: list[Quotation], lexicon: ProgramLexicon
) -> list[Program]:
    out: list[Program] = []
    if not names:
        return out
    for quotation in quotations:
        if quotation.depth or quotation.is_title:
            continue
        start, end = quotation.span
        program = names.get(drop_marks(text[start:end]))
        if program and not lexicon.honour.search(text[max(0, start - 16) : start]):
            out.append(to_program(text, start, end, program.type, "known.quoted", program.text))
    return out


def find_national(text: str, taken: list[Program], lexicon: ProgramLexicon) -> list[Program]:
    """Programs of the national table, printed without marks."""
    cover = Cover(taken)
    out: list[Program] = []
    names = list(lexicon.national)
    for index, start, end in lexicon.names.find_matches_as_indexes(text):
        if cover.overlaps(start, end) or text[end : end + 1] in _GOES_ON:
            continue
        out.append(to_program(text, start, end, lexicon.national[names[index]], "national"))
    return out


@lru_cache(maxsize=1)
def _drive_head() -> regex.Pattern[str]:
    kind = (
        r"(?:专项|集中)(?:整治|治理|清理|检查|斗争|清查|行动)(?:行动|活动)?|"
        r"(?:攻坚|提升|整治|清零|三年|百日)(?:专项)?行动|攻坚战|大会战"
    )
    return regex.compile(rf"(?:{kind})(?![组队室部办员])")


@lru_cache(maxsize=1)
def _drive_verb() -> re.Pattern[str]:
    return re.compile(r".*(?:开展|实施|启动|部署|打响|打好|推进)(?:了|好)?(?:全[国省市县区]|本[市县区])?", re.DOTALL)


@lru_cache(maxsize=1)
def _drive_name() -> re.Pattern[str]:
    return re.compile(r"[一-鿿]{3,14}\Z")


def find_drives(text: str, taken: list[Program], lexicon: ProgramLexicon) -> list[Program]:
    """Special campaigns named by what they are about, behind the verb that starts them: 开展渔船安全专项整治."""
    cover = Cover(taken)
    out: list[Program] = []
    for head in _drive_head().finditer(text):
        floor = max(0, head.start() - 20)
        verb = _drive_verb().match(text, floor, head.start())
        if verb is None:
            continue
        topic = text[verb.end() : head.start()]
        if not _drive_name().match(topic) or "的" in topic or lexicon.stop.search(topic):
            continue
        if not cover.overlaps(verb.end(), head.end()):
            out.append(to_program(text, verb.end(), head.end(), "campaign", "drive"))
    return out
