"""Header blocks of archive files: lines such as `【 日  期 】19590312` before a text, and glossaries behind it.

A file may hold several items, each with its block.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from extractor.lexicon.table import read_table
from extractor.read.line import Line, find_lines
from extractor.text import Span

LABEL = re.compile(r"[ \t\u3000]*【(?P<label>[^】\r\n]{1,16})】")
BLANK = re.compile(r"\s+")
GLOSS = re.compile(r"\s*[＠@][①-⑳㉑-㊿0-9０-９]")
MAX_CONTINUED = 8  # lines that a headline may take


@dataclass(slots=True)
class Header:
    """What the blocks of a file say: `dates` and `papers` as printed, title and hidden stretches in the source."""

    dates: list[str] = field(default_factory=list)
    papers: list[str] = field(default_factory=list)
    titles: list[Span] = field(default_factory=list)
    hidden: list[Span] = field(default_factory=list)


class Entry(NamedTuple):
    """A label line: its role and where in the line the value begins."""

    line: Line
    role: str
    value: int


@lru_cache(maxsize=8)
def label_roles(overlay: Path | None = None) -> dict[str, str]:
    """Role by label."""
    return {row["label"]: row["role"] for row in read_table("header.tsv", overlay)}


def parse_label(line: str, overlay: Path | None = None) -> tuple[str, int] | None:
    """Role of a `【label】` line ("" for a label we do not know) and where its value begins; None for other lines."""
    match = LABEL.match(line)
    if match is None:
        return None
    label = BLANK.sub("", match["label"])
    return label_roles(overlay).get(label, ""), match.end()


def find_header(text: str, overlay: Path | None = None) -> Header:
    """All header blocks and trailing glossaries of a text; an empty Header where there are none."""
    header = Header()
    if "【" in text:
        lines = list(find_lines(text))
        at = 0
        while at < len(lines):
            if not lines[at].text.lstrip().startswith("【"):
                at += 1
                continue
            entries, behind = _read_block(lines, at, overlay)
            if entries and _is_header(entries, first=at == 0):
                _collect(text, lines, entries, behind, header)
            at = max(behind, at + 1)
    header.hidden.extend(_find_glossaries(text, overlay))
    header.hidden.sort()
    return header


def _read_block(lines: list[Line], start: int, overlay: Path | None) -> tuple[list[Entry], int]:
    """Label lines from `start` and the index behind the block. Lines between two labels continue the first."""
    entries: list[Entry] = []
    at = start
    while at < len(lines):
        parsed = parse_label(lines[at].text, overlay)
        if parsed is None:
            ahead = range(at + 1, min(at + MAX_CONTINUED, len(lines)))
            follower = next((i for i in ahead if parse_label(lines[i].text, overlay) is not None), None)
            if not entries or follower is None or not lines[at].text[0].isspace():
                break
            at = follower
            continue
        entries.append(Entry(lines[at], *parsed))
        at += 1
        if parsed[0] == "body":
            break
    return entries, at


def _is_header(entries: list[Entry], *, first: bool) -> bool:
    """Two known labels make a block; one is enough at the very top. A lone 【…】 line may be a headline."""
    known = sum(entry.role != "" for entry in entries)
    return known >= 2 or (known == 1 and first and len(entries) == 1)


def _collect(text: str, lines: list[Line], entries: list[Entry], behind: int, header: Header) -> None:
    last = entries[-1]
    if last.role == "body":
        end = last.line.start + last.value  # the text may begin on the label's line
    elif behind < len(lines):
        end = lines[behind].start
    else:
        end = len(text)
    header.hidden.append(Span(entries[0].line.start, end))
    for entry, until in zip(entries, [*(follower.line.start for follower in entries[1:]), end], strict=True):
        value = entry.line.strip(entry.value)
        if entry.role == "title":
            header.titles.extend(_find_values(text, entry, until))
        elif value is not None and entry.role == "date":
            header.dates.append(text[value.start : value.end])
        elif value is not None and entry.role == "paper":
            header.papers.append(text[value.start : value.end])


def _find_values(text: str, entry: Entry, until: int) -> Iterator[Span]:
    """The value of an entry, one span a line."""
    if (value := entry.line.strip(entry.value)) is not None:
        yield value
    for line in find_lines(text, entry.line.start + len(entry.line.text), until):
        if (value := line.strip()) is not None:
            yield value


def _find_glossaries(text: str, overlay: Path | None) -> Iterator[Span]:
    """Stretches from a tail label's line to its last gloss line (`＠①…`) or blank line."""
    labels = [re.escape(label) for label, role in label_roles(overlay).items() if role == "tail"]
    if not labels:
        return
    pattern = re.compile(rf"(?:^|(?<=[\r\n]))[ \t\u3000]*(?:{'|'.join(labels)})[：:]?")
    behind = 0
    for match in pattern.finditer(text):
        if match.start() < behind:
            continue
        rest = text[match.end() : match.end() + 1]
        if rest and rest not in "\r\n" and not rest.isspace():
            continue
        behind = next((line.start for line in find_lines(text, match.end()) if not GLOSS.match(line.text)), len(text))
        yield Span(match.start(), behind)
