"""Options that several commands share."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

from extractor.errors import UsageError
from extractor.settings import COLUMN_ROLES, Settings

LIMITS = {
    "part_characters": "read plain texts over it in parts of so many characters",
    "max_bytes": "bytes of a document that is no plain text",
    "max_members": "documents in an archive",
    "max_depth": "times that a document may be packed",
    "max_member_bytes": "bytes of an unpacked member",
    "max_unpacked_bytes": "bytes that an input unpacks to",
    "max_ratio": "bytes unpacked for one packed byte",
}


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


def add_input_arguments(parser: argparse.ArgumentParser) -> None:
    """Options that say where documents are and how they are decoded."""
    parser.add_argument(
        "--files-from", metavar="LIST", help="read names of inputs from a file, one a line; `-` for stdin"
    )
    parser.add_argument(
        "--errors",
        dest="bad_bytes",
        choices=("strict", "replace"),
        default="strict",
        help="bytes that are no characters: refuse the input (default), or read U+FFFD in their place",
    )
    group = parser.add_argument_group(
        "tables of articles", "columns of CSV, TSV and XLSX, fields of JSON Lines; else those of the usual names"
    )
    for role, what in COLUMN_ROLES.items():
        group.add_argument(f"--{role}-column", metavar="NAME", help=f"holds {what}")
    limits = parser.add_argument_group("limits")
    usual = Settings()
    for name, what in LIMITS.items():
        option = f"--{name.replace('_', '-')}"
        limits.add_argument(option, metavar="N", type=int, help=f"{what} (default {getattr(usual, name):,})")


def to_settings(arguments: argparse.Namespace) -> Settings:
    """The settings that the options ask for. Raises UsageError."""
    folder: Path | None = arguments.lexicon
    if folder is not None and not folder.is_dir():
        raise UsageError(f"--lexicon {folder}: no such folder")
    options = vars(arguments)
    columns: dict[str, str | None] = {f"{role}_column": options.get(f"{role}_column") for role in COLUMN_ROLES}
    limits: dict[str, int] = {name: options[name] for name in LIMITS if options.get(name) is not None}
    for name, limit in limits.items():
        if limit < 1:
            raise UsageError(f"--{name.replace('_', '-')} {limit}: expected 1 or more")
    return Settings(
        lexicon=folder.resolve() if folder else None,
        newspaper=arguments.source,
        errors=options.get("bad_bytes") or "strict",
        **columns,  # type: ignore[arg-type]
        **limits,  # type: ignore[arg-type]
    )


def find_names(names: list[str], arguments: argparse.Namespace) -> Iterator[str]:
    """The names of inputs that the command line gives, and those of `--files-from`. Raises UsageError."""
    listed: str | None = arguments.files_from
    if not names and listed is None:
        raise UsageError("no input: name files, folders or archives, `-` for stdin, or --files-from LIST")
    return _chain(names, listed)


def _chain(names: list[str], listed: str | None) -> Iterator[str]:
    yield from names
    if listed is not None:
        yield f"@{listed}"
