"""Measures how good the extraction is, by gold set, decade and genre.

usage: scripts/quality_table [--check] [SET...]

Extracts the gold sets and writes what was right, spurious and missed in each document to scripts/quality_figures.tsv;
sets that are not here keep their lines. scripts/build_reference makes the tables of docs/limits.md from that file.
`--check` writes nothing and fails where a set is more than 0.01 worse than the file says.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
FIGURES = ROOT / "scripts" / "quality_figures.tsv"
BLIND = ROOT / "scripts" / "quality_blind.tsv"
GENRES = ROOT / "scripts" / "quality_genre.tsv"
LAYERS = ("detect", "quantity", "fact", "places", "programs")
SLACK = 0.01
BLOCK = re.compile(r"^(<!-- (quality|blind) -->\n).*?(?=^<!-- end -->$)", re.MULTILINE | re.DOTALL)
NAMES = {
    "page": "pages with several items",
    "report": "reports and features",
    "bulletin": "statistics bulletins and work reports",
    "directive": "documents, speeches, plans, surveys",
    "broadcast": "television and online news",
    "other": "not sorted yet",
}
COMMENT = """\
# What was right, spurious and missed in each document with gold; written by scripts/quality_table, not by hand.
# facts: of the gold, without those that count as neither. The cells of a layer: right/spurious/missed.
"""


@dataclass(frozen=True, slots=True)
class Figures:
    """One document's counts. `published` is a date or a year; `layers`: (right, spurious, missed) by layer."""

    set: str
    document: str
    published: str
    facts: int
    layers: dict[str, tuple[int, int, int]]

    @property
    def key(self) -> str:
        return f"{self.set}/{self.document}"


@dataclass(slots=True)
class Total:
    """Counts of some documents."""

    documents: int = 0
    facts: int = 0
    layers: defaultdict[str, list[int]] = field(default_factory=lambda: defaultdict(lambda: [0, 0, 0]))

    def add(self, figures: Figures) -> None:
        self.documents += 1
        self.facts += figures.facts
        for layer, counts in figures.layers.items():
            for index, count in enumerate(counts):
                self.layers[layer][index] += count

    def f1(self, layer: str) -> float | None:
        """None where there was nothing to find and nothing was found."""
        right, spurious, missed = self.layers[layer]
        of = 2 * right + spurious + missed
        return 2 * right / of if of else None


def read_figures(path: Path = FIGURES) -> list[Figures]:
    from extractor.lexicon.table import parse_table

    rows = parse_table(path.read_text("utf-8"), path.name) if path.is_file() else ()
    return [to_figures(row) for row in rows]


def to_figures(row: dict[str, str]) -> Figures:
    set_, _, document = row["document"].partition("/")
    layers = {}
    for layer in LAYERS:
        right, spurious, missed = map(int, row[layer].split("/"))
        layers[layer] = (right, spurious, missed)
    return Figures(set_, document, row["published"], int(row["facts"]), layers)


def to_file(figures: Iterable[Figures]) -> str:
    lines = ["\t".join(("document", "published", "facts", *LAYERS))]
    for row in figures:
        cells = ["/".join(map(str, row.layers[layer])) for layer in LAYERS]
        lines.append("\t".join((row.key, row.published, str(row.facts), *cells)))
    return COMMENT + "\n".join(lines) + "\n"


def read_genres() -> dict[str, str]:
    from extractor.lexicon.table import parse_table

    return {row["document"]: row["genre"] for row in parse_table(GENRES.read_text("utf-8"), GENRES.name)}


def measure(names: Iterable[str] = ()) -> list[Figures]:
    """The figures of the gold sets that are here; `names` limits them."""
    from scripts.gate import SETS, GoldSet

    sets = {gold_set.name: gold_set for gold_set in SETS}
    for gold in sorted((ROOT / "corpora").glob("heldout*/gold/*.gold.jsonl")):
        name = gold.parents[1].name
        sets.setdefault(name, GoldSet(name, gold, gold.parents[1] / "pages", True))
    wanted = set(names) or sets.keys()
    found = []
    for gold_set in sets.values():
        if gold_set.name in wanted and gold_set.gold.is_file():
            found += measure_set(gold_set.name, gold_set.gold, gold_set.texts, gold_set.own)
    return found


def measure_set(name: str, gold: Path, texts: Path, own: bool) -> list[Figures]:
    from extractor import Settings
    from extractor.cli.evaluate import extract_records
    from extractor.evaluate import Report, read_gold, score_document

    found = []
    for number, document in enumerate(read_gold(gold), 1):
        date = document.get("date")
        given = None if date is None else str(date)
        text, records = extract_records(texts / document["text_file"], given, Settings())
        report = Report()
        score_document(document, records, text, report)
        tallies = report.tallies
        layers = {name: (tallies[name].right, tallies[name].spurious, tallies[name].missed) for name in LAYERS}
        facts = sum(not fact.get("optional") for fact in document["facts"])
        found.append(Figures(name, document["text_file"] if own else f"{number:02d}", given or "", facts, layers))
    return found


def to_decade(figures: Figures) -> str:
    return f"{figures.published[:3]}0s" if figures.published else "undated"


def add_up(figures: Iterable[Figures], key: Callable[[Figures], str]) -> dict[str, Total]:
    totals: defaultdict[str, Total] = defaultdict(Total)
    for row in figures:
        totals[key(row)].add(row)
    return dict(totals)


def to_table(head: str, totals: dict[str, Total], names: Iterable[str]) -> str:
    lines = [f"| {head} | documents | facts | " + " | ".join(LAYERS) + " |", "| --- |" + " ---: |" * (len(LAYERS) + 2)]
    for name in names:
        total = totals[name]
        shares = (total.f1(layer) for layer in LAYERS)
        cells = ["-" if share is None else f"{share:.3f}" for share in shares]
        lines.append(f"| {NAMES.get(name, name)} | {total.documents} | {total.facts:,} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def to_tables(figures: list[Figures]) -> str:
    """The three tables of the page about limits."""
    genres = read_genres()
    sets = add_up(figures, lambda row: row.set)
    decades = add_up(figures, to_decade)
    kinds = add_up(figures, lambda row: genres.get(row.key, "other"))
    parts = [
        to_table("set", sets, sets),
        "By decade of print, all sets together:",
        to_table("decade", decades, sorted(decades)),
        "By genre, all sets together:",
        to_table("genre", kinds, [name for name in NAMES if name in kinds]),
    ]
    return "\n\n".join(parts)


def to_blind_table(figures: list[Figures]) -> str:
    """The first run on unseen documents, a row a document and one for all."""
    genres = read_genres()
    rows = add_up(figures, lambda row: f"{row.published[:4]}, {NAMES[genres[row.key]]}")
    rows |= add_up(figures, lambda _: "all")
    return to_table("print", rows, rows)


def fill_limits(text: str) -> str:
    """The page about limits with the figures of today between its marks."""
    blocks = {"quality": to_tables(read_figures()), "blind": to_blind_table(read_figures(BLIND))}
    return BLOCK.sub(lambda match: f"{match[1]}\n{blocks[match[2]]}\n\n", text)


def find_worse(old: list[Figures], new: list[Figures]) -> list[str]:
    """Sets and layers in which `new` is worse than `old` by more than the slack."""
    before, after = add_up(old, lambda row: row.set), add_up(new, lambda row: row.set)
    worse = []
    for name in after.keys() & before.keys():
        for layer in LAYERS:
            shown, got = before[name].f1(layer), after[name].f1(layer)
            if shown is not None and (got or 0.0) < shown - SLACK:
                worse.append(f"{name}: {layer} is {got or 0.0:.3f}, docs/limits.md says {shown:.3f}")
    return sorted(worse)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="write nothing, fail where a set is worse than is said")
    parser.add_argument("sets", metavar="SET", nargs="*", help="only these")
    arguments = parser.parse_args()
    old, new = read_figures(), measure(arguments.sets)
    if arguments.check:
        worse = find_worse(old, new)
        print("\n".join(worse), file=sys.stderr, end="\n" if worse else "")
        return int(bool(worse))
    measured = {row.set for row in new}
    FIGURES.write_text(to_file([*new, *(row for row in old if row.set not in measured)]), "utf-8")
    print(to_tables(read_figures()))
    return 0
