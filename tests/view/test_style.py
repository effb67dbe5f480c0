"""The style sheet: readable in light and dark, every kind of mark has its colour."""

from __future__ import annotations

import re

import pytest

from extractor.view.label import read_data
from extractor.view.mark import RANKS
from extractor.view.page import SWITCHES

STYLE = read_data("style.css")
LIGHT, DARK = (
    dict(re.findall(r"--([a-z]+): (#[0-9a-f]{6})", block)) for block in re.findall(r":root \{(.*?)\}", STYLE, re.S)[:2]
)
MARKS = tuple(kind for kind in RANKS if kind != "sentence")


def luminance(colour: str) -> float:
    """Of WCAG 2."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_contrast_is_that_of_the_norm() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
def test_texts_are_readable(colours: dict[str, str]) -> None:
    pairs = [
        *(("ink", ground) for ground in ("paper", "card", "target", "near", *MARKS)),
        *((ink, ground) for ink in ("dim", "link", "low") for ground in ("paper", "card")),
        ("link", "target"),
        ("dim", "target"),
        ("low", "target"),
    ]
    faint = {pair: round(contrast(colours[pair[0]], colours[pair[1]]), 2) for pair in pairs}
    assert not {pair: ratio for pair, ratio in faint.items() if ratio < 4.5}


def test_every_mark_has_its_colour_and_its_switch() -> None:
    assert LIGHT.keys() == DARK.keys()
    assert set(SWITCHES) == set(MARKS) <= LIGHT.keys()
    for kind in MARKS:
        assert f"--mark: var(--{kind})" in STYLE
        assert f"body:has(#show-{kind}:not(:checked)) .text .{kind}" in STYLE


def test_media() -> None:
    for words in ("prefers-color-scheme: dark", "@media print", "max-width: 45em", ":target", "unicode-bidi: isolate"):
        assert words in STYLE
    assert "</" not in STYLE
