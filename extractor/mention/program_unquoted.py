"""Programs without marks: names that the article introduced in marks, national programs."""

from __future__ import annotations

from dataclasses import replace

import ahocorasick_rs

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
