"""The decoded texts beside the records, so that every span can be looked up."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path

from extractor.errors import ExportError
from extractor.model import Source

MANIFEST = "manifest.jsonl"
UNSAFE = re.compile(r"[^\w.\-]+")
LONGEST = 80  # bytes of a name that are kept, from its end
DIGEST = 8  # hex digits that tell names apart that look the same


class TextFolder:
    """A folder of texts in UTF-8, one a document, with a manifest of one line a document or part of one."""

    def __init__(self, folder: Path) -> None:
        """Makes the folder. Raises ExportError."""
        self._folder = folder
        try:
            folder.mkdir(parents=True, exist_ok=True)
            (folder / MANIFEST).write_bytes(b"")
        except OSError as error:
            raise ExportError(f"{folder}: {error.strerror}") from error

    def write(self, source: Source) -> None:
        """Writes a document's text, or puts a part of it behind the one before. Raises ExportError."""
        name = to_file_name(source.doc)
        data = source.text.encode("utf-8")
        line = {
            "doc": source.doc,
            "file": name,
            "part": source.part,
            "offset": source.offset,
            "characters": len(source.text),
            "sha256": hashlib.sha256(data).hexdigest(),
            "encoding": source.encoding,
        }
        try:
            with (self._folder / name).open("wb" if source.part == 1 else "ab") as file:
                file.write(data)
            with (self._folder / MANIFEST).open("ab") as file:
                file.write(json.dumps(line, ensure_ascii=False).encode() + b"\n")
        except OSError as error:
            raise ExportError(f"{self._folder / name}: {error.strerror}") from error


def to_file_name(doc: str) -> str:
    """A name that any file system takes, and no other document has: `pages/a.txt` is `pages_a.txt-1f3870be.txt`."""
    digest = hashlib.sha256(doc.encode("utf-8", "replace")).hexdigest()[:DIGEST]
    plain = UNSAFE.sub("_", doc).strip("._-").encode("utf-8")[-LONGEST:].decode("utf-8", "ignore")
    return f"{plain.lstrip('._-') or 'text'}-{digest}.txt"
