"""Frames: which construction a quantity stands in, found by spaCy Matcher patterns (lexicon/frame.tsv)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from extractor.errors import LexiconError
from extractor.fact.chunk import Chunk
from extractor.lexicon.table import read_table

_ELEMENT = re.compile(r"(?:(?P<role>[iqab]):)?(?P<tags>[A-Z|]+)(?:(?P<op>[?*+])|\{(?P<times>\d+)\})?")


@dataclass(frozen=True, slots=True)
class Row:
    rule: str
    order: int
    roles: tuple[str, ...]  # of each compiled element
    fallback: str  # "", topic, none
    kinds: frozenset[str]


@dataclass(frozen=True, slots=True)
class Frame:
    """Chunk indices of one quantity's roles."""

    rule: str
    order: int
    quantity: int
    indicator: int | None
    action: int | None
    fallback: str
    width: int


@dataclass(frozen=True, slots=True)
class FrameGrammar:
    rows: dict[int, Row]
    matcher: Any
    vocab: Any


def _compile(row: dict[str, str]) -> tuple[list[dict[str, Any]], tuple[str, ...]]:
    pattern: list[dict[str, Any]] = []
    roles: list[str] = []
    for cell in row["pattern"].split(" "):
        match = _ELEMENT.fullmatch(cell)
        if match is None:
            raise LexiconError(f"{row['_line']}: pattern element {cell!r}")
        token: dict[str, Any] = {"TAG": {"IN": match["tags"].split("|")}}
        times = int(match["times"] or 1)
        if match["times"]:
            token["OP"] = "?"
        elif match["op"]:
            token["OP"] = match["op"]
        for _ in range(times):
            pattern.append(dict(token))
            roles.append(match["role"] or "")
    if roles.count("q") != 1:
        raise LexiconError(f"{row['_line']}: a pattern has one q: element")
    return pattern, tuple(roles)


@lru_cache(maxsize=4)
def load_frames(overlay: Path | None = None) -> FrameGrammar:
    from spacy.matcher import Matcher
    from spacy.vocab import Vocab

    vocab = Vocab()
    matcher = Matcher(vocab)
    rows: dict[int, Row] = {}
    for order, row in enumerate(read_table("frame.tsv", overlay)):
        pattern, roles = _compile(row)
        matcher.add(row["rule"], [pattern])
        kinds = frozenset(filter(None, row["kinds"].split(" ")))
        rows[vocab.strings[row["rule"]]] = Row(row["rule"], order, roles, row["indicator"], kinds)
    return FrameGrammar(rows, matcher, vocab)


def find_frames(
    chunks: Sequence[Chunk], kinds: Sequence[frozenset[str]], overlay: Path | None = None
) -> dict[int, Frame]:
    """The frame of each quantity chunk by its index; `kinds` gives the kinds of each chunk's quantity (none for others)."""
    from spacy.tokens import Doc

    grammar = load_frames(overlay)
    tags = ["W", *(chunk.tag for chunk in chunks), "W"]
    doc = Doc(grammar.vocab, words=tags, tags=tags)
    best: dict[int, Frame] = {}
    for key, start, _end, alignment in grammar.matcher(doc, with_alignments=True):
        row = grammar.rows[key]
        found: dict[str, int] = {}
        for offset, element in enumerate(alignment):
            role = row.roles[element]
            if role:
                found[role] = start + offset - 1
        quantity = found["q"]
        if row.kinds and not row.kinds & kinds[quantity]:
            continue
        frame = Frame(row.rule, row.order, quantity, found.get("i"), found.get("a"), row.fallback, len(alignment))
        other = best.get(quantity)
        if other is None or (frame.order, frame.width) < (other.order, other.width):
            best[quantity] = frame
    return best
