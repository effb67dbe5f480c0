"""Which program a quantity belongs to."""

from __future__ import annotations

from collections.abc import Sequence

import regex

from extractor.fact.chunk import Chunk
from extractor.lexicon.table import active_overlay, per_overlay, read_table
from extractor.model import Fact, Program

HEAD = 0.5  # least share of a head's characters that the program's name makes up


def tie_program(chunks: Sequence[Chunk], index: int, earlier: Sequence[tuple[int, Fact]]) -> Program | None:
    """The program of the quantity's clause; else one of an earlier clause that governs what follows: a subject, or the
    object of a clause that has no figure of its own."""
    clause = chunks[index].clause
    candidate: int | None = None
    for i in range(index - 1, -1, -1):
        if chunks[i].tag == "G" and isinstance(chunks[i].item, Program):
            candidate = i
            break
    if candidate is None:
        for i in range(index + 1, len(chunks)):
            if chunks[i].clause != clause or chunks[i].tag == "Q":
                break
            item = chunks[i].item
            if chunks[i].tag == "G" and isinstance(item, Program):
                return item
        return None
    program = chunks[candidate].item
    if not isinstance(program, Program):
        return None
    own = chunks[candidate].clause
    if own != clause and _NEW_ITEM.search("".join(c.text for c in chunks[candidate + 1 : index])):
        return None
    if own == clause and not any(c.tag == "Q" for c in chunks[candidate + 1 : index]):
        return program
    holds_figure = any(c.tag == "Q" and c.clause == own for c in chunks)
    if not holds_figure:
        governs = own + 1 == clause and candidate > 0 and chunks[candidate - 1].text in _governing()
        return program if program.type != "mechanism" or governs else None
    verb_before = any(c.tag in ("V", "K") and c.clause == own for c in chunks[:candidate])
    if not verb_before:
        return program
    return None


class ParagraphHead:
    """The program that heads a paragraph (“X”工程。…, 实施X工程。…): its figures belong to it where none is nearer."""

    def __init__(self) -> None:
        self._paragraph = -1
        self._program: Program | None = None

    def enter(self, paragraph: int, size: int, programs: Sequence[Program], *, figures: bool) -> None:
        """A sentence of `size` characters begins; the first of its paragraph is a head where it says little more
        the program's name and holds no figure."""
        if paragraph == self._paragraph:
            return
        self._paragraph = paragraph
        head = programs[0] if len(programs) == 1 and not figures else None
        heads = head is not None and head.span.end - head.span.start >= HEAD * size
        self._program = head if heads else None

    @property
    def program(self) -> Program | None:
        """The head of the paragraph at hand."""
        return self._program


@per_overlay()
def _governing() -> frozenset[str]:
    return frozenset(row["word"] for row in read_table("program_govern.tsv", active_overlay()))


_NEW_ITEM = regex.compile(
    r"[，,；;：:。](?:其?[二三四五六七八九]是|第[二三四五六七八九]|[（(]?[二三四五六七八九2-9][）)、.．]|另外|此外)"
)
