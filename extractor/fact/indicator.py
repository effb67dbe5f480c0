"""The canonical indicator that a named figure stands for: 总投资, 投资总额 and 总投资额 are one."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from extractor.errors import LexiconError
from extractor.lexicon.table import Row, read_table
from extractor.model import Fact, Quantity

_KINDS = frozenset({"*", "money", "ratio", "count", "rank", "measure"})
_NOISE = re.compile(r"[\s“”‘’「」『』《》\"]+")


@dataclass(frozen=True, slots=True)
class Form:
    """One row. `kinds`: what the figure may be (money, measure:area ...); `head` whether a longer phrase may end so."""

    id: str
    kinds: frozenset[str]
    head: bool


@dataclass(frozen=True, slots=True)
class IndicatorLexicon:
    forms: dict[str, Form]
    longest: int
    before: dict[str, str]  # word before a form -> same or other
    reach: int  # characters of the longest word before a form


def resolve_indicator(text: str, quantity: Quantity, overlay: Path | None = None) -> str | None:
    """The id (indicator.tsv) of the figure that `text` names, or None where the tables know none or `quantity` cannot
    be its value.

    A ratio or a rank keeps the id of the figure that it tells the change, the share or the place of (财政收入增长8%,
    居全省第3位): there the id says which figure the ratio is about, not that it is its value; only where the
    indicator is a rate itself (满意率) the two are the same. Only the figure's name decides: 8% of anything else in the
    sentence has its own indicator or none.
    """
    return _resolve(text, 0, _kind(quantity), overlay)


def identify(fact: Fact, text: str, overlay: Path | None = None) -> Fact:
    """The fact with its indicator's id, where it has one. An indicator is often only the head of the name as printed
    in `text` (收入 of 旅游收入), or parted from it by the verb (出栏26万头生猪)."""
    phrase, action = fact.indicator, fact.action
    if phrase is None:
        return fact
    lexicon = load_indicators(overlay)
    start, end = phrase.span
    floor = max(fact.sentence.start, end - lexicon.longest - lexicon.reach)
    before = _NAME_END.search(text[floor:start])
    id_ = _resolve(before[0] + text[start:end], len(before[0]), _kind(fact.quantity), overlay) if before else None
    if action is not None and action.text != phrase.text:
        for name in (phrase.text + action.text, action.text + phrase.text):
            if name in lexicon.forms:
                id_ = _resolve(name, 0, _kind(fact.quantity), overlay) or id_
    return fact if id_ is None else replace(fact, indicator_id=id_)


_NAME_END = re.compile(r"[一-鿿A-Za-z“”‘’]*\Z")


def _kind(quantity: Quantity) -> str:
    return f"measure:{quantity.dimension}" if quantity.kind == "measure" else quantity.kind


@lru_cache(maxsize=8192)
def _resolve(text: str, boundary: int, kind: str, overlay: Path | None) -> str | None:
    """The id of the figure named at the end of `text`; the phrase that names it begins at `boundary` or before."""
    lexicon = load_indicators(overlay)
    before, phrase = _clean(text[:boundary]), _clean(text[boundary:])
    for name in dict.fromkeys((phrase, phrase.replace("的", ""))):
        form = _find_form(before + name, len(before), lexicon)
        if form is not None:
            return form.id if _fits(form.kinds, kind) else None
    return None


def _clean(text: str) -> str:
    return _NOISE.sub("", unicodedata.normalize("NFKC", text))


def _find_form(name: str, boundary: int, lexicon: IndicatorLexicon) -> Form | None:
    """The longest form that ends the name. Before it may stand what leaves the figure the same, where the phrase
    begins (`boundary`) anything that does not make it another."""
    size = len(name)
    for start in range(max(0, size - lexicon.longest), size):
        form = lexicon.forms.get(name[start:])
        if form is None:
            continue
        before = name[max(0, start - lexicon.reach) : start]
        role = next((r for i in range(len(before)) if (r := lexicon.before.get(before[i:]))), None)
        if role == "other" or (role is None and start > boundary and not form.head):
            return None
        return form
    return None


def _fits(kinds: frozenset[str], kind: str) -> bool:
    return not kinds.isdisjoint(("*", kind, kind.partition(":")[0])) or kind in ("ratio", "rank")


@lru_cache(maxsize=4)
def load_indicators(overlay: Path | None = None) -> IndicatorLexicon:
    """Raises LexiconError where a row is wrong."""
    forms = {row["form"]: _read_form(row) for row in read_table("indicator.tsv", overlay)}
    before = read_table("indicator_prefix.tsv", overlay)
    return IndicatorLexicon(
        forms,
        max(map(len, forms), default=0),
        {row["word"]: row["role"] for row in before},
        max((len(row["word"]) for row in before), default=0),
    )


def _read_form(row: Row) -> Form:
    kinds = frozenset(row["quantity"].split(","))
    if any(kind.partition(":")[0] not in _KINDS for kind in kinds):
        raise LexiconError(f"{row['_line']}: {row['quantity']!r} is no quantity (money, ratio, count, measure:area, *)")
    if not re.fullmatch(r"[a-z][a-z0-9_]*", row["id"]):
        raise LexiconError(f"{row['_line']}: {row['id']!r} is no id (letters a-z, digits, _)")
    return Form(row["id"], kinds, row["head"] == "yes")
