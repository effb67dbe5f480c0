"""Word documents (DOCX): paragraphs and tables in their order, headings as titles."""

from __future__ import annotations

import datetime
import io
import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from extractor.errors import UnreadableError
from extractor.lexicon.table import read_table
from extractor.read.decoded import Decoded
from extractor.read.document import Input
from extractor.read.encoding import check_text
from extractor.read.office import check_package
from extractor.read.origin import find_origin
from extractor.read.stream import DAMAGED
from extractor.settings import Settings
from extractor.text import Span

if TYPE_CHECKING:
    from docx.table import Table

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
SIGNS = {f"{W}tab": "\t", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-"}
LEFT_OUT = {f"{W}del", f"{W}moveFrom", f"{W}txbxContent", f"{W}footnoteReference"}  # deleted, and set apart
HEADING = re.compile(r"(?:heading|title|标题)\s*\d*", re.IGNORECASE)  # names of styles
PERSON = re.compile("[\u4e00-\u9fff]{2,4}")
BLANK_FORM = datetime.date(2013, 12, 23)  # the day of python-docx's own empty document


def read_word(data: bytes, doc: str, settings: Settings) -> Decoded:
    """Text, one paragraph or row of a table a line, cells parted by tabs. Its properties' date holds where neither text
    nor name tells one. Raises InputError."""
    check_package(data, doc, settings)
    import docx

    try:
        document: Any = docx.Document(io.BytesIO(data))
        lines = list(_find_lines(document))
        properties = document.core_properties
        author, written = properties.author or "", properties.created or properties.modified
    except (KeyError, TypeError, AttributeError, SyntaxError, *DAMAGED) as error:
        raise UnreadableError(doc, f"damaged Word document ({error})") from error
    text = "\n".join(line for line, _ in lines)
    check_text(text, doc)
    titles: list[Span] = []
    at = 0
    for line, heading in lines:
        if heading and line.strip():
            titles += _split_lines(line, at)
        at += len(line) + 1
    return Decoded(
        text,
        "utf-8",
        dates=_to_dates(written, text, doc, settings),
        byline=(author.strip(),) if is_person(author.strip(), settings.lexicon) else (),
        titles=tuple(titles),
    )


def _find_lines(document: Any) -> Iterator[tuple[str, bool]]:
    """Lines and whether they are headings."""
    from docx.table import Table

    for block in document.iter_inner_content():
        if isinstance(block, Table):
            yield from ((line, False) for line in _find_rows(block))
        else:
            style = block.style.name if block.style is not None else None
            yield to_line(block._p), bool(style and HEADING.fullmatch(style))


def _find_rows(table: Table) -> Iterator[str]:
    """A line a row; a cell over several columns or rows is followed by empty ones."""
    above: list[Any] = []
    for row in table.rows:
        cells = list(row.cells)  # a merged one comes once for each place that it takes
        taken = [cell._tc for cell in cells]
        texts = []
        for i, cell in enumerate(cells):
            merged = (i and taken[i] is taken[i - 1]) or (i < len(above) and taken[i] is above[i])
            texts.append("" if merged else " ".join(to_line(p._p).strip() for p in cell.paragraphs).strip())
        above = taken
        yield "\t".join(texts).rstrip("\t")


def to_line(paragraph: Any) -> str:
    """A paragraph's text as it stands when its tracked changes are accepted."""
    return "".join(_find_pieces(paragraph))


def _find_pieces(element: Any) -> Iterator[str]:
    for child in element:
        if child.tag == f"{W}t":
            yield child.text or ""
        elif child.tag in SIGNS:
            yield SIGNS[child.tag]
        elif child.tag not in LEFT_OUT and not str(child.tag).endswith("}Fallback"):
            yield from _find_pieces(child)


def _split_lines(line: str, start: int) -> Iterator[Span]:
    """The stretches of a heading's lines."""
    for piece in line.split("\n"):
        core = piece.strip()
        if core:
            begin = start + piece.index(core)
            yield Span(begin, begin + len(core))
        start += len(piece) + 1


def _to_dates(written: datetime.datetime | None, text: str, doc: str, settings: Settings) -> tuple[str, ...]:
    if written is None or written.date() == BLANK_FORM:
        return ()
    told = find_origin(Decoded(text, "utf-8"), Input(doc), settings).published
    return () if told is not None else (written.date().isoformat(),)


def is_person(name: str, overlay: Path | None = None) -> bool:
    """Whether an author's name is a person's, not one that an office program has put in."""
    return PERSON.fullmatch(name) is not None and not any(word in name for word in _put_in(overlay))


@lru_cache(maxsize=8)
def _put_in(overlay: Path | None) -> tuple[str, ...]:
    return tuple(row["word"] for row in read_table("office_author.tsv", overlay))
