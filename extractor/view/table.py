"""The tables of an article: its facts, and below them its places, programs and time expressions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from extractor.view.escape import to_attribute, to_html
from extractor.view.label import Labels
from extractor.view.mark import Item, Shown
from schemas import FactRecord

COLUMNS = (
    *("number", "quantity", "value", "indicator", "action", "subject", "place", "period", "program", "confidence"),
)
LOW = 0.8  # confidence below which a row says so
PLACES, PROGRAMS, PERIODS = ("mention", "name", "code"), ("mention", "type"), ("mention", "first day", "last day")


def render_facts(item: Item, title: str, labels: Labels, rows: dict[str, int]) -> str:
    """The table of facts. `rows`: the row of each fact_id so far, for totals and repeats."""
    if not item.facts:
        return f'<p class="none">{labels.tell("no facts")}</p>\n'
    for shown in item.facts:
        rows[shown.fact.fact_id] = shown.number
    head = "".join(f'<th scope="col">{labels.tell(name)}</th>' for name in COLUMNS)
    body = "".join(_render_row(shown, labels, rows) for shown in item.facts)
    caption = to_html(labels.tell("facts of", title=title))
    return (
        f'<table class="facts"><caption>{caption}</caption>\n<thead><tr>{head}</tr></thead>\n'
        f"<tbody>\n{body}</tbody></table>\n"
    )


def _render_row(shown: Shown, labels: Labels, rows: dict[str, int]) -> str:
    fact, anchors = shown.fact, shown.anchors
    place = ""
    if fact.place:
        path = to_attribute(" / ".join(fact.place.path) or fact.place.name)
        basis = labels.name("basis", fact.place.basis)
        place = f'<span title="{path}">{_link(fact.place.name, anchors["place"])}</span>{_small(basis)}'
    period = ""
    if fact.period:
        days = [day for day in (fact.period.start_date, fact.period.end_date) if day]
        period = _link(fact.period.text, anchors["period"]) + _small(" – ".join(dict.fromkeys(days)))
    cells = {
        "quantity": _link(fact.quantity.text, anchors["quantity"]) + _tell_ties(fact, labels, rows),
        "value": f"{to_html(tell_value(fact, labels))}{_small(labels.name('kind', fact.kind))}",
        "indicator": _link(fact.indicator.text, anchors["indicator"]) if fact.indicator else "",
        "action": _link(fact.action.text, anchors["action"]) if fact.action else "",
        "subject": _link(fact.subject.text, anchors["subject"]) if fact.subject else "",
        "place": place,
        "period": period,
        "program": _link(fact.program.text, anchors["program"]) if fact.program else "",
        "confidence": f"{fact.confidence:.2f}",
    }
    number = f'<th scope="row"><a href="#{anchors["quantity"]}">{shown.number}</a></th>'
    inner = "".join(
        f'<td class="{name}" data-label="{labels.tell(name)}">{cell}</td>' if cell else f'<td class="{name}"></td>'
        for name, cell in cells.items()
    )
    low = ' class="low"' if fact.confidence < LOW else ""
    return f'<tr id="f{shown.number}"{low}>{number}{inner}</tr>\n'


def tell_value(fact: FactRecord, labels: Labels) -> str:
    """A fact's number in its base unit with what its words allow: 超过 120 – 130 个."""
    quantity = fact.quantity
    low, high = quantity.min_value, quantity.max_value
    modifier = labels.name("modifier", quantity.modifier)
    number = _group(quantity.value)
    if quantity.value is None:
        ends = [_group(end) for end in (low, high)]
        number = " – ".join(end for end in ends if end)
    elif low is not None and high is not None and low != high:
        number = f"{number}（{_group(low)} – {_group(high)}）"
    return " ".join(filter(None, (modifier, number, quantity.unit)))


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
    return (
        f"<details><summary>{word} {len(rows)}</summary>\n"
        f"<table><caption>{to_html(f'{word}：{title}')}</caption><thead><tr>{head}</tr></thead>\n"
        f"<tbody>\n{body}</tbody></table></details>\n"
    )
