"""Programs without marks that are named by what they are about: 开展渔船安全专项整治, 积肥运动中, 实施西河引水工程."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from extractor.lexicon.table import Row, compile_any, read_table
from extractor.mention.program_lexicon import ProgramLexicon
from extractor.mention.program_text import Cover, to_program
from extractor.model import Program

_REACH = 20  # characters before a type word where its verb may stand


@dataclass(frozen=True, slots=True)
class DriveLexicon:
    heads: tuple[tuple[re.Pattern[str], str, str], ...]  # pattern, role, program type
    verb: re.Pattern[str]
    behind: re.Pattern[str]
    finish: re.Pattern[str]
    work: re.Pattern[str]
    loose: re.Pattern[str]


@lru_cache(maxsize=4)
def load_drives(overlay: Path | None = None) -> DriveLexicon:
    """Raises LexiconError where a row of program_drive.tsv is wrong."""
    rows = read_table("program_drive.tsv", overlay)

    def of(role: str) -> list[Row]:
        return sorted((row for row in rows if row["role"] == role), key=lambda row: -len(row["word"]))

    def words(role: str) -> str:
        return "|".join(re.escape(row["word"]) for row in of(role)) or r"(?!)"

    heads = []
    for role in ("head", "movement", "build"):
        for type_ in sorted({row["type"] for row in of(role)}):
            typed = [row for row in of(role) if row["type"] == type_]
            heads.append((re.compile(rf"(?:{compile_any(typed, 'word').pattern})(?![组队室部办员])"), role, type_))
    return DriveLexicon(
        tuple(heads),
        re.compile(rf".*(?:{words('verb')})(?:了|好)?(?:全[国省市县区]|本[市县区])?", re.DOTALL),
        compile_any(of("behind"), "word"),
        re.compile(words("finish")),
        re.compile(rf"(?:{words('work')})\Z"),
        re.compile(words("loose")),
    )


@lru_cache(maxsize=1)
def _topic() -> re.Pattern[str]:
    return re.compile(r"[一-鿿]{2,14}\Z")


@lru_cache(maxsize=1)
def _opening() -> re.Pattern[str]:
    """The topic of a movement that opens its clause, or of a project that does or follows 的."""
    return re.compile(r"(?:\A|[，。；：！？\n“”的])(?:在|从|自|自从|经过|通过)?((?:(?!的)[一-鿿]){2,14}?)\Z")


@lru_cache(maxsize=1)
def _class_behind() -> re.Pattern[str]:
    """What shows that a building project is one of many or a part of another word."""
    return re.compile(
        r"\s?(?:[0-9０-９一二两三四五六七八九十百数多几]+[余多]?[个项处座期批宗]|建设|[、的和与及]|区|法|量)"
    )


def find_drives(text: str, taken: list[Program], lexicon: ProgramLexicon, overlay: Path | None = None) -> list[Program]:
    """Special campaigns and mass campaigns, and building projects behind the verb that starts them."""
    drives = load_drives(overlay)
    cover = Cover(taken)
    out: list[Program] = []
    for pattern, role, type_ in drives.heads:
        for head in pattern.finditer(text):
            for start in _topic_starts(text, head, role, drives):
                topic = text[start : head.start()]
                if _is_topic(topic, role, drives, lexicon) and not cover.overlaps(start, head.end()):
                    out.append(to_program(text, start, head.end(), type_, "drive"))
                    break
    return out


def _topic_starts(text: str, head: re.Match[str], role: str, drives: DriveLexicon) -> Iterator[int]:
    floor = max(0, head.start() - _REACH)
    verb = drives.verb.match(text, floor, head.start())
    if role == "build" and _class_behind().match(text, head.end()):
        return
    if verb is not None:
        yield verb.end()
    behind = {"movement": drives.behind, "build": drives.finish}.get(role)
    if behind is not None and behind.match(text, head.end()):
        opening = _opening().search(text, floor, head.start())
        if opening is not None:
            yield opening.start(1)


def _is_topic(topic: str, role: str, drives: DriveLexicon, lexicon: ProgramLexicon) -> bool:
    if not _topic().match(topic) or "的" in topic or lexicon.stop.search(topic):
        return False
    if role == "head":
        return len(topic) > 2
    if drives.loose.match(topic):
        return False
    return role == "movement" or (len(topic) > 4 and bool(drives.work.search(topic)))
