"""XML of digitisation as a tree without name spaces; nothing outside the file is read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from extractor.errors import UndecodableError
from extractor.read.html_tree import decode_page
from extractor.read.layout_sheet import Edges

DEEPEST = 40  # groups within groups
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*+>")
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def read_tree(data: bytes, doc: str, errors: str) -> tuple[Any, str]:
    """Root element and encoding, which is what the bytes are in, whatever the file declares.

    Raises UndecodableError where the XML is broken or, with `errors` "strict", a byte is no character.
    """
    from lxml import etree

    text, encoding = decode_page(data, doc, errors)
    plain = _NO_XML.sub("", _DECLARATION.sub("", text)).encode("utf-8", "replace")
    parser = etree.XMLParser(
        encoding="utf-8", resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True
    )
    try:
        root = etree.fromstring(plain, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise UndecodableError(doc, f"the XML is broken: {error}") from error
    return root, encoding


def name_of(element: Any) -> str:
    """The element's name without its name space; empty for comments and the like."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def find_all(element: Any, *names: str) -> Iterator[Any]:
    """The elements of these names below `element`, in the file's order."""
    return (child for child in element.iter() if child is not element and name_of(child) in names)


def find_children(element: Any, name: str) -> list[Any]:
    return [child for child in element if name_of(child) == name]


def parse_number(text: str | None) -> float | None:
    """A finite number, None for anything else."""
    try:
        value = float(text) if text else None
    except ValueError:
        return None
    return value if value is not None and abs(value) < 1e9 else None


def parse_share(text: str | None) -> float | None:
    """A confidence as a share from 0 to 1; percentages are divided."""
    value = parse_number(text)
    if value is None or value < 0:
        return None
    return min(value / 100 if value > 1 else value, 1.0)


def parse_points(text: str | None) -> Edges | None:
    """The rectangle around points such as `10,20 30,20`."""
    pairs = [pair.split(",") for pair in (text or "").split()]
    numbers = [(parse_number(p[0]), parse_number(p[1])) for p in pairs if len(p) == 2]
    xs = [x for x, _ in numbers if x is not None]
    ys = [y for _, y in numbers if y is not None]
    return Edges(min(xs), min(ys), max(xs), max(ys)) if xs and ys else None


def find_order(page: Any, item: str, reference: str) -> list[str]:
    """Ids in the page's ReadingOrder: groups by their index, else as they stand. `item`: how references begin."""
    order = next(find_all(page, "ReadingOrder"), None)
    return list(_walk(order, item, reference, 0)) if order is not None else []


def _walk(group: Any, item: str, reference: str, depth: int) -> Iterator[str]:
    if depth > DEEPEST:
        return
    for child in sorted(group, key=lambda e: parse_number(e.get("index")) or 0.0):
        if name_of(child).startswith(item):
            if child.get(reference):
                yield child.get(reference)
        elif "Group" in name_of(child):
            if child.get(reference):
                yield child.get(reference)
            yield from _walk(child, item, reference, depth + 1)


def sort_by(ids: Sequence[str], elements: Sequence[Any], key: str) -> list[Any]:
    """Elements in the order of the ids; those that have no place in it behind, as they stand."""
    rank = {value: number for number, value in reversed(list(enumerate(ids)))}
    return sorted(elements, key=lambda e: rank.get(e.get(key, ""), len(rank)))
