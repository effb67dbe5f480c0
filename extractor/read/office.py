"""Packages of office programs (ZIP archives of XML): what is checked before a library opens one."""

from __future__ import annotations

import io
import zipfile

from extractor.errors import OversizedError, UnreadableError
from extractor.read.stream import DAMAGED, SMALL
from extractor.settings import Settings

HEAD = 1024  # bytes of an XML part in which a document type would be declared
TIMES = 4  # XML to the text that it holds, about


def check_package(data: bytes, doc: str, settings: Settings) -> None:
    """Refuses packages that unpack to too much, and XML with a document type of its own, which none of them needs.

    Raises OversizedError, UnreadableError.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            parts = package.infolist()
            size = sum(part.file_size for part in parts)  # no more is read, whatever the parts hold
            if size > TIMES * settings.max_bytes:
                raise OversizedError(doc, f"unpacks to {size} bytes, more than {TIMES} times max_bytes")
            if size > SMALL and size > settings.max_ratio * len(data):
                raise OversizedError(doc, f"more than {settings.max_ratio} bytes for one packed byte (max_ratio)")
            for part in parts:
                if part.filename.endswith((".xml", ".rels")):
                    with package.open(part) as file:
                        if b"<!DOCTYPE" in file.read(HEAD):
                            raise UnreadableError(doc, f"{part.filename} declares a document type")
    except DAMAGED as error:
        raise UnreadableError(doc, f"damaged ({error})") from error
