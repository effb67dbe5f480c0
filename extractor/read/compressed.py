"""Compressed files: GZ, BZ2, XZ of one file or of an archive."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
from collections.abc import Iterator
from typing import BinaryIO, cast

from extractor.read.container import find_documents
from extractor.read.document import Input
from extractor.read.stream import BUFFER, Entry, Guarded, Tally, to_buffered

ARCHIVES = {".tgz": ".tar", ".tbz2": ".tar", ".tbz": ".tar", ".txz": ".tar"}
SUFFIXES = (".gz", ".bz2", ".xz")
MEMORY = 1 << 28  # bytes that an xz dictionary may take


def open_gzip(stream: BinaryIO, entry: Entry) -> Iterator[Input]:
    """The documents of a GZ file. Raises InputError."""
    packed = Tally(stream)
    yield from _open(cast(BinaryIO, gzip.GzipFile(fileobj=packed)), packed, entry)


def open_bzip2(stream: BinaryIO, entry: Entry) -> Iterator[Input]:
    """The documents of a BZ2 file. Raises InputError."""
    packed = Tally(stream)
    yield from _open(cast(BinaryIO, bz2.BZ2File(to_buffered(packed))), packed, entry)


def open_xz(stream: BinaryIO, entry: Entry) -> Iterator[Input]:
    """The documents of an XZ file. Raises InputError."""
    packed = Tally(stream)
    yield from _open(cast(BinaryIO, Xz(cast(BinaryIO, packed))), packed, entry)


def _open(stream: BinaryIO, packed: Tally, entry: Entry) -> Iterator[Input]:
    inner = entry.inner(_strip_suffix(entry.name))
    with to_buffered(Guarded(stream, inner, lambda: packed.count, total=True, layer=True)) as plain:
        yield from find_documents(plain, inner)


def _strip_suffix(name: str) -> str:
    lowered = name.lower()
    for suffix, archive in ARCHIVES.items():
        if lowered.endswith(suffix):
            return name[: -len(suffix)] + archive
    return next((name[: -len(suffix)] for suffix in SUFFIXES if lowered.endswith(suffix)), name)


class Xz(io.RawIOBase):
    """Unpacks XZ within a bound of memory, which `lzma.open` does not know."""

    def __init__(self, raw: BinaryIO) -> None:
        self._raw, self._rest, self._unpacker = raw, b"", lzma.LZMADecompressor(memlimit=MEMORY)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray) -> int:  # type: ignore[override]
        while True:
            if self._unpacker.eof:
                self._rest = self._unpacker.unused_data.lstrip(b"\0") or self._raw.read(BUFFER).lstrip(b"\0")
                if not self._rest:
                    return 0
                self._unpacker = lzma.LZMADecompressor(memlimit=MEMORY)
            elif self._unpacker.needs_input and not self._rest:
                self._rest = self._raw.read(BUFFER)
                if not self._rest:
                    raise EOFError("the data breaks off")
            data = self._unpacker.decompress(self._rest, len(buffer))
            self._rest = b""
            if data:
                buffer[: len(data)] = data
                return len(data)
