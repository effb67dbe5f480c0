"""The same page as text, HTML, PDF and scan: what pages of corpora/pages and corpora/layout lack of the four."""

from __future__ import annotations

import html
import json
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple, Protocol

from build_samples_press import Sheet, balance, flow, wrap

LAYOUT = Path(__file__).resolve().parents[1] / "corpora" / "layout"


class Piece(Protocol):
    """One article to be set."""

    @property
    def title(self) -> list[str]: ...
    @property
    def kicker(self) -> str | None: ...
    @property
    def body(self) -> list[str]: ...
    @property
    def kind(self) -> str: ...


class Item(NamedTuple):
    title: list[str]
    kicker: str | None
    body: list[str]
    kind: str


def read_layout_items(page: str) -> list[Item]:
    """The articles of a page of corpora/layout by its gold."""
    rows = json.loads((LAYOUT / "gold.json").read_text("utf-8"))[page]
    credit = {"caption": "　刘晓军　摄"}  # the gold has none
    return [
        Item(
            row["title"].split(" ") if row["title"] else [],
            row["kicker"],
            [paragraph + credit.get(row["kind"], "") for paragraph in row["body"]],
            row["kind"],
        )
        for row in rows
    ]


def print_html(items: Sequence[Piece], paper: str, day: str, sheet: str) -> bytes:
    """A page of an electronic newspaper with all its articles in it, each in a block of its own."""
    out = [
        f'<!DOCTYPE html>\n<html><head><meta charset="utf-8"><title>{paper} {day} {sheet}</title></head><body>',
        f'<div class="masthead">{paper}　{day}　{sheet}</div>',
    ]
    heads = [" ".join(item.title) for item in items if item.title]
    links = "".join(f'<li><a href="#a{n}">{html.escape(head)}</a></li>' for n, head in enumerate(heads, 1))
    out.append(f'<ul class="titles">{links}</ul>')
    number = 0
    for item in items:
        number += bool(item.title)
        head = f"<h2>{'<br>'.join(map(html.escape, item.title))}</h2>" if item.title else ""
        kicker = f"<h4>{html.escape(item.kicker)}</h4>" if item.kicker else ""
        mark = f' id="a{number}"' if item.title else ""
        body = "\n".join(f"<p>　　{html.escape(paragraph)}</p>" for paragraph in item.body)
        out.append(f'<div{mark} class="item">{kicker}{head}{body}</div>')
    out.append(f'<div class="foot">{paper}社 版权所有</div></body></html>\n')
    return "\n".join(out).encode()


def set_stack(items: Sequence[Piece], masthead: str, columns: int) -> list[Sheet]:
    """One article under the other, each in all columns below its headline, with a rule between."""
    left, width, gutter, size, leading = 30.0, 132.0, 18.0, 9.5, 14.5
    right = left + columns * width + (columns - 1) * gutter
    sheet = Sheet(right + 30, 0)
    sheet.put(masthead, left, 20, 9)
    low = 28.0
    for item in items:
        sheet.rules.append((left, low + 8, right, low + 8))
        top = _set_head(sheet, item, left, right, low + 18, 19)
        lines = wrap(item.body, width, size)
        count = balance(lines, columns)
        frames = [(left + k * (width + gutter), top, count) for k in range(columns)]
        low = flow(sheet, lines, frames, width, size, leading)
    sheet.height = low + 40
    return [sheet]


def set_running(items: Sequence[Piece], masthead: str, columns: int) -> list[Sheet]:
    """Articles that run on from column to column, each headline over its text in one column."""
    left, width, gutter, size, leading = 30.0, 146.0, 20.0, 9.5, 14.5
    xs = [left + k * (width + gutter) for k in range(columns)]
    rows: list[tuple[str, float, int, bool]] = []  # text, size, indent, full
    for item in items:
        if rows:
            rows.append(("", size, 0, False))
        if item.kicker:
            rows.append((item.kicker, 10.5, -1, False))
        rows += [(part, 14.0, -1, False) for part in _fit(item.title, int(width / 14))]
        rows += [(line, size, indent, full) for line, indent, full in wrap(item.body, width, size)]
    height = sum(_leading(row[1]) for row in rows) / columns + 60
    sheet = Sheet(xs[-1] + width + 30, height + 90)
    sheet.put(masthead, left, 20, 9)
    sheet.rules.append((left, 34, xs[-1] + width, 34))
    column, y = 0, 46.0
    for n, (line, points, indent, full) in enumerate(rows):
        head = points > size
        need = _leading(points) + (3 * leading if head else 0)
        if y + need > height + 46 and column + 1 < columns:
            column, y = column + 1, 46.0
        if not line and (y == 46.0 or n + 1 == len(rows)):
            continue
        if head:
            sheet.centre(line, xs[column], xs[column] + width, y, points, role="head")
        elif line:
            text = sheet.put(line, xs[column] + indent * size, y, size)
            if full and len(line) > 1:
                text.space = (width - indent * size - text.advance()) / (len(line) - 1)
        y += _leading(points)
    return [sheet]


def _leading(points: float) -> float:
    return points * 1.25 + 2.6


def _fit(parts: Sequence[str], most: int) -> list[str]:
    """Headline lines of a column's width."""
    return [part[at : at + most] for part in parts for at in range(0, len(part), most)]


def _set_head(sheet: Sheet, item: Piece, left: float, right: float, top: float, size: float) -> float:
    if item.kicker:
        sheet.centre(item.kicker, left, right, top, size * 0.65, "song", role="head")
        top += size * 0.65 + 5
    for part in item.title:
        sheet.centre(part, left, right, top, size, role="head")
        top += size * 1.25
    return top + 6
