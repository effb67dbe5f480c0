"""Word borders around a single name: the only place here where words are cut, over a few characters."""

from __future__ import annotations

import re

from extractor.words import load_tagger

# Characters on each side that decide where words begin and end.
WINDOW = 8
HAN = re.compile(r"[\u3400-\u9fff]")
STOP = re.compile(r"[^\u3400-\u9fff]")
UNKNOWN = "x"  # tag of what no dictionary word covers


def cuts_word(text: str, start: int, end: int, *, left_only: bool = False) -> bool:
    """True where a dictionary word crosses a border of the name (平安乡村 for 安乡). `left_only`: words behind a full
    name begin with its last character (县委, 市长) and say nothing."""
    left = text[max(0, start - WINDOW) : start]
    stops = [match.end() for match in STOP.finditer(left)]
    if stops:
        left = left[stops[-1] :]
    right = text[end : end + WINDOW]
    stop = STOP.search(right)
    if stop:
        right = right[: stop.start()]
    if not left and not right:
        return False
    begin, finish = len(left), len(left) + end - start
    at = 0
    for word, tag in load_tagger()(left + text[start:end] + right):
        after = at + len(word)
        crosses_left = at < begin < after <= finish
        crosses_right = not left_only and begin < at < finish < after
        if (crosses_left or crosses_right) and tag != UNKNOWN:
            return True
        if at >= finish:
            break
        at = after
    return False
