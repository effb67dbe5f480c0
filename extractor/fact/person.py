"""Persons' names behind a role (村民王有福, 书记刘洋): characters that are words elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from extractor.fact.chunk import Chunk
from extractor.lexicon.table import active_overlay, per_overlay, read_table

_LONGEST = 3  # characters of a name
_SECOND = frozenset("NAVKDFTOLRMX")  # classes that a name's character may happen to have
_THIRD = frozenset("NAFT")


@per_overlay()
def load_surnames() -> frozenset[str]:
    """Characters that open a person's name."""
    return frozenset("".join(row["characters"] for row in read_table("layout_surname.tsv", active_overlay())))


def join_names(words: Sequence[Chunk], is_role: Callable[[str], bool]) -> Sequence[Chunk]:
    """The words, each name behind a role made one noun."""
    if not any(word.tag == "N" and len(word.text) == 1 for word in words):
        return words
    out: list[Chunk] = []
    i = 0
    while i < len(words):
        word = words[i]
        opens = i > 0 and len(word.text) == 1 and word.tag == "N" and is_role(words[i - 1].text)
        end = _name_end(words, i) if opens and word.text in load_surnames() else i + 1
        if end > i + 1:
            text = "".join(part.text for part in words[i:end])
            out.append(Chunk(text, "N", word.start, words[end - 1].end))
        else:
            out.append(word)
        i = end
    return out


def _name_end(words: Sequence[Chunk], i: int) -> int:
    """Behind the one or two characters that follow the surname at `i`."""
    end, length = i + 1, 1
    for allowed in (_SECOND, _THIRD):
        if end >= len(words) or words[end].start != words[end - 1].end or words[end].tag not in allowed:
            break
        length += len(words[end].text)
        if length > _LONGEST or (len(words[end].text) > 1 and words[end].tag not in "NA"):
            break
        end += 1
    return end
