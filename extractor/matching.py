"""The copy of a text that the stages read: traditional, variant and compatibility characters in the forms that our
tables have. It is as long as the text, so that offsets hold in both; what records show is cut from the text itself.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace

from extractor.errors import LexiconError
from extractor.fold import load_variants
from extractor.lexicon.table import Row, active_overlay, per_overlay, read_table
from extractor.model import Article, Source
from extractor.text import MappedText

RADICALS = range(0x2F00, 0x2FD6)  # Kangxi radicals, which many PDF files hold in place of characters
NEAR = 300  # characters around an article in which its reporters may be named
FULL = 0xFEE0  # from ASCII to full width
_NARROW = {code + FULL: chr(code) for code in range(0x21, 0x7F)}
_LETTER = "Ａ-Ｚａ-ｚ"
# Letters, but no Ｏ alone: it is the nought of 二ＯＯ二年. A full stop inside a number only.
_WIDE = re.compile(
    rf"[０-９％]+(?:．[０-９]+)?％?|(?<=[0-9])．(?=[0-9])|(?<![{_LETTER}])Ｏ*[Ａ-ＮＰ-Ｚａ-ｚ][{_LETTER}]*+"
)
BMP = 0x10000  # the pattern engine takes characters beyond one by one


@dataclass(frozen=True, slots=True)
class Folding:
    """`trigger` finds what no simplified text has; `characters` are folded first, then `words`."""

    trigger: re.Pattern[str]
    characters: dict[int, str]
    words: re.Pattern[str]
    forms: dict[str, str]


def to_matching(text: str) -> str:
    """The text in the forms of our tables, of the same length; the very same text where there is nothing to fold.

    >>> to_matching("這裡種棉萬餘畝，著名產區隨著增產")
    '这里种棉万余亩，著名产区随着增产'
    """
    if text.isascii():
        return text
    folding = load_folding()
    if folding.trigger.search(text) is None:
        return text
    forms = folding.forms
    return folding.words.sub(lambda match: forms[match[0]], text.translate(folding.characters))


def fold_source(source: Source) -> Source:
    """The source as the stages read it; the very same where there is nothing to fold."""
    text = to_matching(source.text)
    paper = source.newspaper and to_matching(source.newspaper)
    return source if text is source.text and paper is source.newspaper else replace(source, text=text, newspaper=paper)


def fold_width(article: Article) -> Article:
    """The article with full-width figures and letters in half width; the very same where it has none."""
    text = _WIDE.sub(lambda match: match[0].translate(_NARROW), article.text.text)
    return article if text == article.text.text else replace(article, text=MappedText(text, article.text.runs))


def to_printed(article: Article, source: Source) -> Article:
    """An article of the folded source with the characters of the source itself; the very same where none differ."""
    text = _print(article.text, source.text)
    if text.text == article.text.text:
        return article
    first = {role: text.text[slice(*span)] for role, span in reversed(article.parts)}
    return replace(
        article,
        text=text,
        title=article.title and first.get("title", article.title),
        kicker=article.kicker and first.get("kicker", article.kicker),
        byline=tuple(_find_name(name, article, source.text) for name in article.byline),
    )


def _print(mapped: MappedText, source: str) -> MappedText:
    parts: list[str] = []
    at = 0
    for run in mapped.runs:
        parts += (mapped.text[at : run.start], source[run.source : run.source + run.length])
        at = run.start + run.length
    parts.append(mapped.text[at:])
    return MappedText("".join(parts), mapped.runs)


def _find_name(name: str, article: Article, source: str) -> str:
    """A reporter's name as it is printed near the article."""
    low = min((run.source for run in article.text.runs), default=0)
    high = max((run.source + run.length for run in article.text.runs), default=0)
    start = max(0, low - NEAR)
    near = source[start : high + NEAR]
    match = re.search(r"\s*".join(map(re.escape, name)), to_matching(near))
    return "".join(near[match.start() : match.end()].split()) if match else name


@per_overlay()
def load_folding() -> Folding:
    """All tables of characters and words as one."""
    overlay = active_overlay()
    variants = load_variants()
    derived = {code: unicodedata.normalize("NFKC", chr(code)) for code in RADICALS}
    characters = {**variants, **{code: variants.get(ord(form), form) for code, form in derived.items()}}
    for row in read_table("variant_form.tsv", overlay):
        characters[ord(_check(row, 1)["surface"])] = row["form"]
    forms: dict[str, str] = {}
    telling: set[int] = set()
    for row in read_table("variant_word.tsv", overlay):
        forms[_check(row)["surface"]] = row["form"]
        if row["alone"]:
            telling.add(ord(row["surface"]))
    # a character that a word row holds is left to the rows
    kept = {code for surface in forms for code in map(ord, surface) if code in characters}
    forms = {**{chr(code): characters[code] for code in kept}, **forms}
    strange = {*characters, *(ord(surface) for surface in forms if len(surface) == 1)}
    telling.update(code for code in strange if code < BMP and not _is_simplified(chr(code)))
    trigger = "".join(re.escape(chr(code)) for code in sorted(telling))
    return Folding(
        re.compile(f"[{trigger}]"),
        {code: form for code, form in characters.items() if code not in kept},
        re.compile("|".join(map(re.escape, sorted(forms, key=len, reverse=True))) or r"(?!)"),
        forms,
    )


def _check(row: Row, size: int | None = None) -> Row:
    """A row whose form is as long as its surface."""
    if len(row["surface"]) != len(row["form"]) or (size is not None and len(row["form"]) != size):
        raise LexiconError(f"{row['_line']}: {row['surface']!r} and {row['form']!r} differ in length")
    return row


def _is_simplified(character: str) -> bool:
    """In GB 2312, the character set of simplified print."""
    try:
        character.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True
