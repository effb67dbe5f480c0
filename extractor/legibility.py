"""How well a text reads: the share of it that is words, figures and the marks between them."""

from __future__ import annotations

import re
from functools import lru_cache
from importlib import resources

from extractor.matching import to_matching
from extractor.words import load_cutter

LONGEST = 480  # characters that are read as a whole; of longer texts STRETCHES pieces
STRETCHES = 4
# Share of clean print that reads, median of our pages: names of people and villages are in no dictionary.
CLEAN = 0.95
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
    read = all_ = 0.0
    han: list[str] = []
    for match in _TOKEN.finditer(_GAP.sub("", to_matching(_take(text)))):
        kind, token = match.lastgroup, match[0]
        if kind == "han":
            han.append(token)
        elif kind != "rule":
            all_ += len(token)
            read += len(token) * _is_print(str(kind), token)
    run = "\n".join(han)
    all_ += len(run) - run.count("\n")
    read += _count_han(run)
    return round(min(1.0, (read + DOUBT * CLEAN) / (all_ + DOUBT) / CLEAN), 4) if all_ else None


def share_joined(text: str) -> float:
    """Share of the Han characters that stand in words of several: 0.7 to 0.9 in print, 0.1 to 0.4 in disorder."""
    run = "\n".join(re.findall(r"[\u3400-\u9fff]+", _GAP.sub("", to_matching(text))))
    size = len(run) - run.count("\n")
    return sum(len(word) for word in load_cutter()(run) if len(word) > 1) / size if size else 0.0


def _take(text: str) -> str:
    """The text, or stretches of it at equal distances."""
    if len(text) <= LONGEST:
        return text
    size, step = LONGEST // STRETCHES, len(text) // STRETCHES
    return "\n".join(text[at * step : at * step + size] for at in range(STRETCHES))


def _count_han(run: str) -> float:
    """Characters in words; those of words of one character count less where many stand together."""
    signs = _load_signs()
    signed = "".join(["w" * len(word) if len(word) > 1 else signs.get(word, "x") for word in load_cutter()(run)])
    stray = sum(str(found).count("s") for found in _RUN.findall(signed))
    return signed.count("w") + signed.count("s") - (1 - LOW) * stray


@lru_cache(maxsize=1)
def _load_signs() -> dict[str, str]:
    """Characters that are words by themselves (s), and those of them that stand together in numbers and units (w)."""
    text = resources.files("extractor.lexicon").joinpath("single_word.txt").read_text("utf-8")
    singles, numerals = text.splitlines()
    return {**dict.fromkeys(singles, "s"), **dict.fromkeys(numerals, "w"), "\n": " "}


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
