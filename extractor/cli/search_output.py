"""Answers on standard output: a table for people, JSON, or CSV."""

from __future__ import annotations

import csv
import io
import json
import re
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from extractor.search.question import Question
from schemas.search import SearchHit, SearchPage

if TYPE_CHECKING:
    from rich.text import Text

COLUMNS = (
    *("fact_id", "kind", "quantity", "value", "min_value", "max_value", "modifier", "unit", "amount", "amount_unit"),
    *("indicator", "indicator_id", "action", "subject", "place", "adcode", "program", "program_type", "period", "day"),
    *("confidence", "evidence", "title", "published", "newspaper", "doc", "article_id"),
)
NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")
FORMULA = "=+-@\t\r\n＝＋－＠"
# What a terminal would obey: control characters, and those that turn the reading direction.
UNSAFE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
HEADS = ("amount", "indicator", "evidence", "place", "time", "program", "source")
BOLD, TERM = "bold", "black on yellow"


@dataclass(frozen=True, slots=True)
class Answer:
    """A question and what was found. `label`: the row of a table of questions."""

    label: str | None
    question: Question
    page: SearchPage


def write_answers(answers: Sequence[Answer], form: str, *, many: bool) -> None:
    """Prints the answers; for CSV the totals go to standard error."""
    if form == "json":
        _write(to_json(answers, many=many) + "\n")
    elif form == "csv":
        _write(to_csv(answers, many=many))
        for answer in answers:
            print(to_line(answer), file=sys.stderr)
    elif sys.stdout.isatty():
        _print_tables(answers)
    else:
        _write("".join(to_plain(answer) for answer in answers))


def _write(text: str) -> None:
    sys.stdout.buffer.write(text.encode("utf-8", "replace"))
    sys.stdout.buffer.flush()


def to_json(answers: Sequence[Answer], *, many: bool) -> str:
    """One object an answer; of a table of questions a list of them with their rows' names."""
    pages = [{"query": a.label} | a.page.model_dump(mode="json") for a in answers]
    if many:
        return json.dumps(pages, ensure_ascii=False)
    return json.dumps(answers[0].page.model_dump(mode="json"), ensure_ascii=False)


def to_csv(answers: Sequence[Answer], *, many: bool) -> str:
    """A header line and a line a hit; a cell that a spreadsheet would compute begins with an apostrophe."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow((("query",) if many else ()) + COLUMNS)
    for answer in answers:
        label = (answer.label,) if many else ()
        for hit in answer.page.hits:
            writer.writerow([to_cell(value) for value in (*label, *to_values(hit))])
    return out.getvalue()


def to_cell(value: object) -> str:
    """A value that no spreadsheet takes for a formula."""
    text = "" if value is None else str(value)
    return "'" + text if text.startswith(tuple(FORMULA)) and not NUMBER.fullmatch(text) else text


def to_values(hit: SearchHit) -> tuple[object, ...]:
    """The cells of a hit in the order of COLUMNS."""
    fact, quantity, article = hit.fact, hit.fact.quantity, hit.article
    return (
        *(fact.fact_id, fact.kind, quantity.text, quantity.value, quantity.min_value, quantity.max_value),
        *(quantity.modifier, quantity.unit, quantity.amount, quantity.amount_unit),
        *(_text(fact.indicator), fact.indicator_id, _text(fact.action), _text(fact.subject)),
        *(to_path(hit), fact.place.adcode if fact.place else None),
        *(_text(fact.program), fact.program.type if fact.program else None, _text(fact.period), hit.day),
        *(fact.confidence, fact.evidence.text, article.title, article.published, article.newspaper),
        *(fact.doc, article.article_id),
    )


def _text(span: object) -> str | None:
    return getattr(span, "text", None)


def to_path(hit: SearchHit) -> str:
    """The names of a fact's place from province down."""
    place = hit.fact.place
    return "" if place is None else "/".join(place.path) or place.name


def to_line(answer: Answer) -> str:
    """How many facts there are, and how to go on."""
    page = answer.page
    head = "" if answer.label is None else f"{clean(answer.label)}: "
    if not page.total:
        return head + "; ".join(["nothing found", *map(clean, page.notes)])
    line = f"{head}{len(page.hits)} of {page.total} facts"
    return line + (f"; the next: --cursor {page.cursor}" if page.cursor else "")


def clean(text: str) -> str:
    """A text that a terminal only shows."""
    return UNSAFE.sub("\ufffd", text)


def to_cells(hit: SearchHit) -> tuple[str, ...]:
    """The cells of a hit in the order of HEADS."""
    fact, article = hit.fact, hit.article
    source = " ".join(filter(None, (article.newspaper, article.published, article.title, f"({fact.doc})")))
    cells = (
        to_amount(hit),
        _text(fact.indicator) or "",
        fact.evidence.text,
        to_path(hit),
        hit.day or "",
        _text(fact.program) or "",
        source,
    )
    return tuple(map(clean, cells))


def to_amount(hit: SearchHit) -> str:
    """The number in groups of three and its unit, such as ~ 3,200,000 CNY; the words where there is no number."""
    quantity = hit.fact.quantity
    number = quantity.value or quantity.min_value or quantity.max_value
    if number is None:
        return quantity.text
    whole, point, fraction = number.partition(".")
    sign = {"exact": "", "approx": "~", "more_than": ">", "less_than": "<", "equal_or_more": "≥", "equal_or_less": "≤"}
    shown = f"{int(whole):,}{point}{fraction}"
    if quantity.value is None and quantity.min_value and quantity.max_value:
        shown += f"..{quantity.max_value}"
    return f"{sign.get(quantity.modifier, '')}{shown} {quantity.unit}".strip()


def to_plain(answer: Answer) -> str:
    """Aligned columns, the evidence last, as wide as their widest cell; a wide character takes two columns."""
    order = (0, 1, 3, 4, 5, 2, 6)
    rows = [[HEADS[at].upper() for at in order]]
    rows += [[cells[at] for at in order] for cells in map(to_cells, answer.page.hits)]
    lines = align(rows) if len(rows) > 1 else []
    return "".join(f"{line}\n" for line in (*lines, to_line(answer)))


def align(rows: Sequence[Sequence[str]]) -> list[str]:
    """Rows with their cells below each other, two blanks apart."""
    from rich.cells import cell_len

    widths = [max(map(cell_len, column)) for column in zip(*rows, strict=True)]
    return [
        "  ".join(cell + " " * (width - cell_len(cell)) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    ]


def _print_tables(answers: Iterable[Answer]) -> None:
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    console = Console(highlight=False)
    for answer in answers:
        if answer.page.hits:
            title = None if answer.label is None else Text(clean(answer.label))
            table = Table(box=box.SIMPLE_HEAD, show_lines=True, title=title)
            for head, ratio in (("amount", 2), ("evidence", 5), ("place, time, program, source", 4)):
                table.add_column(head, ratio=ratio, overflow="fold")
            for hit in answer.page.hits:
                amount, indicator, _, place, time, program, source = to_cells(hit)
                where = Text("\n".join(filter(None, (place, time, program))) + "\n").append(source, "dim")
                table.add_row(Text(f"{amount}\n{indicator}"), to_evidence(hit), where)
            console.print(table)
        console.print(to_line(answer), markup=False, soft_wrap=True)


def to_evidence(hit: SearchHit) -> Text:
    """The sentence with its quantity in bold and the terms coloured."""
    from rich.text import Text

    text = Text(clean(hit.fact.evidence.text))
    for start, end in hit.highlight.terms:
        text.stylize(TERM, start, end)
    if hit.highlight.quantity:
        text.stylize(BOLD, *hit.highlight.quantity)
    return text
