"""Names to documents: files, folders, globs, lists of names and standard input, in a stable order."""

from __future__ import annotations

import glob
import os
import re
import stat
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from extractor.errors import GovfactsError, InputError, UnreadableError
from extractor.read.container import find_documents
from extractor.read.document import Input
from extractor.read.stream import Budget, Entry
from extractor.settings import Settings

__all__ = ["Input", "find_inputs", "read_names"]

STDIN = "-"
LIST = "@"  # before the name of a list
ANY = re.compile(r"(?:^|(?<=/))\*\*(?=/|$)")  # any folders, within a pattern


def find_inputs(names: Iterable[str], settings: Settings) -> Iterator[Input]:
    """The documents that the names stand for, one after the other as they are asked for.

    A name is a file, a folder (all files below it in the order of their names, hidden ones left out), a pattern (`*`,
    `?`, `[...]`, `**`) where no such file exists, `-` for standard input, or `@FILE` for a list of names, one a line.
    What cannot be opened comes as an Input with a failure.
    """
    for name in names:
        if not name.startswith(LIST) or name == LIST:
            yield from _find_named(name, settings)
            continue
        try:
            for listed in read_names(name[1:]):
                yield from _find_named(listed, settings)
        except InputError as error:
            yield Input(error.doc, failure=error)


def _find_named(name: str, settings: Settings) -> Iterator[Input]:
    """The documents of standard input, a file, a folder or a pattern."""
    if name == STDIN:
        yield from guard(to_doc(STDIN), _find(sys.stdin.buffer, Entry(STDIN, STDIN, Budget(STDIN, settings))))
        return
    try:
        for path in _find_files(name):
            if isinstance(path, Input):
                yield path
            else:
                yield from guard(to_doc(path), _open(path, settings))
    except InputError as error:
        yield Input(error.doc, failure=error)


def guard(doc: str, items: Iterator[Input]) -> Iterator[Input]:
    """The documents of one file, and what ends them before their time as a failure."""
    try:
        yield from items
    except InputError as error:
        yield Input(error.doc, failure=error)
    except GovfactsError:
        raise
    except Exception as error:  # a fault with one file must not lose the others
        yield Input(doc, failure=UnreadableError(doc, f"cannot be opened ({type(error).__name__}: {error})"))


def read_names(name: str) -> Iterator[str]:
    """The names that a list (a file, `-` for standard input) holds, one a line, empty lines left out.

    Raises UnreadableError.
    """
    if name == STDIN:
        yield from _split_names(sys.stdin.buffer)
        return
    try:
        with Path(name).open("rb") as file:
            yield from _split_names(file)
    except (OSError, ValueError) as error:
        raise to_unreadable(name, error) from error


def _split_names(file: BinaryIO) -> Iterator[str]:
    for number, line in enumerate(file):
        name = os.fsdecode(line.removeprefix(b"\xef\xbb\xbf") if number == 0 else line).strip("\r\n")
        if name.strip():
            yield name


def to_doc(name: str) -> str:
    """The name as text: names may hold bytes that are no UTF-8."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def to_unreadable(name: str, error: OSError | ValueError) -> UnreadableError:
    """What the system says about a file, in a few words."""
    reasons: dict[type[Exception], str] = {
        FileNotFoundError: "no such file",
        PermissionError: "no permission to read it",
    }
    reason = reasons.get(type(error)) or getattr(error, "strerror", None) or str(error)
    return UnreadableError(to_doc(name), reason)


def read_stdin(settings: Settings) -> Input:
    """Standard input as one document, whatever it holds."""
    data = sys.stdin.buffer.read(settings.max_bytes + 1)
    return Input(STDIN, data=data, bytes=len(data))


def _find_files(name: str) -> Iterator[str | Input]:
    """The files that a name stands for; an Input for what cannot be opened."""
    try:
        mode = os.stat(name).st_mode  # noqa: PTH116
    except (OSError, ValueError) as error:
        if not glob.has_magic(name):
            raise to_unreadable(name, error) from error
        found = sorted(find_matches(name))
        if not found:
            raise UnreadableError(to_doc(name), "no file matches") from error
        for path in found:
            if not os.path.isdir(path):  # noqa: PTH112
                yield path
            elif not name.endswith("**"):
                yield from _walk(path, frozenset())
        return
    if stat.S_ISDIR(mode):
        yield from _walk(name, frozenset())
    else:
        yield name


def find_matches(pattern: str) -> set[str]:
    """What a pattern stands for. `**` is any folders below, by way of links too unless they lead back above."""
    head, mark, tail = _split_pattern(pattern)
    if not mark:
        return set(glob.glob(pattern))  # noqa: PTH207
    found: set[str] = set()
    for base in glob.glob(head) if head else [""]:  # noqa: PTH207
        for folder in _find_folders(base, frozenset()):
            found |= find_matches(os.path.join(glob.escape(folder), tail or "*"))  # noqa: PTH118
    return found


def _split_pattern(pattern: str) -> tuple[str, str, str]:
    """A pattern before its first `**`, that, and what follows."""
    match = ANY.search(pattern)
    return (pattern[: match.start()], match[0], pattern[match.end() :].lstrip("/")) if match else (pattern, "", "")


def _find_folders(folder: str, above: frozenset[tuple[int, int]]) -> Iterator[str]:
    """A folder and those below it, hidden ones left out."""
    try:
        state = os.stat(folder or os.curdir)  # noqa: PTH116
        here = (state.st_dev, state.st_ino)
        entries = sorted(os.listdir(folder or os.curdir))  # noqa: PTH208
    except OSError:
        return
    if here in above:
        return
    yield folder
    for entry in entries:
        if not entry.startswith("."):
            yield from _find_folders(os.path.join(folder, entry), above | {here})  # noqa: PTH118


def _walk(folder: str, above: frozenset[tuple[int, int]]) -> Iterator[str | Input]:
    """The files below a folder in the order of their names; a link back to a folder above is not followed."""
    try:
        state = os.stat(folder)  # noqa: PTH116
        here = (state.st_dev, state.st_ino)
        if here in above:
            return
        entries = sorted(os.listdir(folder))  # noqa: PTH208
    except OSError as error:
        yield Input(to_doc(folder), failure=to_unreadable(folder, error))
        return
    for entry in entries:
        if entry.startswith("."):
            continue
        path = os.path.join(folder, entry)  # noqa: PTH118
        try:
            mode = os.stat(path).st_mode  # noqa: PTH116
        except OSError as error:
            yield Input(to_doc(path), failure=to_unreadable(path, error))
            continue
        if stat.S_ISDIR(mode):
            yield from _walk(path, above | {here})
        elif stat.S_ISREG(mode):
            yield path


def _open(name: str, settings: Settings) -> Iterator[Input]:
    """The documents of a file. Raises InputError."""
    doc = to_doc(name)
    try:
        path = Path(name)
        file = path.open("rb")
    except (OSError, ValueError) as error:
        raise to_unreadable(name, error) from error
    with file:
        state = os.fstat(file.fileno())
        regular = stat.S_ISREG(state.st_mode)
        yield from _find(file, Entry(doc, name, Budget(doc, settings), path if regular else None, state.st_size))


def _find(stream: BinaryIO, entry: Entry) -> Iterator[Input]:
    try:
        yield from find_documents(stream, entry)
    except OSError as error:
        raise to_unreadable(entry.doc, error) from error
