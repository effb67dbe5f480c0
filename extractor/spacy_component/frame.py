"""The fact grammar (lexicon/frame.tsv) as spaCy Matcher patterns, for those who extend it in spaCy.

The core runs the same rows as regular expressions (`extractor.fact.frame`); `find_frames` here gives the same frames.
Token tags are the chunk tags of `extractor.fact.chunk`, with a `W` before and behind the sentence.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from extractor.fact.chunk import Chunk
from extractor.fact.frame import Frame, Row, load_rows

Pattern = list[dict[str, Any]]


def to_pattern(row: Row) -> tuple[Pattern, list[str]]:
    """A row as one Matcher pattern and the role of each of its tokens (i, q, a or empty)."""
    pattern: Pattern = []
    roles: list[str] = []
    for element in row.elements:
        token: dict[str, Any] = {"TAG": {"IN": list(element.tags)}}
        for _ in range(element.most if element.most < 40 else 1):
            operator = {(1, 1): "", (0, 40): "*", (1, 40): "+"}.get((element.least, element.most), "?")
            pattern.append({**token, "OP": operator} if operator else dict(token))
            roles.append(element.role)
    return pattern, roles


@lru_cache(maxsize=4)
def load_matcher(overlay: Path | None = None) -> tuple[Any, dict[int, tuple[Row, list[str]]]]:
    """A Matcher over all rows, and by its keys each row with its token roles."""
    from spacy.matcher import Matcher
    from spacy.vocab import Vocab

    vocab = Vocab()
    matcher = Matcher(vocab)
    rows: dict[int, tuple[Row, list[str]]] = {}
    for row in load_rows(overlay):
        pattern, roles = to_pattern(row)
        matcher.add(row.rule, [pattern])
        rows[vocab.strings[row.rule]] = (row, roles)
    return matcher, rows


def find_frames(
    chunks: Sequence[Chunk], kinds: Sequence[frozenset[str]], overlay: Path | None = None
) -> dict[int, Frame]:
    """The frame of each quantity chunk, by the Matcher: the first row that fits, of its matches the nearest chunks."""
    from spacy.tokens import Doc

    matcher, rows = load_matcher(overlay)
    tags = ["W", *(chunk.tag for chunk in chunks), "W"]
    doc = Doc(matcher.vocab, words=tags, tags=tags)
    best: dict[int, tuple[tuple[int, int, int], Frame]] = {}
    for key, start, _, alignment in matcher(doc, with_alignments=True):
        row, roles = rows[key]
        at = {roles[element]: start + offset - 1 for offset, element in enumerate(alignment) if roles[element]}
        quantity = at["q"]
        if row.kinds and not row.kinds & kinds[quantity]:
            continue
        behind = start + len(alignment) - 1 - quantity
        frame = Frame(row.rule, row.order, quantity, at.get("i"), at.get("a"), row.fallback)
        rank = (row.order, behind, len(alignment))
        if quantity not in best or rank < best[quantity][0]:
            best[quantity] = (rank, frame)
    return {quantity: frame for quantity, (_, frame) in sorted(best.items())}
