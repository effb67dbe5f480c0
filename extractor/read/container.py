"""What holds several documents or packs one: archives, compressed files, web archives, tables of articles."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import import_module
from typing import BinaryIO

from extractor.errors import InputError, MissingExtraError, OversizedError, UnreadableError
from extractor.read.document import Input
from extractor.read.format import TEXT, find_format
from extractor.read.part import find_parts
from extractor.read.stream import DAMAGED, Entry, peek, read_whole

HEAD = 8192  # bytes that a container or a format is told by
TAR_MAGIC, TAR_AT = b"ustar", 257
Opener = Callable[[BinaryIO, Entry], Iterator[Input]]


@dataclass(frozen=True, slots=True)
class Container:
    """`opener` is `module:function`, imported when used. Found by its first bytes, or by its name where it has no
    `magics` or those are not all there is. `extra` of pyproject.toml holds the libraries that it needs."""

    name: str
    opener: str
    suffixes: tuple[str, ...] = ()
    magics: tuple[bytes, ...] = ()
    extra: str | None = None


CONTAINERS = (
    Container("XLSX", "extractor.read.xlsx_table:find_rows", (".xlsx", ".xlsm"), extra="office"),
    Container("ZIP", "extractor.read.zip_archive:find_members", (".zip",), (b"PK\x03\x04", b"PK\x05\x06")),
    Container("gzip", "extractor.read.compressed:open_gzip", (".gz", ".tgz"), (b"\x1f\x8b",)),
    Container("bzip2", "extractor.read.compressed:open_bzip2", (".bz2", ".tbz2", ".tbz"), (b"BZh",)),
    Container("xz", "extractor.read.compressed:open_xz", (".xz", ".txz"), (b"\xfd7zXZ\x00",)),
    Container("TAR", "extractor.read.tar_archive:find_members", (".tar",)),
    Container("WARC", "extractor.read.warc:find_responses", (".warc",), (b"WARC/",), "warc"),
    Container("JSON Lines", "extractor.read.json_lines:find_rows", (".jsonl", ".ndjson", ".jsonlines")),
    Container("CSV", "extractor.read.csv_table:find_rows", (".csv", ".tsv", ".tab")),
)
BY_NAME = {row.name: row for row in CONTAINERS}
XLSX, ZIP, TAR, JSON_LINES = (BY_NAME[name] for name in ("XLSX", "ZIP", "TAR", "JSON Lines"))


def find_container(head: bytes, name: str) -> Container | None:
    """The container that an input is by its first bytes and its name; None for a document of its own."""
    by_magic = next((row for row in CONTAINERS if row.magics and head.startswith(row.magics)), None)
    by_suffix = next((row for row in CONTAINERS if name.lower().endswith(row.suffixes)), None)
    if by_magic is ZIP and by_suffix is None and find_format(head, name).name != ZIP.name:
        return None  # a package of an office program, a book
    if by_magic is not None:
        return XLSX if by_magic is ZIP and by_suffix is XLSX else by_magic
    if head[TAR_AT:].startswith(TAR_MAGIC):
        return TAR
    if by_suffix is None and head.startswith(b'{"') and find_format(head, name) is TEXT:
        return JSON_LINES
    return by_suffix


def find_documents(stream: BinaryIO, entry: Entry) -> Iterator[Input]:
    """The documents of a stream: itself, its parts, or what it holds. Raises InputError."""
    head, stream = peek(stream, HEAD)
    container = find_container(head, entry.name)
    if container is not None:
        yield from open_container(container, stream, entry)
    elif find_format(head, entry.name) is TEXT:
        yield from find_parts(stream, entry)
    elif entry.path is not None:
        yield Input(entry.doc, path=entry.path, bytes=entry.size, name=entry.name)
    else:
        data = read_whole(stream, entry)
        yield Input(entry.doc, data=data, bytes=len(data), name=entry.name, dates=entry.dates, uri=entry.uri)


def open_container(container: Container, stream: BinaryIO, entry: Entry) -> Iterator[Input]:
    """What a container holds. Raises InputError."""
    limit = entry.settings.max_depth
    if entry.depth >= limit:
        raise OversizedError(entry.doc, f"packed more than {limit} times, {container.name} in it (max_depth)")
    module, _, function = container.opener.partition(":")
    try:
        opener: Opener = getattr(import_module(module), function)
        yield from opener(stream, entry)
    except ModuleNotFoundError as error:
        if container.extra is None or (error.name or "").startswith("extractor"):
            raise
        reason = f"{container.name} input needs {error.name}: pip install 'govfacts[{container.extra}]'"
        raise MissingExtraError(entry.doc, reason) from error


def find_member(open_member: Callable[[], BinaryIO], entry: Entry) -> Iterator[Input]:
    """The documents of an archive's member; its failure, so that the other members go on."""
    try:
        entry.budget.count_member(entry.doc)
        try:
            stream = open_member()
        except DAMAGED as error:
            raise UnreadableError(entry.doc, f"damaged ({str(error) or type(error).__name__})") from error
        with stream:
            yield from find_documents(stream, entry)
    except InputError as error:
        yield Input(error.doc, failure=error)


def is_hidden(name: str) -> bool:
    """Names that no reader is meant to see: .DS_Store, __MACOSX/._page.txt."""
    path = name.replace("\\", "/").rstrip("/")
    return path.rpartition("/")[2].startswith(".") or path.startswith("__MACOSX/")
