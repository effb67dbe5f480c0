"""Options that several commands share."""

from __future__ import annotations

import argparse
from pathlib import Path

from extractor.errors import UsageError
from extractor.settings import Settings


def add_reading_arguments(parser: argparse.ArgumentParser, *, date: bool = True) -> None:
    """Options that say how texts are read."""
    if date:
        parser.add_argument(
            "--date",
            metavar="DATE",
            help="publication date: 2024-07-15, 2024-07, 2024 or 2024年7月15日; else searched for",
        )
    parser.add_argument("--source", metavar="NAME", help="the newspaper's name (gives its home prefecture)")
    parser.add_argument("--lexicon", metavar="DIR", type=Path, help="folder of tables laid over ours")


def to_settings(arguments: argparse.Namespace) -> Settings:
    """The settings that the options ask for. Raises UsageError."""
    folder: Path | None = arguments.lexicon
    if folder is not None and not folder.is_dir():
        raise UsageError(f"--lexicon {folder}: no such folder")
    return Settings(lexicon=folder.resolve() if folder else None, newspaper=arguments.source)
