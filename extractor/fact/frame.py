"""Frames: which construction a quantity stands in (lexicon/frame.tsv).

The rows are token patterns over chunk tags. Here they run as regular expressions over a string of one letter a chunk,
read outwards from the quantity: no import of spaCy (half a second) and no state machine a sentence.
`extractor.spacy_component.frame` compiles the same rows to spaCy Matcher patterns; a test holds the two to one answer.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from extractor.errors import LexiconError
from extractor.fact.chunk import Chunk
from extractor.lexicon.table import read_table

_ELEMENT = re.compile(r"(?:(?P<role>[iqa]):)?(?P<tags>[A-Z|]+)(?:(?P<op>[?*+])|\{(?P<times>\d+)\})?")
_LETTER = {"NP": "N"}  # chunk tags of two letters
_REACH = 14  # chunks on either side that a row may reach


@dataclass(frozen=True, slots=True)
class Element:
    """One element of a row: its tags, how often (0 or 1 at least, `most` at most) and its role (i, q, a or none)."""

    tags: tuple[str, ...]
    least: int
    most: int
    role: str


@dataclass(frozen=True, slots=True)
class Row:
    rule: str
    order: int
    elements: tuple[Element, ...]
    fallback: str  # "", topic, none
    kinds: frozenset[str]
    before: re.Pattern[str]  # what stands before the quantity, read backwards
    behind: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Frame:
    """Chunk indices of one quantity's roles."""

    rule: str
    order: int
    quantity: int
    indicator: int | None
    action: int | None
    fallback: str


def parse_pattern(pattern: str, line: str) -> tuple[Element, ...]:
    """The elements of a row's pattern. Raises LexiconError naming the line."""
    out: list[Element] = []
    for cell in pattern.split(" "):
        match = _ELEMENT.fullmatch(cell)
        if match is None:
            raise LexiconError(f"{line}: pattern element {cell!r}, expected [role:]TAG[|TAG][?*+ or {{n}}]")
        most = {"?": 1, "*": 40, "+": 40}.get(match["op"] or "", int(match["times"] or 1))
        least = 0 if match["op"] in ("?", "*") or match["times"] else 1
        out.append(Element(tuple(match["tags"].split("|")), least, most, match["role"] or ""))
    if [element.role for element in out].count("q") != 1:
        raise LexiconError(f"{line}: a pattern has one q: element")
    return tuple(out)


def _to_regex(elements: Sequence[Element]) -> re.Pattern[str]:
    """Shortest match first, so that the nearest chunks take the roles."""
    parts = []
    for element in elements:
        letters = "[" + "".join(_LETTER.get(tag, tag) for tag in element.tags) + "]"
        times = "" if (element.least, element.most) == (1, 1) else f"{{{element.least},{element.most}}}?"
        parts.append(f"(?P<{element.role}>{letters})" if element.role else letters + times)
    return re.compile("".join(parts))


@lru_cache(maxsize=4)
def load_rows(overlay: Path | None = None) -> tuple[Row, ...]:
    """The rows of the grammar, in the order in which they are tried."""
    rows = []
    for order, row in enumerate(read_table("frame.tsv", overlay)):
        elements = parse_pattern(row["pattern"], row["_line"])
        at = next(i for i, element in enumerate(elements) if element.role == "q")
        kinds = frozenset(filter(None, row["kinds"].split(" ")))
        before, behind = _to_regex(elements[:at][::-1]), _to_regex(elements[at + 1 :])
        rows.append(Row(row["rule"], order, elements, row["indicator"], kinds, before, behind))
    return tuple(rows)


def find_frames(
    chunks: Sequence[Chunk], kinds: Sequence[frozenset[str]], overlay: Path | None = None
) -> dict[int, Frame]:
    """The frame of each quantity chunk by its index; `kinds`: the kinds of each chunk's quantity, none for others."""
    tags = "W" + "".join(["N" if chunk.tag == "NP" else chunk.tag for chunk in chunks]) + "W"
    out: dict[int, Frame] = {}
    for quantity, chunk in enumerate(chunks):
        if chunk.tag != "Q":
            continue
        low, high = max(0, quantity + 1 - _REACH), quantity + 2 + _REACH
        found = _match_rows(tags[low : quantity + 1], tags[quantity + 2 : high], kinds[quantity], overlay)
        if found is not None:
            row, indicator, action = found
            out[quantity] = Frame(
                row.rule,
                row.order,
                quantity,
                None if indicator is None else quantity + indicator,
                None if action is None else quantity + action,
                row.fallback,
            )
    return out


@lru_cache(maxsize=8192)
def _match_rows(
    before: str, behind: str, kinds: frozenset[str], overlay: Path | None
) -> tuple[Row, int | None, int | None] | None:
    """The first row that fits the tags round a quantity, and where its indicator and action stand from there."""
    backward = before[::-1]
    for row in load_rows(overlay):
        if row.kinds and not row.kinds & kinds:
            continue
        right = row.behind.match(behind)
        left = row.before.match(backward) if right is not None else None
        if right is None or left is None:
            continue
        places = {role: right.start(role) + 1 for role in right.re.groupindex}
        places |= {role: -left.start(role) - 1 for role in left.re.groupindex}
        return row, places.get("i"), places.get("a")
    return None
