"""What a page's head tells: <meta>, JSON-LD, the comment blocks of e-paper systems, the canonical address."""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from extractor.layout_rule import is_name, role_words
from extractor.lexicon.table import read_table
from extractor.read.date import find_date
from extractor.read.html_rule import find_labels, meta_roles
from extractor.read.masthead import parse_name

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_COMMENT_FIELD = re.compile(r"<(title|introtitle|subtitle|date|author|sourcename)>(?:<!\[CDATA\[)?([^<>\]]{1,400})")
_COMMENT_ROLES = {"introtitle": "kicker", "sourcename": "source"}
_ZONED = re.compile(r"(\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d)?)(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d)")
_HOME = datetime.timezone(datetime.timedelta(hours=8))
_NAME_SPLIT = re.compile(r"[\s、，,;；/|&]+")
_SUITE = re.compile(r"(?:多媒体|全媒体)?(?:数字报|电子报|电子版|数字版)(?:刊|纸|平台)?$|[-—_·].*$|[（(].*$")
_JSON_KEYS = {
    "headline": "title",
    "datePublished": "date",
    "url": "uri",
    "mainEntityOfPage": "uri",
    "articleBody": "body",
}
_EDITION = re.compile(r"(?:数字报|电子报|电子版|数字版)(?:刊|纸|平台)?$")
LONGEST_JSON = 1_000_000
MOST_NODES = 200
_URL_DATE = re.compile(r"(?<!\d)((?:19|20)\d\d)[-/]?(0[1-9]|1[0-2])[-/]([0-3]\d)(?=[/_.-])|[/t]((?:19|20)\d{6})[_/]")


@dataclass(slots=True)
class Meta:
    """Values by role (title, kicker, subtitle, date, source, site, author, uri, body), best first."""

    values: dict[str, list[str]] = field(default_factory=dict)

    def add(self, role: str, value: str) -> None:
        value = " ".join(value.split())
        if value and value not in self.values.setdefault(role, []):
            self.values[role].append(value)

    def get(self, role: str) -> list[str]:
        return self.values.get(role, [])


def find_meta(tree: Element, overlay: Path | None = None) -> Meta:
    """The metadata of a page."""
    meta = Meta()
    for comment in _comments(tree):
        for name, value in _COMMENT_FIELD.findall(comment):
            meta.add(_COMMENT_ROLES.get(name, name), value)
    roles = meta_roles(overlay)
    named = []
    for element in tree.iter("meta"):
        content = element.get("content")
        for name in (element.get("name"), element.get("property"), element.get("itemprop")):
            if name and content and name.strip().lower() in roles:
                role, rank = roles[name.strip().lower()]
                named.append((rank, role, content[:2000]))
    for _, role, content in sorted(named, key=lambda item: item[0]):
        meta.add(role, content)
    for node in _json_nodes(tree):
        _take_json(node, meta)
    for link in tree.iter("link"):
        if (link.get("rel") or "").lower() == "canonical" and link.get("href"):
            meta.values.setdefault("uri", []).insert(0, link.get("href", "").strip())
    title = next(tree.iter("title"), None)
    if title is not None:
        meta.add("head", "".join(title.itertext())[:400])
    return meta


def _comments(tree: Element) -> Iterator[str]:
    from lxml import etree

    for comment in tree.iter(etree.Comment):
        if comment.text and "<" in comment.text:
            yield comment.text[:20_000]


def _json_nodes(tree: Element) -> Iterator[dict[str, object]]:
    for script in tree.iter("script"):
        text = script.text or ""
        if "ld+json" not in (script.get("type") or "").lower() or len(text) > LONGEST_JSON:
            continue
        try:
            stack: list[object] = [json.loads(text, strict=False)]
        except (ValueError, RecursionError):
            continue  # a broken block tells nothing
        seen = 0
        while stack and seen < MOST_NODES:
            node = stack.pop()
            seen += 1
            if isinstance(node, dict):
                yield node
                stack += [value for key, value in node.items() if key == "@graph"]
            elif isinstance(node, list):
                stack += node[:MOST_NODES]


def _take_json(node: dict[str, object], meta: Meta) -> None:
    if "headline" not in node and "articleBody" not in node and "datePublished" not in node:
        return
    for key, role in _JSON_KEYS.items():
        value = node.get(key)
        if isinstance(value, dict):
            value = value.get("@id")
        if isinstance(value, str):
            meta.add(role, value) if role != "body" else meta.values.setdefault("body", []).append(value)
    for key, role in (("author", "author"), ("publisher", "source"), ("sourceOrganization", "source")):
        found = node.get(key)
        for item in found if isinstance(found, list) else [found]:
            name = item.get("name") if isinstance(item, dict) else item
            if isinstance(name, str):
                meta.add(role, name)


def parse_day(text: str) -> str:
    """A date as the page's readers saw it: 2019-05-05T23:30:00Z is the 6th in China."""
    match = _ZONED.search(text)
    if match is None:
        return text
    try:
        moment = datetime.datetime.fromisoformat(match[0].replace("Z", "+00:00"))
    except ValueError:
        return text
    return moment.astimezone(_HOME).date().isoformat()


def parse_url_day(uri: str) -> str | None:
    """The day in an address: …/2019-05/06/content_1.htm, …/t20190506_1.html."""
    match = _URL_DATE.search(uri)
    if match is None:
        return None
    return match[4] or f"{match[1]}-{match[2]}-{match[3]}"


def parse_paper(text: str, overlay: Path | None = None) -> str | None:
    """A newspaper's name: 海滨日报数字报, 《海滨日报》; None for other sources."""
    bare = "".join(text.split()).strip("《》“”【】[]")
    bare = _SUITE.sub("", bare)
    if parse_name(bare, overlay):
        return bare
    endings = tuple(row["ending"] for row in read_table("paper.tsv", overlay) if row["where"] == "any")
    return bare if bare.endswith(endings) and 3 <= len(bare) <= 12 else None


def is_edition(text: str) -> bool:
    """The name of a paper's electronic edition: 海滨日报数字报."""
    return _EDITION.search(text.strip()) is not None


def parse_authors(text: str) -> list[str]:
    """Persons' names of an author value: 本报记者 周平 通讯员 李敏; offices and papers are none."""
    rest = re.sub(rf"{role_words()}|文/图|文|图|[（(].*?[）)]|[:：]", " ", text[:200])
    words = [word for word in _NAME_SPLIT.split(rest) if word]
    i = 0
    while i + 1 < len(words):
        if len(words[i]) == 1 and len(words[i + 1]) == 1:  # 周　平
            words[i : i + 2] = [words[i] + words[i + 1]]
        i += 1
    return [word for word in words if is_name(word)]


def add_labels(line: str, meta: Meta, overlay: Path | None = None) -> bool:
    """Takes the values of an information line; False where the line is none."""
    found = find_labels(line, overlay)
    if not found:
        return False
    day = find_date(line[: found[0][2]], "header", "metadata", overlay) is not None
    if found[0][2] > 12 and len(found) == 1 and not day:
        return False
    if day:
        meta.add("line_date", line[: found[0][2]])
    for role, value, _ in found:
        if role != "other" and value:
            meta.add({"date": "label_date"}.get(role, role), value)
    return True
