"""The page's own files: style, scripts, the chart library. Their addresses change with their content."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib import resources
from typing import NamedTuple

MEDIA = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
}


class Asset(NamedTuple):
    """A file with its media type and the mark of its content."""

    content: bytes
    media: str
    mark: str


@cache
def load_assets() -> dict[str, Asset]:
    """All files by name."""
    folder = resources.files("extractor.serve.web").joinpath("static")
    found: dict[str, Asset] = {}
    for file in sorted(folder.iterdir(), key=lambda file: file.name):
        media = MEDIA.get(f".{file.name.rpartition('.')[2]}")
        if media is not None and file.is_file():
            content = file.read_bytes()
            found[file.name] = Asset(content, media, hashlib.sha256(content).hexdigest()[:12])
    return found


def to_href(root: str, name: str) -> str:
    """The address of a file; a browser may keep what it gives."""
    return f"{root}/static/{name}?v={load_assets()[name].mark}"
