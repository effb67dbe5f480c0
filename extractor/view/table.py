"""The tables of an article: its facts, and below them its places, programs and time expressions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from extractor.view.escape import to_attribute, to_html
from extractor.view.label import Labels
from extractor.view.mark import Item, Shown
from schemas import FactPlaceValue, FactRecord, PeriodSpan, TextSpan

COLUMNS = (
    *("quantity", "value", "indicator", "action", "subject", "place", "period", "program", "base", "confidence"),
)
LOW = 0.8  # confidence below which a row says so
PLACES, PROGRAMS, PERIODS = ("mention", "name", "code"), ("mention", "type"), ("mention", "first day", "last day")


def render_facts(item: Item, title: str, labels: Labels, rows: dict[str, int]) -> str:
    """The table of facts, without the columns that none of them fills. `rows`: the row of each fact_id of the document
    so far, for totals and repeats."""
    if not item.facts:
        return f'<p class="none">{labels.tell("no facts")}</p>\n'
    for shown in item.facts:
        rows[shown.fact.fact_id] = shown.number
    found = [_to_cells(shown, labels, rows) for shown in item.facts]
    columns = [name for name in COLUMNS if any(cells[name] for cells in found)]
    head = "".join(f'<th scope="col">{labels.tell(name)}</th>' for name in ("number", *columns))
    body = "".join(_render_row(shown, cells, columns) for shown, cells in zip(item.facts, found, strict=True))
    caption = to_html(labels.tell("facts of", title=title))
    return (
        f'<table class="facts"><caption>{caption}</caption>\n<thead><tr>{head}</tr></thead>\n'
        f"<tbody>\n{body}</tbody></table>\n"
    )


def _render_row(shown: Shown, cells: dict[str, str], columns: Sequence[str]) -> str:
    number = f'<th scope="row"><a href="#{shown.anchors["quantity"]}">{shown.number}</a></th>'
    inner = "".join(f'<td class="{name}">{cells[name]}</td>' for name in columns)
    low = ' class="low"' if shown.fact.confidence < LOW else ""
    return f'<tr id="f{shown.number}"{low}>{number}{inner}</tr>\n'


def _to_cells(shown: Shown, labels: Labels, rows: dict[str, int]) -> dict[str, str]:
    """The HTML of a fact's cells by column; empty for what it lacks."""
    fact, anchors = shown.fact, shown.anchors

    def link(name: str, part: TextSpan | None) -> str:
        return _link(part.text, anchors[name]) if part else ""

    return {
        "quantity": link("quantity", fact.quantity) + _tell_ties(fact, labels, rows),
        "value": to_html(tell_value(fact, labels)) + _small(labels.name("kind", fact.kind)),
        "indicator": link("indicator", fact.indicator),
        "action": link("action", fact.action),
        "subject": link("subject", fact.subject),
        "place": _render_place(fact.place, anchors["place"], labels),
        "period": link("period", fact.period) + _tell_days(fact.period),
        "program": link("program", fact.program),
        "base": link("base", fact.base),
        "confidence": f"{fact.confidence:.2f}",
    }


def _render_place(place: FactPlaceValue | None, key: str, labels: Labels) -> str:
    if place is None:
        return ""
    path = to_attribute(" / ".join(place.path) or place.name)
    return f'<span title="{path}">{_link(place.name, key)}</span>{_small(labels.name("basis", place.basis))}'


def _tell_days(period: PeriodSpan | None) -> str:
    days = [day for day in (period.start_date, period.end_date) if day] if period else []
    return _small(" – ".join(dict.fromkeys(days)))


def tell_value(fact: FactRecord, labels: Labels) -> str:
    """A fact's number in its base unit with what its words allow: 超过 120 (120 – 130) 个."""
    quantity = fact.quantity
    low, high = quantity.min_value, quantity.max_value
    modifier = labels.name("modifier", quantity.modifier)
    number = _group(quantity.value)
    if quantity.value is None:
        ends = [_group(end) for end in (low, high)]
        number = " – ".join(end for end in ends if end)
    elif low is not None and high is not None and low != high:
        number = f"{number} ({_group(low)} – {_group(high)})"
    told = (quantity.unit, number) if fact.kind == "rank" else (number, quantity.unit)
    return " ".join(filter(None, (modifier, *told)))


def _group(value: str | None) -> str:
    return "" if value is None else format(Decimal(value), ",f")


def _tell_ties(fact: FactRecord, labels: Labels, rows: dict[str, int]) -> str:
    """The totals that a figure is a part of, and the figure that it repeats."""
    ties = (("part of", fact.part_of), ("repeat of", fact.repeat_of))
    links = [(labels.tell(word), rows[other]) for word, other in ties if other in rows]
    return "".join(f'<small>{word} <a href="#f{row}">{row}</a></small>' for word, row in links)


def _link(text: str, key: str) -> str:
    inner = to_html(text)
    return f'<a href="#{key}">{inner}</a>' if key else inner


def _small(text: str) -> str:
    return f"<small>{to_html(text)}</small>" if text else ""


def render_mentions(item: Item, title: str, labels: Labels) -> str:
    """Closed tables of what else was found."""
    records = item.records
    keys = {(mark.kind, mark.start, mark.end): mark.key for mark in item.marks}
    shift = item.offset

    def link(kind: str, text: str, start: int, end: int) -> str:
        return _link(text, keys.get((kind, start - shift, end - shift), ""))

    places = (
        (
            link("place", place.text, place.start_char, place.end_char),
            to_html(" / ".join(place.path) or place.name),
            to_html(place.adcode or ""),
        )
        for place in records.places
    )
    programs = (
        (link("program", program.text, program.start_char, program.end_char), labels.name("program type", program.type))
        for program in records.programs
    )
    periods = (
        (
            link("period", period.text, period.start_char, period.end_char),
            period.start_date or "",
            period.end_date or "",
        )
        for period in records.periods
    )
    return "".join(
        (
            _render_details("places", PLACES, list(places), title, labels),
            _render_details("programs", PROGRAMS, list(programs), title, labels),
            _render_details("periods", PERIODS, list(periods), title, labels),
        )
    )


def _render_details(
    name: str, columns: Iterable[str], rows: Sequence[tuple[str, ...]], title: str, labels: Labels
) -> str:
    if not rows:
        return ""
    head = "".join(f'<th scope="col">{labels.tell(column)}</th>' for column in columns)
    body = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>\n" for row in rows)
    word = labels.tell(name)
    caption = to_html(labels.tell("list of", name=word, title=title))
    return (
        f"<details><summary>{word} {len(rows)}</summary>\n"
        f"<table><caption>{caption}</caption><thead><tr>{head}</tr></thead>\n"
        f"<tbody>\n{body}</tbody></table></details>\n"
    )
