"""How well a text reads: the share of it that is words, figures and the marks between them."""

from __future__ import annotations

import re
from functools import lru_cache
from importlib import resources

from extractor.matching import to_matching
from extractor.words import load_cutter

LONGEST = 1_200  # characters that are read as a whole; of longer texts STRETCHES pieces
STRETCHES = 6
# Share of clean print that reads, median of our pages: names of people and villages are in no dictionary.
CLEAN = 0.96
DOUBT = 10  # characters of clean print that a short text is weighed with: one name in a caption is no bad print
STRAY = 3  # words of one character in a row that are few in print and many among misread characters
LOW = 0.35  # what one of those counts
MOST_MARKS = 3  # marks in a row, of more than two kinds, that print has
MOST_LETTERS = 6  # of an abbreviation
_GAP = re.compile(r"(?<=[\u3400-\u9fff])[ \u3000]+(?=[\u3400-\u9fff])")
_TOKEN = re.compile(
    r"(?P<han>[\u3400-\u9fff〇]+)|(?P<figure>[0-9０-９]+)|(?P<letters>[A-Za-zＡ-Ｚａ-ｚ]+)|(?P<rule>[\s─-╿|_]+)"
    r"|(?P<marks>[，。、；：？！（）“”‘’《》〈〉「」『』【】〔〕［］—…·～％‰‱℃°′″※,.;:?!()\[\]\"'%/&+\-=<>~@#*・．－／＋＝＊"
    r"●■◆◇▲△▼○□★☆◎①-⑳㈠-㈩Ⅰ-Ⅻⅰ-ⅻ㎡㎥㎞㎏㎜㎝￥¥$€£×÷±–]+)|(?P<odd>.)",
    re.DOTALL,
)
_VOWEL = re.compile("[aeiouyAEIOUYａ-ｚ]")
_RUN = re.compile(rf"[sx]{{{STRAY},}}")


def measure_legibility(text: str) -> float | None:
    """0..1, to four places; 1 for clean print of any kind, None for no text. Of long texts a sample is read."""
    share = share_legible(_take(text), DOUBT)
    return None if share is None else round(min(1.0, share / CLEAN), 4)


def share_legible(text: str, doubt: int = 0) -> float | None:
    """Share of the characters that are words, figures and marks, with `doubt` characters of clean print beside them;
    None for no text."""
    read = all_ = 0.0
    for match in _TOKEN.finditer(_GAP.sub("", to_matching(text))):
        kind, token = match.lastgroup, match[0]
        if kind != "rule":
            all_ += len(token)
            read += _count_han(token) if kind == "han" else len(token) * _is_print(str(kind), token)
    return (read + doubt * CLEAN) / (all_ + doubt) if all_ else None


def _take(text: str) -> str:
    """The text, or stretches of it at equal distances."""
    if len(text) <= LONGEST:
        return text
    size, step = LONGEST // STRETCHES, len(text) // STRETCHES
    return "\n".join(text[at * step : at * step + size] for at in range(STRETCHES))


def _count_han(token: str) -> float:
    """Characters in words; those of words of one character count less where many stand together."""
    singles, numerals = _load_singles()
    signs = "".join(
        "w" * len(word) if len(word) > 1 else "w" if word in numerals else "s" if word in singles else "x"
        for word in load_cutter()(token)
    )
    stray = sum(str(run).count("s") for run in _RUN.findall(signs))
    return signs.count("w") + signs.count("s") - (1 - LOW) * stray


@lru_cache(maxsize=1)
def _load_singles() -> tuple[frozenset[str], frozenset[str]]:
    """Characters that are words by themselves, and those that stand together in numbers with their units."""
    text = resources.files("extractor.lexicon").joinpath("single_word.txt").read_text("utf-8")
    singles, numerals = text.splitlines()
    return frozenset(singles), frozenset(numerals)


def _is_print(kind: str, token: str) -> bool:
    """Figures, words in Latin letters, and marks unless many kinds of them stand together."""
    if kind == "letters":
        return _is_word(token)
    return kind == "figure" or (kind == "marks" and (len(token) <= MOST_MARKS or len(set(token)) <= 2))


def _is_word(token: str) -> bool:
    """PM, iPhone, sanitation: no letters by chance."""
    if len(token) <= MOST_LETTERS and token.isupper():
        return True
    return (len(token) > 1 and token[1:].islower() and _VOWEL.search(token) is not None) or token in _UNITS


_UNITS = frozenset(("kg", "km", "mg", "cm", "mm", "ml", "kw", "kW", "kWh", "MWh", "pH", "iPhone", "GDP"))
