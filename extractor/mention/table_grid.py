"""The tables of an article: its rows' cells as spans of the article's text."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

from extractor.model import Article
from extractor.table_line import LONGEST, find_grids, split_cells
from extractor.text import BodySpan

MOST_CAPTIONS = 3  # lines over a table that may be its caption
LONGEST_CAPTION = 80


@dataclass(frozen=True, slots=True)
class Row:
    """`part`: index into Article.parts; `span`: the row; `cells`: None for an empty one."""

    part: int
    span: BodySpan
    cells: tuple[BodySpan | None, ...]


@dataclass(frozen=True, slots=True)
class Table:
    heads: tuple[Row, ...]
    rows: tuple[Row, ...]
    captions: tuple[BodySpan, ...]  # the nearest first; single cells between rows are sections, not captions


def find_tables(article: Article, source: str) -> list[Table]:
    """The tables of one article, found by the source's lines behind its paragraphs."""
    lines = [_line(article, source, k) for k in range(len(article.parts))]
    texts = [source[line[0] : line[1]] if line else "" for line in lines]
    if not any("\t" in t or "  " in t or "\u3000" in t or "|" in t or "│" in t or "｜" in t for t in texts):
        return []
    tables = []
    for grid in find_grids(texts):
        heads = tuple(_row(article, lines[i], texts[i], i) for i in grid.heads)
        rows = tuple(_row(article, lines[i], texts[i], i) for i in grid.rows)
        tables.append(Table(heads, rows, tuple(_captions(article, grid.head))))
    return tables


def _captions(article: Article, head: int) -> list[BodySpan]:
    out = []
    for k in range(head - 1, max(head - 1 - MOST_CAPTIONS, -1), -1):
        role, span = article.parts[k]
        text = article.text.text[span.start : span.end]
        if len(text) > LONGEST_CAPTION or (role == "body" and "。" in text):
            break
        out.append(span)
    title = next((span for role, span in article.parts if role == "title"), None)
    if title is not None and title not in out:
        out.append(title)
    return out


def _line(article: Article, source: str, part: int) -> tuple[int, int] | None:
    """The source line that one paragraph is, its left margin included; None where it has several."""
    role, span = article.parts[part]
    if role != "body" or span.end - span.start > LONGEST:
        return None
    start, end = article.text.to_source(span)
    if end <= start or "\n" in source[start:end]:
        return None
    while start and end - start <= LONGEST and source[start - 1] in " \t\u3000\xa0|｜│":
        start -= 1
    return start, end


def _row(article: Article, line: tuple[int, int] | None, text: str, part: int) -> Row:
    span = article.parts[part][1]
    start = line[0] if line else 0
    runs = _runs(article, span)
    cells = []
    for cell in split_cells(text):
        cells.append(_to_body(runs, start + cell.start, start + cell.end) if cell.start < cell.end else None)
    return Row(part, span, tuple(cells))


def _runs(article: Article, span: BodySpan) -> list[tuple[int, int, int]]:
    """(source, text, length) of the runs that make the part up, by source."""
    runs = article.text.runs
    at = max(bisect_right(runs, span.start, key=lambda run: run.start) - 1, 0)
    out = []
    while at < len(runs) and runs[at].start < span.end:
        out.append((runs[at].source, runs[at].start, runs[at].length))
        at += 1
    return sorted(out)


def _to_body(runs: list[tuple[int, int, int]], start: int, end: int) -> BodySpan | None:
    """Where the source's [start, end) stands in the text."""
    first, last = _locate(runs, start), _locate(runs, end - 1)
    return None if first is None or last is None or last < first else BodySpan(first, last + 1)


def _locate(runs: list[tuple[int, int, int]], at: int) -> int | None:
    i = bisect_right(runs, at, key=lambda run: run[0]) - 1
    if i < 0 or at >= runs[i][0] + runs[i][2]:
        return None
    return runs[i][1] + at - runs[i][0]
