"""A source's text cut into stretches by the article and the part of it that they belong to."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from extractor.model import Article
from extractor.text import Span

ASIDE = "aside"  # text of no article: a masthead, a page number, a header


class Stretch(NamedTuple):
    """[start, end) of the source. `owner`: number of the article, None for none; `role`: title, kicker, body, aside."""

    start: int
    end: int
    owner: int | None
    role: str


class Block(NamedTuple):
    """Neighbouring stretches of one article, or of none."""

    owner: int | None
    stretches: tuple[Stretch, ...]

    @property
    def span(self) -> Span:
        return Span(self.stretches[0].start, self.stretches[-1].end)


def find_roles(article: Article) -> list[tuple[str, Span]]:
    """Where the parts of an article stand in the source."""
    found: list[tuple[str, Span]] = []
    runs = iter(article.text.runs)
    run = next(runs, None)
    for role, span in sorted(article.parts, key=lambda part: part[1]):
        while run is not None and run.start < span.end:
            start, end = max(run.start, span.start), min(run.start + run.length, span.end)
            if start < end:
                shift = run.source - run.start
                found.append((role, Span(start + shift, end + shift)))
            if run.start + run.length > span.end:
                break  # the run goes on in the next part
            run = next(runs, None)
    return found


def split_stretches(text: str, articles: Iterable[Article]) -> list[Stretch]:
    """The whole text in order; blank lines between two stretches belong to the one before."""
    claims = sorted(
        (span, number, role) for number, article in enumerate(articles) for role, span in find_roles(article)
    )
    out: list[Stretch] = []
    at = 0
    for span, owner, role in claims:
        start = max(span.start, at)
        if start >= span.end:
            continue
        line = text.rfind("\n", at, start) + 1
        if line and not text[line:start].strip():
            start = line  # a line's indentation goes with it
        if at < start:
            _add(out, text, Stretch(at, start, None, ASIDE))
        _add(out, text, Stretch(start, span.end, owner, role))
        at = span.end
    if at < len(text):
        _add(out, text, Stretch(at, len(text), None, ASIDE))
    return out


def _add(out: list[Stretch], text: str, new: Stretch) -> None:
    if out:
        last = out[-1]
        blank = new.owner is None and not text[new.start : new.end].strip()
        if blank or (last.owner, last.role) == (new.owner, new.role):
            out[-1] = last._replace(end=new.end)
            return
    out.append(new)


def split_blocks(stretches: list[Stretch]) -> list[Block]:
    """The stretches in blocks; what stands between two stretches of one article goes with it."""
    blocks: list[list[Stretch]] = []
    for i, stretch in enumerate(stretches):
        if stretch.owner is None and 0 < i < len(stretches) - 1:
            before, behind = blocks[-1][-1].owner, stretches[i + 1].owner
            if before is not None and before == behind:
                stretch = stretch._replace(owner=before)
        if blocks and blocks[-1][-1].owner == stretch.owner:
            blocks[-1].append(stretch)
        else:
            blocks.append([stretch])
    return [Block(block[0].owner, tuple(block)) for block in blocks]


def holds_line(text: str, start: int, end: int) -> bool:
    """Whether a whole line that is not blank stands in [start, end)."""
    first, *rest = text[start:end].split("\n")
    whole = rest[:-1]
    if rest and text[start - 1 : start] in ("", "\n"):
        whole.append(first)
    return any(line.strip() for line in whole)
