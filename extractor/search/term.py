"""What a search text asks for: its terms."""

from __future__ import annotations

import re
from typing import NamedTuple

from extractor.errors import UsageError
from extractor.fold import fold

LONGEST = 1_000  # characters of a search text
MOST = 16  # terms of one
# A dash before a term takes it out; quotation marks around one hold blanks together. All else is plain text.
TERM = re.compile(r'(?P<dash>-?)(?:"(?P<quoted>[^"]*)"(?=\s|$)|(?P<plain>\S+))')
CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")


class Term(NamedTuple):
    """A stretch of characters that must stand in the text, or must not. `text` is folded and without blanks."""

    text: str
    excluded: bool = False


def split_terms(text: str) -> tuple[Term, ...]:
    """The terms of a search text, each once. Blanks part them. Raises UsageError that names --text.

    >>> split_terms('駐村 ＧＤＰ -"扶贫 资金"')
    (Term(text='驻村', excluded=False), Term(text='gdp', excluded=False), Term(text='扶贫资金', excluded=True))
    """
    if len(text) > LONGEST:
        raise UsageError(f"--text: {len(text)} characters, at most {LONGEST}")
    if any("\ud800" <= character <= "\udfff" for character in text):
        raise UsageError("--text: holds half a character (a lone surrogate)")
    terms: dict[Term, None] = {}
    for match in TERM.finditer(CONTROL.sub(" ", text)):
        term = _to_term(match)
        if term.text:
            terms[term] = None
    if len(terms) > MOST:
        raise UsageError(f"--text: {len(terms)} terms, at most {MOST}")
    return tuple(terms)


def _to_term(match: re.Match[str]) -> Term:
    dash, quoted, plain = match["dash"], match["quoted"], match["plain"]
    surface = quoted if plain is None else plain
    return Term(squeeze(surface), bool(dash))


def squeeze(text: str) -> str:
    """The text folded and without blanks, as the index holds it."""
    return "".join(fold("".join(text.split())).split())
