"""All settings of a run, frozen."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Settings:
    """`lexicon`: folder of tables laid over ours. `newspaper`: the paper's name (gives its home prefecture).
    `max_bytes`: inputs over it are refused."""

    lexicon: Path | None = None
    newspaper: str | None = None
    max_bytes: int = 200_000_000
