"""The whole page: what there is, each article with its text and tables, and the text of no article."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from string import Template

from extractor.model import Reading, Source
from extractor.view.escape import to_attribute, to_html
from extractor.view.label import Labels, load_labels, read_data
from extractor.view.mark import Item, Numbers, find_item
from extractor.view.markup import render_block, split_marks
from extractor.view.stretch import Block, holds_line, split_blocks, split_stretches
from extractor.view.table import COLUMNS, render_facts, render_mentions

LANGUAGES = {"zh": "zh-CN", "en": "en"}
# Kinds of marks that a reader may hide.
SWITCHES = ("quantity", "indicator", "action", "subject", "place", "period", "program", "base", "dateline")


MANY = 20  # articles above which the table of contents is closed


@dataclass(slots=True)
class _Page:
    labels: Labels
    numbers: Numbers = field(default_factory=Numbers)
    articles: int = 0
    body: list[str] = field(default_factory=list)
    contents: list[str] = field(default_factory=list)
    docs: list[str] = field(default_factory=list)


def to_page(documents: Iterable[tuple[Source, Sequence[Reading]]], language: str = "zh") -> str:
    """A page of HTML that needs no other file. `language` is that of its own words: zh or en."""
    page = _Page(load_labels(language))
    for source, readings in documents:
        _add_document(page, source, readings)
    return _fill(page, language)


def _fill(page: _Page, language: str) -> str:
    from extractor.version import VERSION

    labels = page.labels
    style = read_data("style.css") + _name_cells(labels)
    names = list(dict.fromkeys(page.docs))
    title = names[0] if len(names) == 1 else f"{names[0]} … {len(names)}" if names else "govfacts"
    links = "".join(page.contents)
    shut = "" if len(page.contents) > MANY else " open"
    contents = f"<details{shut}><summary>{labels.tell('contents')}</summary><ul>\n{links}</ul></details>\n"
    counts = f"{page.articles} {labels.tell('articles')} · {page.numbers.fact} {labels.tell('facts')}"
    return Template(read_data("page.html")).substitute(
        lang=LANGUAGES[language],
        digest=to_digest(style),
        version=VERSION,
        title=to_attribute(title),
        style=style,
        heading=to_html(title),
        counts=counts,
        contents=contents if len(page.contents) > 1 else "",
        legend=labels.tell("legend"),
        kinds="".join(_render_switch(kind, labels) for kind in SWITCHES),
        body="".join(page.body),
    )


def _name_cells(labels: Labels) -> str:
    """Rules that name the cells of a fact where a narrow screen has no room for a table's head."""
    rules = (f'.facts td.{name}::before {{ content: "{labels.tell(name)}"; }}\n' for name in COLUMNS)
    return f"@media (max-width: 45em) {{\n{''.join(rules)}}}\n"


def to_digest(style: str) -> str:
    """What the page's policy allows: this style sheet and nothing else."""
    return f"sha256-{base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()}"


def _render_switch(kind: str, labels: Labels) -> str:
    label = f'<mark class="{kind}">{labels.tell(kind)}</mark>'
    return f'<label><input type="checkbox" id="show-{kind}" checked> {label}</label>\n'


def _add_document(page: _Page, source: Source, readings: Sequence[Reading]) -> None:
    labels = page.labels
    page.docs.append(source.doc)
    name = source.doc if source.part == 1 else f"{source.doc} {labels.tell('part', number=source.part)}"
    published = source.published
    date = "" if published is None else published.iso() or _to_month(published.year, published.month)
    facts = [("document", name), ("published", date), ("newspaper", source.newspaper or "")]
    page.body.append(f'<section class="document">\n{_render_list(facts, labels)}')
    blocks = split_blocks(split_stretches(source.text, [reading.article for reading in readings]))
    rows: dict[str, int] = {}
    done: set[int] = set()
    own: dict[int, list[Block]] = {}
    for block in blocks:
        if block.owner is not None:
            own.setdefault(block.owner, []).append(block)
    for block in blocks:
        if block.owner is None:
            page.body.append(_render_other(source.text, block, labels))
        elif block.owner not in done:
            done.add(block.owner)
            item = find_item(source, readings[block.owner], page.numbers)
            _add_article(page, source, item, own[block.owner], rows)
    page.body.append("</section>\n")


def _to_month(year: int, month: int | None) -> str:
    return f"{year:04d}" if month is None else f"{year:04d}-{month:02d}"


def _render_other(text: str, block: Block, labels: Labels) -> str:
    inner = render_block(text, block, ())
    if not text[slice(*block.span)].strip():
        return f'<div class="text" hidden>{inner}</div>\n'
    label = labels.tell("other")
    return f'<section class="other" aria-label="{label}"><div class="text" lang="zh">{inner}</div></section>\n'


def _add_article(page: _Page, source: Source, item: Item, blocks: list[Block], rows: dict[str, int]) -> None:
    labels, article = page.labels, item.article
    page.articles += 1
    anchor = f"a{page.articles}"
    title = article.title or labels.tell("untitled")
    number = labels.tell("article", number=page.articles)
    page.contents.append(
        f'<li><a href="#{anchor}">{number} {to_html(title)}</a> {len(item.facts)} {labels.tell("facts")}</li>\n'
    )
    facts = [
        ("kicker", article.kicker or ""),
        ("dateline", article.dateline.text if article.dateline else ""),
        ("byline", labels.tell("comma").join(article.byline)),
        ("about", " / ".join(article.place.path) or article.place.name if article.place else ""),
        ("published", article.published or ""),
    ]
    page.body.append(
        f'<article id="{anchor}" aria-labelledby="{anchor}-title">\n<header>'
        f"<p>{number} · {labels.name('article kind', article.kind)}</p>\n"
        f'<h2 id="{anchor}-title">{to_html(title)}</h2>\n{_render_list(facts, labels)}</header>\n'
    )
    region = to_attribute(labels.tell("text of", title=f"{number} {title}"))
    page.body.append(f'<div class="story" role="region" lang="zh" aria-label="{region}">\n')
    at = blocks[0].span.start
    for block, marks in zip(blocks, split_marks(item.marks, blocks), strict=True):
        apart = " apart" if holds_line(source.text, at, block.span.start) else ""  # more than another column between
        page.body.append(f'<div class="text{apart}">{render_block(source.text, block, marks)}</div>\n')
        at = block.span.end
    page.body.append('</div>\n<div class="tables">\n')
    page.body.append(render_facts(item, title, labels, rows))
    page.body.append(render_mentions(item, title, labels))
    page.body.append("</div>\n</article>\n")


def _render_list(entries: Iterable[tuple[str, str]], labels: Labels) -> str:
    """Names and values, those without a value left out."""
    inner = "".join(
        f"<div><dt>{labels.tell(name)}</dt><dd>{to_html(value)}</dd></div>" for name, value in entries if value
    )
    return f"<dl>{inner}</dl>\n" if inner else ""
