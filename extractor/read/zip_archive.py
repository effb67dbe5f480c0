"""ZIP archives, names in GBK without a flag included."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator
from functools import partial
from typing import BinaryIO, cast

from extractor.errors import OversizedError, UnreadableError
from extractor.read.container import XLSX, find_member, is_hidden, open_container
from extractor.read.document import Input
from extractor.read.member_name import find_name_encoding
from extractor.read.stream import DAMAGED, Entry, Guarded, check_ratio, read_whole, to_buffered

ENCRYPTED, UTF8 = 0x1, 0x800  # flags
UNICODE_PATH = 0x7075  # extra field
PACKAGES = {"word/document.xml": ".docx", "xl/workbook.xml": ".xlsx"}  # what tells office files without a suffix
END_SIZE = 65_557 + 20  # bytes of the longest end record with a comment, and of the locator before it
ENTRY_BYTES = 46 + 512  # of the directory for a member, about


def find_members(stream: BinaryIO, entry: Entry) -> Iterator[Input]:
    """The documents of a ZIP archive in the order of its directory. Raises InputError."""
    data = None if entry.path is not None else read_whole(stream, entry)
    limit = entry.settings.max_members
    try:
        file = entry.path.open("rb") if entry.path is not None else io.BytesIO(data or b"")
        with file:
            size = measure_directory(file)
            if size > limit * ENTRY_BYTES:
                raise OversizedError(entry.doc, f"a directory of {size} bytes for at most {limit} members")
            archive = zipfile.ZipFile(file)
            suffix = next((PACKAGES[name] for name in PACKAGES if name in archive.NameToInfo), None)
            if suffix is None or entry.name.lower().endswith(".zip"):
                yield from _find_members(archive, entry)
            elif suffix == ".docx":
                file.seek(0)
                whole = data if data is not None else read_whole(file, entry)
                yield Input(entry.doc, data=whole, bytes=len(whole), name=entry.name + suffix)
            else:
                file.seek(0)
                yield from open_container(XLSX, file, entry)
    except DAMAGED as error:
        raise UnreadableError(entry.doc, f"damaged ZIP archive ({error})") from error


def measure_directory(file: BinaryIO) -> int:
    """Bytes that the archive's directory claims to take, on which the memory depends that reading it needs."""
    size = file.seek(0, io.SEEK_END)
    file.seek(max(0, size - END_SIZE))
    tail = file.read()
    claimed = 0
    at = tail.rfind(b"PK\x05\x06")
    if 0 <= at <= len(tail) - 16:
        claimed = struct.unpack_from("<L", tail, at + 12)[0]
    if claimed == 0xFFFFFFFF and at >= 20 and tail.startswith(b"PK\x06\x07", at - 20):
        file.seek(min(struct.unpack_from("<Q", tail, at - 12)[0], size))
        record = file.read(48)
        claimed = struct.unpack_from("<Q", record, 40)[0] if len(record) == 48 else claimed
    file.seek(0)
    return min(size, claimed)


def _find_members(archive: zipfile.ZipFile, entry: Entry) -> Iterator[Input]:
    infos = archive.infolist()
    encoding = find_name_encoding(b"\n".join(_to_raw(info) for info in infos if not info.flag_bits & UTF8))
    for info in infos:
        name = to_name(info, encoding)
        if info.is_dir() or is_hidden(name):
            continue
        member = entry.member(name, size=info.file_size)
        if info.flag_bits & ENCRYPTED:
            yield Input(member.doc, failure=UnreadableError(member.doc, "encrypted"))
            continue
        yield from find_member(partial(_open, archive, info, member), member)
        if entry.budget.spent:
            return


def _open(archive: zipfile.ZipFile, info: zipfile.ZipInfo, member: Entry) -> BinaryIO:
    limit = member.settings.max_member_bytes
    if info.file_size > limit:
        raise OversizedError(member.doc, f"{info.file_size} bytes, more than {limit} (max_member_bytes)")
    packed = max(info.compress_size, 1)
    check_ratio(info.file_size, packed, member)
    raw = cast(BinaryIO, archive.open(info))
    return cast(BinaryIO, to_buffered(Guarded(raw, member, lambda: packed, total=True)))


def to_name(info: zipfile.ZipInfo, encoding: str) -> str:
    """The member's name: flagged as UTF-8, or told by its extra field, or in the archive's encoding."""
    if info.flag_bits & UTF8:
        return info.filename
    raw = _to_raw(info)
    if (told := _find_unicode_path(info.extra, raw)) is not None:
        return told
    return raw.decode(encoding, "replace").replace("\\", "/")


def _to_raw(info: zipfile.ZipInfo) -> bytes:
    return info.orig_filename.encode("cp437", "replace")  # zipfile has read it so


def _find_unicode_path(extra: bytes, raw: bytes) -> str | None:
    at = 0
    while at + 4 <= len(extra):
        kind, size = struct.unpack_from("<HH", extra, at)
        body = extra[at + 4 : at + 4 + size]
        if kind == UNICODE_PATH and size > 5 and struct.unpack_from("<L", body, 1)[0] == zlib.crc32(raw):
            return body[5:].decode("utf-8", "replace")
        at += 4 + size
    return None
