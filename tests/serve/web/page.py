"""A page as the tests look at it."""

from __future__ import annotations

from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from fastapi.testclient import TestClient

VOID = frozenset(
    [
        "area",
        "base",
        "br",
        "col",
        "embed",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "source",
        "track",
        "wbr",
        "path",
        "rect",
    ]
)
Attributes = dict[str, str]


class Page(HTMLParser):
    """Elements with their attributes, the text without scripts; `broken`: end tags that close nothing."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, Attributes]] = []
        self.texts: list[str] = []
        self.broken: list[str] = []
        self._open: list[str] = []
        self.feed(html)
        self.close()
        self.broken += self._open

    def handle_starttag(self, tag: str, attributes: Any) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attributes}))
        if tag not in VOID:
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attributes: Any) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attributes}))

    def handle_endtag(self, tag: str) -> None:
        if self._open and self._open[-1] == tag:
            self._open.pop()
        else:
            self.broken.append(tag)

    def handle_data(self, data: str) -> None:
        self.texts.append(data)

    @property
    def text(self) -> str:
        return " ".join("".join(self.texts).split())

    def find(self, tag: str, **wanted: str) -> Iterator[Attributes]:
        """The attributes of the elements that have these."""
        for name, attributes in self.elements:
            if name == tag and all(attributes.get(key.rstrip("_")) == value for key, value in wanted.items()):
                yield attributes


def open_page(site: TestClient, path: str, status: int = 200, **query: str) -> Page:
    """A page that is whole and lets no script of a text run."""
    answer = site.get(path, params=query or None)
    assert answer.status_code == status, (path, query, answer.status_code, answer.text[:500])
    return check_page(answer)


def check_page(answer: Any) -> Page:
    """What holds of every page."""
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy and "unsafe" not in policy, policy
    page = Page(answer.text)
    assert not page.broken, page.broken
    for tag, attributes in page.elements:
        assert not [name for name in attributes if name.startswith("on") or name == "style"], (tag, attributes)
        if tag == "script":
            assert "/static/" in attributes["src"], attributes
    ids = [attributes["id"] for _, attributes in page.elements if "id" in attributes]
    assert len(ids) == len(set(ids)), sorted(name for name in ids if ids.count(name) > 1)
    labelled = {attributes["for"] for _, attributes in page.elements if "for" in attributes}
    assert labelled <= set(ids)
    for attributes in page.find("a"):
        assert urlsplit(attributes["href"]).netloc == "", attributes
        if attributes["href"].startswith("#"):
            assert attributes["href"][1:] in ids, attributes
    return page


def read_query(href: str) -> dict[str, str]:
    """What an address asks."""
    return dict(parse_qsl(urlsplit(href).query, keep_blank_values=True))
