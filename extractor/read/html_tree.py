"""Bytes of a web page -> its tree: charset, and what keeps a hostile page cheap."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from extractor.errors import UndecodableError
from extractor.read.encoding import decode_text

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

LONGEST_TAG = 4_000  # characters; libxml2 takes quadratic time on the attributes of one tag
MOST_ATTRIBUTES = 400
HEAD = 4_096  # bytes in which a page declares its charset
_CHARSET = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?([A-Za-z0-9_-]{2,20})""", re.IGNORECASE)
_TAG = re.compile(r"""<([A-Za-z][\w:-]*+)((?:[^"'<>]++|"[^"]*+"|'[^']*+')*+)>?""")
_PART = re.compile(r"[\s/=]+")
_RAW = re.compile(r"<(script|style)\b[^>]*+>.*?</\1\s*>", re.IGNORECASE | re.DOTALL)
_ANY_TAG = re.compile(r"<[^<>]*+>")
_SCRIPT_TYPE = re.compile(r"ld\+json", re.IGNORECASE)
_XML_HEAD = re.compile(r"^\s*<\?xml[^>]*+>")
_NUL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")


def decode_page(data: bytes, doc: str, errors: str = "strict") -> tuple[str, str]:
    """Text and encoding of a page: what its bytes are, whatever its head declares. Raises UndecodableError, naming the
    first bad byte; with `errors` "replace" bad bytes become U+FFFD."""
    match = _CHARSET.search(data, 0, HEAD)
    return decode_text(data, doc, declared=match[1].decode("ascii") if match else None, errors=errors)


def read_tree(text: str, doc: str) -> Element:
    """The page's tree. Where the parser gives up (nesting without end) the tree is one of lines without tags.

    Raises UndecodableError where nothing can be made of it.
    """
    from lxml import etree

    text = _NUL.sub("", _XML_HEAD.sub("", _cut_scripts(text)))
    text = _TAG.sub(_shorten, text)
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, huge_tree=False, recover=True, remove_pis=True)
    try:
        tree = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError as error:
        raise UndecodableError(doc, f"no tree can be made of the page ({error.msg})") from error
    if tree is None:
        raise UndecodableError(doc, "the page holds no elements")
    return _flatten(text) if any("xcessive depth" in entry.message for entry in parser.error_log) else tree


def _cut_scripts(text: str) -> str:
    """Without scripts and styles, metadata in JSON excepted; an unclosed one is left to the parser."""
    lowered = text.casefold()
    if "<script" not in lowered and "<style" not in lowered:
        return text
    closed = max(lowered.rfind("</script"), lowered.rfind("</style"))
    if closed < 0:
        return text
    head = text[: closed + 16]
    return _RAW.sub(lambda m: m[0] if _SCRIPT_TYPE.search(m[0][:200]) else " ", head) + text[closed + 16 :]


def _shorten(match: re.Match[str]) -> str:
    """A tag, without its attributes where they are too many."""
    if len(match[2]) > LONGEST_TAG and len(_PART.findall(match[2])) > MOST_ATTRIBUTES:
        return f"<{match[1]}>"
    return match[0]


def _flatten(text: str) -> Element:
    from lxml import etree

    root = etree.Element("html")
    body = etree.SubElement(root, "body")
    for line in _ANY_TAG.sub("\n", text).split("\n"):
        if line.strip():
            etree.SubElement(body, "p").text = line.strip()
    return root
