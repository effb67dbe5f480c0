"""What the search index holds of a text: jieba's search-mode words and single characters, folded."""

from __future__ import annotations

from typing import NamedTuple

from extractor.fold import fold
from extractor.words import load_searcher

LONGEST = 16_000  # characters of one text that are indexed: PostgreSQL's positions end there
TOKENS = 1  # version of the rules here: an index made by others is built anew


class Tokens(NamedTuple):
    """Space-separated tokens in text order."""

    words: str
    chars: str


def to_tokens(text: str) -> Tokens:
    """The tokens of a text. Every character that is no white space is a token of `chars`, so that any stretch of the
    text is a phrase there; `words` serve the ranking.

    >>> to_tokens("修渠12公里")
    Tokens(words='修渠 12 公里', chars='修 渠 1 2 公 里')
    """
    folded = fold("".join(text[:LONGEST].split()))
    words = [word for word in load_searcher()(folded) if word[0].isalnum()]
    return Tokens(" ".join(words), " ".join(folded))
