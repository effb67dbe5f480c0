"""Web pages: articles of electronic newspapers, government sites and news sites, old and new, as text."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from extractor.errors import UndecodableError
from extractor.matching import to_matching
from extractor.read.decoded import Decoded
from extractor.read.encoding import measure_quality
from extractor.read.html_line import Page, read_lines
from extractor.read.html_main import (
    LEAST,
    Stretch,
    cut_furniture,
    find_body,
    find_by_trafilatura,
    find_containers,
    find_longest,
    size,
)
from extractor.read.html_meta import Meta, find_meta, is_edition, parse_authors, parse_day, parse_paper, parse_url_day
from extractor.read.html_printed import to_printed
from extractor.read.html_section import Section, find_sections
from extractor.read.html_sheet import find_linked, find_listed
from extractor.read.html_story import Story, assemble_story, join_lines, read_info, to_text
from extractor.read.html_tree import decode_page, read_tree
from extractor.settings import Settings

if TYPE_CHECKING:
    from lxml.etree import _Element as Element


_TARGET = re.compile(r"url\s*=\s*[\"']?([^\s\"']+)", re.IGNORECASE)  # of a page that only sends on


def read_html(data: bytes, doc: str, settings: Settings) -> Decoded:
    """A page's articles as text: headline, empty line, one paragraph a line; rows of tables with tabs between cells.

    Raises UndecodableError where the page holds no text.
    """
    text, encoding = decode_page(data, doc, settings.errors)
    plain = to_matching(text)
    tree = read_tree(plain, doc)
    meta = find_meta(tree, settings.lexicon)
    stories = find_stories(tree, meta, len(plain), settings.lexicon)
    if not stories:
        raise UndecodableError(doc, _to_reason(tree))
    body, items, titles = to_text(stories)
    authors = "\n".join(_authors(meta)) if len(stories) == 1 else ""
    if plain is not text:
        body, authors = (to_printed(found, text, plain, doc, settings.lexicon) for found in (body, authors))
    uri = next(iter(meta.get("uri")), None)
    return Decoded(
        body,
        encoding,
        dates=_dates(meta, uri),
        newspaper=_newspaper(meta, settings.lexicon),
        byline=tuple(filter(None, authors.split("\n"))),
        titles=titles,
        items=items,
        uri=uri if uri and uri.startswith(("http:", "https:")) else None,
        quality=measure_quality(body),
    )


def find_stories(tree: Element, meta: Meta, length: int, overlay: Path | None) -> list[Story]:
    """The articles of a page: those of an e-paper's sheet each, else the one that the cascade finds."""
    page = read_lines(tree, overlay)
    for value in page.dates:
        meta.add("mark_date", value)
    linked = find_linked(tree, page)
    sections = [] if linked else find_sections(page, overlay)
    if sections:
        read_info(page, meta, overlay)
        return [_read_section(page, section, overlay) for section in sections]
    containers = linked or find_containers(page)
    if len(containers) > 1:
        return _split(page, containers, meta, overlay)
    steps: tuple[Callable[[], Stretch], ...] = (
        lambda: [i for first, end in containers for i in range(first, end)],
        lambda: find_by_trafilatura(tree, page, length),
        lambda: find_longest(page),
    )
    for step in steps:
        main = cut_furniture(page, step(), overlay)
        if size(page.lines, main) >= LEAST:
            return [assemble_story(page, main, meta, overlay)]
    listed = find_listed(tree, page)
    if listed:
        read_info(page, meta, overlay)
        return listed
    if body := meta.get("body"):  # a page that a script fills
        return [
            Story([*meta.get("title")[:1]], [(line.strip(), False) for line in body[0].split("\n") if line.strip()])
        ]
    return _rescue(tree, page, meta, overlay)


def _read_section(page: Page, section: Section, overlay: Path | None) -> Story:
    main = cut_furniture(page, list(range(section.body, section.end)), overlay)
    title = [line.text for line in page.lines[section.head : section.body]]
    return Story(title, join_lines([page.lines[i] for i in main]))


def _split(page: Page, containers: list[tuple[int, int]], meta: Meta, overlay: Path | None) -> list[Story]:
    """One story a container; one without a headline of its own goes on with the story before it."""
    stories: list[Story] = []
    floor = 0
    for first, end in containers:
        main = cut_furniture(page, list(range(first, end)), overlay)
        if size(page.lines, main) >= LEAST:
            story = assemble_story(page, main, meta if not stories else Meta(), overlay, floor=floor)
            if story.title or not stories:
                stories.append(story)
            else:
                stories[-1].paragraphs += story.paragraphs
        floor = end
    return stories


def _rescue(tree: Element, page: Page, meta: Meta, overlay: Path | None) -> list[Story]:
    """Whatever text there is, furniture and hidden parts too where there is nothing else."""
    for candidate in (page, read_lines(tree, overlay, everything=True)):
        main: Stretch = cut_furniture(candidate, find_body(candidate), overlay)
        if main:
            return [assemble_story(candidate, main, meta, overlay)]
    return []


def _dates(meta: Meta, uri: str | None) -> tuple[str, ...]:
    url = parse_url_day(uri) if uri else None
    found = [
        *map(parse_day, meta.get("date")),
        *meta.get("label_date"),
        *meta.get("line_date"),
        *([url] if url else []),
        *meta.get("mark_date"),
    ]
    return tuple(found)


def _newspaper(meta: Meta, overlay: Path | None) -> str | None:
    values = [*meta.get("source"), *meta.get("paper"), *meta.get("site"), *_pieces(meta.get("head"))]
    return next((paper for value in values if (paper := parse_paper(value, overlay))), None)


def _pieces(heads: list[str]) -> list[str]:
    pieces = [head.replace("-", "_").replace("|", "_").split("_") for head in heads]
    return [piece for parts in pieces for i, piece in enumerate(parts) if i or is_edition(piece)]


def _authors(meta: Meta) -> list[str]:
    return list(dict.fromkeys(name for value in meta.get("author") for name in parse_authors(value)))


def _to_reason(tree: Element) -> str:
    for refresh in tree.xpath("//meta[translate(@http-equiv, 'REFSH', 'refsh') = 'refresh']/@content"):
        if (target := _TARGET.search(refresh)) is not None:
            return f"the page only sends on; give the page that it sends to ({target[1]})"
    frames = [frame.get("src") or "" for frame in tree.iter("frame", "iframe")][:3]
    if any(frames):
        return f"the page is a set of frames without text; give their pages ({', '.join(filter(None, frames))})"
    return "the page holds no text"
