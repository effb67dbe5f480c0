"""`govfacts explain`: what each stage makes of a sentence, and which rule row made each mention."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from typing import NamedTuple, Protocol, TypeVar

from extractor.cli.main import OK
from extractor.cli.option import add_reading_arguments, to_settings
from extractor.model import Bounds, Exclusion, Fact, Period, Phrase, Place, Program, Quantity, Reading, Sentence
from extractor.text import BodySpan

STYLES = {
    "article": "bold",
    "sentence": "bold cyan",
    "words": "dim",
    "quantity": "green",
    "excluded": "red",
    "place": "blue",
    "program": "magenta",
    "period": "yellow",
    "fact": "bold green",
}


class Line(NamedTuple):
    """One line of the explanation; an empty label continues the one above."""

    depth: int
    label: str
    text: str


class Spanned(Protocol):
    """Anything with a place in the unwrapped text."""

    @property
    def span(self) -> BodySpan: ...


Item = TypeVar("Item", bound=Spanned)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    add_reading_arguments(parser)
    parser.add_argument("sentence", metavar="SENTENCE", help="a sentence or a short text")


def run(arguments: argparse.Namespace) -> int:
    """Prints the explanation; exit status 0 even where nothing was found."""
    from extractor.lexicon.table import lay_over
    from extractor.pipeline import read_articles
    from extractor.read import read_text

    settings = to_settings(arguments)
    source = read_text(arguments.sentence, "-", settings, date=arguments.date)
    readings = read_articles(source, settings)
    with lay_over(settings.lexicon):
        lines = [line for reading in readings for line in explain_reading(reading)]
    write_lines(lines or [Line(0, "article", "none: the text holds no body that can be read")])
    return OK


def explain_reading(reading: Reading) -> Iterator[Line]:
    """The lines of one article: its sentences, and under each what was found in it."""
    article = reading.article
    about = f"about {_tell_place(reading.place)}" if reading.place else "about no place"
    yield Line(0, "article", f"{article.ordinal} {article.kind}, title {article.title or '-'}, {about}")
    for number, sentence in enumerate(reading.sentences, 1):
        yield from _explain_sentence(number, sentence, reading)


def _explain_sentence(number: int, sentence: Sentence, reading: Reading) -> Iterator[Line]:
    start, end = sentence.span
    text = reading.article.text.text[start:end]
    yield Line(1, "sentence", f"{number} [{start}, {end}) {sentence.part}  {text.strip()}")
    facts = [fact for fact in reading.facts if _is_inside(fact.quantity, sentence)]
    if facts:
        yield Line(2, "words", " ".join(f"{word}/{tag}" for word, tag in _tag_words(sentence, reading, facts)))
    for fact in facts:
        yield Line(2, "quantity", _tell_quantity(fact.quantity))
    for exclusion in _within(reading.exclusions, sentence):
        yield Line(2, "excluded", _tell_exclusion(exclusion))
    for place in _within(reading.places, sentence):
        yield Line(2, "place", f"{place.text}  {_tell_place(place)}  <{place.resolved_by}>")
    for program in _within(reading.programs, sentence):
        yield Line(2, "program", _tell_program(program))
    for period in _within(reading.periods, sentence):
        yield Line(2, "period", _tell_period(period))
    for fact in facts:
        yield from _explain_fact(fact, reading.article.text.text)


def _tag_words(sentence: Sentence, reading: Reading, facts: list[Fact]) -> Iterator[tuple[str, str]]:
    """Words and their classes, each mention one word: Q quantity, T period, L place, G program."""
    from extractor.words import split_words

    mentions = [
        *(("Q", fact.quantity.span) for fact in facts),
        *(("T", period.span) for period in _within(reading.periods, sentence)),
        *(("L", place.span) for place in _within(reading.places, sentence)),
        *(("G", program.span) for program in _within(reading.programs, sentence)),
    ]
    text = reading.article.text.text
    at, end = sentence.span
    for tag, span in [*sorted(mentions, key=lambda mention: mention[1].start), ("", BodySpan(end, end))]:
        if span.start < at:
            continue  # inside the mention before it
        yield from ((word.text, word.tag) for word in split_words(text[at : span.start]))
        if tag:
            yield f"[{text[span.start : span.end]}]", tag
        at = span.end


def _explain_fact(fact: Fact, text: str) -> Iterator[Line]:
    yield Line(2, "fact", f"{fact.quantity.text}  <{fact.rule}>  confidence {fact.confidence:.2f}")
    place = f"{_tell_place(fact.place.place)} by {fact.place.basis}" if fact.place else "-"
    fields = {
        "indicator": _tell_phrase(fact.indicator),
        "action": _tell_phrase(fact.action),
        "subject": _tell_phrase(fact.subject),
        "place": place,
        "program": fact.program.text if fact.program else "-",
        "period": _tell_period(fact.period) if fact.period else "-",
    }
    if fact.base:
        fields["base"] = fact.base.text
    if fact.part_of:
        fields["part of"] = text[slice(*fact.part_of)]
    if fact.features:
        fields["features"] = " ".join(fact.features)
    for name, value in fields.items():
        yield Line(3, "", f"{name:10s}{value}")


def _is_inside(item: Spanned, sentence: Sentence) -> bool:
    return sentence.span.start <= item.span.start < sentence.span.end


def _within(items: tuple[Item, ...], sentence: Sentence) -> Iterator[Item]:
    return (item for item in items if _is_inside(item, sentence))


def _tell_quantity(quantity: Quantity) -> str:
    dimension = f" {quantity.dimension}" if quantity.dimension else ""
    amount = f"{_tell_bounds(quantity.bounds)} {quantity.unit or '(no unit)'}"
    return f"{quantity.text}  {quantity.kind}{dimension} {amount}  <{quantity.rule}>"


def _tell_bounds(bounds: Bounds) -> str:
    low, value, high = (
        "-" if number is None else format(number, "f") for number in (bounds.low, bounds.value, bounds.high)
    )
    return f"{value} {bounds.modifier}" + ("" if low == value == high else f" {low}..{high}")


def _tell_exclusion(exclusion: Exclusion) -> str:
    return f"{exclusion.text}  <{exclusion.rule}>"


def _tell_place(place: Place | None) -> str:
    if place is None:
        return "-"
    return f"{place.adcode or '(no code)'} {' / '.join(place.path) or place.name} {place.level}"


def _tell_program(program: Program) -> str:
    return f"{program.text}  {program.type}  <{program.rule}>"


def _tell_period(period: Period) -> str:
    base = "" if period.governs else " (base of a comparison)"
    return f"{period.text}  {period.start_date or '?'}..{period.end_date or '?'}{base}  <{period.rule}>"


def _tell_phrase(phrase: Phrase | None) -> str:
    return phrase.text if phrase else "-"


def write_lines(lines: list[Line]) -> None:
    """Plain text, in colour where standard output is a terminal."""
    if sys.stdout.isatty():
        from rich.console import Console
        from rich.text import Text

        console = Console(highlight=False)
        for line in lines:
            label = (f"{line.label:10s}", STYLES.get(line.label, ""))
            console.print(Text.assemble("  " * line.depth, label, line.text), soft_wrap=True)
        return
    for line in lines:
        text = f"{'  ' * line.depth}{line.label:10s}{line.text}".rstrip()
        sys.stdout.buffer.write(text.encode("utf-8", "replace") + b"\n")
    sys.stdout.buffer.flush()
