"""The program tables, compiled once an overlay."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import ahocorasick_rs

from extractor.lexicon.table import Row, compile_any, read_table


@dataclass(frozen=True, slots=True)
class ProgramLexicon:
    types: dict[str, str]  # type word -> program type
    verbs: dict[str, str]  # verb that introduces a name -> program type
    never: frozenset[str]
    alone: frozenset[str]
    thing: re.Pattern[str]  # how a quoted institution, list or place ends
    endings: dict[str, str]  # title ending -> type or none
    national: dict[str, str]  # name -> type
    head: re.Pattern[str]
    inside: re.Pattern[str]
    stop: re.Pattern[str]
    blank: re.Pattern[str]
    noun: re.Pattern[str]
    verb: re.Pattern[str]
    honour: re.Pattern[str]
    work: re.Pattern[str]
    work_behind: re.Pattern[str]
    ending: re.Pattern[str]
    names: ahocorasick_rs.AhoCorasick


def _any_of(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True)) or "(?!)"


def _of(rows: Iterable[Row], role: str) -> list[Row]:
    return [row for row in rows if row["role"] == role]


def _words(rows: Iterable[Row], role: str) -> list[str]:
    return [row["word"] for row in _of(rows, role)]


@lru_cache(maxsize=4)
def load_programs(overlay: Path | None = None) -> ProgramLexicon:
    """Raises LexiconError where a table is wrong."""
    heads = read_table("program_head.tsv", overlay)
    before = read_table("program_before.tsv", overlay)
    after = read_table("program_after.tsv", overlay)
    plain = read_table("program_plain.tsv", overlay)
    types = {row["word"]: row["type"] for row in heads}
    verbs = {row["word"]: row["type"] for row in before if row["role"] == "introduce"}
    endings = {row["ending"]: row["type"] for row in read_table("program_title.tsv", overlay)}
    national = {row["name"]: row["type"] for row in read_table("program_national.tsv", overlay)}
    return ProgramLexicon(
        types=types,
        verbs=verbs,
        never=frozenset(_words(plain, "never")),
        alone=frozenset(_words(plain, "alone")),
        thing=re.compile(rf"(?:{_any_of(_words(plain, 'thing'))})\Z"),
        endings=endings,
        national=national,
        # a type word that goes on to another word (活动室, 项目部, 制度化) is none
        head=re.compile(
            rf"(?:{_any_of(row['word'] for row in heads if row['inside'] != 'only')})"
            r"(?![室师县村镇户者性员款型法率化](?!解|妆)|中心|基地|场(?![次景])|部(?![署分门])|组(?!织)|点(?!对)|区(?!别)|家(?!庭)|力(?!度|争|促|求)|队(?!伍))"
        ),
        inside=re.compile(rf"(?:{_any_of(row['word'] for row in heads if row['inside'] != 'no')})\Z"),
        stop=compile_any(_of(after, "stop"), "word"),
        blank=compile_any(_of(after, "blank"), "word"),
        noun=compile_any(_of(after, "noun"), "word"),
        verb=re.compile(
            rf"({_any_of(verbs)})(?:了|起|出|成|好|完善)?(?:了)?(?:一批|一系列|一个|系列|首个|全国首个|全省首个)?\Z"
        ),
        honour=re.compile(
            rf"(?:{_any_of(_words(before, 'honour'))})(?:了|[他她它]们?|全[国省市县]|[省市县]级?|年度|[“”、的])*\Z"
        ),
        work_behind=re.compile(
            rf"(?:等?(?:[0-9一二两三四五六七八九十几多]*[部首个出场幅本]))?等?(?:{_any_of(_words(before, 'work'))})"
        ),
        work=re.compile(rf"(?:{_any_of(_words(before, 'work'))})\Z"),
        ending=re.compile(rf"(?:{_any_of(endings)})\Z"),
        names=ahocorasick_rs.AhoCorasick(list(national), matchkind=ahocorasick_rs.MatchKind.LeftmostLongest),
    )
