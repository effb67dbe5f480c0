"""Every message that the page uses is there in both languages, and none is there for nothing."""

from __future__ import annotations

import re
from pathlib import Path
from string import Formatter

from extractor.search import OPTIONS
from extractor.search.note import NOTES
from extractor.serve.web.correction import FIELDS
from extractor.serve.web.facet import FIELDS as FACETS
from extractor.serve.web.language import load_messages
from support import ROOT

FOLDER = ROOT / "extractor" / "serve" / "web"
TEXTS = [path.read_text("utf-8") for kind in ("*.py", "templates/*.html") for path in sorted(FOLDER.glob(kind))]
# Families whose members are named by data: kinds, units, statuses.
FAMILIES = (
    *("unit", "kind", "modifier", "program", "problem", "scale", "article", "verdict", "result", "sort", "descending"),
    *("repeats", "option", "wrong", "facet", "mark", "found", "correct", "review.did", "tile", "nav", "unknown"),
)


def find_used() -> set[str]:
    return {key for text in TEXTS for key in re.findall(r"""["']([a-z]+(?:\.[a-z0-9_-]+)+)["']""", text)}


def test_every_message_is_there() -> None:
    messages = load_messages()
    asked = {key for text in TEXTS for key in re.findall(r"""\bt\('([^'~]+)'[),]""", text)}
    assert len(asked) > 60
    assert asked <= messages.keys(), asked - messages.keys()


def test_no_message_is_left_over() -> None:
    used = find_used() | {key for text in TEXTS for key in re.findall(r"t\('([a-z]+)'\)", text)}
    left = [
        key
        for key in load_messages()
        if key.removesuffix(".one") not in used and not key.startswith(tuple(f"{family}." for family in FAMILIES))
    ]
    assert not left


def test_both_languages_say_the_same() -> None:
    for key, row in load_messages().items():
        assert row["zh"].strip() and row["en"].strip(), key
        names = [{name for _, name, _, _ in Formatter().parse(text) if name} for text in row.values()]
        assert names[0] == names[1], key


def test_what_data_names_has_a_message() -> None:
    messages = load_messages()
    for option in OPTIONS.values():
        assert f"option.{option}" in messages and f"wrong.{option}" in messages, option
    assert all(f"unknown.{option}" in messages for option in NOTES)
    for facet in (*FACETS, "min-quality", "min-confidence", "repeats"):
        assert f"facet.{facet}" in messages
    for field in FIELDS:
        assert f"correct.{field.name}" in messages
        family = "program" if field.name == "program_type" else field.name
        assert all(f"{family}.{choice}" in messages for choice in field.choices)


def test_help_is_in_both_languages() -> None:
    heads = [
        re.findall(r"<(h[12]|dt|tr)\b", (FOLDER / f"templates/help.{name}.html").read_text("utf-8"))
        for name in ("zh", "en")
    ]
    assert heads[0] == heads[1]
    assert Path(FOLDER / "message.tsv").read_text("utf-8").startswith("#")
