"""Archives for tests, made by the libraries that make real ones."""

from __future__ import annotations

import io
import tarfile
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path

from extractor.read import Input, find_inputs, read_source
from extractor.settings import Settings

TEXT = "今年以来，全乡新修水渠３公里，打井12眼。\n"
SETTINGS = Settings()


def make_zip(members: Mapping[str, str | bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def make_tar(members: Iterable[tuple[str | tarfile.TarInfo, bytes]], mode: str = "w", **options: object) -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode=mode, **options) as archive:  # type: ignore[call-overload]
        for name, data in members:
            info = tarfile.TarInfo(name) if isinstance(name, str) else name
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return buffer.getvalue()


def make_gbk_zip(name: str, data: bytes) -> bytes:
    """A ZIP as Chinese Windows writes it: the name in GBK, no flag. zipfile itself writes UTF-8 or ASCII only."""
    raw = name.encode("gbk")
    stand_in = "x" * len(raw)
    return make_zip({stand_in: data}, zipfile.ZIP_STORED).replace(stand_in.encode(), raw)


def find(data: bytes, path: Path, settings: Settings = SETTINGS) -> list[Input]:
    """The documents of a file that holds these bytes."""
    path.write_bytes(data)
    return list(find_inputs([str(path)], settings))


def short(items: Iterable[Input], path: Path) -> list[str]:
    """The documents' names without the path of their file."""
    return [item.doc.removeprefix(str(path)) for item in items]


def texts(items: Iterable[Input], settings: Settings = SETTINGS) -> list[str]:
    return [read_source(item, settings).text for item in items]


def reason(item: Input) -> str:
    assert item.failure is not None, item.doc
    return f"{type(item.failure).__name__} {item.failure.reason}"
