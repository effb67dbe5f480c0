"""Streams that are looked into before they are read, and that are counted while they are read."""

from __future__ import annotations

import io
import lzma
import tarfile
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import BinaryIO

from extractor.errors import InputError, OversizedError, UnreadableError
from extractor.settings import Settings

BUFFER = 1 << 16
SMALL = 1 << 24  # bytes unpacked below which no ratio is too high
DAMAGED = (
    EOFError,
    OSError,
    RuntimeError,
    ValueError,
    lzma.LZMAError,
    tarfile.TarError,
    zipfile.BadZipFile,
    zlib.error,
)


@dataclass(slots=True)
class Budget:
    """What one input of the command line has unpacked to; `spent` ends it."""

    doc: str
    settings: Settings
    members: int = 0
    unpacked: int = 0
    spent: bool = False

    def count_member(self, doc: str) -> None:
        """Raises OversizedError beyond the limit."""
        self.members += 1
        if self.members > self.settings.max_members:
            self.spent = True
            raise OversizedError(doc, f"{self.doc} has more than {self.settings.max_members} members (max_members)")

    def count_bytes(self, size: int, doc: str) -> None:
        """Raises OversizedError beyond the limit."""
        self.unpacked += size
        if self.unpacked > self.settings.max_unpacked_bytes:
            self.spent = True
            limit = self.settings.max_unpacked_bytes
            raise OversizedError(doc, f"{self.doc} unpacks to more than {limit} bytes (max_unpacked_bytes)")


@dataclass(frozen=True, slots=True)
class Entry:
    """A stream that is about to be read: its names as in `Input`, how deep it lies. `path`: it is that file."""

    doc: str
    name: str
    budget: Budget
    path: Path | None = None
    size: int = 0
    depth: int = 0
    dates: tuple[str, ...] = ()
    uri: str | None = None
    names: set[int] = field(default_factory=set)  # hashes of the members' names so far

    @property
    def settings(self) -> Settings:
        return self.budget.settings

    def member(
        self, name: str, *, size: int = 0, suffix: str = "", dates: tuple[str, ...] = (), uri: str | None = None
    ) -> Entry:
        """A member of this archive; of two with one name the second is told by a number. `suffix` tells its format
        where the name does not."""
        told = f"{self.doc}!/{name.lstrip('/')}"
        doc, number = told, 1
        while hash(doc) in self.names:
            number += 1
            doc = f"{told} ({number})"
        self.names.add(hash(doc))
        return Entry(
            doc,
            name if name.lower().endswith(suffix) else name + suffix,
            self.budget,
            size=size,
            depth=self.depth + 1,
            dates=dates or self.dates,
            uri=uri or self.uri,
        )

    def inner(self, name: str) -> Entry:
        """What this compressed file holds."""
        return replace(self, name=name, path=None, size=0, depth=self.depth + 1, names=set())


class Tally(io.RawIOBase):
    """Counts the bytes that are read from a stream."""

    def __init__(self, raw: BinaryIO) -> None:
        self._read = find_prompt(raw)
        self.count = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray) -> int:  # type: ignore[override]
        data = self._read(len(buffer))
        buffer[: len(data)] = data
        self.count += len(data)
        return len(data)


class Guarded(Tally):
    """A stream that refuses to give more than the limits allow, and names its document when it is damaged.

    `packed` tells the bytes that it was unpacked from so far; `total`: what it gives counts for its budget; `layer`: it
    may be an archive, which is no member.
    """

    def __init__(
        self,
        raw: BinaryIO,
        entry: Entry,
        packed: Callable[[], int] | None = None,
        *,
        total: bool = False,
        layer: bool = False,
    ) -> None:
        super().__init__(raw)
        self._entry, self._packed, self._total, self._layer = entry, packed, total, layer

    def readinto(self, buffer: bytearray) -> int:  # type: ignore[override]
        doc, limits = self._entry.doc, self._entry.settings
        try:
            size = super().readinto(buffer)
        except DAMAGED as error:
            raise UnreadableError(doc, f"damaged ({str(error) or type(error).__name__})") from error
        if self._total:
            self._entry.budget.count_bytes(size, doc)
        if not self._layer and self.count > limits.max_member_bytes:
            raise OversizedError(doc, f"more than {limits.max_member_bytes} bytes (max_member_bytes)")
        if self._packed is not None:
            check_ratio(self.count, self._packed(), self._entry)
        return size


def check_ratio(unpacked: int, packed: int, entry: Entry) -> None:
    """Raises OversizedError where so many bytes come of so few."""
    most = entry.settings.max_ratio
    if unpacked > SMALL and unpacked > most * max(packed, 1):
        raise OversizedError(entry.doc, f"more than {most} bytes for one packed byte (max_ratio)")


def find_prompt(raw: BinaryIO) -> Callable[[int], bytes]:
    """How a stream gives what it has: `read` waits for more, and loses the good bytes where a fault follows them."""
    prompt: Callable[[int], bytes] = getattr(raw, "read1", raw.read)
    return prompt


def to_buffered(raw: io.RawIOBase) -> io.BufferedReader:
    return io.BufferedReader(raw, BUFFER)


def peek(stream: BinaryIO, size: int) -> tuple[bytes, BinaryIO]:
    """The first bytes (fewer where the stream ends or is damaged) and a stream of all of them."""
    prompt = find_prompt(stream)
    pieces: list[bytes] = []
    left = size
    fault: InputError | None = None
    try:
        while left > 0 and (data := prompt(left)):
            pieces.append(data)
            left -= len(data)
    except InputError as error:
        if not pieces:
            raise
        fault = error
    head = b"".join(pieces)
    return head, to_buffered(Joined(head, stream, fault))


def read_full(stream: BinaryIO, size: int) -> bytes:
    """`size` bytes, fewer only where the stream ends."""
    pieces: list[bytes] = []
    left = size
    while left > 0 and (data := stream.read(min(left, 1 << 20))):
        pieces.append(data)
        left -= len(data)
    return b"".join(pieces)


def read_whole(stream: BinaryIO, entry: Entry) -> bytes:
    """All bytes of a document that is held as a whole. Raises OversizedError."""
    limit = entry.settings.max_bytes
    data = read_full(stream, limit + 1)
    if len(data) > limit:
        raise OversizedError(entry.doc, f"more than {limit} bytes (max_bytes)")
    return data


class Joined(io.RawIOBase):
    """Bytes that were read ahead, then the rest of their stream or the fault that follows them."""

    def __init__(self, head: bytes, rest: BinaryIO, fault: InputError | None = None) -> None:
        self._head, self._at, self._read, self._fault = head, 0, find_prompt(rest), fault

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray) -> int:  # type: ignore[override]
        data = self._head[self._at : self._at + len(buffer)]
        self._at += len(data)
        if not data:
            self._head = b""
            if self._fault is not None:
                raise self._fault
            data = self._read(len(buffer))
        buffer[: len(data)] = data
        return len(data)
