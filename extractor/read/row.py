"""Rows of a table and objects of JSON Lines as documents: which of their fields holds what."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from extractor.errors import UndecodableError
from extractor.lexicon.table import read_table
from extractor.read.decoded import Decoded
from extractor.read.document import Input
from extractor.read.encoding import BAD, check_text, measure_quality
from extractor.read.stream import Entry
from extractor.settings import Settings
from extractor.text import Span

ROLES = ("text", "title", "date", "source", "author", "url", "id")
BETWEEN_NAMES = re.compile(r"[、，,;；|/\s]+")
MARKS = re.compile(r"[\s_\-]+")
ESCAPED = re.compile("[\ud800-\udfff]")
ESCAPED_BYTE = 0xDC80  # the first of those that `surrogateescape` makes of bytes that are no characters
CHINA = datetime.timezone(datetime.timedelta(hours=8))
SECONDS, MILLISECONDS = 10, 13  # digits of a time stamp


@dataclass(slots=True)
class Rows:
    """Makes the documents of one table or file of lines. `encoding` and `format` are those of the file."""

    entry: Entry
    encoding: str
    format: str
    doc: str = ""
    ids: dict[str, int] = field(default_factory=dict)

    def to_input(self, number: int, values: Mapping[str, object]) -> Input:
        """The document of line `number`; a failure where it holds no text."""
        settings = self.entry.settings
        named = {role: to_text(find_value(values, role, settings)) for role in ROLES}
        doc = self._name(number, named["id"] if settings.id_column else "")
        try:
            decoded = self._decode(number, doc, named, settings)
        except UndecodableError as error:
            return Input(doc, failure=error)
        return Input(
            doc,
            decoded=decoded,
            bytes=len(decoded.text.encode("utf-8", "replace")),
            name=self.entry.name,
            format=self.format,
            dates=self.entry.dates,
            uri=decoded.uri or self.entry.uri,
        )

    def to_failure(self, number: int, reason: str) -> Input:
        """The failure of a line that cannot be read."""
        doc = self._name(number, "")
        return Input(doc, failure=UndecodableError(doc, f"line {number}: {reason}"))

    def _name(self, number: int, identity: str) -> str:
        told = f"{self.doc or self.entry.doc}#{identity or number}"
        seen = self.ids[told] = self.ids.get(told, 0) + 1 if identity else 1
        return told if seen == 1 else f"{told} ({seen})"

    def _decode(self, number: int, doc: str, named: dict[str, str], settings: Settings) -> Decoded:
        flaw = next((match for value in named.values() if (match := ESCAPED.search(value))), None)
        if flaw is not None:
            if settings.errors == "strict":
                raise UndecodableError(doc, f"line {number}: {_to_reason(ord(flaw.group()), self.encoding)}")
            named = {role: ESCAPED.sub(BAD, value) for role, value in named.items()}
        body, title = named["text"], named["title"].strip()
        if not body.strip():
            raise UndecodableError(doc, f"line {number} has no text")
        text = body if not title or body.lstrip().startswith(title) else f"{title}\n{body}"
        check_text(text, doc)
        start = text.find(title)
        return Decoded(
            text,
            self.encoding,
            dates=(named["date"],) if named["date"] else (),
            newspaper=named["source"].strip() or None,
            byline=tuple(filter(None, BETWEEN_NAMES.split(named["author"]))),
            titles=(Span(start, start + len(title)),) if title else (),
            items=(Span(0, len(text)),),
            uri=named["url"].strip() or None,
            quality=measure_quality(text),
        )


def _to_reason(code: int, encoding: str) -> str:
    if ESCAPED_BYTE <= code <= ESCAPED_BYTE + 0x7F:
        return f"byte 0x{code & 0xFF:02x} is not {encoding.upper()}"
    return f"lone surrogate U+{code:04X}"


def find_value(values: Mapping[str, object], role: str, settings: Settings) -> object:
    """What a row holds for a role: in the column that the settings name, else in one of a usual name; or None."""
    column: str | None = getattr(settings, f"{role}_column")
    if column is not None:
        return find_field(values, column)
    wanted = usual_names(settings.lexicon).get(role, ())
    found = {fold_name(name): value for name, value in values.items()}
    return next((found[name] for name in wanted if to_text(found.get(name))), None)


def find_field(values: Mapping[str, object], column: str) -> object:
    """The value of a field; dots lead into objects within (`article.body`). None where there is none."""
    if column in values:
        return values[column]
    head, dot, rest = column.partition(".")
    inner = values.get(head)
    return find_field(inner, rest) if dot and isinstance(inner, Mapping) else None


def find_missing(names: Iterable[str], settings: Settings) -> str | None:
    """Why a table with these columns has no text, or None."""
    columns = [name for name in names if name]
    shown = ", ".join(columns[:20]) or "none"
    wanted = settings.text_column
    if wanted is not None:
        return None if wanted in columns else f"no column {wanted}; it has {shown}"
    if {fold_name(name) for name in columns} & set(usual_names(settings.lexicon)["text"]):
        return None
    return f"no column of a usual name holds the text; name it (--text-column); it has {shown}"


@lru_cache(maxsize=8)
def usual_names(overlay: Path | None = None) -> dict[str, tuple[str, ...]]:
    """The usual names of the columns by role."""
    names: dict[str, list[str]] = {}
    for row in read_table("record_field.tsv", overlay):
        names.setdefault(row["role"], []).append(fold_name(row["name"]))
    return {role: tuple(of_role) for role, of_role in names.items()}


def fold_name(name: str) -> str:
    """A column's name without case, blanks and joining marks."""
    return MARKS.sub("", name.lstrip("\ufeff")).casefold()


def to_text(value: object) -> str:
    """A value as text: dates in ISO form, time stamps as the day in China, lists joined, "" for nothing."""
    if value is None or isinstance(value, bool | Mapping):
        return ""
    if isinstance(value, datetime.datetime | datetime.date):
        return value.isoformat()[:10]
    if isinstance(value, list | tuple):
        return "\n".join(filter(None, map(to_text, value)))
    if isinstance(value, int | float) and (day := _to_day(value)):
        return day
    return str(value)


def _to_day(value: int | float) -> str | None:
    digits = len(str(int(value))) if abs(value) < 1e15 else 0
    if value < 0 or digits not in (SECONDS, MILLISECONDS):
        return None
    seconds = value / 1000 if digits == MILLISECONDS else value
    return datetime.datetime.fromtimestamp(seconds, CHINA).date().isoformat()
