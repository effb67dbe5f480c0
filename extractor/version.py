"""Version of the code and digests of the data it works with."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from importlib import resources
from pathlib import Path

VERSION = "0.1.0"


@lru_cache(maxsize=8)
def lexicon_digest(overlay: Path | None = None) -> str:
    """sha256 over the names and contents of our tables and of a user's, in name order."""
    digest = hashlib.sha256()
    ours = resources.files("extractor.lexicon")
    tables = [(entry.name, entry.read_bytes()) for entry in ours.iterdir() if entry.name.endswith((".tsv", ".txt"))]
    if overlay is not None and overlay.is_dir():
        tables += [(f"overlay/{path.name}", path.read_bytes()) for path in overlay.glob("*.tsv")]
    for name, data in sorted(tables):
        digest.update(f"{name}\0{len(data)}\0".encode())
        digest.update(data)
    return digest.hexdigest()


def gazetteer_digest() -> str:
    """Digest of the gazetteer; loads it."""
    from extractor.gazetteer import gazetteer_digest as own

    return own()
