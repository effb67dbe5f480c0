"""TAR archives, read front to back."""

from __future__ import annotations

import tarfile
from collections.abc import Iterator
from typing import BinaryIO, Self, cast

from extractor.errors import OversizedError, UnreadableError
from extractor.read.container import find_member, is_hidden
from extractor.read.document import Input
from extractor.read.member_name import find_name_encoding
from extractor.read.stream import Entry, Guarded, to_buffered

MEMORY_TYPES = (
    tarfile.XHDTYPE,
    tarfile.XGLTYPE,
    tarfile.SOLARIS_XHDTYPE,
    tarfile.GNUTYPE_LONGNAME,
    tarfile.GNUTYPE_LONGLINK,
)
MAX_HEADER = 1 << 20  # bytes


def find_members(stream: BinaryIO, entry: Entry) -> Iterator[Input]:
    """The documents of a TAR archive in its order. Raises InputError."""

    class Header(CheckedHeader):
        """The headers of this archive."""

    try:
        with tarfile.open(
            fileobj=stream, mode="r|", encoding="utf-8", errors="surrogateescape", tarinfo=Header
        ) as archive:
            for info in archive:
                yield from _find_member(archive, info, entry)
                archive.members.clear()  # type: ignore[attr-defined]  # tarfile keeps them all
                if entry.budget.spent:
                    return
        if Header.end:
            raise tarfile.ReadError(Header.end)
    except (tarfile.TarError, ValueError, EOFError, OSError) as error:
        raise UnreadableError(entry.doc, f"damaged TAR archive ({error})") from error


class CheckedHeader(tarfile.TarInfo):
    """A header whose faults `tarfile` would take for the end of the archive, or for a reason to fill the memory."""

    end = ""  # what ended the archive, where it was not its end mark

    @classmethod
    def frombuf(cls, buf: bytes | bytearray, encoding: str, errors: str) -> Self:
        try:
            header = super().frombuf(buf, encoding, errors)
        except tarfile.TarError as error:
            if type(error).__name__ not in ("EOFHeaderError", "EmptyHeaderError"):
                cls.end = str(error)
            raise
        if header.type in MEMORY_TYPES and header.size > MAX_HEADER:
            cls.end = f"a header of {header.size} bytes"
            raise tarfile.ReadError(cls.end)
        return header


def _find_member(archive: tarfile.TarFile, info: tarfile.TarInfo, entry: Entry) -> Iterator[Input]:
    name = to_name(info.name)
    if info.isdir() or is_hidden(name):
        return
    member = entry.member(name, size=info.size)
    limit = member.settings.max_member_bytes
    if info.issym() or info.islnk():
        yield Input(member.doc, failure=UnreadableError(member.doc, "a link, which is not followed"))
    elif not info.isreg() or info.issparse():
        yield Input(member.doc, failure=UnreadableError(member.doc, "no plain file"))
    elif info.size > limit:
        reason = f"{info.size} bytes, more than {limit} (max_member_bytes)"
        yield Input(member.doc, failure=OversizedError(member.doc, reason))
    else:
        yield from find_member(lambda: _open(archive, info, member), member)


def _open(archive: tarfile.TarFile, info: tarfile.TarInfo, member: Entry) -> BinaryIO:
    raw = cast(BinaryIO, archive.extractfile(info))
    return cast(BinaryIO, to_buffered(Guarded(raw, member)))


def to_name(name: str) -> str:
    """A name as tarfile gives it, with bytes that are no UTF-8 in their encoding."""
    raw = name.encode("utf-8", "surrogateescape")
    return raw.decode(find_name_encoding(raw), "replace")
