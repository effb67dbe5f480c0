"""Pages read back: what a browser would show of them, and what is wrong with their elements."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path

from extractor.pipeline import read_articles
from extractor.read import read_source, read_text
from extractor.settings import Settings
from extractor.view import to_page

VOID = {"meta", "input"}


class Page(HTMLParser):
    """`texts`: the text of each stretch of the source; `marks`: (class, id, text) of each element in them."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.html = html
        self.ids: list[str] = []
        self.links: list[str] = []
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.classes: set[str] = set()
        self.broken: list[str] = []
        self.marks: list[tuple[str, str, str]] = []
        self.rows: dict[str, list[str]] = {}
        self.texts: list[str] = []
        self._open: list[tuple[str, dict[str, str], list[str]]] = []
        self.feed(html)
        self.close()
        self.broken += [f"{tag} is not closed" for tag, _, _ in self._open]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        self.tags.add(tag)
        self.attributes |= attributes.keys()
        self.classes |= set(attributes.get("class", "").split())
        if "id" in attributes:
            self.ids.append(attributes["id"])
        if "href" in attributes:
            self.links.append(attributes["href"])
        if tag == "a" and any(name == "a" for name, _, _ in self._open):
            self.broken.append("a link in a link")
        if tag not in VOID:
            self._open.append((tag, attributes, []))

    def handle_endtag(self, tag: str) -> None:
        name, attributes, text = self._open.pop()
        if name != tag:
            self.broken.append(f"{name} is closed by {tag}")
        whole, kind = "".join(text), attributes.get("class", "")
        if kind.split()[:1] == ["text"]:
            self.texts.append(whole)
        elif any(outer.get("class", "").split()[:1] == ["text"] for _, outer, _ in self._open):
            self.marks.append((kind, attributes.get("id", ""), whole))
        if tag in ("td", "th") and self._open[-1][1].get("id"):
            self.rows.setdefault(self._open[-1][1]["id"], []).append(whole)

    def handle_data(self, data: str) -> None:
        for _, _, text in self._open:
            text.append(data)

    @property
    def text(self) -> str:
        """All of the source that the page shows."""
        return "".join(self.texts)


def view(text: str, doc: str = "page.txt", date: str | None = None, language: str = "zh") -> Page:
    """The page of a text."""
    source = read_text(text, doc, Settings(), date=date)
    return Page(to_page([(source, read_articles(source, Settings()))], language))


def view_file(path: Path) -> tuple[str, Page]:
    """A file's text and its page."""
    source = read_source(str(path), Settings())
    return source.text, Page(to_page([(source, read_articles(source, Settings()))]))
